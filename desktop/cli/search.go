package cli

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"strings"

	"hanaper/core/message"
	"hanaper/desktop/vault"
)

type searchFlags struct {
	q             vault.Query
	states, hold  string
	count, asJSON bool
	dir           string
	lang, colour  string
}

func (c *searchFlags) set() *flag.FlagSet {
	f := flag.NewFlagSet("search", flag.ContinueOnError)
	f.StringVar(&c.q.From, "from", "", "")
	f.StringVar(&c.q.To, "to", "", "")
	f.StringVar(&c.q.Since, "since", "", "")
	f.StringVar(&c.q.Until, "until", "", "")
	f.StringVar(&c.q.Channel, "channel", "", "")
	f.StringVar(&c.states, "state", "", "")
	f.StringVar(&c.hold, "hold", "", "")
	f.BoolVar(&c.q.Newest, "newest", false, "")
	f.IntVar(&c.q.Limit, "limit", 20, "")
	f.IntVar(&c.q.Offset, "offset", 0, "")
	f.BoolVar(&c.count, "count", false, "")
	f.StringVar(&c.dir, "vault", "", "")
	f.BoolVar(&c.asJSON, "json", false, "")
	f.StringVar(&c.lang, "lang", "en", "")
	f.StringVar(&c.colour, "color", "auto", "")
	return f
}

const searchHelp = `Finds records in the vault (hanaper help vault) by all WORDS, anywhere in the record. Case, accents
and punctuation do not matter: reunion finds Réunion.

  "several words"    one after the other; word* a beginning; -word must not be there (after --);
                     A OR B either
  --from WORDS       of the sender's name or address; a telephone number in any spelling
  --to WORDS         of a recipient's
  --since DAY        with a message of this day or later, YYYY-MM-DD
  --until DAY        with a message of this day or earlier
  --channel ID       kept from here (whatsapp, gmail, ...)
  --state S,S        kept, pending, delivered or closed
  --hold H           held, none or unknown
  --newest           the latest first; otherwise the best match first
  --limit N          show so many, otherwise 20; 0 is all
  --offset N         after so many
  --count            only how many there are
  --vault DIR        the vault meant
  --json             write one record a line (docs/cli.md)
  --lang en|fr       language of the words
  --color WHEN       auto, always or never
` + exitHelp

func runSearch(env *Env, args []string) (int, error) {
	var c searchFlags
	terms, err := parse(c.set(), args)
	if err != nil {
		return 0, err
	}
	colour, err := colours(env, c.colour)
	if err != nil {
		return 0, err
	}
	if err := c.prepare(terms); err != nil {
		return 0, err
	}
	ctx, stop := interruptible()
	defer stop()
	v, err := env.openVault(ctx, c.dir)
	if err != nil {
		return 0, err
	}
	defer v.Close()
	n, err := v.Count(ctx, c.q)
	var wrong *vault.QueryError
	if errors.As(err, &wrong) {
		return 0, usageError{err}
	} else if err != nil {
		return ExitUnknown, err
	}
	if c.count {
		if _, err := fmt.Fprintln(env.Stdout, n); err != nil || n > 0 {
			return ExitOK, err
		}
		return ExitAttention, nil
	}
	return c.show(ctx, env, v, n, colour)
}

func (c *searchFlags) prepare(terms []string) error {
	for i, t := range terms {
		if strings.ContainsAny(t, " \t") && !strings.ContainsAny(t, `"“”«»`) && len(terms) > 1 {
			terms[i] = `"` + t + `"` // the shell took the quotation marks
		}
	}
	c.q.Text = strings.Join(terms, " ")
	c.q.Hold = vault.HoldState(c.hold)
	for _, s := range strings.FieldsFunc(c.states, func(r rune) bool { return r == ',' }) {
		state, err := vault.ParseState(s)
		if err != nil {
			return usagef("--state: %w", err)
		}
		c.q.States = append(c.q.States, state)
	}
	switch {
	case searchVocabulary[c.lang] == nil:
		return usagef("--lang %q is not one of en, fr", c.lang)
	case c.q.Limit < 0 || c.q.Offset < 0:
		return usagef("--limit and --offset are 0 or more; --limit 0 is all")
	}
	return nil
}

// searchHit is a line of "search --json".
type searchHit struct {
	ID      string          `json:"id"`
	Index   int64           `json:"index"`
	State   string          `json:"state"`
	Hold    string          `json:"hold"`
	Channel string          `json:"channel"`
	Chat    string          `json:"chat"`
	Date    string          `json:"date"`
	Time    string          `json:"time"`
	From    message.Party   `json:"from"`
	To      []message.Party `json:"to"`
	Subject string          `json:"subject"`
	Snippet string          `json:"snippet"`
	Marks   [][2]int        `json:"marks"` // byte ranges of snippet
	Purged  bool            `json:"purged"`
	Damage  string          `json:"damage"` // why it cannot be read
}

