package bridge

import (
	"context"
	"errors"
	"fmt"

	"hanaper/core/record"
	"hanaper/desktop/vault"
)

// Vault is this computer's vault as a store of records.
type Vault struct{ V *vault.Vault }

// Keep puts a record under the signature it came with.
func (v Vault) Keep(ctx context.Context, r *record.Record, sig *record.Signature) error {
	_, err := v.V.Keep(ctx, vault.Item{Record: r.Canonical(), Signature: sig})
	return err
}

// EML reads a record back, its digest compared with its id.
func (v Vault) EML(ctx context.Context, id string) ([]byte, error) {
	eml, err := v.V.EML(ctx, id)
	if errors.Is(err, vault.ErrNotFound) {
		return nil, fmt.Errorf("%w: %w", ErrNotFound, err)
	}
	return eml, err
}
