package cli

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // --zone names places; Windows and small systems have no list of them

	"hanaper/core/message"
	"hanaper/core/policy"
	"hanaper/desktop/importer"
	"hanaper/desktop/importer/chat"
	"hanaper/desktop/importer/transcript"
	"hanaper/desktop/importer/whatsapp"
	"hanaper/desktop/vault"
)

// importFlags are check's, for judging, and those of reading and keeping.
type importFlags struct {
	check                      checkFlags
	dates, title, zone         string
	me                         []string
	choose, duty, since, until string
	keep, asJSON, watch        bool
	context                    int
	by, subject, series, note  string
	to                         []string
	into, vault                string
}

func (c *importFlags) set() *flag.FlagSet {
	f := flag.NewFlagSet("import", flag.ContinueOnError)
	for _, s := range []struct {
		to   *string
		name string
	}{
		{&c.dates, "dates"}, {&c.title, "chat"}, {&c.zone, "zone"}, {&c.choose, "choose"}, {&c.duty, "duty"}, {&c.since, "since"}, {&c.until, "until"},
		{&c.by, "by"}, {&c.subject, "subject"}, {&c.series, "series"}, {&c.note, "note"}, {&c.into, "into"}, {&c.vault, "vault"},
		{&c.check.device, "device"}, {&c.check.channel, "channel"}, {&c.check.scope, "chat-scope"}, {&c.check.settings, "settings"},
		{&c.check.at, "at"}, {&c.check.lang, "lang"},
	} {
		f.StringVar(s.to, s.name, "", "")
	}
	f.StringVar(&c.check.colour, "color", "auto", "")
	f.Func("me", "", many(&c.me))
	f.Func("to", "", many(&c.to))
	f.Func("pack", "", many(&c.check.packs))
	f.Func("pack-file", "", many(&c.check.packFiles))
	f.Func("trust", "", many(&c.check.trust))
	f.BoolVar(&c.keep, "keep", false, "")
	f.BoolVar(&c.asJSON, "json", false, "")
	f.BoolVar(&c.watch, "watch", false, "")
	f.IntVar(&c.context, "context", 0, "")
	return f
}

// importing is one run of the command.
type importing struct {
	flags  *importFlags
	env    *Env
	judge  *judge
	choice importer.Choice
	zone   *time.Location
	store  importer.Store
	out    *bufio.Writer
	show   importView
	code   int
}

// importView shows an import, to people or to programs.
type importView interface {
	file(c *importer.Chat, s *importer.Summary)
	message(j *importer.Judged, chosen bool)
	result(k *importer.Keeper, counts map[string]int)
	found(f importer.Found)
}

