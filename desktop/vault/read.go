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
	"iter"
	"time"

	"github.com/ncruces/go-sqlite3"

	"hanaper/core/canonical"
	"hanaper/core/record"
)

// Row is a record in a list.
type Row struct {
	Index   int64     // place in the tree, from 0
	ID      string    // sha256: and 64 hexadecimal digits
	State   State     //
	Hold    HoldState // over this record
	Changed time.Time // when State became what it is
	// Head of the record: everything but its messages and note. Of a purged record
	// it is the stub. nil where the content is damaged: see Damage.
	Head   *record.Record
	Purged bool   // the content was dropped after delivery
	Damage string // why the content cannot be read or is not what was kept, "" where it is
}

// DamagedError is a record whose bytes are not those that were kept. It is an
// ErrDamaged.
type DamagedError struct {
	Index  int64
	ID     string
	Reason string
}

func (e *DamagedError) Error() string {
	return fmt.Sprintf("record %d, %s: %s: restore it from a backup or from where it was filed", e.Index, e.ID, e.Reason)
}

// Is makes it an ErrDamaged.
func (e *DamagedError) Is(target error) bool { return target == ErrDamaged }

// Get is a record's row. Errors: ErrNotFound.
func (v *Vault) Get(ctx context.Context, id string) (row Row, err error) {
	err = v.read(ctx, func(c *conn) error {
		seq, err := c.seqOf(id)
		if err == nil {
			row, _, err = c.row(seq, v.now())
		}
		return err
	})
	return row, err
}

// Stored is a record as it was kept.
type Stored struct {
	Row
	JSON      []byte            // canonical; its SHA-256 was compared with the id
	Signature *record.Signature // compared with the tree when the vault is checked, not here
	Record    record.Record
}

// Read gives a record after comparing its digest with its id. Errors: ErrNotFound,
// *DamagedError, ErrPurged.
func (v *Vault) Read(ctx context.Context, id string) (out Stored, err error) {
	err = v.read(ctx, func(c *conn) error {
		seq, err := c.seqOf(id)
		if err != nil {
			return err
		}
		var content content
		if out.Row, content, err = c.row(seq, v.now()); err != nil {
			return err
		}
		switch {
		case out.Damage != "":
			return &DamagedError{seq, id, out.Damage}
		case out.Purged:
			return fmt.Errorf("%s: %w", id, ErrPurged)
		}
		out.JSON, out.Record = content.json, content.record
		out.Signature = signatureText(content.signature)
		return nil
	})
	return out, err
}

// ErrPurged: the content was dropped after delivery; the row is its stub.
var ErrPurged = errors.New("the content was dropped after it was delivered: get it from where it was filed")

func (c *conn) seqOf(id string) (seq int64, err error) {
	raw, err := rawDigest(id)
	if err != nil {
		return 0, err
	}
	read := func(s *sqlite3.Stmt) { seq = s.ColumnInt64(0) }
	found, err := c.one("SELECT seq FROM record WHERE id = ?", []any{raw}, read)
	if err != nil && isDamage(err) { // of the index: the table may be whole
		found, err = c.one("SELECT seq FROM record NOT INDEXED WHERE id = ?", []any{raw}, read)
	}
	if err == nil && !found {
		err = fmt.Errorf("%s: %w", id, ErrNotFound)
	}
	return seq, err
}

type content struct {
	json, signature []byte
	record          record.Record
}

// evidence reads one record's evidence and compares it with its id. Errors:
// *DamagedError.
func (c *conn) evidence(seq int64, id string) (json, signature []byte, err error) {
	found, err := c.one("SELECT signature, json FROM content WHERE seq = ?", []any{seq}, func(s *sqlite3.Stmt) {
		signature, json = s.ColumnBlob(0, nil), s.ColumnBlob(1, nil)
	})
	switch {
	case err != nil && isDamage(err):
		return nil, nil, &DamagedError{seq, id, "its page in the database is damaged (" + err.Error() + ")"}
	case err != nil:
		return nil, nil, err
	case !found:
		return nil, nil, &DamagedError{seq, id, "its content is missing"}
	}
	if reason := wrongContent(id, json, signature); reason != "" {
		return nil, nil, &DamagedError{seq, id, reason}
	}
	return json, signature, nil
}

// content is evidence, decoded.
func (c *conn) content(seq int64, id string) (out content, err error) {
	if out.json, out.signature, err = c.evidence(seq, id); err != nil {
		return out, err
	}
	value, err := canonical.Parse(out.json, canonical.Limits{Bytes: record.MaxBytes})
	if err != nil {
		return out, &DamagedError{seq, id, err.Error()}
	}
	var d canonical.Decoder
	out.record = record.Decode(&d, &value)
	return out, nil
}

// wrongContent compares evidence with its id, "" where it fits.
func wrongContent(id string, json, signature []byte) string {
	sum := sha256.Sum256(json)
	switch {
	case "sha256:"+hex.EncodeToString(sum[:]) != id:
		return "it is not what was kept: its digest differs"
	case len(signature) != ed25519.PublicKeySize+ed25519.SignatureSize:
		return "its signature is cut short"
	}
	return ""
}

func isDamage(err error) bool {
	return errors.Is(err, sqlite3.CORRUPT) || errors.Is(err, sqlite3.IOERR_DATA) || errors.Is(err, sqlite3.NOTADB)
}

