package vault

import (
	"context"
	"fmt"
	"strings"

	"github.com/ncruces/go-sqlite3"
)

// Query says which records are wanted; every member that is not empty must fit.
type Query struct {
	// Text: all words, in any order, anywhere in the record. "several words" is a
	// phrase, word* a beginning, -word must not be there, A OR B either. Case,
	// accents and punctuation do not matter.
	Text         string
	From, To     string    // words of a sender's or recipient's name or address; a telephone number in any spelling
	Since, Until string    // YYYY-MM-DD, both included: records with a message of these days
	Channel      string    // its id: whatsapp
	States       []State   // any of these
	Hold         HoldState // over the record
	Newest       bool      // by date, the latest first; otherwise with Text, From or To the best match first
	Limit        int       // at most so many; 0: all
	Offset       int       // after so many
}

// Hit is a record found.
type Hit struct {
	Row
	Snippet string   // some words around the first place where Text was found, as they were written
	Marks   [][2]int // byte ranges of what was found in Snippet
}

// Search gives the records that fit. A damaged one is a hit with Damage, since it
// cannot be said that it does not fit. Errors: *QueryError.
func (v *Vault) Search(ctx context.Context, q Query) (hits []Hit, err error) {
	err = v.read(ctx, func(c *conn) error {
		sql, args, err := c.compile(&q, v)
		if err != nil {
			return err
		}
		order := " ORDER BY r.last_day DESC, r.seq DESC"
		if !q.Newest && strings.Contains(sql, "MATCH") {
			order = " ORDER BY w.rank, r.seq DESC"
		}
		limit := -1
		if q.Limit > 0 {
			limit = q.Limit
		}
		var found []int64
		if err := c.each("SELECT r.seq"+sql+order+" LIMIT ? OFFSET ?", append(args, limit, q.Offset), func(s *sqlite3.Stmt) error {
			found = append(found, s.ColumnInt64(0))
			return nil
		}); err != nil {
			return err
		}
		for _, seq := range found {
			h := Hit{}
			var content content
			if h.Row, content, err = c.row(seq, v.now()); err != nil {
				return err
			}
			if h.Head != nil && !h.Purged && q.Text != "" {
				h.Snippet, h.Marks = snippet(&content.record, q.Text)
			}
			hits = append(hits, h)
		}
		return nil
	})
	return hits, err
}

// Count is how many records fit, whatever Limit and Offset say.
func (v *Vault) Count(ctx context.Context, q Query) (n int, err error) {
	err = v.read(ctx, func(c *conn) error {
		sql, args, err := c.compile(&q, v)
		if err != nil {
			return err
		}
		_, err = c.one("SELECT count(*)"+sql, args, func(s *sqlite3.Stmt) { n = s.ColumnInt(0) })
		return err
	})
	return n, err
}

// QueryError is a query that asks for nothing that could be looked for.
type QueryError struct{ Text string }

func (e *QueryError) Error() string { return e.Text }

// compile writes the query as SQL, from FROM on.
func (c *conn) compile(q *Query, v *Vault) (sql string, args []any, err error) {
	match, err := q.match()
	if err != nil {
		return "", nil, err
	}
	sql = " FROM record r"
	var where []string
	and := func(condition string, a ...any) {
		where = append(where, condition)
		args = append(args, a...)
	}
	if match != "" {
		sql = " FROM words w JOIN record r ON r.seq = w.rowid"
		and("words MATCH ?", match)
	}
	for _, day := range []string{q.Since, q.Until} {
		if day != "" && !isDay(day) {
			return "", nil, &QueryError{fmt.Sprintf("%q is no day: YYYY-MM-DD", day)}
		}
	}
	if q.Since != "" {
		and("r.last_day >= ?", q.Since)
	}
	if q.Until != "" {
		and("r.first_day <= ?", q.Until)
	}
	if q.Channel != "" {
		and("r.channel = ?", q.Channel)
	}
	if len(q.States) > 0 {
		var list []string
		for _, s := range q.States {
			list = append(list, "?")
			args = append(args, int(s))
		}
		where = append(where, "r.state IN ("+strings.Join(list, ",")+")")
	}
	switch general, err := c.holdState(v.now()); {
	case err != nil:
		return "", nil, err
	case q.Hold == "", q.Hold == Held && general == Held:
	case q.Hold == Held:
		and(underHold)
	case q.Hold != HoldNone && q.Hold != HoldUnknown:
		return "", nil, &QueryError{fmt.Sprintf("hold %q is not one of none, held, unknown", q.Hold)}
	case q.Hold == general:
		and("NOT " + underHold)
	default:
		and("0")
	}
	if len(where) > 0 {
		sql += " WHERE " + strings.Join(where, " AND ")
	}
	return sql, args, nil
}

