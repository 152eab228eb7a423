package pack

import (
	"slices"
	"strconv"
	"strings"

	"hanaper/core/canonical"
	"hanaper/core/policy"
)

// An overlay is what a department adds to a rule book: clauses, words, tables,
// stricter cells, lower thresholds, addresses. It compiles to a pack of its own
// that is joined to the rule book, so that whatever it says can only tighten; what
// would mean to weaken is refused here, and by the core when it is installed.
//
// What of the rule book it needs (cited clauses, labels, the tables its own
// thresholds are for) is copied into it. Its texts "+ID" stand after the rule
// book's text ID.
type overlay struct {
	base  *canonical.Value // the rule book's JSON
	pack  *policy.Pack     // the same, loaded
	src   *canonical.Value // the overlay as it was written
	out   canonical.Value
	own   int // tables of its own; cells come after them
	found canonical.Problems
}

// members an overlay may have; all else belongs to the rule book.
var (
	overlayMembers = []string{"id", "version", "overlay", "languages", "source", "clauses", "keywords", "protected_domains", "references", "contacts",
		"strings", "local", "texts", "tables", "cells", "thresholds", "capture", "logging", "applies", "routes", "training", "risks"}
	bookMembers = []string{"jurisdiction", "preconditions", "detectors", "vocabulary", "reports", "hold_release", "fail_mode", "max_action", "non_derogable"}
)

// expand makes the pack of an overlay. Problems have the overlay's own paths.
func expand(baseJSON []byte, src *canonical.Value) (*overlay, *policy.Pack, canonical.Problems) {
	v, err := canonical.Parse(baseJSON, canonical.Limits{Bytes: policy.MaxPackBytes})
	if err != nil {
		return nil, nil, canonical.Problems{{Path: "overlay", Msg: err.Error()}}
	}
	base, err := policy.Load(baseJSON)
	if err != nil {
		return nil, nil, canonical.Problems{{Path: "overlay", Msg: err.Error()}}
	}
	o := &overlay{base: &v, pack: base, src: src, out: canonical.Fields()}
	o.members()
	o.lists()
	o.texts()
	o.people()
	o.rules()
	o.ceilings()
	if len(o.found) > 0 {
		return nil, nil, o.found
	}
	p, err := policy.Load(canonical.Append(nil, o.out))
	if err != nil {
		return nil, nil, o.mine(err)
	}
	return o, p, o.mine(p.Weakens(base))
}

func (o *overlay) fail(path, msg string) {
	o.found = append(o.found, canonical.Problem{Path: path, Msg: msg})
}

// mine gives problems of the expanded pack the overlay's paths.
func (o *overlay) mine(err error) (out canonical.Problems) {
	found, ok := err.(canonical.Problems)
	if !ok {
		return canonical.Problems{{Msg: err.Error()}}
	}
	for _, p := range found {
		if rest, ok := strings.CutPrefix(p.Path, "tables["); ok {
			number, rest, _ := strings.Cut(rest, "]")
			if n, err := strconv.Atoi(number); err == nil && n >= o.own {
				p.Path = canonical.Index("cells", n-o.own) + strings.TrimPrefix(rest, ".rows[0]")
			}
		}
		out = append(out, p)
	}
	return out
}

func (o *overlay) members() {
	for _, m := range o.src.Obj {
		switch {
		case slices.Contains(bookMembers, m.Name):
			o.fail(m.Name, "belongs to the rule book: an overlay adds, it does not change this")
		case !slices.Contains(overlayMembers, m.Name):
			o.fail(m.Name, "unknown field")
		}
	}
	for _, name := range []string{"id", "version", "overlay", "languages", "keywords", "protected_domains", "references", "contacts", "risks", "texts"} {
		if v := o.src.Get(name); v != nil {
			o.out.Put(name, *v)
		}
	}
	for _, name := range []string{"jurisdiction", "detectors", "hold_release", "max_action"} {
		if v := o.base.Get(name); v != nil {
			o.out.Put(name, *v)
		}
	}
	source := under(nil, o.src.Get("source"))
	if source.Get("title") == nil {
		o.fail("source.title", "is missing")
	}
	for _, name := range []string{"url", "sha256"} { // a department's own rules need no address: the rule book's stands for them
		if source.Get(name) == nil {
			source.Put(name, *o.base.Get("source").Get(name))
		}
	}
	o.out.Put("source", source)
}

// items are the elements of a list member.
func items(v *canonical.Value, name string) []canonical.Value {
	if v = v.Get(name); v == nil {
		return nil
	}
	return v.Arr
}

// text is a string member, "" where absent.
func text(v *canonical.Value, name string) string {
	if v = v.Get(name); v == nil {
		return ""
	}
	return v.Str
}

// lists takes clauses and tables of its own, whose ids must be its own.
func (o *overlay) lists() {
	clauses := slices.Clone(items(o.src, "clauses"))
	for i := range clauses {
		if id := text(&clauses[i], "id"); o.hasClause(id) {
			o.fail(canonical.Index("clauses", i)+".id", strconv.Quote(id)+" is a clause of "+o.pack.ID+": its words stay; give yours an id of its own")
		}
	}
	clauses = append(clauses, items(o.base, "clauses")...) // those it cites, and those its copies rest on
	o.out.Put("clauses", canonical.List(clauses))
}

