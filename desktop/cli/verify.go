package cli

import (
	"bufio"
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"hanaper/core/canonical"
	"hanaper/core/record"
)

// verifyReport is what verify says of one file, and a line of "verify --json".
type verifyReport struct {
	File      string           `json:"file"`
	OK        bool             `json:"ok"`        // a record, and no problem with it
	ID        string           `json:"id"`        // of the record as it is
	Signature string           `json:"signature"` // valid, invalid or none
	Key       string           `json:"key"`       // public key of the signature, base64
	Identical bool             `json:"identical"` // the JSON is byte for byte what was kept; false: at most the same content
	Files     int              `json:"files"`     // attached files that are as kept
	Problems  []record.Problem `json:"problems"`
	Warnings  []record.Problem `json:"warnings"`
	Error     string           `json:"error"` // why it could not be read, "" where it could
	keyKnown  bool             // the person named the key
}

func (r *verifyReport) problem(path, text string) {
	r.Problems = append(r.Problems, record.Problem{Path: path, Text: text})
}

func (r *verifyReport) warn(path, text string) {
	r.Warnings = append(r.Warnings, record.Problem{Path: path, Text: text})
}

// expected is what the person knows of a record beforehand.
type expected struct{ id, key string }

type verifyFlags struct {
	want         expected
	asJSON       bool
	lang, colour string
}

func (c *verifyFlags) set() *flag.FlagSet {
	f := flag.NewFlagSet("verify", flag.ContinueOnError)
	f.StringVar(&c.want.id, "id", "", "")
	f.StringVar(&c.want.key, "key", "", "")
	f.BoolVar(&c.asJSON, "json", false, "")
	f.StringVar(&c.lang, "lang", "en", "")
	f.StringVar(&c.colour, "color", "auto", "")
	return f
}

func runVerify(env *Env, args []string) (int, error) {
	var c verifyFlags
	files, err := parse(c.set(), args)
	if err != nil {
		return 0, err
	}
	colour, err := colours(env, c.colour)
	if err != nil {
		return 0, err
	}
	w, ok := words[c.lang]
	switch {
	case !ok:
		return 0, usagef("--lang %q is not one of en, fr", c.lang)
	case len(files) == 0:
		return 0, usagef("which file? - is standard input")
	case c.want.key != "" && len(keyBytes(c.want.key)) != ed25519.PublicKeySize:
		return 0, usagef("--key is not the base64 of a 32-byte Ed25519 public key")
	}
	if files, err = expand(files); err != nil {
		return 0, err
	}
	out := bufio.NewWriter(env.Stdout)
	show := func(r *verifyReport) error { return showReport(out, r, w, colour) }
	if c.asJSON {
		e := jsonTo(out)
		show = func(r *verifyReport) error { return e.Encode(r) }
	}
	code := ExitOK
	for _, name := range files {
		r := verifyFile(env, name, c.want)
		switch {
		case r.Error != "":
			code = ExitUnknown
		case !r.OK:
			code = max(code, ExitAttention)
		}
		if err := show(&r); err != nil {
			return code, err
		}
	}
	return code, out.Flush()
}

