package policy

import (
	"strconv"

	"hanaper/core/canonical"
)

// causes are what a reason may point at: they choose its spans, its confidence
// and the parameters of its text.
var causes = []string{"rule", "marking", "doubtful", "significance", "device", "identifiers", "secrets", "links", "attachments",
	"recipients", "timer", "hold", "authorisation", "channel", "keywords", "role", "drift", "group", "briefing", "service", "files",
	"exceptional", "account", "leaving", "unusual"}

// AdviceKinds are the kinds of advice. Delete is emitted by adviseDeletion only.
var AdviceKinds = []string{"edit", "switch_channel", "security", "delete", "link", "remind", "reply"}

// RouteKinds are what a role is for.
var RouteKinds = []string{"records", "head", "security", "privacy", "access", "authority", "administrator", "abuse"}

// ObligationKinds are the kinds of obligation.
var ObligationKinds = []string{"capture", "report", "justify", "assess"}

func decodeTable(o *canonical.Obj) Table {
	t := Table{ID: need(o, "id"), Partial: o.Bool("partial", false)}
	for i, name := range list(o, "facets") {
		f, ok := FacetNamed(name)
		if !ok {
			o.Fail(canonical.Index("facets", i), unknownName("facet", name))
			continue
		}
		t.Facets = append(t.Facets, f)
	}
	each(o, "rows", func(i int, e *canonical.Obj) { t.Rows = append(t.Rows, decodeRow(e, t.Facets)) })
	if len(t.Rows) == 0 {
		o.Fail("rows", "is empty")
	}
	return t
}

func decodeRow(o *canonical.Obj, facets []Facet) Row {
	r := Row{
		Level: Level{
			Permission(enum(o, "permission", permissionNames)),
			Duty(enum(o, "duty", dutyNames)),
			Action(enum(o, "action", actionNames)),
		},
		Clauses:  list(o, "clauses"),
		Text:     str(o, "text"),
		Because:  o.Enum("because", causes...),
		Once:     o.Enum("once", "", "session", "chat_day"),
		Override: o.Enum("override", "", "click", "reason", "not_significant"),
		States:   list(o, "states"),
	}
	if v := o.Any("when"); v != nil && v.Kind == canonical.Array {
		each(o, "when", func(i int, e *canonical.Obj) { r.When = append(r.When, decodeWhen(e, facets)) })
	} else {
		w := o.Obj("when")
		r.When = []Mask{decodeWhen(w, facets)}
		w.Done()
	}
	each(o, "obligations", func(i int, e *canonical.Obj) {
		r.Obligations = append(r.Obligations, Owed{WithinDays: int(e.Int("within_days", 0, 0, 3660)),
			Obligation: Obligation{Kind: e.Enum("kind", ObligationKinds...), To: str(e, "to"), By: str(e, "by")}})
	})
	each(o, "advice", func(i int, e *canonical.Obj) {
		r.Advice = append(r.Advice, AdviceRef{Kind: e.Enum("kind", AdviceKinds...), Text: need(e, "text")})
	})
	if r.Text == "" && r.Level.Action > Allow {
		o.Fail("text", "is missing: a row that acts says why")
	}
	if (r.Text != "" || r.Once != "") && len(r.Clauses) == 0 {
		o.Fail("clauses", "is empty: a reason cites its clause")
	}
	return r
}

func decodeWhen(o *canonical.Obj, facets []Facet) (m Mask) {
	for _, name := range o.Names() {
		v := o.Any(name)
		f, ok := FacetNamed(name)
		if !ok {
			o.Fail(name, unknownName("facet", name))
			continue
		}
		if !contains(facets, f) {
			o.Fail(name, "the table does not list this facet")
			continue
		}
		values := []canonical.Value{}
		switch {
		case v == nil:
		case v.Kind == canonical.Array:
			values = v.Arr
		default:
			values = append(values, *v)
		}
		if len(values) == 0 {
			o.Fail(name, "is empty")
		}
		for i := range values {
			n, ok := f.value(values[i].Str)
			if values[i].Kind != canonical.String || !ok {
				o.Fail(name, unknownName("value", values[i].Str)+" of facet "+name)
				continue
			}
			m[f] |= 1 << n
		}
	}
	return m
}