func newSearchHit(h *vault.Hit) searchHit {
	out := searchHit{ID: h.ID, Index: h.Index, State: h.State.String(), Hold: string(h.Hold), Snippet: h.Snippet, Marks: h.Marks, Purged: h.Purged, Damage: h.Damage}
	if out.Marks == nil {
		out.Marks = [][2]int{}
	}
	if r := h.Head; r != nil {
		out.Channel, out.Chat, out.Date, out.Time = r.Channel, r.Chat, r.Fields.Date, r.Fields.Time
		out.From, out.To, out.Subject = r.Fields.From, r.Fields.To, r.Fields.Subject
	}
	if out.To == nil {
		out.To = []message.Party{}
	}
	return out
}

func (c *searchFlags) show(ctx context.Context, env *Env, v *vault.Vault, n int, colour paint) (int, error) {
	hits, err := v.Search(ctx, c.q)
	if err != nil {
		return ExitUnknown, err
	}
	out := bufio.NewWriter(env.Stdout)
	code, w := ExitOK, searchVocabulary[c.lang]
	if n == 0 {
		code = ExitAttention
	}
	for i := range hits {
		if hits[i].Damage != "" {
			code = ExitUnknown
		}
		h := newSearchHit(&hits[i])
		if c.asJSON {
			if err := jsonTo(out).Encode(h); err != nil {
				return code, err
			}
			continue
		}
		h.print(out, w, colour)
	}
	if !c.asJSON {
		if first := c.q.Offset + 1; len(hits) > 0 {
			fmt.Fprintf(out, w.shown+"\n", first, c.q.Offset+len(hits), n)
		} else {
			fmt.Fprintln(out, w.none)
		}
	}
	return code, out.Flush()
}

func (h *searchHit) print(out *bufio.Writer, w *searchWords, colour paint) {
	state := w.states[h.State]
	if h.Hold == string(vault.Held) {
		state += ", " + w.held
	}
	if h.Damage != "" {
		fmt.Fprintf(out, "%s [%s]\n  %s\n\n", h.ID, state, colour.as("31;1", w.damaged+": "+printable(h.Damage)))
		return
	}
	subject := h.Subject
	if h.Purged {
		state += ", " + w.purged
	}
	fmt.Fprintf(out, "%s  %s\n  %s -> %s  %s [%s]\n", colour.as("1", h.Date+" "+h.Time), colour.as("1", printable(subject)),
		printable(nameOf(h.From)), printable(namesOf(h.To)), printable(h.Channel), state)
	if h.Snippet != "" {
		fmt.Fprintf(out, "  %s\n", marked(h.Snippet, h.Marks, colour))
	}
	fmt.Fprintf(out, "  %s\n\n", h.ID)
}

// namesShown is as many recipients as a line has room for.
const namesShown = 4

func namesOf(all []message.Party) string {
	var names []string
	for i, p := range all {
		if i == namesShown {
			names = append(names, "…")
			break
		}
		names = append(names, nameOf(p))
	}
	return strings.Join(names, ", ")
}

// marked is text with what was found made to stand out, or in asterisks where there
// are no colours.
func marked(text string, marks [][2]int, colour paint) string {
	var b strings.Builder
	at := 0
	for _, m := range marks {
		b.WriteString(printable(text[at:m[0]]))
		word := printable(text[m[0]:m[1]])
		if colour {
			b.WriteString(colour.as("1;33", word))
		} else {
			b.WriteString("*" + word + "*")
		}
		at = m[1]
	}
	return b.String() + printable(text[at:])
}

// searchWords is what search says, in one language.
type searchWords struct {
	shown, none, held, purged, damaged string
	states                             map[string]string
}

var searchVocabulary = map[string]*searchWords{
	"en": {
		shown: "%d to %d of %d", none: "nothing found", held: "under a hold", purged: "content dropped after delivery", damaged: "damaged",
		states: map[string]string{"kept": "kept", "pending": "pending", "delivered": "delivered", "closed": "closed"},
	},
	"fr": {
		shown: "%d à %d sur %d", none: "rien trouvé", held: "visé par une demande, à ne pas modifier", purged: "contenu retiré après livraison", damaged: "endommagé",
		states: map[string]string{"kept": "conservé", "pending": "en attente", "delivered": "livré", "closed": "clos"},
	},
}
