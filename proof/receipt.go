package proof

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
)

// receiptHeader is the first line of a receipt's text.
const receiptHeader = "hanaper receipt v1"

// Receipt says that a gateway has stored a record and promises its place in the log.
// As text, signed as a note with the log's key:
//
//	hanaper receipt v1
//	records.ministry.example/log
//	sha256:6b1f…
//	2026-11-22T09:00:00Z
//	2026-11-23T09:00:00Z
type Receipt struct {
	Log      string
	ID       string    // of the record
	Received time.Time // UTC, whole seconds
	By       time.Time // the record is in the log by then
}

// Sign returns the receipt as a signed note.
func (r Receipt) Sign(s note.Signer) (string, error) {
	text := strings.Join([]string{receiptHeader, r.Log, r.ID, stamp(r.Received), stamp(r.By)}, "\n") + "\n"
	signed, err := note.Sign(&note.Note{Text: text}, s)
	return string(signed), err
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// OpenReceipt reads a signed receipt and checks that it is v's and v's log's.
func OpenReceipt(signed string, v note.Verifier) (Receipt, error) {
	n, err := note.Open([]byte(signed), note.VerifierList(v))
	if err != nil {
		return Receipt{}, fmt.Errorf("receipt: %w", err)
	}
	lines := strings.Split(n.Text, "\n")
	if len(lines) != 6 || lines[0] != receiptHeader {
		return Receipt{}, errors.New("receipt: it needs five lines, the first " + receiptHeader)
	}
	r := Receipt{Log: lines[1], ID: lines[2]}
	if r.Log != v.Name() {
		return r, fmt.Errorf("receipt: it is of the log %q, expected %q", r.Log, v.Name())
	}
	if r.Received, err = time.Parse(time.RFC3339, lines[3]); err != nil {
		return r, fmt.Errorf("receipt: %q is no time", lines[3])
	}
	if r.By, err = time.Parse(time.RFC3339, lines[4]); err != nil {
		return r, fmt.Errorf("receipt: %q is no time", lines[4])
	}
	return r, nil
}