func runImport(env *Env, args []string) (int, error) {
	var c importFlags
	files, err := parse(c.set(), args)
	if err != nil {
		return 0, err
	}
	run, err := c.prepare(env, files)
	if err != nil {
		return 0, err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if c.watch {
		err = run.watch(ctx, files)
	} else {
		err = run.all(ctx, files)
	}
	switch {
	case errors.Is(err, context.Canceled) && c.watch: // the only way it ends
		err = nil
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(env.Stderr, "hanaper import: "+run.words().interrupted)
		err, run.code = nil, ExitUnknown
	}
	return run.code, errors.Join(err, run.out.Flush())
}

// prepare checks the flags before any file is read.
func (c *importFlags) prepare(env *Env, files []string) (*importing, error) {
	j, err := c.check.judge(env)
	if err != nil {
		return nil, err
	}
	run := &importing{flags: c, env: env, judge: j, out: bufio.NewWriter(env.Stdout)}
	colour, err := colours(env, c.check.colour)
	if err != nil {
		return nil, err
	}
	if run.choice, err = c.choices(); err != nil {
		return nil, err
	}
	if run.zone, err = c.location(); err != nil {
		return nil, err
	}
	switch {
	case len(files) == 0:
		return nil, usagef("which file? - is standard input")
	case c.keep && run.choice.Empty():
		return nil, usagef("--keep keeps what you chose: add --choose, --duty, --since or --until; --choose all for everything")
	case c.keep && c.watch:
		return nil, usagef("--watch only lists; import a file by its name")
	case c.context < 0 || c.context > message.MaxContext:
		return nil, usagef("--context is 0 to %d messages", message.MaxContext)
	case c.dates != "" && c.dates != "dmy" && c.dates != "mdy" && c.dates != "ymd":
		return nil, usagef("--dates %q is not one of dmy, mdy, ymd", c.dates)
	case c.into != "" && c.vault != "":
		return nil, usagef("--into and --vault exclude each other")
	}
	if c.asJSON {
		run.show = &importJSON{run: run, to: jsonTo(run.out)}
	} else {
		run.show = &importScreen{run: run, paint: colour}
	}
	return run, nil
}

func (c *importFlags) choices() (out importer.Choice, err error) {
	if c.choose != "" {
		if out.Numbers, err = importer.ParseNumbers(c.choose); err != nil {
			return out, usagef("--choose: %w", err)
		}
	}
	for _, d := range strings.FieldsFunc(c.duty, func(r rune) bool { return r == ',' }) {
		if _, ok := english.duty[d]; !ok {
			return out, usagef("--duty %q is not one of capture, consider, transitory, none, unknown", d)
		}
		out.Duties = append(out.Duties, d)
	}
	for _, day := range []struct{ name, value string }{{"since", c.since}, {"until", c.until}} {
		if _, err := time.Parse(time.DateOnly, day.value); day.value != "" && err != nil {
			return out, usagef("--%s %q is not a day such as 2026-11-22", day.name, day.value)
		}
	}
	out.Since, out.Until = c.since, c.until
	return out, nil
}

// location is the place of the file's clock: this computer's, unless another is named.
func (c *importFlags) location() (*time.Location, error) {
	switch c.zone {
	case "":
		return time.Local, nil
	case "unknown":
		return nil, nil
	}
	if t, err := time.Parse("-07:00", c.zone); err == nil {
		_, offset := t.Zone()
		return time.FixedZone(c.zone, offset), nil
	}
	at, err := time.LoadLocation(c.zone)
	if err != nil {
		return nil, usagef("--zone %q is neither a place such as Europe/London, nor an offset such as +01:00, nor unknown", c.zone)
	}
	return at, nil
}

func (run *importing) all(ctx context.Context, files []string) error {
	if run.flags.keep {
		close, err := run.openStore(ctx)
		if err != nil {
			return err
		}
		defer close()
	}
	for _, name := range files {
		if err := run.one(ctx, name); err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			// A file of which nothing could be made; the others are read all the same.
			fmt.Fprintf(run.env.Stderr, "hanaper import: %s\n", printable(err.Error()))
			run.code = ExitUnknown
		}
	}
	return nil
}

func (run *importing) openStore(ctx context.Context) (close func() error, err error) {
	if run.flags.into != "" {
		run.store, err = importer.OpenFolder(run.flags.into)
		return func() error { return nil }, err
	}
	v, err := run.env.openVault(ctx, run.flags.vault)
	if errors.Is(err, vault.ErrNoVault) {
		return nil, fmt.Errorf("%w, or --into names a folder for .eml files", err)
	} else if err != nil {
		return nil, err
	}
	run.store = importer.Vault{Vault: v}
	return v.Close, nil
}