// expand puts the .eml files under a folder in its place.
func expand(names []string) (files []string, err error) {
	for _, name := range names {
		if info, err := os.Stat(name); err != nil || !info.IsDir() {
			files = append(files, name)
			continue
		}
		err := filepath.WalkDir(name, func(path string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() && strings.EqualFold(filepath.Ext(path), ".eml") {
				files = append(files, path)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	if len(files) == 0 {
		return nil, usagef("no .eml file in %s", strings.Join(names, ", "))
	}
	return files, nil
}

func verifyFile(env *Env, name string, want expected) verifyReport {
	rep := verifyReport{File: name, Signature: "none", Problems: []record.Problem{}, Warnings: []record.Problem{}}
	raw, err := readRecordFile(env, name)
	if err == nil {
		if trimmed := bytes.TrimSpace(raw); len(trimmed) > 0 && trimmed[0] == '{' {
			err = rep.json(trimmed, nil)
		} else {
			err = rep.mail(raw)
		}
	}
	if err != nil {
		rep.Error = err.Error()
		return rep
	}
	if want.id != "" && rep.ID != want.id {
		rep.problem("", "is another record than the one asked for: its id is not "+want.id)
	}
	if want.key != "" && (rep.Signature != "valid" || rep.Key != want.key) {
		rep.problem("signature", "is not by the key asked for")
	}
	rep.keyKnown = want.key != ""
	rep.OK = len(rep.Problems) == 0
	return rep
}

func readRecordFile(env *Env, name string) ([]byte, error) {
	in := env.Stdin
	if name != "-" {
		file, err := os.Open(name)
		if err != nil {
			return nil, readError(err)
		}
		defer file.Close()
		in = file
	}
	raw, err := io.ReadAll(io.LimitReader(in, maxRecordFile+1))
	switch {
	case err != nil:
		return nil, readError(err)
	case len(raw) > maxRecordFile:
		return nil, fmt.Errorf("the file is larger than %d bytes", maxRecordFile)
	case len(bytes.TrimSpace(raw)) == 0:
		return nil, fmt.Errorf("the file is empty: get it again from where it was filed")
	}
	return raw, nil
}

// maxRecordFile leaves room for attached files beside a record of 4 MiB.
const maxRecordFile = 256 << 20

// json checks a record's JSON. l is the message it came in, nil for the JSON alone.
func (r *verifyReport) json(raw []byte, l *letter) error {
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
			r.problem("signature", err.Error())
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
	if l != nil && d.Err(false) == nil && len(rec.Missing()) == 0 {
		compareReadable(l.envelope, &rec, r)
	}
	return nil
}

// mail checks the one record of a message.
func (r *verifyReport) mail(raw []byte) error {
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
		r.problem("", b)
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

func (r *verifyReport) checkSignature(sig *record.Signature) {
	r.Signature, r.Key = "invalid", sig.PublicKey
	value, err := base64.StdEncoding.DecodeString(sig.Value)
	if key := keyBytes(sig.PublicKey); err != nil || len(key) != ed25519.PublicKeySize {
		return // record.Verify has said so
	} else if !ed25519.Verify(key, record.SignedBytes(r.ID), value) {
		r.problem("signature", "does not fit: the record was changed after it was signed, or the signature is of another record")
		return
	}
	r.Signature = "valid"
}

func keyBytes(s string) ed25519.PublicKey {
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		return nil
	}
	return b
}

func (r *verifyReport) countFiles(rec *record.Record, files []record.AttachmentDigest) {
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
		r.warn("attachments", fmt.Sprintf("not looked at, they are in the .eml: %d files", unseen))
	}
}

func showReport(out io.Writer, r *verifyReport, w *vocabulary, colour paint) error {
	b := &strings.Builder{}
	name := colour.as("1", printable(r.File))
	switch {
	case r.Error != "":
		fmt.Fprintf(b, "%s: %s: %s\n", name, colour.as("33;1", w.action["unknown"]), printable(r.Error))
	case r.OK:
		fmt.Fprintf(b, "%s: %s\n", name, colour.as("32", w.good))
	default:
		fmt.Fprintf(b, "%s: %s\n", name, colour.as("31;1", w.bad))
	}
	for _, p := range r.Problems {
		fmt.Fprintf(b, "  %s\n", colour.as("31", printable(problemText(p))))
	}
	if r.ID != "" {
		fmt.Fprintf(b, "  %s\n", r.ID)
		switch r.Signature {
		case "valid":
			fmt.Fprintf(b, "  "+w.signed+"\n", r.Key)
			if !r.keyKnown {
				fmt.Fprintf(b, "  "+w.note+"\n", w.whoseKey)
			}
		case "none":
			fmt.Fprintf(b, "  %s\n", w.unsigned)
		}
	}
	if r.Files > 0 {
		fmt.Fprintf(b, "  "+w.files+"\n", r.Files)
	}
	for _, p := range r.Warnings {
		fmt.Fprintf(b, "  "+w.note+"\n", printable(problemText(p)))
	}
	_, err := io.WriteString(out, b.String())
	return err
}

func problemText(p record.Problem) string {
	if p.Path == "" {
		return p.Text
	}
	return p.Path + ": " + p.Text
}