func (o *overlay) hasClause(id string) bool {
	_, ok := o.pack.Clause(id)
	return ok
}

// texts: its own, those of the rule book that copied rows use, and local words.
func (o *overlay) texts() {
	all := canonical.Fields()
	for _, language := range []string{"en", "fr"} {
		have, own := under2(o.base, "strings").Get(language), under(nil, under2(o.src, "strings").Get(language))
		for _, m := range own.Obj {
			if have.Get(m.Name) != nil {
				o.fail("strings."+language+"."+m.Name, "is a text of "+o.pack.ID+": put what you add under local")
			}
		}
		texts := under(have, &own)
		if local := under2(o.src, "local").Get(language); local != nil {
			for _, m := range local.Obj {
				if have.Get(m.Name) == nil {
					o.fail("local."+language+"."+m.Name, o.pack.ID+" has no text of that name to add to")
				}
				texts.Obj = append(texts.Obj, canonical.F("+"+m.Name, m.Value))
			}
		}
		all.Put(language, texts)
	}
	o.out.Put("strings", all)
}

// people: an address for a role of the rule book, or a role of its own.
func (o *overlay) people() {
	routes := []canonical.Value{}
	for i, r := range items(o.src, "routes") {
		at := canonical.Index("routes", i)
		n := slices.IndexFunc(items(o.base, "routes"), func(b canonical.Value) bool { return text(&b, "role") == text(&r, "role") })
		if n < 0 {
			routes = append(routes, r)
			if text(&r, "clause") == "" {
				o.fail(at+".clause", "is missing: "+strconv.Quote(text(&r, "role"))+" is no role of "+o.pack.ID)
			}
			continue
		}
		for _, m := range r.Obj {
			if m.Name != "role" && m.Name != "address" {
				o.fail(at+"."+m.Name, strconv.Quote(text(&r, "role"))+" is a role of "+o.pack.ID+": an overlay gives its address, nothing else")
			}
		}
		if text(&r, "address") == "" {
			o.fail(at+".address", "is missing")
		}
		whole := items(o.base, "routes")[n]
		routes = append(routes, under(&whole, &r))
	}
	o.out.Put("routes", canonical.List(routes))
}

// rules: thresholds in place of the rule book's, tables of its own, cells, and the
// rule book's tables where they are to be read with other thresholds, or for
// accounts the rule book leaves out.
func (o *overlay) rules() {
	stated := o.src.Get("thresholds")
	if stated != nil {
		for _, m := range stated.Obj {
			if m.Name == "p_scope" || m.Name == "p_act" {
				o.fail("thresholds."+m.Name, "is the rule book's: neither more nor less of it is stricter")
			}
		}
	}
	o.out.Put("thresholds", under(o.base.Get("thresholds"), stated))
	applies := under(o.base.Get("applies"), nil)
	narrower := under2(o.src, "applies").Get("corporate_exempt")
	if narrower != nil {
		for i, kind := range narrower.Arr {
			if !slices.Contains(o.pack.Applies.CorporateExempt, kind.Str) {
				o.fail(canonical.Index("applies.corporate_exempt", i), strconv.Quote(kind.Str)+" is not exempt in "+o.pack.ID+": an overlay may only shorten the list")
			}
		}
		applies = under(&applies, o.src.Get("applies"))
	}
	o.out.Put("applies", applies)
	tables := slices.Clone(items(o.src, "tables"))
	for i := range tables {
		if id := text(&tables[i], "id"); o.table(id) != nil {
			o.fail(canonical.Index("tables", i)+".id", strconv.Quote(id)+" is a table of "+o.pack.ID+": make it stricter with cells")
		}
	}
	o.own = len(tables)
	for i, c := range items(o.src, "cells") {
		if t, ok := o.cell(i, c); ok {
			tables = append(tables, t)
		}
	}
	if stated != nil || narrower != nil {
		tables = append(tables, items(o.base, "tables")...)
	}
	if len(tables) == 0 { // it says something of people and logs only
		tables = append(tables, canonical.Fields(canonical.F("id", canonical.Str("nothing")), canonical.F("facets", canonical.List(nil)),
			canonical.F("rows", canonical.List([]canonical.Value{canonical.Fields()}))))
	}
	o.out.Put("tables", canonical.List(tables))
}

func (o *overlay) table(id string) *canonical.Value {
	for i := range o.base.Get("tables").Arr {
		if t := &o.base.Get("tables").Arr[i]; text(t, "id") == id {
			return t
		}
	}
	return nil
}

