package request

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"hanaper/core/canonical"
	"hanaper/desktop/vault"
)

// A package is a ZIP file, not compressed, whose bytes depend on its content only:
//
//	manifest.json        every other file's name, size in bytes and SHA-256
//	request.json         the request as it came
//	certificate.json     how far the search went (Certificate.JSON)
//	certificate.txt      the same for people, in English and French
//	records/HEX.eml      each record found, as it was kept; HEX: the digits of its id
//	verify.html          checks the package in a browser, with no network
const (
	manifestName    = "manifest.json"
	requestName     = "request.json"
	certificateName = "certificate.json"
	readableName    = "certificate.txt"
	pageName        = "verify.html"
	recordsDir      = "records/"
)

// Limits of a package, for whoever checks one that came from elsewhere.
const (
	maxCertificate = 64 << 20 // some 300,000 records found
	maxManifest    = 64 << 20
	maxRecord      = 64 << 20 // record.MaxBytes and its attachments
	maxFiles       = 1 << 20
)

//go:embed verify.html
var page []byte

// Entry is a file of the manifest.
type Entry struct {
	Name   string
	Size   int64
	SHA256 string // hexadecimal
}

// Write writes the package to path, which must not exist, reads it back, and returns
// what Check found. progress is called after every record.
func Write(ctx context.Context, v *vault.Vault, r *Request, c *Certificate, path string, progress func(done, total int)) (p *Package, err error) {
	temporary, err := os.CreateTemp(filepath.Dir(path), ".hanaper-package-*")
	if err != nil {
		return nil, err
	}
	defer func() {
		_ = temporary.Close()
		_ = os.Remove(temporary.Name())
	}()
	if err := write(ctx, v, r, c, temporary, progress); err != nil {
		return nil, err
	}
	if err := temporary.Sync(); err != nil {
		return nil, err
	}
	if err := os.Link(temporary.Name(), path); err != nil { // never over another file
		return nil, err
	}
	if p, err = Check(path); err == nil && len(p.Problems) > 0 {
		err = fmt.Errorf("%s was written and read back otherwise: %s", path, p.Problems[0])
	}
	return p, err
}

func write(ctx context.Context, v *vault.Vault, r *Request, c *Certificate, to io.Writer, progress func(done, total int)) error {
	z := zip.NewWriter(to)
	var entries []Entry
	add := func(name string, data []byte) error {
		sum := sha256.Sum256(data)
		entries = append(entries, Entry{name, int64(len(data)), hex.EncodeToString(sum[:])})
		return store(z, name, data)
	}
	for i, h := range c.Hits {
		if err := ctx.Err(); err != nil {
			return err
		}
		if h.State == "included" {
			eml, err := v.EML(ctx, h.ID)
			if err != nil {
				return fmt.Errorf("record %s: %w", h.ID, err)
			}
			if err := add(recordName(h.ID), eml); err != nil {
				return err
			}
		}
		if progress != nil {
			progress(i+1, len(c.Hits))
		}
	}
	for _, f := range []struct {
		name string
		data []byte
	}{{requestName, r.source}, {certificateName, c.JSON()}, {readableName, []byte(c.Text("en") + "\n" + c.Text("fr"))}, {pageName, page}} {
		if err := add(f.name, f.data); err != nil {
			return err
		}
	}
	slices.SortFunc(entries, func(a, b Entry) int { return strings.Compare(a.Name, b.Name) })
	if err := store(z, manifestName, manifest(c.Reference, entries)); err != nil {
		return err
	}
	return z.Close()
}

// store adds a file without time, owner or compression: the same bytes everywhere.
func store(z *zip.Writer, name string, data []byte) error {
	w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
	if err == nil {
		_, err = w.Write(data)
	}
	return err
}

func recordName(id string) string { return recordsDir + strings.TrimPrefix(id, "sha256:") + ".eml" }

func manifest(reference string, entries []Entry) []byte {
	v := canonical.Texts("reference", reference)
	v.Put("v", canonical.Num(1))
	v.Put("files", listOf(entries, func(e Entry) canonical.Value {
		f := canonical.Texts("name", e.Name, "sha256", e.SHA256)
		f.Put("size", canonical.Num(float64(e.Size)))
		return f
	}))
	return append(canonical.Append(nil, v), '\n')
}

func openManifest(in []byte) (reference string, entries []Entry, err error) {
	v, err := canonical.Parse(in, canonical.Limits{Bytes: maxManifest})
	if err != nil {
		return "", nil, err
	}
	d := &canonical.Decoder{}
	o := d.Object(&v, "")
	o.Int("v", 0, 1, 1)
	reference = o.Need("reference")
	o.Each("files", func(_ int, e *canonical.Obj) {
		entries = append(entries, Entry{e.Need("name"), e.Int("size", 0, 0, 1<<50), e.Need("sha256")})
	})
	o.Done()
	return reference, entries, d.Err(true)
}
