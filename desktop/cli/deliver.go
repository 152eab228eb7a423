package cli

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"time"

	"hanaper/desktop/deliver"
)

// testLimit is for reaching a destination and signing in.
const testLimit = time.Minute

type deliverFlags struct {
	to            []string
	vault         string
	back, keep    bool
	asJSON        bool
	lang, colours string
}

func (c *deliverFlags) set() *flag.FlagSet {
	f := flag.NewFlagSet("deliver", flag.ContinueOnError)
	f.Func("to", "", many(&c.to))
	f.StringVar(&c.vault, "vault", "", "")
	f.BoolVar(&c.back, "back", false, "")
	f.BoolVar(&c.keep, "keep-trying", false, "")
	f.BoolVar(&c.asJSON, "json", false, "")
	f.StringVar(&c.lang, "lang", "en", "")
	f.StringVar(&c.colours, "color", "auto", "")
	return f
}

const deliverHelp = `Takes records from the vault, or from .eml files, to destinations, reads them back and compares:
only what was read back and is the same record is delivered. What fails waits and is tried again,
later and later, when 'hanaper deliver' runs; nothing arrives twice. A mail address cannot be read
back: records are handed over there, and delivered when you give the saved file back (--back).

Without a record, --to NAME takes every record of the vault that is not there yet; without --to,
what is due is tried again. A RECORD is an id (sha256:...), an .eml file or a folder of them.

  --to NAME          to this destination ('hanaper destination list'); repeat for several
  --back             prove records that were handed over, by the files given
  --keep-trying      go on until nothing waits any more, or Ctrl-C
  --vault DIR        the vault, otherwise the usual one
  --json             write one line for each attempt (docs/cli.md)
  --lang en|fr       language of the words
  --color WHEN       auto, always or never

Exit codes: 0 everything was delivered or handed over; 1 something waits; 2 nothing was done;
3 a file could not be read as a record.
`

func runDeliver(env *Env, args []string) (int, error) {
	var c deliverFlags
	names, err := parse(c.set(), args)
	if err != nil {
		return 0, err
	}
	w, ok := deliverWords[c.lang]
	if !ok {
		return 0, usagef("--lang %q is not one of en, fr", c.lang)
	}
	colour, err := colours(env, c.colours)
	if err != nil {
		return 0, err
	}
	if _, err := destinations(c.to); err != nil {
		return 0, err
	}
	files, ids, err := c.records(names)
	if err != nil {
		return 0, err
	}
	ctx, stop := interruptible()
	defer stop()
	run := &delivering{env: env, flags: c, w: w, paint: colour, out: bufio.NewWriter(env.Stdout), waiting: map[string]bool{}}
	defer run.out.Flush()
	if len(files) > 0 && !c.back {
		return run.files(ctx, files)
	}
	v, err := env.openVault(ctx, c.vault)
	if err != nil {
		return 0, err
	}
	defer v.Close()
	q := deliver.VaultQueue{Vault: v}
	if c.back {
		return run.giveBack(ctx, q, files)
	}
	if err := run.add(ctx, q, ids); err != nil {
		return 0, err
	}
	return run.all(ctx, q)
}

// records tells ids from files among the arguments.
func (c *deliverFlags) records(names []string) (files, ids []string, err error) {
	for _, name := range names {
		if strings.HasPrefix(name, "sha256:") {
			ids = append(ids, name)
		} else {
			files = append(files, name)
		}
	}
	switch {
	case c.back && (len(files) == 0 || len(ids) > 0 || c.keep):
		err = usagef("--back takes the files that were handed over")
	case len(files) > 0 && len(ids) > 0:
		err = usagef("either ids or files")
	case len(names) > 0 && len(c.to) == 0 && !c.back:
		err = usagef("where to? --to NAME")
	}
	return files, ids, err
}

// delivering is one run of "hanaper deliver".
type delivering struct {
	env     *Env
	flags   deliverFlags
	w       *deliverVocabulary
	paint   paint
	out     *bufio.Writer
	waiting map[string]bool // record and destination
	next    time.Time       // the earliest next attempt
	names   map[string]string
	err     error // of standard output
}

