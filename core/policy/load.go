package policy

import (
	"strconv"
	"strings"

	"hanaper/core/canonical"
)

// Limits of a pack.
const (
	MaxPackBytes = 1 << 20
	maxList      = 512
	maxString    = 4 << 10
)

// Load reads a pack from JSON. It is strict: an unknown member, a wrong type, an
// unknown facet, value, level, clause or text is an error, and the error
// (canonical.Problems) names every place. What Load accepts Decide can judge by;
// whether its tables are complete is for lint (desktop/pack) to prove, and a
// state that no row accepts is judged unknown.
func Load(in []byte) (*Pack, error) {
	v, err := canonical.Parse(in, canonical.Limits{Bytes: MaxPackBytes})
	if err != nil {
		return nil, err
	}
	d := &canonical.Decoder{}
	p := decodePack(d, &v)
	checkReferences(d, p)
	p.prepare()
	if err := d.Err(true); err != nil {
		return nil, err
	}
	return p, nil
}

func decodePack(d *canonical.Decoder, v *canonical.Value) *Pack {
	o := d.Object(v, "")
	if v.Kind != canonical.Object {
		return &Pack{}
	}
	defer o.Done()
	p := &Pack{
		ID:           need(o, "id"),
		Version:      need(o, "version"),
		Of:           str(o, "overlay"),
		Jurisdiction: need(o, "jurisdiction"),
		Languages:    list(o, "languages"),
		HoldRelease:  o.Enum("hold_release", "receipt", "officer"),
		FailMode:     o.Enum("fail_mode", "open", "closed"),
		MaxAction:    Action(enum(o, "max_action", actionNames)),
		NonDerogable: list(o, "non_derogable"),
	}
	p.Source = decodeSource(o.Obj("source"), true)
	p.Thresholds = decodeThresholds(o.Obj("thresholds"))
	p.Applies = decodeApplies(o.Obj("applies"))
	decodeRules(o, p)
	each(o, "tables", func(i int, e *canonical.Obj) { p.Tables = append(p.Tables, decodeTable(e)) })
	decodeDuties(o, p)
	decodeWords(o, p)
	p.Strings = decodeStrings(o.Obj("strings"))
	if len(p.Languages) == 0 {
		o.Fail("languages", "is empty")
	}
	if len(p.Tables) == 0 {
		o.Fail("tables", "is empty")
	}
	return p
}

func decodeClauses(o *canonical.Obj, p *Pack) {
	each(o, "clauses", func(i int, e *canonical.Obj) {
		p.Clauses = append(p.Clauses, Clause{ID: need(e, "id"), Para: need(e, "para"), ParaFR: str(e, "para_fr"),
			Force: e.Enum("force", "context", "must", "must_not", "should", "should_not", "may"),
			Text:  need(e, "text"), TextFR: str(e, "text_fr")})
	})
}

// decodeRules reads what the tables refer to.
func decodeRules(o *canonical.Obj, p *Pack) {
	decodeClauses(o, p)
	each(o, "preconditions", func(i int, e *canonical.Obj) {
		p.Preconditions = append(p.Preconditions, Precondition{
			Type: e.Enum("type", "risk_assessment", "deviation"), Clause: need(e, "clause")})
	})
	each(o, "detectors", func(i int, e *canonical.Obj) {
		p.Detectors = append(p.Detectors, DetectorUse{ID: need(e, "id"), Label: need(e, "label"), Clause: str(e, "clause"),
			As: e.Enum("as", "ignore", "identifier", "contact", "notice", "secret", "link", "attachment")})
	})
}

// decodeSource reads where rules come from; a department's own need no address.
func decodeSource(o *canonical.Obj, published bool) Source {
	defer o.Done()
	must := str
	if published {
		must = need
	}
	s := Source{Title: need(o, "title"), URL: must(o, "url"), URLFR: str(o, "url_fr"), Licence: str(o, "licence"),
		SHA256: must(o, "sha256"), Published: str(o, "published"), PublishedUnknown: o.Bool("published_unknown", false),
		ReviewBy: str(o, "review_by"), ReviewUnknown: o.Bool("review_unknown", false), SupersededBy: str(o, "superseded_by")}
	for _, f := range [...]struct{ name, date string }{{"published", s.Published}, {"review_by", s.ReviewBy}} {
		if f.date != "" && !isDate(f.date) {
			o.Fail(f.name, strconv.Quote(f.date)+" is not a date, YYYY-MM-DD")
		}
	}
	return s
}

