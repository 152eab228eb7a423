package cli

import (
	"flag"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"hanaper/core"
	"hanaper/core/policy"
)

// packInfo is one line of "packs --json".
type packInfo struct {
	ID           string   `json:"id"`
	Version      string   `json:"version"`
	Jurisdiction string   `json:"jurisdiction"`
	Languages    []string `json:"languages"`
	Title        string   `json:"title"`
	URL          string   `json:"url"`
	Licence      string   `json:"licence"`
	Published    string   `json:"published"` // YYYY-MM-DD, "" where not known
	ReviewBy     string   `json:"review_by"` // YYYY-MM-DD, "" where none is set
	Overdue      bool     `json:"overdue"`
	SupersededBy string   `json:"superseded_by"`
	Clauses      int      `json:"clauses"`
}

type packsFlags struct {
	asJSON   bool
	at, lang string
}

func (c *packsFlags) set() *flag.FlagSet {
	f := flag.NewFlagSet("packs", flag.ContinueOnError)
	f.BoolVar(&c.asJSON, "json", false, "")
	f.StringVar(&c.at, "at", "", "")
	f.StringVar(&c.lang, "lang", "en", "")
	return f
}

func runPacks(env *Env, args []string) (int, error) {
	var c packsFlags
	rest, err := parse(c.set(), args)
	if err != nil {
		return 0, err
	}
	day := env.Now()
	if c.at != "" {
		if day, err = time.Parse(time.RFC3339, c.at); err != nil {
			return 0, usagef("--at %q is not an RFC 3339 time such as 2026-11-22T14:03:00Z", c.at)
		}
	}
	if _, ok := words[c.lang]; !ok {
		return 0, usagef("--lang %q is not one of en, fr", c.lang)
	}
	switch len(rest) {
	case 0:
		return ExitOK, listPacks(env, c.asJSON, day.Format(time.DateOnly))
	case 1:
		p, ok := policy.Bundled(rest[0])
		if !ok {
			return 0, usagef("there is no pack %q; there are %s", rest[0], strings.Join(policy.BundledIDs[:], ", "))
		}
		return ExitOK, listClauses(env, p, c.lang)
	}
	return 0, usagef("packs takes one id at most")
}

func listPacks(env *Env, asJSON bool, day string) error {
	e := jsonTo(env.Stdout)
	for i, id := range policy.BundledIDs {
		p, _ := policy.Bundled(id)
		s := &p.Source
		if asJSON {
			if err := e.Encode(packInfo{p.ID, p.Version, p.Jurisdiction, p.Languages, s.Title, s.URL, s.Licence, s.Published,
				s.ReviewBy, p.Overdue(day), s.SupersededBy, len(p.Clauses)}); err != nil {
				return err
			}
			continue
		}
		if i > 0 {
			fmt.Fprintln(env.Stdout)
		}
		name := id + " " + p.Version
		if id == core.DefaultPack {
			name += " (used where none is named)"
		}
		fmt.Fprintf(env.Stdout, "%s\n", name)
		w := tabwriter.NewWriter(env.Stdout, 0, 0, 2, ' ', 0)
		fmt.Fprintf(w, "  source\t%s\n  address\t%s\n  published\t%s\n  review\t%s\n  clauses\t%d, in %s\n",
			s.Title, s.URL, orUnknown(s.Published), review(p, day), len(p.Clauses), strings.Join(p.Languages, " and "))
		if err := w.Flush(); err != nil {
			return err
		}
	}
	return nil
}

func review(p *policy.Pack, day string) string {
	text := orUnknown(p.Source.ReviewBy)
	if p.Overdue(day) {
		text += ", overdue: ask whether it still holds"
	}
	if p.Source.SupersededBy != "" {
		text += "; superseded by " + p.Source.SupersededBy
	}
	return text
}

func orUnknown(s string) string {
	if s == "" {
		return "not known"
	}
	return s
}

func listClauses(env *Env, p *policy.Pack, lang string) error {
	fmt.Fprintf(env.Stdout, "%s %s\n%s\n%s\n", p.ID, p.Version, p.Source.Title, p.Source.URL)
	for i := range p.Clauses {
		c := &p.Clauses[i]
		para, text := c.Para, c.Text
		if lang == "fr" && c.ParaFR != "" {
			para = c.ParaFR
		}
		if lang == "fr" && c.TextFR != "" {
			text = c.TextFR
		}
		if _, err := fmt.Fprintf(env.Stdout, "\n%s  %s [%s]\n  %s\n", c.ID, para, c.Force, text); err != nil {
			return err
		}
	}
	return nil
}
