package pack

import (
	"fmt"
	"slices"
	"strings"

	"hanaper/core/policy"
)

// Change is one difference between two versions of a pack.
type Change struct {
	Kind   string `json:"kind"`   // pack, source, clause, cell, table, threshold, keyword, detector, route, training, capture, logging, text
	Place  string `json:"place"`  // matrix[7], UK-10a, p_stop
	Clause string `json:"clause"` // the requirement it belongs to, "" where none
	What   string `json:"what"`   // in words
	Effect string `json:"effect"` // stricter, weaker, or "" where it is neither
}

// Diff tells what changed from a to b, in the order of the pack's members.
func Diff(a, b *policy.Pack) []Change {
	d := &differ{a: a, b: b}
	d.value("pack", "id", "", a.ID, b.ID)
	d.value("pack", "version", "", a.Version, b.Version)
	d.source()
	d.clauses()
	d.thresholds()
	d.words()
	d.tables()
	d.people()
	d.texts()
	return d.found
}

type differ struct {
	a, b  *policy.Pack
	found []Change
}

func (d *differ) add(kind, place, clause, effect, format string, args ...any) {
	d.found = append(d.found, Change{kind, place, clause, fmt.Sprintf(format, args...), effect})
}

func (d *differ) value(kind, place, clause string, a, b any) {
	if x, y := fmt.Sprint(a), fmt.Sprint(b); x != y {
		d.add(kind, place, clause, "", "%s -> %s", orNone(x), orNone(y))
	}
}

func orNone(s string) string {
	if s == "" || s == "[]" {
		return "none"
	}
	return s
}

func (d *differ) source() {
	a, b := &d.a.Source, &d.b.Source
	for _, m := range [...]struct{ name, a, b string }{
		{"title", a.Title, b.Title}, {"url", a.URL, b.URL}, {"sha256", a.SHA256, b.SHA256}, {"published", a.Published, b.Published},
		{"review_by", a.ReviewBy, b.ReviewBy}, {"superseded_by", a.SupersededBy, b.SupersededBy},
	} {
		d.value("source", m.name, "", m.a, m.b)
	}
}

func (d *differ) clauses() {
	lists(d, "clause", d.a.Clauses, d.b.Clauses, func(c policy.Clause) (string, string) { return c.ID, c.ID }, func(a, b policy.Clause) {
		if a.Text != b.Text {
			d.add("clause", b.ID, b.ID, "", "its words: %q -> %q", a.Text, b.Text)
		}
		d.value("clause", b.ID+" force", b.ID, a.Force, b.Force)
		d.value("clause", b.ID+" paragraph", b.ID, a.Para, b.Para)
	})
}

// lists compares two lists by a key: what was added, what was removed, and, by
// same, what stands in both.
func lists[T any](d *differ, kind string, a, b []T, key func(T) (place, clause string), same func(a, b T)) {
	for _, x := range a {
		place, clause := key(x)
		i := slices.IndexFunc(b, func(y T) bool { p, _ := key(y); return p == place })
		if i < 0 {
			d.add(kind, place, clause, "", "removed")
			continue
		}
		same(x, b[i])
	}
	for _, y := range b {
		place, clause := key(y)
		if !slices.ContainsFunc(a, func(x T) bool { p, _ := key(x); return p == place }) {
			d.add(kind, place, clause, "", "added")
		}
	}
}

func (d *differ) thresholds() {
	a, b := &d.a.Thresholds, &d.b.Thresholds
	for _, t := range [...]struct {
		name string
		a, b int
	}{
		{"p_consider", int(a.Consider), int(b.Consider)}, {"p_capture", int(a.Capture), int(b.Capture)}, {"p_stop", int(a.Stop), int(b.Stop)},
		{"contacts", a.Contacts, b.Contacts}, {"finding", a.Finding, b.Finding}, {"group", a.Group, b.Group}, {"file_mib", a.FileMiB, b.FileMiB},
		{"routine", a.Routine, b.Routine},
	} {
		if t.a != t.b {
			d.add("threshold", t.name, "", effect(t.b < t.a, t.b > t.a), "%d -> %d", t.a, t.b)
		}
	}
	d.value("threshold", "p_scope", "", a.Scope, b.Scope)
	d.value("threshold", "p_act", "", a.Act, b.Act)
}

