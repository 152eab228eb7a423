// Package deliver takes kept records to where an organisation keeps its records,
// and proves that they arrived.
//
// A Destination only carries bytes: it puts a record's EML message somewhere and
// reads back what is there now. Whether the record is delivered is decided in one
// place, Engine, which reads every record back and compares it with what was sent
// (Item.Prove): servers may wrap and encode a message anew, but the record's id,
// signature and files must be the same. A destination that cannot read back
// (SMTP) never makes a record delivered: it is handed over, not proven.
//
// One destination is one file: folder.go, imap.go, ... Each passes the same suite
// (suite_test.go) and is listed in kinds (settings.go).
package deliver

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path"
	"strconv"
	"strings"

	"hanaper/core/record"
	"hanaper/desktop/letter"
)

// Destination is a place records go. Its methods may be called by several
// goroutines at once. Errors are *Error.
type Destination interface {
	// Put brings the item there, or finds that it is there already: a second Put of
	// one item leaves one copy. It never overwrites something else.
	Put(ctx context.Context, item Item) (Receipt, error)
	// Read gives what is there now under the receipt, freshly from the server.
	// Where Readback is false it is not called.
	Read(ctx context.Context, r Receipt) ([]byte, error)
	// Check reaches the place and signs in. It writes nothing.
	Check(ctx context.Context) error
	// Readback tells whether Read works. Without it nothing can be proven.
	Readback() bool
	// Hosts lists every host that is spoken to, host:port. Empty for this computer.
	Hosts() []string
	// Close ends open connections. Put and Read open them anew.
	Close() error
}

// Receipted is a Destination that may not be read back by the person, and proves by
// a signed receipt that it holds the record: Read gives the receipt.
type Receipted interface {
	Prove(item Item, receipt []byte) (Proof, error)
}

// Receipt says where a destination put an item.
type Receipt struct {
	Record  string `json:"record"`            // id of the record
	Place   string `json:"place"`             // what finds it again: a file's path, uidvalidity/uid, a URL, a key
	Version string `json:"version,omitempty"` // of the object, where the server keeps several
	Note    string `json:"note,omitempty"`    // what else the server promised: locked until when
}

// Item is one kept record on its way.
type Item struct {
	ID   string // sha256: and 64 hexadecimal digits
	Name string // file name that every file system takes
	EML  []byte // the message as the record's EML function writes it

	sent letter.Report // what a check finds in EML itself
}

// NewItem reads a record's message. What is no record, or one that was changed,
// is refused: proving it later would prove nothing. Attached files may be absent:
// the extension knows some by name and digest only.
func NewItem(eml []byte) (Item, error) {
	r, err := letter.Check(eml)
	if err != nil {
		return Item{}, err
	}
	for _, p := range r.Problems {
		if absent := strings.Contains(p.Path, "].attachments["); !absent || r.Record == nil {
			return Item{}, fmt.Errorf("the record is not as it was kept: %s: get it again from where it was kept", strings.TrimPrefix(p.Path+": "+p.Text, ": "))
		}
	}
	return Item{ID: r.ID, Name: r.Record.FileName(), EML: eml, sent: r}, nil
}

// MessageID is that of the item's message.
func (i Item) MessageID() string { return "<" + i.ID[len("sha256:"):] + "@hanaper.invalid>" }

// Record is the record inside the item's message.
func (i Item) Record() *record.Record { return i.sent.Record }

// Text is the record as people read it, in the item's message.
func (i Item) Text() string { return i.sent.Text }

// Proof says that a record was found again.
type Proof struct {
	Identical bool     `json:"identical"`       // byte for byte what was sent; false: the same record in another wrapping
	Notes     []string `json:"notes,omitempty"` // what a server changed that people can see
}

// Prove compares what was found with what was sent. The error is one of trouble
// Lost or Differs.
func (i Item) Prove(found []byte) (Proof, error) {
	if bytes.Equal(found, i.EML) {
		return Proof{Identical: true}, nil
	}
	if len(bytes.TrimSpace(found)) == 0 {
		return Proof{}, fail(Lost, errors.New("what was read back is empty"))
	}
	r, err := letter.Check(found)
	if err != nil {
		return Proof{}, fail(Differs, err)
	}
	switch {
	case r.ID != i.ID:
		return Proof{}, fail(Differs, errors.New("the record read back has another id: "+r.ID))
	case r.Signature != i.sent.Signature || r.Key != i.sent.Key:
		return Proof{}, fail(Differs, errors.New("the record read back is signed otherwise: "+r.Signature))
	case r.Files != i.sent.Files:
		return Proof{}, fail(Differs, fmt.Errorf("of %d attached files %d were read back", i.sent.Files, r.Files))
	}
	for _, p := range r.Problems {
		if !i.hasProblem(p) {
			return Proof{}, fail(Differs, errors.New("read back: "+p.Path+" "+p.Text))
		}
	}
	proof := Proof{}
	for _, w := range r.Warnings {
		proof.Notes = append(proof.Notes, strings.TrimSpace(w.Path+" "+w.Text))
	}
	return proof, nil
}

// hasProblem: a file that was recorded by name and digest only is missing in what
// was sent too.
func (i Item) hasProblem(p record.Problem) bool {
	for _, own := range i.sent.Problems {
		if own == p {
			return true
		}
	}
	return false
}

// names lists the file names to try, so that a file of another record stays:
// x.eml, x-2.eml ... x-9.eml, as the extension does.
func (i Item) names() []string {
	const tries = 9
	ext := path.Ext(i.Name)
	out := []string{i.Name}
	for n := 2; n <= tries; n++ {
		out = append(out, strings.TrimSuffix(i.Name, ext)+"-"+strconv.Itoa(n)+ext)
	}
	return out
}
