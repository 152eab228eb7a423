package request

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"hanaper/core/canonical"
	"hanaper/desktop/signed"
	"hanaper/desktop/vault"
)

// hold puts everything in the request's range under a hold of its reference. The
// days are taken one wider on each side, since a message bears the day of its zone;
// the words asked for do not narrow it; what cannot be read is held.
func hold(ctx context.Context, v *vault.Vault, r *Request, by string) error {
	var ids []string
	for row, err := range v.All(ctx, 0) {
		if err != nil {
			return err
		}
		if r.mayConcern(&row) {
			ids = append(ids, row.ID)
		}
	}
	return v.PlaceHold(ctx, r.Reference, by, ids...)
}

// mayConcern: nothing known of the record says that it is outside the range.
func (r *Request) mayConcern(row *vault.Row) bool {
	if row.Head == nil {
		return true
	}
	if len(r.Channels) > 0 && row.Head.Channel != "" && !slices.Contains(r.Channels, row.Head.Channel) {
		return false
	}
	first, last := days(row)
	return (r.Since == "" || last == "" || last >= shift(r.Since, -1)) && (r.Until == "" || first == "" || first <= shift(r.Until, 1))
}

// days are the first and last day of a record as its fields give them.
func days(row *vault.Row) (first, last string) {
	day := row.Head.Fields.Date
	if at := row.Head.Kept.At; len(at) >= len(time.DateOnly) { // a series ends when it was kept, at the latest
		return day, max(day, at[:len(time.DateOnly)])
	}
	return day, day
}

func shift(date string, days int) string {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return date
	}
	return t.AddDate(0, 0, days).Format(time.DateOnly)
}

// Receipt is the officer's word that an exact and complete copy arrived (GC-E6.2).
// As a file:
//
//	{"v":1,"reference":"A-2026-0042","package":"sha256:...","records":12,"by":"Ada Reyes","at":"2026-12-01T09:00:00Z"}
type Receipt struct {
	Reference string
	Package   string // digest of the package's bytes
	Records   int    // in it
	By        string
	At        string // RFC 3339

	Key string // public key that signed the file, "" where it is not signed
}

// NewReceipt is for a package that was checked and found good.
func NewReceipt(p *Package, by string, at time.Time) ([]byte, error) {
	if by == "" {
		return nil, errors.New("who receives it? a receipt bears a name")
	}
	v := canonical.Texts("reference", p.Certificate.Reference, "package", p.Digest, "by", by, "at", at.UTC().Format(time.RFC3339))
	v.Put("v", canonical.Num(1))
	v.Put("records", canonical.Num(float64(p.Records)))
	return append(canonical.Append(nil, v), '\n'), nil
}

// OpenReceipt reads a receipt's file.
func OpenReceipt(file []byte) (*Receipt, error) {
	document, key, err := signed.Open(signed.Receipt, file)
	if err != nil {
		return nil, err
	}
	v, err := canonical.Parse(document, canonical.Limits{Bytes: MaxBytes})
	if err != nil {
		return nil, fmt.Errorf("is no receipt: %w", err)
	}
	d := &canonical.Decoder{}
	o := d.Object(&v, "")
	o.Int("v", 0, 1, 1)
	r := &Receipt{Reference: o.Need("reference"), Package: o.Need("package"), Records: int(o.Int("records", 0, 0, 1<<40)), By: o.Need("by"), At: o.Need("at"), Key: key}
	o.Done()
	return r, d.Err(true)
}

// Release ends the hold of a request: with a receipt for exactly the package that was
// handed over, and that package complete. officers are the public keys the
// organisation trusts to release (trusted_keys, may: release); where there are any,
// one of them has to have signed the receipt.
func Release(ctx context.Context, v *vault.Vault, pkg string, receipt *Receipt, officers []string) error {
	if len(officers) > 0 && !slices.Contains(officers, receipt.Key) {
		return errors.New("the receipt is not signed by an officer your organisation trusts with releases: ask for a signed one")
	}
	f, err := os.Open(pkg)
	if err != nil {
		return err
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return err
	}
	if got := "sha256:" + hex.EncodeToString(sum.Sum(nil)); got != receipt.Package {
		return fmt.Errorf("the receipt is for another package: it names %s, %s is %s", receipt.Package, pkg, got)
	}
	p, err := Check(pkg)
	switch {
	case err != nil:
		return err
	case len(p.Problems) > 0:
		return fmt.Errorf("%s is not whole: %s", pkg, p.Problems[0])
	case p.Certificate.Reference != receipt.Reference:
		return fmt.Errorf("the receipt is for request %s, the package answers %s", receipt.Reference, p.Certificate.Reference)
	case p.Records != receipt.Records:
		return fmt.Errorf("the receipt counts %d records, the package has %d", receipt.Records, p.Records)
	}
	return v.LiftHold(ctx, receipt.Reference, fmt.Sprintf("received by %s at %s: package %s, %d records", receipt.By, receipt.At, receipt.Package, receipt.Records))
}
