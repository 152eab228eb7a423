package cli

import (
	"context"
	"errors"
	"fmt"
	"os"

	"hanaper/desktop/vault"
)

// openVault opens the vault in dir, "" for the usual place, with HANAPER_PASSPHRASE
// where that is set, otherwise with the system's keyring.
func openVault(ctx context.Context, dir string) (*vault.Vault, error) {
	if dir == "" {
		usual, err := vault.DefaultDir()
		if err != nil {
			return nil, err
		}
		dir = usual
	}
	unlock := vault.Keyring()
	if words := os.Getenv("HANAPER_PASSPHRASE"); words != "" {
		unlock = vault.Passphrase(words)
	}
	v, err := vault.Open(ctx, dir, unlock)
	if errors.Is(err, vault.ErrNoVault) {
		return nil, fmt.Errorf("%w, or --into names a folder for .eml files", err)
	}
	return v, err
}