func effect(stricter, weaker bool) string {
	switch {
	case stricter && !weaker:
		return "stricter"
	case weaker && !stricter:
		return "weaker"
	}
	return ""
}

func (d *differ) words() {
	lists(d, "keyword", d.a.Keywords, d.b.Keywords, func(k policy.KeywordList) (string, string) { return k.ID, k.Clause }, func(a, b policy.KeywordList) {
		d.value("keyword", b.ID+" grade", b.Clause, a.Grade, b.Grade)
		d.value("keyword", b.ID+" terms", b.Clause, strings.Join(a.Terms, ", "), strings.Join(b.Terms, ", "))
	})
	lists(d, "detector", d.a.Detectors, d.b.Detectors, func(u policy.DetectorUse) (string, string) { return u.ID, u.Clause }, func(a, b policy.DetectorUse) {
		d.value("detector", b.ID, b.Clause, a.As, b.As)
	})
	d.value("pack", "protected domains", "", strings.Join(d.a.Protected, ", "), strings.Join(d.b.Protected, ", "))
	d.value("pack", "exempt with an account of the organisation", "", strings.Join(d.a.Applies.CorporateExempt, ", "), strings.Join(d.b.Applies.CorporateExempt, ", "))
	d.value("pack", "max_action", "", d.a.MaxAction, d.b.MaxAction)
	d.value("pack", "fail_mode", "", d.a.FailMode, d.b.FailMode)
	d.value("pack", "hold_release", "", d.a.HoldRelease, d.b.HoldRelease)
	d.value("pack", "non_derogable", "", strings.Join(d.a.NonDerogable, ", "), strings.Join(d.b.NonDerogable, ", "))
}

func (d *differ) tables() {
	lists(d, "table", d.a.Tables, d.b.Tables, func(t policy.Table) (string, string) { return t.ID, "" }, d.table)
}

// table compares each row with every row that some same message meets: a change is
// told for the messages it concerns, however the rows are cut.
func (d *differ) table(a, b policy.Table) {
	for i := range a.Rows {
		for k := range b.Rows {
			common := intersect(a.Rows[i].When, b.Rows[k].When)
			if len(common) == 0 {
				continue
			}
			d.cell(&a, &b, i, k, common)
		}
	}
}

func (d *differ) cell(a, b *policy.Table, i, k int, common []policy.Mask) {
	x, y := &a.Rows[i], &b.Rows[k]
	place := fmt.Sprintf("%s[%d]", b.ID, k)
	clause := ""
	for _, r := range []*policy.Row{x, y} {
		if len(r.Clauses) > 0 {
			clause = r.Clauses[0]
		}
	}
	when := " for " + condition(common)
	for _, axis := range [...]struct {
		name string
		a, b interface{ String() string }
		less bool
	}{
		{"permission", x.Level.Permission, y.Level.Permission, y.Level.Permission < x.Level.Permission},
		{"duty", x.Level.Duty, y.Level.Duty, y.Level.Duty < x.Level.Duty},
		{"action", x.Level.Action, y.Level.Action, y.Level.Action < x.Level.Action},
	} {
		if axis.a != axis.b {
			d.add("cell", place, clause, effect(!axis.less, axis.less), "%s %s -> %s%s", axis.name, axis.a, axis.b, when)
		}
	}
	for _, m := range [...]struct{ name, a, b string }{
		{"clauses", strings.Join(x.Clauses, ", "), strings.Join(y.Clauses, ", ")}, {"text", x.Text, y.Text}, {"override", x.Override, y.Override},
		{"once", x.Once, y.Once}, {"obligations", owed(x.Obligations), owed(y.Obligations)}, {"advice", fmt.Sprint(x.Advice), fmt.Sprint(y.Advice)},
	} {
		if m.a != m.b {
			d.add("cell", place, clause, "", "%s %s -> %s%s", m.name, orNone(m.a), orNone(m.b), when)
		}
	}
}

func owed(all []policy.Owed) string {
	var out []string
	for _, o := range all {
		s := strings.TrimSpace(o.Kind + " " + o.To)
		if o.WithinDays > 0 {
			s += fmt.Sprintf(" within %d days", o.WithinDays)
		}
		out = append(out, s)
	}
	return strings.Join(out, ", ")
}