func decodeThresholds(o *canonical.Obj) Thresholds {
	defer o.Done()
	t := Thresholds{
		Consider: uint16(o.Int("p_consider", 10000, 0, 10000)),
		Capture:  uint16(o.Int("p_capture", 10000, 0, 10000)),
		Stop:     uint16(o.Int("p_stop", 10000, 0, 10000)),
		Scope:    uint16(o.Int("p_scope", 5000, 0, 10000)),
		Act:      uint16(o.Int("p_act", 5000, 0, 10000)),
		Contacts: int(o.Int("contacts", 5, 1, 1000)),
		Finding:  int(o.Int("finding", 650, 0, 1000)),
		Group:    int(o.Int("group", 20, 2, 4096)),
		FileMiB:  int(o.Int("file_mib", 25, 1, 1<<20)),
		Routine:  int(o.Int("routine", 5, 1, 1<<20)),
	}
	if t.Consider > t.Capture || t.Capture > t.Stop {
		o.Fail("p_capture", "must stand between p_consider and p_stop")
	}
	return t
}

func decodeApplies(o *canonical.Obj) Applies {
	defer o.Done()
	a := Applies{Kinds: list(o, "kinds"), Devices: list(o, "devices"), CorporateExempt: list(o, "corporate_exempt"),
		ExtendedText: need(o, "extended_text")}
	for _, f := range [...]struct {
		name  string
		kinds []string
	}{{"kinds", a.Kinds}, {"corporate_exempt", a.CorporateExempt}} {
		for i, k := range f.kinds {
			if _, ok := FacetKind.value(k); !ok {
				o.Fail(canonical.Index(f.name, i), unknownName("channel kind", k))
			}
		}
	}
	return a
}

// decodePeople reads whom to tell and whom to ask.
func decodePeople(o *canonical.Obj, p *Pack) {
	each(o, "routes", func(i int, e *canonical.Obj) {
		p.Routes = append(p.Routes, Route{Kind: e.Enum("kind", RouteKinds...),
			Role: need(e, "role"), RoleFR: str(e, "role_fr"), Clause: str(e, "clause"), Address: str(e, "address"),
			Transport: e.Enum("transport", "draft", "alert")})
	})
	each(o, "contacts", func(i int, e *canonical.Obj) {
		p.Contacts = append(p.Contacts, Contact{Name: need(e, "name"), Address: str(e, "address"), Phone: str(e, "phone"),
			Fax: str(e, "fax"), TTY: str(e, "tty"), Email: str(e, "email")})
	})
}

func decodeDuties(o *canonical.Obj, p *Pack) {
	decodePeople(o, p)
	each(o, "reports", func(i int, e *canonical.Obj) {
		p.Reports = append(p.Reports, Report{ID: need(e, "id"), Clause: need(e, "clause"), To: list(e, "to"), Text: need(e, "text")})
	})
	t := o.Obj("training")
	p.Training = Training{PeriodDays: int(t.Int("period_days", 0, 0, 3660)), Required: t.Bool("required", false),
		Clause: need(t, "clause"), Modules: list(t, "modules")}
	t.Done()
	c := o.Obj("capture")
	p.Capture = CaptureRules{Fields: list(c, "fields"), Methods: list(c, "methods"), Formats: list(c, "formats"),
		Clause: need(c, "clause"), LocalPurgeDays: int(c.Int("local_purge_days", 0, 0, 3660))}
	c.Done()
	l := o.Obj("logging")
	p.Logging = Logging{Content: l.Enum("content", contentLog...), Events: l.Enum("events", eventsLog...),
		Evidence: l.Enum("evidence", evidenceLog...), Clause: need(l, "clause")}
	l.Done()
	v := o.Obj("vocabulary")
	p.Vocabulary = Vocabulary{Markings: list(v, "markings"), Descriptors: list(v, "descriptors")}
	each(v, "limbs", func(i int, e *canonical.Obj) {
		p.Vocabulary.Limbs = append(p.Vocabulary.Limbs, Limb{ID: need(e, "id"), Clause: need(e, "clause")})
	})
	v.Done()
}