func contains[T comparable](list []T, x T) bool {
	for _, y := range list {
		if y == x {
			return true
		}
	}
	return false
}

// references checks that what a pack cites is there.
type references struct {
	d *canonical.Decoder
	p *Pack
}

//go:noinline
func (c *references) fail(path, msg string) {
	c.d.Errors = append(c.d.Errors, canonical.Problem{Path: path, Msg: msg})
}

//go:noinline
func (c *references) clause(path, id string) {
	if _, ok := c.p.Clause(id); !ok && id != "" {
		c.fail(path, unknownName("clause", id))
	}
}

//go:noinline
func (c *references) text(path, id string) {
	if len(c.p.Languages) > 0 && id != "" && c.p.Strings[c.p.Languages[0]][id] == "" {
		c.fail(path, unknownName("text", id))
	}
}

// checkReferences names every clause and text that is cited and not there, and
// every row stronger than the pack allows itself.
func checkReferences(d *canonical.Decoder, p *Pack) {
	c := &references{d, p}
	for i := range p.Clauses {
		for j := range i {
			if p.Clauses[j].ID == p.Clauses[i].ID {
				c.fail(canonical.Index("clauses", i)+".id", "stands twice")
			}
		}
	}
	c.text("applies.extended_text", p.Applies.ExtendedText)
	c.clause("training.clause", p.Training.Clause)
	c.clause("capture.clause", p.Capture.Clause)
	c.clause("logging.clause", p.Logging.Clause)
	for i, x := range p.Preconditions {
		c.clause(canonical.Index("preconditions", i)+".clause", x.Clause)
	}
	for i, x := range p.Vocabulary.Limbs {
		c.clause(canonical.Index("vocabulary.limbs", i)+".clause", x.Clause)
	}
	for i, x := range p.Detectors {
		c.clause(canonical.Index("detectors", i)+".clause", x.Clause)
		c.text(canonical.Index("detectors", i)+".label", x.Label)
	}
	for i, x := range p.Routes {
		if x.Clause == "" {
			c.fail(canonical.Index("routes", i)+".clause", "is missing")
		}
		c.clause(canonical.Index("routes", i)+".clause", x.Clause)
	}
	for i, x := range p.Reports {
		c.clause(canonical.Index("reports", i)+".clause", x.Clause)
		c.text(canonical.Index("reports", i)+".text", x.Text)
	}
	for i, x := range p.Keywords {
		c.clause(canonical.Index("keywords", i)+".clause", x.Clause)
		c.text(canonical.Index("keywords", i)+".label", x.Label)
	}
	for i, x := range p.References {
		c.clause(canonical.Index("references", i)+".clause", x.Clause)
	}
	for i, x := range p.Risks {
		c.clause(canonical.Index("risks", i)+".clause", x.Clause)
		c.text(canonical.Index("risks", i)+".text", x.Text)
	}
	for i, id := range p.Texts {
		c.text(canonical.Index("texts", i), id)
	}
	for i := range p.Tables {
		c.table(i)
	}
}

func (c *references) table(i int) {
	t := &c.p.Tables[i]
	at := canonical.Index("tables", i)
	for j := range i {
		if c.p.Tables[j].ID == t.ID && !c.p.Tables[j].Partial && !t.Partial {
			c.fail(at+".id", strconv.Quote(t.ID)+" stands twice")
		}
	}
	for n := range t.Rows {
		c.row(canonical.Index(at+".rows", n), &t.Rows[n])
	}
}

func (c *references) row(at string, r *Row) {
	c.text(at+".text", r.Text)
	for k, id := range r.Clauses {
		c.clause(canonical.Index(at+".clauses", k), id)
	}
	for k, a := range r.Advice {
		c.text(canonical.Index(at+".advice", k)+".text", a.Text)
	}
	if r.Level.Action > c.p.MaxAction {
		c.fail(at+".action", r.Level.Action.String()+" is above the pack's max_action, "+c.p.MaxAction.String())
	}
}