// intersect gives the conditions both lists accept.
func intersect(a, b []policy.Mask) (out []policy.Mask) {
	for _, x := range a {
	next:
		for _, y := range b {
			var m policy.Mask
			for f := range m {
				switch {
				case x[f] == 0:
					m[f] = y[f]
				case y[f] == 0:
					m[f] = x[f]
				default:
					if m[f] = x[f] & y[f]; m[f] == 0 {
						continue next
					}
				}
			}
			out = append(out, m)
		}
	}
	return out
}

// condition writes the first of conditions in words, and how many more there are.
func condition(all []policy.Mask) string {
	var parts []string
	for f, mask := range all[0] {
		if mask == 0 {
			continue
		}
		def := policy.Facet(f).Def()
		var values []string
		for n, v := range def.Values {
			if mask&(1<<n) != 0 {
				values = append(values, v)
			}
		}
		if len(values) < len(def.Values) {
			parts = append(parts, def.Name+" "+strings.Join(values, "|"))
		}
	}
	text := strings.Join(parts, ", ")
	if text == "" {
		text = "every message"
	}
	if len(all) > 1 {
		text += fmt.Sprintf(" (and %d more conditions)", len(all)-1)
	}
	return text
}

func (d *differ) people() {
	lists(d, "route", d.a.Routes, d.b.Routes, func(r policy.Route) (string, string) { return r.Role, r.Clause }, func(a, b policy.Route) {
		d.value("route", b.Role, b.Clause, a.Address+" "+a.Transport, b.Address+" "+b.Transport)
	})
	lists(d, "report", d.a.Reports, d.b.Reports, func(r policy.Report) (string, string) { return r.ID, r.Clause }, func(a, b policy.Report) {
		d.value("report", b.ID, b.Clause, strings.Join(a.To, ", "), strings.Join(b.To, ", "))
	})
	lists(d, "reference", d.a.References, d.b.References, func(r policy.Reference) (string, string) { return r.URL, r.Clause }, func(a, b policy.Reference) {
		d.value("reference", b.URL, b.Clause, a.Title, b.Title)
	})
	lists(d, "contact", d.a.Contacts, d.b.Contacts, func(c policy.Contact) (string, string) { return c.Name, "" }, func(a, b policy.Contact) {
		d.value("contact", b.Name, "", a, b)
	})
	d.value("training", "period_days", d.b.Training.Clause, d.a.Training.PeriodDays, d.b.Training.PeriodDays)
	d.value("training", "required", d.b.Training.Clause, d.a.Training.Required, d.b.Training.Required)
	d.value("training", "modules", d.b.Training.Clause, strings.Join(d.a.Training.Modules, ", "), strings.Join(d.b.Training.Modules, ", "))
	d.value("capture", "fields", d.b.Capture.Clause, strings.Join(d.a.Capture.Fields, ", "), strings.Join(d.b.Capture.Fields, ", "))
	d.value("capture", "methods", d.b.Capture.Clause, strings.Join(d.a.Capture.Methods, ", "), strings.Join(d.b.Capture.Methods, ", "))
	d.value("capture", "local_purge_days", d.b.Capture.Clause, d.a.Capture.LocalPurgeDays, d.b.Capture.LocalPurgeDays)
	for _, l := range [...]struct{ name, a, b string }{
		{"content", d.a.Logging.Content, d.b.Logging.Content}, {"events", d.a.Logging.Events, d.b.Logging.Events}, {"evidence", d.a.Logging.Evidence, d.b.Logging.Evidence},
	} {
		d.value("logging", l.name, d.b.Logging.Clause, l.a, l.b)
	}
}

func (d *differ) texts() {
	for _, language := range d.b.Languages {
		had, has := sortedKeys(d.a.Strings[language]), sortedKeys(d.b.Strings[language])
		for _, id := range had {
			if !slices.Contains(has, id) {
				d.add("text", language+" "+id, "", "", "removed")
			}
		}
		for _, id := range has {
			switch old, now := d.a.Text(id, language), d.b.Text(id, language); {
			case !slices.Contains(had, id):
				d.add("text", language+" "+id, "", "", "added")
			case old != now:
				d.add("text", language+" "+id, "", "", "%q -> %q", old, now)
			}
		}
	}
}
