package policy

// Traced is a row of a decision table that accepted a draft: why a verdict is what it
// is, for people who check a pack.
type Traced struct {
	Pack, Table string
	Row         int // its place in the table, the first is 1
	Facets      []FacetValue
	Level       Level
	Clauses     []string // the first is cited
	TextID      string   // "" for a row that says nothing
}

// FacetValue is the answer to one question a table asks.
type FacetValue struct{ Name, Value string }

// Trace gives the row of every table of every pack that decided, in the order of
// Decide. A pack that does not speak of the draft's account has none.
func Trace(in Input, packs []*Pack, set Settings, at string) (out []Traced) {
	day, _ := dayOf(at)
	j := newJudged(in, &set, day)
	for _, p := range sorted(packs) {
		if j.exempt(p) {
			continue
		}
		j.rows(p, func(s *State, table, n int) {
			if n < 0 {
				return
			}
			t := &p.Tables[table]
			r := &t.Rows[n]
			row := Traced{Pack: p.ID, Table: t.ID, Row: n + 1, Clauses: r.Clauses, TextID: r.Text}
			row.Level, _ = j.level(p, r)
			for _, f := range t.Facets {
				row.Facets = append(row.Facets, FacetValue{f.Def().Name, s.Get(f)})
			}
			out = append(out, row)
		})
	}
	return out
}