// one reads a file: what it holds, then every message judged.
func (run *importing) one(ctx context.Context, name string) error {
	src, err := run.open(name)
	if err != nil {
		return err
	}
	defer src.Close()
	summary, err := importer.Survey(ctx, src)
	if err != nil {
		return err
	}
	c := run.chat(src.Info(), summary)
	run.show.file(c, summary)
	keeper := run.keeper(c)
	counts := map[string]int{}
	progress := run.progress(summary.Messages)
	err = importer.Run(ctx, src, c, run.verdict, func(j *importer.Judged) error {
		progress(j.Number)
		counts[j.Duty()]++
		chosen := run.choice.Fits(j)
		run.show.message(j, chosen)
		if j.Duty() == "unknown" {
			run.code = ExitUnknown
		}
		if keeper == nil {
			return nil
		}
		return keeper.Next(ctx, j, chosen)
	})
	progress(0)
	if keeper != nil && err == nil {
		err = keeper.Flush(ctx)
	}
	if keeper != nil && (len(keeper.Incomplete) > 0 || len(keeper.Notes) > 0) {
		run.code = max(run.code, ExitAttention)
	}
	run.show.result(keeper, counts)
	return err
}

func (run *importing) open(name string) (chat.Source, error) {
	opt := importer.Options{Dates: whatsapp.Order(run.flags.dates), Title: run.flags.title, Now: run.env.Now()}
	if name == "-" {
		return importer.Paste("stdin", run.env.Stdin, opt)
	}
	return importer.Open(name, opt)
}

// chat adds what the flags say to what the file says.
func (run *importing) chat(info chat.Info, s *importer.Summary) *importer.Chat {
	c := &importer.Chat{Info: info, Me: parties(run.flags.me), Location: run.zone}
	if run.flags.check.channel != "" {
		c.Info.Channel = run.flags.check.channel
	}
	if run.flags.title != "" {
		c.Info.Title = run.flags.title
	}
	for _, p := range s.People {
		c.People = append(c.People, p.Party)
	}
	return c
}

func parties(texts []string) (out []message.Party) {
	for _, t := range texts {
		out = append(out, transcript.Party(t))
	}
	return out
}

// keeper is nil where nothing is to be kept.
func (run *importing) keeper(c *importer.Chat) *importer.Keeper {
	f := run.flags
	if !f.keep {
		return nil
	}
	k := &importer.Keeper{Chat: c, Store: run.store, Context: f.context, Now: run.env.Now, Random: rand.Reader}
	k.Fields = importer.Fields{By: f.by, To: parties(f.to), Subject: f.subject, Series: f.series, Note: f.note}
	if k.Fields.By == "" && len(c.Me) > 0 {
		k.Fields.By = c.Me[0].Name
	}
	if k.Fields.By == "" && len(c.Me) > 0 {
		k.Fields.By = c.Me[0].Address
	}
	return k
}

// verdict judges a draft of an import as check would.
func (run *importing) verdict(d *message.Draft) policy.Verdict {
	if run.flags.check.device != "" {
		d.Device = message.Device(run.flags.check.device)
	}
	if run.flags.check.scope != "" {
		d.ChatScope = message.ChatScope(run.flags.check.scope)
	}
	return run.judge.evaluate(d)
}

// progress tells on the terminal how far judging has come, at most once a second;
// 0 wipes it away.
func (run *importing) progress(total int) func(n int) {
	last := run.env.Now()
	return func(n int) {
		if !run.env.Progress {
			return
		}
		if n == 0 {
			fmt.Fprint(run.env.Stderr, "\r\x1b[K")
		} else if now := run.env.Now(); now.Sub(last) >= time.Second {
			last = now
			fmt.Fprintf(run.env.Stderr, "\r"+run.words().progress, strconv.Itoa(n), strconv.Itoa(total))
		}
	}
}

// watch lists what may be imported, now and as it comes.
func (run *importing) watch(ctx context.Context, dirs []string) error {
	if len(dirs) != 1 {
		return usagef("--watch takes one folder")
	}
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	return importer.Watch(ctx, dirs[0], tick.C, func(f importer.Found) error {
		run.show.found(f)
		return run.out.Flush()
	})
}

// watchEvery is how often a watched folder is looked at. Files come there by hand
// or by a phone's synchronisation; a person notices no less.
const watchEvery = 2 * time.Second

func (run *importing) words() *importWords { return importVocabulary[run.judge.settings.Language] }
