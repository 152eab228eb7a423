package cli

import (
	"bufio"
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"hanaper/core"
	"hanaper/core/canonical"
	"hanaper/core/message"
	"hanaper/core/policy"
	"hanaper/desktop/pack"
	"hanaper/desktop/signed"
)

// maxFile is the largest file read whole. A text may be far smaller; this only
// keeps a wrong name from filling the memory.
const maxFile = 64 << 20

type checkFlags struct {
	jsonl, sarif, explain      bool
	packs, packFiles, trust    []string
	device, channel, scope     string
	settings, at, lang, colour string
}

func (c *checkFlags) set() *flag.FlagSet {
	f := flag.NewFlagSet("check", flag.ContinueOnError)
	f.BoolVar(&c.jsonl, "jsonl", false, "")
	f.BoolVar(&c.sarif, "sarif", false, "")
	f.BoolVar(&c.explain, "explain", false, "")
	f.Func("pack", "", many(&c.packs))
	f.Func("pack-file", "", many(&c.packFiles))
	f.Func("trust", "", many(&c.trust))
	f.StringVar(&c.device, "device", "", "")
	f.StringVar(&c.channel, "channel", "", "")
	f.StringVar(&c.scope, "chat-scope", "", "")
	f.StringVar(&c.settings, "settings", "", "")
	f.StringVar(&c.at, "at", "", "")
	f.StringVar(&c.lang, "lang", "", "")
	f.StringVar(&c.colour, "color", "auto", "")
	return f
}

func runCheck(env *Env, args []string) (int, error) {
	var c checkFlags
	files, err := parse(c.set(), args)
	if err != nil {
		return 0, err
	}
	j, err := c.judge(env)
	if err != nil {
		return 0, err
	}
	colour, err := colours(env, c.colour)
	if err != nil {
		return 0, err
	}
	if len(files) == 0 {
		files = []string{"-"}
	}
	j.explain = c.explain
	out := bufio.NewWriterSize(env.Stdout, 64<<10)
	var show sink
	switch {
	case c.jsonl && c.sarif:
		return 0, usagef("--jsonl and --sarif exclude each other")
	case c.explain && c.sarif:
		return 0, usagef("--explain goes with the text or --jsonl, not with --sarif")
	case c.jsonl:
		j.encode = true
		show = &jsonLines{out: out}
	case c.sarif:
		show = newSARIF(out, j)
	default:
		show = &screen{out: out, judge: j, paint: colour, w: words[j.settings.Language]}
	}
	return check(env, j, files, c.jsonl, show, out)
}

// sink shows answers, in the order of the items.
type sink interface {
	answer(a *answer) error
	finish() error
}

// check judges all files one after another. One that cannot be read is an item
// that cannot be judged; the others are judged all the same.
func check(env *Env, j *judge, files []string, jsonl bool, show sink, out *bufio.Writer) (int, error) {
	code := ExitOK
	tell := &teller{stderr: env.Stderr, said: map[string]bool{}}
	one := func(a *answer) error {
		code = exit(code, &a.verdict)
		tell.about(a)
		return show.answer(a)
	}
	for _, name := range files {
		if err := checkFile(env, j, name, jsonl, one, out); err != nil {
			return code, err
		}
	}
	if err := show.finish(); err != nil {
		return code, err
	}
	return code, out.Flush()
}

func checkFile(env *Env, j *judge, name string, jsonl bool, one func(*answer) error, out *bufio.Writer) error {
	ext := strings.ToLower(filepath.Ext(name))
	in, label := env.Stdin, "stdin"
	if name != "-" {
		file, err := os.Open(name)
		if err != nil {
			a := j.judge(&item{file: name, err: readError(err)})
			return one(&a)
		}
		defer file.Close()
		in, label = file, name
	}
	if ext == ".jsonl" || ext == ".ndjson" || name == "-" && jsonl {
		return stream(j, label, in, one, out)
	}
	raw, err := io.ReadAll(io.LimitReader(in, maxFile+1))
	it := &item{file: label, raw: raw, json: ext == ".json"}
	switch {
	case err != nil:
		it.err = readError(err)
	case len(raw) > maxFile:
		it.err = fmt.Errorf("the file is larger than %d bytes: give the message alone", maxFile)
	case !it.json:
		it.raw = bytes.TrimSuffix(bytes.TrimSuffix(raw, []byte("\n")), []byte("\r"))
	}
	a := j.judge(it)
	return one(&a)
}

// readError leaves out the file's name, which is shown anyway.
func readError(err error) error {
	var path *os.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	return fmt.Errorf("cannot be read: %w", err)
}

// teller says on standard error what was wrong with the input; an unknown field
// is told once, a million lines may have it.
type teller struct {
	stderr io.Writer
	said   map[string]bool
}

func (t *teller) about(a *answer) {
	if a.verdict.Error != "" {
		fmt.Fprintf(t.stderr, "hanaper: %s: %s\n", a.place(), printable(a.verdict.Error))
	}
	for _, w := range a.verdict.Warnings {
		if w.Field == "channel" && a.draft.Channel == "" && !a.json { // the screen says so
			continue
		}
		if key := w.Field + ": " + w.Text; !t.said[key] && len(t.said) < 1000 {
			t.said[key] = true
			fmt.Fprintf(t.stderr, "hanaper: %s: %s\n", a.place(), printable(key))
		}
	}
}

