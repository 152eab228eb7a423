package vault

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/ncruces/go-sqlite3"
	"golang.org/x/mod/sumdb/tlog"

	"hanaper/core/canonical"
	"hanaper/core/record"
)

// Item is a record to keep.
type Item struct {
	Record    []byte            // its canonical JSON: record.Record.Canonical
	Signature *record.Signature // of whoever kept it; nil: this device signs
	Files     []File            // one for each digest the record names; one file may serve several
}

// File is the content of an attachment.
type File struct {
	Name string // for messages of error only; the record has its own
	Open func() (io.ReadCloser, error)
}

// Content is a File of bytes in memory.
func Content(name string, data []byte) File {
	return File{name, func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }}
}

// Kept says what became of an item.
type Kept struct {
	ID    string // sha256: and 64 hexadecimal digits
	Index int64  // its place in the tree, from 0
	New   bool   // false: it was there already, and nothing was changed
}

// ItemError is an item that cannot be kept; no item of the call was.
type ItemError struct {
	N        int              // of the items given, from 0
	ID       string           // "" where the JSON is no record
	Problems []record.Problem // what is wrong with it
}

func (e *ItemError) Error() string {
	var text []string
	for _, p := range e.Problems {
		if p.Path != "" {
			p.Text = p.Path + ": " + p.Text
		}
		text = append(text, p.Text)
	}
	return fmt.Sprintf("item %d cannot be kept: %s", e.N+1, strings.Join(text, "; "))
}

// Keep stores the items, all or none; when it returns they are on the disk, in the
// tree, and under a signed checkpoint. An item that is there already is left as it
// is. Files are read twice and never held whole. Some thousand items a call are
// quickest, since a call ends on the disk; the JSON of all is held in memory. Errors: *ItemError, ErrFull.
func (v *Vault) Keep(ctx context.Context, items ...Item) ([]Kept, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	ready := v.prepareAhead(ctx, items)
	first := <-ready // nothing is locked until there is something to write
	if first.err != nil {
		return nil, first.err
	}
	out := make([]Kept, 0, len(items))
	err := v.write(ctx, func(c *conn) error {
		size, err := c.size()
		if err != nil {
			return err
		}
		tree, err := c.frontier(size)
		if err != nil {
			return err
		}
		at := stamp(v.now())
		for some := first; some.items != nil; some = <-ready {
			if some.err != nil {
				return some.err
			}
			for _, p := range some.items {
				k, err := v.insert(c, p, at, tree)
				if err != nil {
					return err
				}
				out = append(out, k)
			}
		}
		if err := ctx.Err(); err != nil || tree.size == size {
			return err
		}
		return v.signCheckpoint(c, tree)
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// prepared is an item that was checked, with all that goes into the tables.
type prepared struct {
	id              string
	digest          []byte // the id, raw
	json, signature []byte
	found           found
	files           []preparedFile
}

type preparedFile struct {
	digest [sha256.Size]byte
	open   func() (io.ReadCloser, error)
}

// preparedSome is a stretch of a call's items; the last one has neither.
type preparedSome struct {
	items []*prepared
	err   error
}

// preparedAtOnce is how many items are checked together: enough for all processors.
const preparedAtOnce = 256

// prepareAhead checks the items, a stretch after the other, while those before are
// written. It ends after the last, at an error, or with ctx.
func (v *Vault) prepareAhead(ctx context.Context, items []Item) <-chan preparedSome {
	ready := make(chan preparedSome, 2)
	go func() {
		defer close(ready)
		for from := 0; from < len(items); from += preparedAtOnce {
			some := preparedSome{items: make([]*prepared, min(preparedAtOnce, len(items)-from))}
			some.err = v.prepare(ctx, from, items[from:], some.items)
			select {
			case ready <- some:
			case <-ctx.Done():
				return
			}
			if some.err != nil {
				return
			}
		}
	}()
	return ready
}

// prepare checks as many items as out has room for on all processors, without the
// database; from is the number of the first.
func (v *Vault) prepare(ctx context.Context, from int, items []Item, out []*prepared) error {
	failed := make([]error, len(out))
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(out)) {
		workers.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(out)) && ctx.Err() == nil; i = next.Add(1) - 1 {
				out[i], failed[i] = v.prepareOne(from+int(i), &items[i])
			}
		})
	}
	workers.Wait()
	for _, err := range failed {
		if err != nil {
			return err
		}
	}
	return ctx.Err()
}

func (v *Vault) prepareOne(n int, item *Item) (*prepared, error) {
	value, err := canonical.Parse(item.Record, canonical.Limits{Bytes: record.MaxBytes})
	if err != nil {
		return nil, &ItemError{N: n, Problems: []record.Problem{{Text: err.Error()}}}
	}
	files, digests, err := readFiles(item.Files)
	if err != nil {
		return nil, err
	}
	report := record.Verify(&value, nil, item.Signature, digests)
	p := &prepared{id: report.ID, files: files, json: item.Record}
	p.signature, err = v.signatureOf(p.id, item.Signature)
	if err != nil {
		report.Problems = append(report.Problems, record.Problem{Path: "signature", Text: err.Error()})
	}
	if len(report.Problems) > 0 {
		return nil, &ItemError{n, report.ID, report.Problems}
	}
	if p.digest, err = rawDigest(p.id); err != nil {
		return nil, err
	}
	if sum := sha256.Sum256(item.Record); !bytes.Equal(sum[:], p.digest) {
		p.json = canonical.Append(nil, value) // it was not in canonical form: the id is of this
	}
	p.found = foundBy(&value)
	return p, nil
}

