package importer

import (
	"context"
	"iter"

	"hanaper/core/record"
	"hanaper/desktop/vault"
)

// Vault is the store of this computer's own records.
type Vault struct{ *vault.Vault }

// Keep puts the items into the vault, which signs them.
func (v Vault) Keep(ctx context.Context, items []Item) error {
	out := make([]vault.Item, len(items))
	for i, it := range items {
		out[i].Record = it.Record.Canonical()
		for _, f := range it.Files {
			out[i].Files = append(out[i].Files, vault.File{Name: f.Name, Open: f.Open})
		}
	}
	_, err := v.Vault.Keep(ctx, out...)
	return err
}

// Day gives the records of a day. What of them is damaged is an error: whether it
// is a message of the import cannot be said.
func (v Vault) Day(ctx context.Context, channel, date string) iter.Seq2[*record.Record, error] {
	return func(yield func(*record.Record, error) bool) {
		hits, err := v.Search(ctx, vault.Query{Since: date, Until: date, Channel: channel})
		if err != nil {
			yield(nil, err)
			return
		}
		for _, h := range hits {
			r := h.Head
			if !h.Purged {
				stored, err := v.Read(ctx, h.ID)
				if err != nil {
					yield(nil, err)
					return
				}
				r = &stored.Record
			}
			if !yield(r, nil) {
				return
			}
		}
	}
}
