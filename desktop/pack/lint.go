package pack

import (
	"fmt"
	"slices"
	"strings"

	"hanaper/core/canonical"
	"hanaper/core/detect"
	"hanaper/core/policy"
)

// maxStates bounds the combinations of one table: what lint tries in well under
// a second, and what a person can still survey.
const maxStates = 1 << 16

// Lint tells everything that Load accepts and that is still wrong: tables with
// holes or conflicts, texts missing in a language, sources without address or
// dates, people nobody can reach. Paths are those of the pack's members.
func Lint(p *policy.Pack) canonical.Problems {
	l := &linter{p: p}
	l.source()
	l.clauses()
	l.texts()
	l.detectors()
	l.keywords()
	l.risks()
	l.people()
	for i := range p.Tables {
		l.table(i)
	}
	return l.found
}

type linter struct {
	p       *policy.Pack
	found   canonical.Problems
	foreign map[string]bool // ids of texts that need no use: an overlay's copies
}

func (l *linter) fail(path, format string, args ...any) {
	l.found = append(l.found, canonical.Problem{Path: path, Msg: fmt.Sprintf(format, args...)})
}

func (l *linter) source() {
	s := &l.p.Source
	if !strings.HasPrefix(s.URL, "https://") && !strings.HasPrefix(s.URL, "http://") {
		l.fail("source.url", "is no web address: people must reach the rules themselves")
	}
	if len(s.SHA256) != 64 || strings.Trim(s.SHA256, "0123456789abcdef") != "" {
		l.fail("source.sha256", "is not a SHA-256 in lower-case hexadecimal")
	}
	if (s.Published == "") != s.PublishedUnknown {
		l.fail("source.published", "give the date, or published_unknown: true, not both")
	}
	if (s.ReviewBy == "") != s.ReviewUnknown {
		l.fail("source.review_by", "give the date, or review_unknown: true, not both")
	}
	if len(l.p.Contacts) == 0 {
		l.fail("contacts", "is empty: name whom to ask")
	}
}

func (l *linter) clauses() {
	l.clauseWords()
	for _, field := range []string{"to", "from", "date", "time", "subject"} {
		if !slices.Contains(l.p.Capture.Fields, field) {
			l.fail("capture.fields", "%s is missing: no record without the five fields", field)
		}
	}
}

// clauseWords: clean texts, and French beside those that people see.
func (l *linter) clauseWords() {
	cited := map[string]bool{}
	for _, t := range l.p.Tables {
		for _, r := range t.Rows {
			for _, id := range r.Clauses {
				cited[id] = true
			}
		}
	}
	for i, c := range l.p.Clauses {
		at := canonical.Index("clauses", i)
		if strings.TrimSpace(c.Text) != c.Text || strings.Contains(c.Text, "  ") || strings.Contains(c.Text, "\n") {
			l.fail(at+".text", "has stray spaces or line breaks")
		}
		if hasLanguage(l.p, "fr") && c.ParaFR == "" {
			l.fail(at+".para_fr", "is missing")
		}
		if cited[c.ID] && hasLanguage(l.p, "fr") && c.TextFR == "" {
			l.fail(at+".text_fr", "is missing, and a row cites %s", c.ID)
		}
	}
}

func hasLanguage(p *policy.Pack, language string) bool { return slices.Contains(p.Languages, language) }

// texts: both interface languages, the same ids and the same parameters.
func (l *linter) texts() {
	for _, language := range []string{"en", "fr"} {
		if !hasLanguage(l.p, language) {
			l.fail("languages", "%s is missing", language)
		}
	}
	used := l.usedTexts()
	for _, language := range l.p.Languages {
		have := l.p.Strings[language]
		for _, id := range sortedKeys(used) {
			if have[id] == "" {
				l.fail("strings."+language, "the text %s is missing", id)
			}
		}
		for id := range l.p.Strings["en"] {
			used[id] = used[id] || strings.HasPrefix(id, "+")
		}
		for _, id := range sortedKeys(have) {
			if !used[id] && !l.foreign[id] && !strings.HasPrefix(id, "+") {
				l.fail("strings."+language+"."+id, "no row, advice, label or report uses this text")
			}
			if a, b := parameters(l.p.Strings["en"][id]), parameters(have[id]); a != b && language != "en" {
				l.fail("strings."+language+"."+id, "has the parameters %s, the English one has %s", b, a)
			}
			if bad := forbidden(have[id]); bad != "" {
				l.fail("strings."+language+"."+id, "says %q: be kind and say what to do", bad)
			}
		}
	}
	for language := range l.p.Strings {
		if !hasLanguage(l.p, language) {
			l.fail("strings."+language, "is not among the pack's languages")
		}
	}
}

// forbidden words accuse; people who meant well read these texts.
func forbidden(text string) string {
	low := strings.ToLower(text)
	for _, w := range []string{"violat", "infraction", "illegal", "offender", "fautif"} {
		if strings.Contains(low, w) {
			return w
		}
	}
	return ""
}

func (l *linter) usedTexts() map[string]bool {
	used := map[string]bool{}
	if l.p.Applies.ExtendedText != "" {
		used[l.p.Applies.ExtendedText] = true
	}
	for _, d := range l.p.Detectors {
		used[d.Label] = true
	}
	for _, r := range l.p.Reports {
		used[r.Text] = true
	}
	for _, k := range l.p.Keywords {
		used[k.Label] = true
	}
	for _, r := range l.p.Risks {
		used[r.Text] = true
	}
	for _, id := range l.p.Texts {
		used[id] = true
	}
	for _, t := range l.p.Tables {
		for _, r := range t.Rows {
			if r.Text != "" {
				used[r.Text] = true
			}
			for _, a := range r.Advice {
				used[a.Text] = true
			}
		}
	}
	return used
}