// signatureOf is the raw signature: the one given, checked, or this device's.
func (v *Vault) signatureOf(id string, s *record.Signature) ([]byte, error) {
	if s == nil {
		return v.device.sign(id), nil
	}
	return CheckSignature(id, s)
}

// CheckSignature gives the public key and value of a record's signature, after
// checking that it fits. raw is nil where its form is wrong, which record.Verify says.
func CheckSignature(id string, s *record.Signature) (raw []byte, err error) {
	key, err := base64.StdEncoding.DecodeString(s.PublicKey)
	if err != nil || len(key) != ed25519.PublicKeySize {
		return nil, nil // record.Verify has said so
	}
	value, err := base64.StdEncoding.DecodeString(s.Value)
	if err != nil || len(value) != ed25519.SignatureSize {
		return nil, nil
	}
	if !ed25519.Verify(key, record.SignedBytes(id), value) {
		return nil, errors.New("does not fit: the record was changed after it was signed, or the signature is of another record")
	}
	return append(key, value...), nil
}

func readFiles(all []File) (files []preparedFile, digests []record.AttachmentDigest, err error) {
	digests = []record.AttachmentDigest{}
	for _, f := range all {
		sum := sha256.New()
		if err := copyFrom(sum, f.Open); err != nil {
			return nil, nil, fmt.Errorf("attachment %q: %w", f.Name, err)
		}
		p := preparedFile{[sha256.Size]byte(sum.Sum(nil)), f.Open}
		files = append(files, p)
		digests = append(digests, record.AttachmentDigest{Name: f.Name, Digest: "sha256:" + hex.EncodeToString(p.digest[:])})
	}
	return files, digests, nil
}

func copyFrom(w io.Writer, open func() (io.ReadCloser, error)) error {
	r, err := open()
	if err != nil {
		return err
	}
	defer r.Close()
	_, err = io.Copy(w, r)
	return err
}

// insert puts one item into the tables as the next entry, unless it is there.
func (v *Vault) insert(c *conn, p *prepared, at string, t *frontier) (Kept, error) {
	seq := t.size
	k := Kept{ID: p.id, Index: seq, New: true}
	if err := c.run("INSERT INTO record VALUES(?,?,?,?,?,?,?,NULL) ON CONFLICT(id) DO NOTHING",
		seq, p.digest, int(StateKept), p.found.channel, p.found.first, p.found.last, at); err != nil {
		return k, err
	}
	if c.Changes() == 0 {
		k.New = false
		_, err := c.one("SELECT seq FROM record WHERE id = ?", []any{p.digest}, func(s *sqlite3.Stmt) { k.Index = s.ColumnInt64(0) })
		return k, err
	}
	if err := c.run("INSERT INTO content VALUES(?,?,?)", seq, p.signature, p.json); err != nil {
		return k, err
	}
	for _, f := range p.files {
		if err := c.insertFile(seq, f); err != nil {
			return k, err
		}
	}
	if err := c.index(seq, &p.found.words); err != nil {
		return k, err
	}
	return k, c.grow(t, tlog.RecordHash(leaf(p.id, p.signature)))
}

// pieceSize is how much of a file is in memory at a time.
const pieceSize = 1 << 20

// insertFile stores a file in pieces, unless it is there, and notes that record seq
// has it.
func (c *conn) insertFile(seq int64, f preparedFile) error {
	var n int64
	found, err := c.one("SELECT n FROM file WHERE digest = ?", []any{f.digest[:]}, func(s *sqlite3.Stmt) { n = s.ColumnInt64(0) })
	if err != nil {
		return err
	}
	if !found {
		if err := c.run("INSERT INTO file(digest) VALUES(?)", f.digest[:]); err != nil {
			return err
		}
		n = c.LastInsertRowID()
		if err := c.insertPieces(n, f); err != nil {
			return err
		}
	}
	return c.run("INSERT OR IGNORE INTO record_file VALUES(?,?)", seq, n)
}

func (c *conn) insertPieces(n int64, f preparedFile) error {
	r, err := f.open()
	if err != nil {
		return err
	}
	defer r.Close()
	sum := sha256.New()
	buf := make([]byte, pieceSize)
	for piece := 0; ; piece++ {
		size, err := io.ReadFull(r, buf)
		if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
			return err
		}
		sum.Write(buf[:size])
		if size > 0 || piece == 0 {
			if err := c.run("INSERT INTO piece VALUES(?,?,?)", n, piece, buf[:size]); err != nil {
				return err
			}
		}
		if err != nil {
			break
		}
	}
	if [sha256.Size]byte(sum.Sum(nil)) != f.digest {
		return errors.New("an attachment changed while it was being kept: try again")
	}
	return nil
}

func rawDigest(id string) ([]byte, error) {
	digits, ok := strings.CutPrefix(id, "sha256:")
	raw, err := hex.DecodeString(digits)
	if !ok || err != nil || len(raw) != sha256.Size || digits != strings.ToLower(digits) {
		return nil, fmt.Errorf("%q is no record id: sha256: and 64 lower-case hexadecimal digits", id)
	}
	return raw, nil
}