func signatureText(raw []byte) *record.Signature {
	b64 := base64.StdEncoding
	return &record.Signature{Algorithm: "Ed25519", PublicKey: b64.EncodeToString(raw[:ed25519.PublicKeySize]), Value: b64.EncodeToString(raw[ed25519.PublicKeySize:])}
}

// row reads one row, and the content where there is one; a damaged content is told
// in the row, not as an error.
func (c *conn) row(seq int64, now time.Time) (r Row, content content, err error) {
	r.Index = seq
	var digest []byte
	stub, changed := "", ""
	found, err := c.one("SELECT id, state, changed_at, coalesce(stub, '') FROM record WHERE seq = ?", []any{seq}, func(s *sqlite3.Stmt) {
		digest, r.State, changed, stub = s.ColumnBlob(0, nil), State(s.ColumnInt(1)), s.ColumnText(2), s.ColumnText(3)
	})
	if err != nil {
		return r, content, err
	}
	if !found {
		return r, content, fmt.Errorf("entry %d: %w", seq, ErrNotFound)
	}
	r.ID = "sha256:" + hex.EncodeToString(digest)
	r.Changed, _ = time.Parse(time.RFC3339, changed)
	if r.Hold, err = c.holdOf(seq, now); err != nil {
		return r, content, err
	}
	if r.Purged = stub != ""; r.Purged {
		r.Head, err = readStub(stub)
		return r, content, err
	}
	content, err = c.content(seq, r.ID)
	var damaged *DamagedError
	switch {
	case errors.As(err, &damaged):
		r.Damage = damaged.Reason
	case err != nil:
		return r, content, err
	default:
		head := content.record
		head.Messages, head.Note = nil, ""
		r.Head = &head
	}
	return r, content, nil
}

func readStub(stub string) (*record.Record, error) {
	value, err := canonical.Parse([]byte(stub), canonical.Limits{})
	if err != nil {
		return nil, fmt.Errorf("%w: a receipt stub, %w", ErrDamaged, err)
	}
	var d canonical.Decoder
	r := record.Decode(&d, &value)
	return &r, nil
}

// All gives every row in the order of the tree, beginning with index from. It reads
// some at a time: what is kept meanwhile comes too. A damaged record is a row with
// Damage, and with no ID where that is damaged too; an error ends the sequence.
func (v *Vault) All(ctx context.Context, from int64) iter.Seq2[Row, error] {
	const some = 256
	return func(yield func(Row, error) bool) {
		for {
			var rows []Row
			err := v.read(ctx, func(c *conn) error {
				size, err := c.size()
				for seq := from; err == nil && seq < size && len(rows) < some; seq++ {
					var row Row
					if row, _, err = c.row(seq, v.now()); errors.Is(err, ErrNotFound) || err != nil && isDamage(err) {
						row.Damage, err = "its entry in the database is damaged ("+err.Error()+")", nil
					}
					rows = append(rows, row)
				}
				return err
			})
			if err != nil {
				yield(Row{}, err)
				return
			}
			for _, row := range rows {
				if !yield(row, nil) {
					return
				}
			}
			if len(rows) == 0 {
				return
			}
			from += int64(len(rows))
		}
	}
}

// WriteFile writes an attached file, whose digest is sha256: and 64 digits, to w.
// The digest is compared at the end: on an error what w got is worthless. Errors:
// ErrNotFound, ErrDamaged.
func (v *Vault) WriteFile(ctx context.Context, digest string, w io.Writer) error {
	raw, err := rawDigest(digest)
	if err != nil {
		return err
	}
	return v.read(ctx, func(c *conn) error {
		sum := sha256.New()
		pieces, err := c.pieces(raw, io.MultiWriter(sum, w))
		switch {
		case err != nil:
			return err
		case pieces == 0:
			return fmt.Errorf("file %s: %w", digest, ErrNotFound)
		case !bytes.Equal(sum.Sum(nil), raw):
			return fmt.Errorf("file %s: %w: it is not what was kept, its digest differs", digest, ErrDamaged)
		}
		return nil
	})
}

// pieces writes a file's pieces to w, in order, and counts them.
func (c *conn) pieces(digest []byte, w io.Writer) (n int, err error) {
	err = c.each("SELECT p.data FROM piece p JOIN file f ON f.n = p.file WHERE f.digest = ? ORDER BY p.piece", []any{digest}, func(s *sqlite3.Stmt) error {
		n++
		_, err := w.Write(s.ColumnRawBlob(0))
		return err
	})
	return n, err
}

// EML is the record as a mail message with its signature and files, the same bytes
// each time; all of it is in memory. Errors: those of Read and WriteFile.
func (v *Vault) EML(ctx context.Context, id string) ([]byte, error) {
	stored, err := v.Read(ctx, id)
	if err != nil {
		return nil, err
	}
	var files []record.File
	done := map[string]bool{}
	for i := range stored.Record.Messages {
		for _, a := range stored.Record.Messages[i].Attachments {
			if a.Digest == "" || done[a.Digest] {
				continue
			}
			done[a.Digest] = true
			var b bytes.Buffer
			if err := v.WriteFile(ctx, a.Digest, &b); err != nil {
				return nil, fmt.Errorf("attachment %q: %w", a.Name, err)
			}
			files = append(files, record.File{Name: a.Name, Type: a.Type, Content: b.Bytes()})
		}
	}
	return record.EML(&stored.Record, stored.Signature, files...), nil
}