// decodeWords reads what a pack looks for and points to beside its tables.
func decodeWords(o *canonical.Obj, p *Pack) {
	p.Texts = list(o, "texts")
	p.Protected = list(o, "protected_domains")
	for i, domain := range p.Protected {
		if !isDomain(domain) {
			o.Fail(canonical.Index("protected_domains", i), strconv.Quote(domain)+" is not a domain name")
		}
	}
	each(o, "keywords", func(i int, e *canonical.Obj) {
		k := KeywordList{ID: need(e, "id"), Grade: e.Enum("grade", Grades...), Label: need(e, "label"), Clause: str(e, "clause"),
			Terms: append(list(e, "en"), list(e, "fr")...)}
		if len(k.Terms) == 0 {
			e.Fail("en", "is empty: name at least one word")
		}
		p.Keywords = append(p.Keywords, k)
	})
	each(o, "references", func(i int, e *canonical.Obj) {
		p.References = append(p.References, Reference{Title: need(e, "title"), URL: need(e, "url"), Clause: need(e, "clause")})
	})
	each(o, "risks", func(i int, e *canonical.Obj) {
		p.Risks = append(p.Risks, Risk{ID: need(e, "id"), Clause: need(e, "clause"), Text: need(e, "text"), Controls: list(e, "controls")})
	})
}

// prepare works out what judging needs of a pack whose members are all there.
func (p *Pack) prepare() {
	p.asked = nil
	for i := range p.Tables {
		for _, f := range p.Tables[i].Facets {
			if !contains(p.asked, f) {
				p.asked = append(p.asked, f)
			}
		}
	}
	p.words = newWordIndex(p.Keywords)
}

func decodeStrings(o *canonical.Obj) map[string]map[string]string {
	defer o.Done()
	out := map[string]map[string]string{}
	for _, language := range o.Names() {
		l := o.Obj(language)
		texts := map[string]string{}
		for _, id := range l.Names() {
			texts[id] = need(l, id)
		}
		if len(texts) > 2*maxList {
			o.Fail(language, "has too many texts")
		}
		l.Done()
		out[language] = texts
	}
	return out
}

// need and str read a string within the limit; need demands one.
//
//go:noinline
func need(o *canonical.Obj, name string) string { return bounded(o, name, o.Need(name)) }

//go:noinline
func str(o *canonical.Obj, name string) string { return bounded(o, name, o.String(name)) }

func bounded(o *canonical.Obj, name, s string) string {
	if len(s) > maxString {
		o.Fail(name, "is "+strconv.Itoa(len(s))+" bytes, the limit is "+strconv.Itoa(maxString))
		return ""
	}
	return s
}

//go:noinline
func list(o *canonical.Obj, name string) []string {
	s := o.Strings(name)
	if len(s) > maxList {
		o.Fail(name, "is too long a list")
		return nil
	}
	return s
}

//go:noinline
func each(o *canonical.Obj, name string, f func(i int, e *canonical.Obj)) {
	n := 0
	o.Each(name, func(i int, e *canonical.Obj) {
		if n++; n <= maxList {
			f(i, e)
		}
	})
	if n > maxList {
		o.Fail(name, "is too long a list")
	}
}

// enum reads one of names and gives its place; the first is the default.
//
//go:noinline
func enum(o *canonical.Obj, name string, names []string) uint8 {
	got := o.Enum(name, names...)
	for i, n := range names {
		if n == got {
			return uint8(i)
		}
	}
	return 0
}

//go:noinline
func unknownName(what, name string) string { return "unknown " + what + " " + strconv.Quote(name) }

// isDate accepts YYYY-MM-DD. Dates in this form compare as strings.
func isDate(s string) bool {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return false
	}
	for i := range len(s) {
		if i != 4 && i != 7 && (s[i] < '0' || s[i] > '9') {
			return false
		}
	}
	month, day := s[5:7], s[8:10]
	return month >= "01" && month <= "12" && day >= "01" && day <= days(s[:4], month)
}

func days(year, month string) string {
	switch month {
	case "02":
		y, _ := strconv.Atoi(year)
		if y%4 == 0 && (y%100 != 0 || y%400 == 0) {
			return "29"
		}
		return "28"
	case "04", "06", "09", "11":
		return "30"
	}
	return "31"
}

// dayNumber counts the days since 1 March 0000 in the Gregorian calendar. The
// date must be one (isDate).
func dayNumber(date string) int {
	y, _ := strconv.Atoi(date[:4])
	m, _ := strconv.Atoi(date[5:7])
	d, _ := strconv.Atoi(date[8:])
	if m < 3 { // the year begins in March, so that the leap day is its last
		m += 12
		y--
	}
	return 365*y + y/4 - y/100 + y/400 + (153*(m-3)+2)/5 + d - 1
}

// dayOf returns the date of an RFC 3339 time, in that time's own zone.
func dayOf(at string) (string, bool) {
	if len(at) < 20 || (at[10] != 'T' && at[10] != 't') || !isDate(at[:10]) {
		return "", false
	}
	return at[:10], strings.IndexByte(at[11:], ':') == 2
}
