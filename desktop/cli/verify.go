package cli

import (
	"bufio"
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"hanaper/core/record"
	"hanaper/desktop/letter"
)

// verifyReport is what verify says of one file, and a line of "verify --json".
type verifyReport struct {
	File string `json:"file"`
	letter.Report
	Error    string `json:"error"` // why it could not be read, "" where it could
	keyKnown bool   // the person named the key
}

// expected is what the person knows of a record beforehand.
type expected struct{ id, key string }

type verifyFlags struct {
	want              expected
	asJSON            bool
	lang, colour      string
	proof, checkpoint string   // files
	logKeys           []string // of the checkpoints
	vault             string   // folder
}

func (c *verifyFlags) set() *flag.FlagSet {
	f := flag.NewFlagSet("verify", flag.ContinueOnError)
	f.StringVar(&c.want.id, "id", "", "")
	f.StringVar(&c.want.key, "key", "", "")
	f.BoolVar(&c.asJSON, "json", false, "")
	f.StringVar(&c.lang, "lang", "en", "")
	f.StringVar(&c.colour, "color", "auto", "")
	f.StringVar(&c.proof, "proof", "", "")
	f.StringVar(&c.checkpoint, "checkpoint", "", "")
	f.Func("log-key", "", many(&c.logKeys))
	f.StringVar(&c.vault, "vault", "", "")
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
	case c.vault != "" || c.checkpoint != "":
		return c.tree(env, files)
	case len(files) == 0:
		return 0, usagef("which file? - is standard input")
	case c.proof != "" && (len(files) != 1 || len(c.logKeys) == 0):
		return 0, usagef("--proof goes with one FILE and the --log-key of its checkpoint")
	case c.want.key != "" && letter.KeyBytes(c.want.key) == nil:
		return 0, usagef("--key is not the base64 of a 32-byte Ed25519 public key")
	}
	out := bufio.NewWriter(env.Stdout)
	show := func(r *verifyReport) error { return showReport(out, r, w, colour) }
	if c.asJSON {
		e := jsonTo(out)
		show = func(r *verifyReport) error { return e.Encode(r) }
	}
	code := ExitOK
	err = eachReport(env, files, c.want, func(r verifyReport) error {
		if c.proof != "" && r.Error == "" {
			if err := c.checkProof(env, &r); err != nil {
				return err
			}
		}
		switch {
		case r.Error != "":
			code = ExitUnknown
		case !r.OK:
			code = max(code, ExitAttention)
		}
		return show(&r)
	})
	if err != nil {
		return 0, errors.Join(err, out.Flush())
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
	raw, err := readRecordFile(env, name)
	rep := verifyReport{File: name, Report: letter.Unread()}
	if err == nil {
		rep.Report, err = letter.Check(raw)
	}
	if err != nil {
		rep.Error = err.Error()
		return rep
	}
	if want.id != "" && rep.ID != want.id {
		rep.Problem("", "is another record than the one asked for: its id is not "+want.id)
	}
	if want.key != "" && (rep.Signature != "valid" || rep.Key != want.key) {
		rep.Problem("signature", "is not by the key asked for")
	}
	rep.keyKnown = want.key != ""
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