// cell is a table of one row over the facets of the table it makes stricter.
func (o *overlay) cell(i int, c canonical.Value) (canonical.Value, bool) {
	at := canonical.Index("cells", i)
	base := o.table(text(&c, "table"))
	if base == nil {
		o.fail(at+".table", strconv.Quote(text(&c, "table"))+" is no table of "+o.pack.ID)
		return c, false
	}
	row, states := canonical.Fields(), []string{}
	for _, m := range c.Obj {
		switch m.Name {
		case "table":
			continue
		case "permission", "duty", "action":
			states = append(states, m.Name)
		case "states":
			o.fail(at+".states", "unknown field")
		}
		row.Obj = append(row.Obj, m)
	}
	if len(states) == 0 {
		o.fail(at, "says nothing: state permission, duty or action")
	}
	row.Put("states", canonical.Strs(states))
	return canonical.Fields(canonical.F("id", *base.Get("id")), canonical.F("partial", canonical.Flag(true)), canonical.F("facets", *base.Get("facets")),
		canonical.F("rows", canonical.List([]canonical.Value{row}))), true
}

// ceilings: what the pack asks beside the verdict, tighter or as the rule book.
func (o *overlay) ceilings() {
	o.out.Put("training", canonical.Fields(canonical.F("clause", canonical.Str(o.pack.Training.Clause)),
		canonical.F("modules", canonical.List(items(under2(o.src, "training"), "modules")))))
	days := under2(o.src, "capture").Get("local_purge_days")
	if days != nil && days.Num > float64(o.pack.Capture.LocalPurgeDays) {
		o.fail("capture.local_purge_days", strconv.Itoa(int(days.Num))+" is more than "+strconv.Itoa(o.pack.Capture.LocalPurgeDays)+" of "+o.pack.ID+clauseOf(o.pack.Capture.Clause))
	}
	capture := under(o.base.Get("capture"), o.src.Get("capture"))
	if more := under2(o.src, "capture").Get("fields"); more != nil {
		fields := append(slices.Clone(items(o.base.Get("capture"), "fields")), more.Arr...)
		for i := range capture.Obj {
			if capture.Obj[i].Name == "fields" {
				capture.Obj[i].Value = canonical.List(fields)
			}
		}
	}
	o.out.Put("capture", capture)
	l := &o.pack.Logging
	for _, x := range [...]struct {
		name, have string
		values     []string
	}{{"content", l.Content, []string{"never_auto", "on_user_click"}}, {"events", l.Events, []string{"off", "optional", "required"}}, {"evidence", l.Evidence, []string{"optional", "required"}}} {
		path, say := "logging."+x.name, text(under2(o.src, "logging"), x.name)
		switch {
		case say == "" || say == x.have:
		case slices.Index(x.values, say) > slices.Index(x.values, x.have):
			o.fail(path, say+" is more than "+x.have+" of "+o.pack.ID+clauseOf(l.Clause)+": an overlay may only log less")
		case slices.Contains(o.pack.NonDerogable, path) || slices.Contains(o.pack.NonDerogable, "logging"):
			o.fail(path, o.pack.ID+" requires "+x.have+clauseOf(l.Clause)+" and lets nobody lower it")
		}
	}
	o.out.Put("logging", under(o.base.Get("logging"), o.src.Get("logging")))
}

// under2 is a member that may be absent, as an object.
func under2(v *canonical.Value, name string) *canonical.Value {
	if v = v.Get(name); v == nil {
		return &canonical.Value{Kind: canonical.Object}
	}
	return v
}

func clauseOf(clause string) string {
	if clause == "" {
		return ""
	}
	return " (" + clause + ")"
}

// lint is Lint for what an overlay adds, with the overlay's own paths.
func (o *overlay) lint(p *policy.Pack) canonical.Problems {
	own := *p
	own.Detectors, own.Reports, own.Applies.ExtendedText = nil, nil, ""
	own.Clauses = p.Clauses[:len(items(o.src, "clauses"))]
	own.Tables = p.Tables[:o.own+len(items(o.src, "cells"))]
	l := &linter{p: &own, foreign: map[string]bool{}}
	for id := range o.pack.Strings["en"] {
		l.foreign[id] = true
	}
	l.clauseWords()
	l.texts()
	for i := range own.Tables {
		if i < o.own {
			l.table(i)
		} else {
			l.row(&own.Tables[i].Rows[0], canonical.Index(canonical.Index("tables", i)+".rows", 0))
		}
	}
	for i, r := range p.Routes {
		if r.RoleFR == "" {
			l.fail(canonical.Index("routes", i)+".role_fr", "is missing")
		}
	}
	l.p = &policy.Pack{Tables: append(own.Tables, o.pack.Tables...), Keywords: p.Keywords, Risks: p.Risks, References: p.References,
		Detectors: p.Detectors, Clauses: p.Clauses} // a word list may rest on a table of the rule book, a risk on its clauses
	l.keywords()
	l.risks()
	found := o.mine(l.found)
	for i := range found {
		for _, language := range []string{"en", "fr"} {
			if rest, ok := strings.CutPrefix(found[i].Path, "strings."+language+".+"); ok {
				found[i].Path = "local." + language + "." + rest
			}
			if found[i].Path == "strings."+language && strings.HasPrefix(found[i].Msg, "the text +") {
				found[i].Path, found[i].Msg = "local."+language, strings.Replace(found[i].Msg, "+", "", 1)
			}
		}
	}
	return found
}
