package pack

import (
	"fmt"
	"sort"
	"strings"

	"hanaper/core/canonical"
	"hanaper/core/policy"
)

// maxShown is how many holes or conflicts of a table are named.
const maxShown = 5

// table tries every combination of the table's facets: exactly one row must
// accept each.
func (l *linter) table(i int) {
	t := &l.p.Tables[i]
	at := canonical.Index("tables", i)
	states := 1
	for k, f := range t.Facets {
		states *= len(f.Def().Values)
		for m := range k {
			if t.Facets[m] == f {
				l.fail(at+".facets", "%s stands twice", f.Def().Name)
			}
		}
	}
	if states > maxStates {
		l.fail(at, "has %d combinations, the limit is %d: split the table", states, maxStates)
		return
	}
	l.states(t, at, states)
	for r := range t.Rows {
		l.row(&t.Rows[r], canonical.Index(at+".rows", r))
	}
}

func (l *linter) states(t *policy.Table, at string, states int) {
	hits := make([]int, len(t.Rows))
	shown := 0
	for n := range states {
		state := stateAt(t.Facets, n)
		var rows []int
		for r := range t.Rows {
			if t.Rows[r].Accepts(&state) {
				rows = append(rows, r)
				hits[r]++
			}
		}
		if len(rows) == 1 {
			continue
		}
		if shown++; shown > maxShown {
			continue
		}
		if len(rows) == 0 {
			l.fail(at, "hole: no row for %s", describe(t.Facets, state))
		} else {
			l.fail(canonical.Index(at+".rows", rows[1]), "conflict: rows %s all accept %s", places(rows), describe(t.Facets, state))
		}
	}
	if shown > maxShown {
		l.fail(at, "and %d more holes or conflicts", shown-maxShown)
	}
	for r := range hits {
		if hits[r] == 0 {
			l.fail(canonical.Index(at+".rows", r), "accepts nothing")
		}
	}
}

// row: a reason names its paragraph, a stop can be answered, and nothing but
// advice suggests deleting.
func (l *linter) row(r *policy.Row, at string) {
	for _, language := range l.p.Languages {
		if text := l.p.Strings[language][r.Text]; text != "" && !strings.HasSuffix(text, ")") {
			l.fail("strings."+language+"."+r.Text, "does not end with its paragraph in parentheses")
		}
	}
	if r.Level.Action >= policy.Warn && r.Override == "" {
		l.fail(at+".override", "is missing: the person decides")
	}
	if r.Level.Action < policy.Warn && r.Override != "" {
		l.fail(at+".override", "there is nothing to override")
	}
	if r.Level.Action >= policy.Justify && r.Override == "click" {
		l.fail(at+".override", "a click is too little for %s", r.Level.Action)
	}
	if r.Level.Action == policy.Block && r.Override == "not_significant" {
		l.fail(at+".override", "significance alone never blocks")
	}
	if r.Override == "not_significant" != (r.Because == "significance" && r.Level.Action >= policy.Warn) {
		l.fail(at+".override", "not_significant belongs to stops that rest on significance alone, and to all of them")
	}
	if r.Level.Action == policy.ActionUnknown {
		l.fail(at+".action", "unknown is for the engine to say")
	}
	if r.Once != "" && r.Level.Action > policy.Warn {
		l.fail(at+".once", "%s cannot be shown once only", r.Level.Action)
	}
	l.deletion(r, at)
}

func (l *linter) deletion(r *policy.Row, at string) {
	for _, a := range r.Advice {
		if a.Kind != "delete" {
			continue
		}
		for _, t := range l.p.Tables {
			for _, other := range t.Rows {
				if other.Text == a.Text {
					l.fail(at+".advice", "the text %s also stands in a row: deletion is only ever advice", a.Text)
				}
			}
		}
		if r.Level.Duty != policy.Transitory {
			l.fail(at+".advice", "delete is advice for what is transitory only")
		}
	}
}

func stateAt(facets []policy.Facet, n int) (s policy.State) {
	for _, f := range facets {
		values := len(f.Def().Values)
		s[f] = uint8(n % values)
		n /= values
	}
	return s
}

func describe(facets []policy.Facet, s policy.State) string {
	parts := make([]string, len(facets))
	for i, f := range facets {
		parts[i] = f.Def().Name + "=" + s.Get(f)
	}
	return strings.Join(parts, " ")
}

// places counts rows from 1, as a reader of the file does.
func places(rows []int) string {
	parts := make([]string, len(rows))
	for i, r := range rows {
		parts[i] = fmt.Sprint(r + 1)
	}
	return strings.Join(parts, ", ")
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