// add makes the records due for the destinations named.
func (d *delivering) add(ctx context.Context, q deliver.VaultQueue, ids []string) error {
	if len(d.flags.to) == 0 {
		return nil
	}
	if len(ids) == 0 {
		for row, err := range q.All(ctx, 0) {
			if err != nil {
				return err
			}
			ids = append(ids, row.ID)
		}
	}
	for _, id := range ids {
		for _, to := range d.flags.to {
			if err := q.Add(ctx, id, to, d.env.Now()); err != nil {
				return fmt.Errorf("%s: %w", id, err)
			}
		}
	}
	return nil
}

// all tries what is due until nothing is; with --keep-trying it waits for what is
// not due yet.
func (d *delivering) all(ctx context.Context, q deliver.Queue) (int, error) {
	book, err := deliver.DefaultBook()
	if err != nil {
		return 0, err
	}
	all, err := deliver.OpenAll(book, deliver.Keyring{})
	if err != nil {
		return 0, err
	}
	defer func() {
		for _, to := range all {
			_ = to.Close()
		}
	}()
	e := &deliver.Engine{Queue: q, Destinations: all, Now: d.env.Now, Random: rand.Float64, Progress: d.show}
	for d.err == nil {
		due, err := q.Due(ctx, d.env.Now())
		if err != nil {
			return 0, err
		}
		if len(due) > 0 {
			d.next = time.Time{}
			if err := e.Run(ctx); err != nil {
				return 0, err
			}
			continue
		}
		if !d.flags.keep || len(d.waiting) == 0 {
			break
		}
		if err := pause(ctx, d.next.Sub(d.env.Now())); err != nil {
			break // Ctrl-C: what waits, waits
		}
	}
	if len(d.waiting) > 0 {
		return ExitAttention, d.err
	}
	return ExitOK, d.err
}

// pause waits, a second at least: a clock that was set back must not make it spin.
func pause(ctx context.Context, t time.Duration) error {
	timer := time.NewTimer(max(t, time.Second))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// show tells of one attempt.
func (d *delivering) show(job deliver.Job) {
	key := job.Record + " " + job.Destination
	delete(d.waiting, key)
	if job.State == deliver.Waiting {
		d.waiting[key] = true
		if d.next.IsZero() || job.Next.Before(d.next) {
			d.next = job.Next
		}
	}
	if d.err != nil {
		return
	}
	if d.flags.asJSON {
		d.err = jsonTo(d.out).Encode(job)
	} else {
		_, d.err = io.WriteString(d.out, d.line(job))
	}
	if err := d.out.Flush(); d.err == nil {
		d.err = err
	}
}

func (d *delivering) line(job deliver.Job) string {
	name := d.names[job.Record]
	if name == "" {
		name = job.Record
	}
	head := fmt.Sprintf("%s: %s: ", d.paint.as("1", printable(name)), printable(job.Destination))
	switch job.State {
	case deliver.Delivered:
		text := d.w.rewrapped
		if job.Proof.Identical {
			text = d.w.identical
		}
		b := head + d.paint.as("32", text) + ": " + printable(job.Receipt.Place) + "\n"
		for _, note := range append([]string{job.Receipt.Note}, job.Proof.Notes...) {
			if note != "" {
				b += "  " + printable(note) + "\n"
			}
		}
		return b
	case deliver.Handed:
		return head + d.paint.as("33", d.w.handed) + ": " + printable(job.Receipt.Place) + "\n"
	}
	when := ""
	if !job.Next.IsZero() && (d.names == nil || d.flags.keep) { // files are not tried again by themselves
		when = fmt.Sprintf(d.w.next, job.Next.Local().Format("2006-01-02 15:04"))
	}
	return head + d.paint.as("31;1", d.w.waits) + ": " + printable(job.Problem) + "\n  " + job.Trouble.Advice(d.flags.lang) + when + "\n"
}
