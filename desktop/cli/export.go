package cli

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"slices"
	"strings"

	"hanaper/core"
	"hanaper/desktop/deliver"
	"hanaper/desktop/export"
	"hanaper/desktop/vault"
)

type exportFlags struct {
	q            vault.Query
	states, hold string
	form, out    string
	by           string
	vault        string
	asJSON       bool
	lang         string
}

func (c *exportFlags) set() *flag.FlagSet {
	f := flag.NewFlagSet("export", flag.ContinueOnError)
	for _, s := range []struct {
		to   *string
		name string
	}{
		{&c.form, "as"}, {&c.out, "out"}, {&c.by, "by"}, {&c.vault, "vault"}, {&c.q.Text, "text"}, {&c.q.From, "from"}, {&c.q.To, "to"}, {&c.q.Since, "since"},
		{&c.q.Until, "until"}, {&c.q.Channel, "channel"}, {&c.states, "state"}, {&c.hold, "hold"},
	} {
		f.StringVar(s.to, s.name, "", "")
	}
	f.BoolVar(&c.asJSON, "json", false, "")
	f.StringVar(&c.lang, "lang", "en", "")
	return f
}

const exportHelp = `Writes records of the vault out for others: all of them, those that fit the flags, or those named.
A RECORD is an id (sha256:...), or an .eml file or a folder of them instead of the vault. What is
written can be proven by 'hanaper verify' without the vault (a list or a PDF alone cannot).

  --as FORM          eml: a folder of mail files and their list; mbox: one file for mail programs;
                     csv: the list alone; bagit: a bag for archives (RFC 8493); sip: a
                     submission package for archives (E-ARK SIP 2.2); pdf: for reading only
  --out PATH         where to; it must not be there yet
  --by NAME          sip: who submits it, your organisation
  --text WORDS       records with these words ('hanaper help search')
  --from WORDS       of the sender's name or address
  --to WORDS         of a recipient's
  --since DAY        with a message of this day or later, YYYY-MM-DD
  --until DAY        with a message of this day or earlier
  --channel ID       kept from here (whatsapp, gmail, ...)
  --state S,S        kept, pending, delivered or closed
  --hold H           held, none or unknown
  --vault DIR        the vault meant
  --json             write {"form","path","records","left_out"} when it is done
  --lang en|fr       language of the words

Exit codes: 0 every record was written; 2 nothing was written; 3 a record could not be read and was
left out: it is named.
`

// exported is what "export --json" says at the end.
type exported struct {
	Form    string   `json:"form"`
	Path    string   `json:"path"`
	Records int      `json:"records"`
	LeftOut []string `json:"left_out"` // ids or files
}

// source gives one record to export.
type source struct {
	name string // id or file
	read func(ctx context.Context) (export.Record, error)
}

func runExport(env *Env, args []string) (int, error) {
	var c exportFlags
	names, err := parse(c.set(), args)
	if err != nil {
		return 0, err
	}
	w, ok := deliverWords[c.lang]
	switch {
	case !ok:
		return 0, usagef("--lang %q is not one of en, fr", c.lang)
	case !slices.Contains(export.Forms(), c.form):
		return 0, usagef("--as is one of %s", strings.Join(export.Forms(), ", "))
	case c.out == "":
		return 0, usagef("where to? --out PATH")
	}
	ctx, stop := interruptible()
	defer stop()
	sources, done, err := c.sources(ctx, env, names)
	if err != nil {
		return 0, err
	}
	defer done()
	result, err := c.write(ctx, env, w, sources)
	if err != nil {
		return 0, err
	}
	if c.asJSON {
		err = jsonTo(env.Stdout).Encode(result)
	} else {
		_, err = fmt.Fprintf(env.Stdout, w.exported+"\n", printable(c.out), result.Records)
	}
	if len(result.LeftOut) > 0 {
		return ExitUnknown, err
	}
	return ExitOK, err
}

func (c *exportFlags) write(ctx context.Context, env *Env, w *deliverVocabulary, all []source) (*exported, error) {
	out, err := export.Create(c.form, c.out, export.Info{At: env.Now(), Tool: "hanaper " + core.Version, By: c.by, Lang: c.lang})
	if err != nil {
		return nil, err
	}
	defer out.Abort()
	result := &exported{Form: c.form, Path: c.out, LeftOut: []string{}}
	count := env.counter(w.progress)
	for i, s := range all {
		r, err := s.read(ctx)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			tell(env, fmt.Errorf("%s: left out: %w", s.name, err))
			result.LeftOut = append(result.LeftOut, s.name)
			continue
		}
		if err := out.Add(r); err != nil {
			return nil, err
		}
		result.Records++
		count(int64(i+1), int64(len(all)))
	}
	return result, out.Close()
}

// sources lists what is to be exported; done closes the vault.
func (c *exportFlags) sources(ctx context.Context, env *Env, names []string) (all []source, done func(), err error) {
	isID := func(s string) bool { return strings.HasPrefix(s, "sha256:") }
	filtered := c.states != "" || c.hold != "" || c.q.Text+c.q.From+c.q.To+c.q.Since+c.q.Until+c.q.Channel != ""
	switch ids := slices.IndexFunc(names, isID); {
	case filtered && len(names) > 0:
		return nil, nil, usagef("either records by name, or flags that choose them")
	case len(names) > 0 && ids < 0:
		files, err := expand(names)
		for _, file := range files {
			all = append(all, source{file, func(context.Context) (export.Record, error) {
				item, err := readItem(env, file)
				return export.Record{Item: item}, err
			}})
		}
		return all, func() {}, err
	case slices.ContainsFunc(names, func(s string) bool { return !isID(s) }):
		return nil, nil, usagef("either ids or files")
	}
	v, err := env.openVault(ctx, c.vault)
	if err != nil {
		return nil, nil, err
	}
	done = func() { _ = v.Close() }
	rows, err := c.rows(ctx, v, names)
	if err != nil {
		done()
		return nil, nil, err
	}
	for _, row := range rows {
		all = append(all, source{row.ID, func(ctx context.Context) (export.Record, error) {
			item, err := deliver.VaultQueue{Vault: v}.Item(ctx, row.ID)
			return export.Record{Item: item, State: row.State.String()}, err
		}})
	}
	return all, done, nil
}

// rows are the vault's records named, or those that fit, in the order they were kept.
func (c *exportFlags) rows(ctx context.Context, v *vault.Vault, ids []string) (rows []vault.Row, err error) {
	for _, id := range ids {
		row, err := v.Get(ctx, id)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", id, err)
		}
		rows = append(rows, row)
	}
	if len(ids) > 0 {
		return rows, nil
	}
	s := searchFlags{q: c.q, states: c.states, hold: c.hold, lang: c.lang}
	if err := s.prepare([]string{c.q.Text}); err != nil {
		return nil, err
	}
	hits, err := v.Search(ctx, s.q)
	var wrong *vault.QueryError
	if errors.As(err, &wrong) {
		return nil, usageError{err}
	}
	for _, h := range hits {
		rows = append(rows, h.Row)
	}
	slices.SortFunc(rows, func(a, b vault.Row) int { return cmp.Compare(a.Index, b.Index) })
	return rows, err
}