type jsonLines struct{ out *bufio.Writer }

func (s *jsonLines) answer(a *answer) error {
	_, err := s.out.Write(a.encoded)
	return err
}

func (s *jsonLines) finish() error { return nil }

// judge builds what the flags ask for.
func (c *checkFlags) judge(env *Env) (*judge, error) {
	j := &judge{at: c.at, now: env.Now, loaded: map[string]string{}}
	if err := c.readSettings(j); err != nil {
		return nil, err
	}
	if c.at != "" {
		if _, err := time.Parse(time.RFC3339, c.at); err != nil {
			return nil, usagef("--at %q is not an RFC 3339 time such as 2026-11-22T14:03:00Z", c.at)
		}
	}
	for _, m := range []struct {
		flag, member, value string
		allowed             []string
	}{
		{"device", "device", c.device, []string{"managed", "byod_managed", "unmanaged", "unknown"}},
		{"chat-scope", "chat_scope", c.scope, []string{"work", "mixed", "personal", "unset"}},
		{"channel", "channel", c.channel, channelIDs()},
	} {
		if m.value == "" {
			continue
		}
		if !slices.Contains(m.allowed, m.value) {
			return nil, usagef("--%s %q is not one of %s", m.flag, m.value, strings.Join(m.allowed, ", "))
		}
		j.defaults = append(j.defaults, canonical.F(m.member, canonical.Str(m.value)))
	}
	if err := c.choosePacks(j); err != nil {
		return nil, err
	}
	return j, nil
}

func channelIDs() (ids []string) {
	for _, ch := range message.Channels {
		ids = append(ids, ch.ID)
	}
	return ids
}

func (c *checkFlags) readSettings(j *judge) error {
	doc := canonical.Fields()
	if c.settings != "" {
		raw, err := os.ReadFile(c.settings)
		if err != nil {
			return usagef("--settings: %w", err)
		}
		if doc, err = canonical.Parse(raw, canonical.Limits{}); err != nil {
			return usagef("--settings: %s: %w", c.settings, err)
		}
	}
	var d canonical.Decoder
	j.settings = policy.DecodeSettings(&d, &doc)
	if err := d.Err(true); err != nil {
		return usagef("--settings: %s: %w", c.settings, err)
	}
	if c.lang != "" {
		if _, ok := words[c.lang]; !ok {
			return usagef("--lang %q is not one of en, fr", c.lang)
		}
		j.settings.Language = c.lang
	}
	return nil
}

// choosePacks: those named by flags, else by the settings, else the default; and
// every loaded one beside them (core.Shelf says how).
func (c *checkFlags) choosePacks(j *judge) error {
	ids := c.packs
	if len(ids) == 0 {
		ids = j.settings.Packs
	}
	j.isChosen = len(ids) > 0
	for _, id := range ids {
		if _, ok := policy.Bundled(id); !ok {
			return usagef("there is no pack %q; there are %s, and --pack-file loads one of your own", id, strings.Join(policy.BundledIDs[:], ", "))
		}
	}
	trusted := map[string]bool{}
	for _, key := range c.trust {
		if raw, err := os.ReadFile(key); err == nil {
			key = string(raw)
		}
		public, err := signed.ParsePublic(key)
		if err != nil {
			return usagef("--trust: %w", err)
		}
		trusted[signed.PublicText(public)] = true
	}
	shelf := &core.Shelf{}
	own := map[string][]byte{} // JSON of the rule books loaded
	sources := func(id string) ([]byte, bool) {
		if data, ok := own[id]; ok {
			return data, true
		}
		return policy.BundledJSON(id)
	}
	for _, file := range c.packFiles {
		in, err := loadPack(file, trusted, sources)
		if err != nil {
			return usagef("--pack-file: %w", err)
		}
		p, err := shelf.Put(in)
		if err != nil {
			return usagef("--pack-file: %s: %w", file, err)
		}
		j.loaded[p.ID], own[p.ID] = file, []byte(in.JSON)
	}
	packs, err := shelf.Packs(ids)
	if err != nil {
		return usagef("--pack: %w", err)
	}
	j.packs, j.settings.Packs = packs, nil
	for _, p := range packs {
		j.settings.Packs = append(j.settings.Packs, p.ID)
	}
	return nil
}

// loadPack reads a pack. Source (YAML) must pass lint, as its author would have
// it; a compiled one need not: it may be older than a detector lint asks for, and
// a state that none of its rows accepts is judged unknown.
func loadPack(file string, trusted map[string]bool, sources pack.Sources) (core.Installed, error) {
	in := core.Installed{Trust: policy.TrustUnsigned}
	text, key, err := readPack(file, func(file string, raw []byte) (*pack.Compiled, error) {
		return pack.CheckOn(file, raw, sources)
	})
	if err != nil {
		return in, err
	}
	in.JSON = string(text)
	if trusted[key] {
		in.Trust, in.Signer = policy.TrustSigned, key
	}
	return in, nil
}

func colours(env *Env, when string) (paint, error) {
	switch when {
	case "auto":
		return paint(env.Color), nil
	case "always":
		return true, nil
	case "never":
		return false, nil
	}
	return false, usagef("--color %q is not one of auto, always, never", when)
}