// match is the query in FTS5's language, "" where no words are asked for.
func (q *Query) match() (string, error) {
	var all []string
	text, err := matchText(q.Text)
	if err != nil {
		return "", err
	}
	if text != "" {
		all = append(all, "("+text+")")
	}
	for _, p := range []struct{ column, words, flag string }{{"sender", q.From, "from"}, {"recipient", q.To, "to"}} {
		if p.words == "" {
			continue
		}
		terms := p.words
		if n := number(terms); n != "" {
			terms = n
		}
		var parts []string
		for _, f := range strings.Fields(fold(terms)) {
			if t := phrase(f); t != "" {
				parts = append(parts, p.column+" : "+t)
			}
		}
		if len(parts) == 0 {
			return "", &QueryError{fmt.Sprintf("%s: %q has no letter or digit to look for", p.flag, p.words)}
		}
		all = append(all, strings.Join(parts, " AND "))
	}
	return strings.Join(all, " AND "), nil
}

// term is one thing asked for.
type term struct {
	words  string // folded
	prefix bool   // a beginning
	not    bool
}

// parseText cuts a text into alternatives of terms.
func parseText(text string) (any [][]term) {
	var group []term
	for _, raw := range pieces(text) {
		if raw == "OR" {
			if len(group) > 0 {
				any = append(any, group)
			}
			group = nil
			continue
		}
		t := term{not: len(raw) > 1 && raw[0] == '-'}
		raw = strings.TrimPrefix(raw, "-")
		t.prefix = strings.HasSuffix(raw, "*")
		t.words = strings.TrimSpace(fold(strings.Trim(raw, `"*`)))
		if strings.ContainsFunc(t.words, inWord) {
			group = append(group, t)
		}
	}
	if len(group) > 0 {
		any = append(any, group)
	}
	return any
}

// pieces cuts at spaces outside quotation marks.
func pieces(text string) []string {
	text = strings.NewReplacer("“", `"`, "”", `"`, "«", `"`, "»", `"`).Replace(text)
	quoted := false
	return strings.FieldsFunc(text, func(r rune) bool {
		if r == '"' {
			quoted = !quoted
		}
		return !quoted && (r == ' ' || r == '\t' || r == '\n' || r == '\u00a0' || r == '\u202f')
	})
}

func matchText(text string) (string, error) {
	if strings.TrimSpace(text) == "" {
		return "", nil
	}
	var any []string
	for _, group := range parseText(text) {
		var yes, no []string
		for _, t := range group {
			s := phrase(t.words)
			if t.prefix {
				s += "*"
			}
			if t.not {
				no = append(no, s)
			} else {
				yes = append(yes, s)
			}
		}
		if len(yes) == 0 {
			return "", &QueryError{"the search says what must not be there; say also what must"}
		}
		s := strings.Join(yes, " AND ")
		for _, n := range no {
			s = "(" + s + ") NOT " + n
		}
		any = append(any, "("+s+")")
	}
	if len(any) == 0 {
		return "", &QueryError{fmt.Sprintf("%q has no letter or digit to look for", text)}
	}
	return strings.Join(any, " OR "), nil
}

// phrase quotes words for FTS5: they stand there one after the other.
func phrase(words string) string {
	if !strings.ContainsFunc(words, inWord) {
		return ""
	}
	return `"` + strings.ReplaceAll(words, `"`, `""`) + `"`
}