// parameters lists the {parameters} of a text, in order of the alphabet, once each.
func parameters(text string) string {
	seen := map[string]bool{}
	for {
		_, rest, ok := strings.Cut(text, "{")
		if !ok {
			break
		}
		name, after, ok := strings.Cut(rest, "}")
		if !ok {
			break
		}
		seen[name], text = true, after
	}
	return "[" + strings.Join(sortedKeys(seen), " ") + "]"
}

func (l *linter) detectors() {
	known := map[string]bool{}
	for _, d := range detect.List() {
		known[d.ID] = true
	}
	for i, d := range l.p.Detectors {
		if !known[d.ID] {
			l.fail(canonical.Index("detectors", i)+".id", "unknown detector %q", d.ID)
		}
		for k := range i {
			if l.p.Detectors[k].ID == d.ID {
				l.fail(canonical.Index("detectors", i)+".id", "stands twice")
			}
		}
	}
}

// keywords: one id each, and no term stands twice in a list.
func (l *linter) keywords() {
	ids := map[string]bool{}
	for i, k := range l.p.Keywords {
		at := canonical.Index("keywords", i)
		if ids[k.ID] {
			l.fail(at+".id", "%q stands twice", k.ID)
		}
		ids[k.ID] = true
		terms := map[string]bool{}
		for _, t := range k.Terms {
			low := strings.ToLower(strings.TrimSpace(t))
			if low == "" || terms[low] {
				l.fail(at, "the term %q is empty or stands twice", t)
			}
			terms[low] = true
		}
		if !asks(l.p, policy.FacetKeyword) {
			l.fail(at, "no table asks about the facet keyword, so the list has no effect")
		}
	}
}

// risks: each is answered by something that is there (NC-S7).
func (l *linter) risks() {
	controls := map[string]bool{}
	for _, t := range l.p.Tables {
		controls[t.ID] = true
	}
	for _, d := range l.p.Detectors {
		controls[d.ID] = true
	}
	for _, k := range l.p.Keywords {
		controls[k.ID] = true
	}
	for _, c := range l.p.Clauses {
		controls[c.ID] = true
	}
	for i, r := range l.p.Risks {
		at := canonical.Index("risks", i) + ".controls"
		if len(r.Controls) == 0 {
			l.fail(at, "is empty: what answers the risk %s?", r.ID)
		}
		for _, c := range r.Controls {
			if !controls[c] {
				l.fail(at, "%q is no table, detector, keyword list or clause of the pack", c)
			}
		}
	}
	for i, r := range l.p.References {
		if !strings.HasPrefix(r.URL, "https://") && !strings.HasPrefix(r.URL, "http://") {
			l.fail(canonical.Index("references", i)+".url", "is no web address")
		}
	}
}

// askedBy is the facet that a class of findings answers.
var askedBy = map[detect.Class]policy.Facet{
	detect.ClassIdentifier: policy.FacetIdentifiers, detect.ClassContact: policy.FacetIdentifiers, detect.ClassSecret: policy.FacetSecret,
	detect.ClassLink: policy.FacetLink, detect.ClassAttachment: policy.FacetAttachment,
}

// Unnamed lists the detectors a pack has no entry for, as far as a table asks about
// what they find. Their findings count as their class says and are named in general
// words; a bundled pack names all.
func Unnamed(p *policy.Pack) (ids []string) {
	for _, d := range detect.List() {
		named := !asks(p, askedBy[d.Class])
		for _, u := range p.Detectors {
			named = named || u.ID == d.ID
		}
		if !named {
			ids = append(ids, d.ID)
		}
	}
	return ids
}

// asks tells whether a table of the pack asks about the facet.
func asks(p *policy.Pack, facet policy.Facet) bool {
	return slices.ContainsFunc(p.Tables, func(t policy.Table) bool { return slices.Contains(t.Facets, facet) })
}

// people: roles that reports and obligations name can be told, and somebody can
// be asked who also takes calls by text telephone or answers mail.
func (l *linter) people() {
	roles, kinds := map[string]bool{}, map[string]bool{}
	for i, r := range l.p.Routes {
		if r.RoleFR == "" {
			l.fail(canonical.Index("routes", i)+".role_fr", "is missing")
		}
		kinds[r.Kind] = true
		if roles[r.Role] {
			l.fail(canonical.Index("routes", i)+".role", "%q stands twice", r.Role)
		}
		roles[r.Role] = true
	}
	for _, need := range []string{"security", "privacy"} {
		if !kinds[need] {
			l.fail("routes", "no route of the kind %s", need)
		}
	}
	for i, r := range l.p.Reports {
		for _, to := range r.To {
			if !roles[to] {
				l.fail(canonical.Index("reports", i)+".to", "no route to the role %q", to)
			}
		}
	}
	accessible := false
	for _, c := range l.p.Contacts {
		accessible = accessible || c.TTY != "" || c.Email != "" || strings.HasPrefix(c.Address, "http")
	}
	if !accessible && len(l.p.Contacts) > 0 {
		l.fail("contacts", "none has a text telephone, an e-mail or a web address")
	}
	l.obligations(roles)
}

func (l *linter) obligations(roles map[string]bool) {
	for i, t := range l.p.Tables {
		for n, r := range t.Rows {
			for _, o := range r.Obligations {
				at := canonical.Index(canonical.Index("tables", i)+".rows", n) + ".obligations"
				if o.To != "" && !roles[o.To] {
					l.fail(at, "no route to the role %q", o.To)
				}
				if o.To == "" && (o.Kind == "report" || o.Kind == "assess") {
					l.fail(at, "a duty to %s names no role", o.Kind)
				}
			}
		}
	}
}
