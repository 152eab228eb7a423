// Package letter reads a kept record back out of the file it was filed in, an EML
// message or the record's JSON, and checks everything that can be checked without
// a network. Mail servers wrap, forward and re-encode messages: what they may
// change without touching the evidence is a warning, anything else a problem.
package letter

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"fmt"
	"strings"

	"hanaper/core/canonical"
	"hanaper/core/record"
)

// Report is what Check found.
type Report struct {
	OK        bool             `json:"ok"`        // a record, and no problem with it
	ID        string           `json:"id"`        // of the record as it is
	Signature string           `json:"signature"` // valid, invalid or none
	Key       string           `json:"key"`       // public key of the signature, base64
	Identical bool             `json:"identical"` // the JSON is byte for byte what was kept; false: at most the same content
	Files     int              `json:"files"`     // attached files that are as kept
	Problems  []record.Problem `json:"problems"`
	Warnings  []record.Problem `json:"warnings"`

	// Record is the record as it is, nil where its form is wrong.
	Record *record.Record `json:"-"`
	// Text is the first readable part of the message, "" where there is none.
	Text string `json:"-"`
	// Signed is the signature, where it is valid.
	Signed *record.Signature `json:"-"`
}

// Unread is the report of a file that could not be read.
func Unread() Report {
	return Report{Signature: "none", Problems: []record.Problem{}, Warnings: []record.Problem{}}
}

// Problem adds one; the file is then not good.
func (r *Report) Problem(path, text string) {
	r.Problems = append(r.Problems, record.Problem{Path: path, Text: text})
	r.OK = false
}

// Warn adds what does not touch the evidence.
func (r *Report) Warn(path, text string) {
	r.Warnings = append(r.Warnings, record.Problem{Path: path, Text: text})
}

// Check checks the one record in raw: an EML message or the record's JSON. The
// error says why no record could be read; the report is then as far as it came.
func Check(raw []byte) (Report, error) {
	r := Unread()
	var err error
	if trimmed := bytes.TrimSpace(raw); len(trimmed) > 0 && trimmed[0] == '{' {
		err = r.json(trimmed, nil)
	} else {
		err = r.mail(raw)
	}
	r.OK = err == nil && len(r.Problems) == 0
	return r, err
}

// json checks a record's JSON. l is the message it came in, nil for the JSON alone.
func (r *Report) json(raw []byte, l *letter) error {
	v, err := canonical.Parse(raw, canonical.Limits{})
	if err != nil {
		if bytes.HasSuffix(raw, []byte("}")) {
			return fmt.Errorf("the record's JSON, %w", err)
		}
		return fmt.Errorf("the record's JSON, %w; it breaks off after %d bytes: get it again from where it was filed", err, len(raw))
	}
	var sig *record.Signature
	var files []record.AttachmentDigest
	if l != nil {
		if sig, err = l.decodeSignature(); err != nil {
			r.Signature = "invalid"
			r.Problem("signature", err.Error())
		}
		files = append([]record.AttachmentDigest{}, l.files...)
	}
	report := record.Verify(&v, raw, sig, files)
	r.ID = report.ID
	r.Identical = bytes.Equal(raw, canonical.Append(nil, v))
	r.Problems = append(r.Problems, report.Problems...)
	r.Warnings = append(r.Warnings, report.Warnings...)
	var d canonical.Decoder
	rec := record.Decode(&d, &v)
	if sig != nil {
		r.checkSignature(sig)
	}
	r.countFiles(&rec, files)
	if d.Err(false) == nil {
		r.Record = &rec
	}
	if l != nil && len(l.envelope.texts) > 0 {
		r.Text = l.envelope.texts[0]
	}
	if l != nil && r.Record != nil && len(rec.Missing()) == 0 {
		compareReadable(l.envelope, &rec, r)
	}
	return nil
}

// mail checks the one record of a message.
func (r *Report) mail(raw []byte) error {
	l, err := readLetter(raw)
	if err != nil {
		return err
	}
	switch len(l.records) {
	case 0:
		if len(l.broken) > 0 {
			return fmt.Errorf("no record in the message: %s: get it again from where it was filed", strings.Join(l.broken, "; "))
		}
		return fmt.Errorf("no record in the message: it has no part %s", record.RecordPart)
	case 1:
	default:
		return fmt.Errorf("%d records in one message: save each as a file of its own", len(l.records))
	}
	for _, b := range l.broken {
		r.Problem("", b)
	}
	if err := r.json(bytes.TrimSpace(l.records[0]), l); err != nil {
		if len(l.broken) > 0 {
			return fmt.Errorf("%w (%s)", err, strings.Join(l.broken, "; "))
		}
		return err
	}
	return nil
}

func (l *letter) decodeSignature() (*record.Signature, error) {
	if l.signature == nil {
		return nil, nil
	}
	v, err := canonical.Parse(bytes.TrimSpace(l.signature), canonical.Limits{})
	if err != nil {
		return nil, fmt.Errorf("%s, %w", record.SignaturePart, err)
	}
	var d canonical.Decoder
	sig := record.DecodeSignature(&d, &v)
	if err := d.Err(false); err != nil {
		return nil, err
	}
	return sig, nil
}

func (r *Report) checkSignature(sig *record.Signature) {
	r.Signature, r.Key = "invalid", sig.PublicKey
	value, err := base64.StdEncoding.DecodeString(sig.Value)
	if key := KeyBytes(sig.PublicKey); err != nil || key == nil {
		return // record.Verify has said so
	} else if !ed25519.Verify(key, record.SignedBytes(r.ID), value) {
		r.Problem("signature", "does not fit: the record was changed after it was signed, or the signature is of another record")
		return
	}
	r.Signature, r.Signed = "valid", sig
}

// KeyBytes is the public key in s, base64 of 32 bytes, nil where there is none.
func KeyBytes(s string) ed25519.PublicKey {
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil || len(b) != ed25519.PublicKeySize {
		return nil
	}
	return b
}

func (r *Report) countFiles(rec *record.Record, files []record.AttachmentDigest) {
	found := map[string]bool{}
	for _, f := range files {
		found[f.Digest] = true
	}
	unseen := 0
	for i := range rec.Messages {
		for _, a := range rec.Messages[i].Attachments {
			if a.Digest != "" && found[a.Digest] {
				r.Files++
			} else if a.Digest != "" {
				unseen++
			}
		}
	}
	if files == nil && unseen > 0 {
		r.Warn("attachments", fmt.Sprintf("not looked at, they are in the .eml: %d files", unseen))
	}
}
