package policy

import (
	"fmt"
	"testing"
	"time"

	"hanaper/core/classify"
	"hanaper/core/message"
)

// facet gives one facet's value for an input, by North Carolina's pack.
func facet(t *testing.T, f Facet, input Input, set Settings) string {
	t.Helper()
	s := newJudged(input, &set, now[:10]).state(packs(t, nc)[0], []Facet{f})
	return s.Get(f)
}

func TestCircumstances(t *testing.T) {
	agency := Settings{Organisation: Organisation{Domains: []string{"agency.example"}, Channels: []string{"signal", "whatsapp"}}}
	many := make([]string, 20)
	for _, c := range []struct {
		f     Facet
		input Input
		set   Settings
		want  string
	}{
		{FacetAccount, in(account("a@staff.agency.example")), agency, "corporate"},
		{FacetAccount, in(account("a@mail.example")), agency, "private"},
		{FacetAccount, in(account("+447700900123")), agency, "private"},
		{FacetAccount, in(), agency, "unknown"},
		{FacetAccount, in(account("a@mail.example")), Settings{}, "unknown"},
		{FacetGroup, in(to("a@x.example"), everybody), Settings{}, "one"},
		{FacetGroup, in(to("a@x.example")), Settings{}, "unknown"},
		{FacetGroup, in(to(many[:19]...), everybody), Settings{}, "several"},
		{FacetGroup, in(to(many[:19]...)), Settings{}, "unknown"},
		{FacetGroup, in(to(many...)), Settings{}, "large"},
		{FacetService, in(), agency, "listed"},
		{FacetService, in(channel("telegram")), agency, "unlisted"},
		{FacetService, in(channel("")), agency, "unlisted"},
		{FacetService, in(), Settings{}, "unsaid"},
		{FacetFiles, in(attached(25<<20 - 1)), Settings{}, "some"},
		{FacetFiles, in(attached(1), attached(25<<20)), Settings{}, "large"},
		{FacetLeaving, in(), Settings{LeaverDate: "2026-12-06"}, "yes"},
		{FacetLeaving, in(), Settings{LeaverDate: "2026-12-07"}, "no"},
		{FacetLeaving, in(), Settings{LeaverDate: "2026-11-01"}, "yes"},
		{FacetLeaving, in(), Settings{LeaverDate: "soon"}, "no"},
		{FacetRoutine, in(), Settings{PersonalNotices: 4}, "no"},
		{FacetRoutine, in(), Settings{PersonalNotices: 5}, "yes"},
		{FacetUnusual, in(), Settings{}, "no"},
		{FacetUnusual, in(), Settings{UnusualParties: 1}, "yes"},
		{FacetRole, in(), Settings{}, "official"},
		{FacetLimb, in(significant(9300), limbs(9000, 4999)), Settings{}, "direction"},
		{FacetLimb, in(significant(1499), limbs(9000, 9000)), Settings{}, "none"},
		{FacetLimb, in(unknownText, limbs(9000, 9000)), Settings{}, "none"},
	} {
		if got := facet(t, c.f, c.input, c.set); got != c.want {
			t.Errorf("%s of %+v with %+v: %s, want %s", c.f.Def().Name, c.input.Draft, c.set, got, c.want)
		}
	}
}

func attached(size int64) func(*Input) {
	return func(i *Input) {
		i.Draft.Attachments = append(i.Draft.Attachments, message.Attachment{Name: "plan.pdf", Size: size})
	}
}

func limbs(direction, change classify.Prob) func(*Input) {
	return func(i *Input) { i.Class.Limbs = [2]classify.Prob{direction, change} }
}

// An authorisation that names circumstances covers those only (NC-S2).
func TestNCCircumstances(t *testing.T) {
	set := ncAuthorised()
	set.Authorisations[0].Channels, set.Authorisations[0].Devices = []string{"whatsapp"}, []string{"managed"}
	expect(t, "covered", Decide(in(), packs(t, nc), set, now), "permitted none allow", "")
	expect(t, "another channel", Decide(in(channel("signal")), packs(t, nc), set, now), "prohibited none warn", "NC-S8")
	expect(t, "another device", Decide(in(device(message.DeviceUnmanaged)), packs(t, nc), set, now), "prohibited none warn", "NC-S8")
}

// A briefing counts for the pack's period and its version (GC-I4, NC-G11).
func TestBriefed(t *testing.T) {
	version := packs(t, nc)[0].Version
	for _, c := range []struct {
		all  []Briefing
		want string
	}{
		{nil, "unsaid"},
		{[]Briefing{{ca, version, "2026-11-01"}}, "unsaid"},
		{[]Briefing{{nc, version, "2025-11-22"}}, "current"},
		{[]Briefing{{nc, version, "2025-11-21"}}, "due"},
		{[]Briefing{{nc, "0.9.0", "2026-11-01"}}, "due"},
		{[]Briefing{{nc, version, "2026-11-01"}, {nc, "0.9.0", "2025-01-01"}}, "current"},
	} {
		if got := facet(t, FacetBriefed, in(), Settings{Briefings: c.all}); got != c.want {
			t.Errorf("%v: %s, want %s", c.all, got, c.want)
		}
	}
}

func TestDayNumber(t *testing.T) {
	start := time.Date(1896, 1, 1, 0, 0, 0, 0, time.UTC)
	first := dayNumber("1896-01-01")
	for n := range 80_000 {
		day := start.AddDate(0, 0, n).Format(time.DateOnly)
		if got := dayNumber(day) - first; got != n {
			t.Fatalf("%s is day %d, want %d", day, got, n)
		}
		if got := dateOf(dayNumber(day)); got != day {
			t.Fatalf("%s comes back as %s", day, got)
		}
	}
}

// An obligation with some days' time ends with the last of them, in the zone of
// judging; without a day of judging it names none.
func TestWithinDays(t *testing.T) {
	p := *packs(t, ca)[0]
	p.Tables = append([]Table(nil), p.Tables...)
	p.Tables[0].Rows = []Row{{When: []Mask{{}}, Obligations: []Owed{{Obligation{Kind: "capture"}, 20}}}}
	for at, want := range map[string]string{
		now:                           "2026-12-12T23:59:59Z",
		"2026-12-20T10:00:00.5-05:00": "2027-01-09T23:59:59-05:00",
		"2028-02-10T23:59:59+01:00":   "2028-03-01T23:59:59+01:00",
		"2026-11-22T10:00:00":         "",
		"":                            "",
	} {
		v := Decide(in(), []*Pack{&p}, Settings{}, at)
		if len(v.Obligations) != 1 || v.Obligations[0].By != want {
			t.Errorf("%q: %v, want %s", at, v.Obligations, want)
		}
	}
}

func TestCopied(t *testing.T) {
	set := Settings{OfficialAccounts: []string{"", "A.Person@agency.example"}}
	for address, want := range map[string]string{
		"a.person@AGENCY.example": "yes", " a.person@agency.example ": "yes", "b.person@agency.example": "no", "": "no",
	} {
		if got := facet(t, FacetCopied, in(to("x@other.example", address)), set); got != want {
			t.Errorf("%q: %s, want %s", address, got, want)
		}
	}
}

// Keyword lists: whole words and phrases, whatever their case, accents, hyphens
// and line ends; the strongest grade found decides, and its lists are the reasons.
func TestKeywords(t *testing.T) {
	p := *packs(t, uk)[0]
	p.Keywords = []KeywordList{
		{ID: "names", Grade: "forbidden", Label: "D-link", Clause: "UK-7", Terms: []string{"Lantern", "Operation Example"}},
		{ID: "topics", Grade: "watch", Label: "D-link", Terms: []string{"Réseau fermé", "lantern"}},
		{ID: "empty", Grade: "forbidden", Label: "D-link", Terms: []string{"..."}},
	}
	p.prepare()
	row := Row{Because: "keywords", Clauses: []string{"UK-6"}, Text: "W-UK-32-SECRET", Level: Level{Action: Warn}}
	for _, c := range []struct{ text, grade, spans string }{
		{"ask about LANTERN today", "forbidden", "[[{body 10 17}]]"},
		{"lanterns and slantern", "none", "[]"},
		{"operation-example, then Operation\nExample", "forbidden", "[[{body 0 17} {body 24 41}]]"},
		{"operation, example", "forbidden", "[[{body 0 18}]]"},
		{"operation", "none", "[]"},
		{"le reseau FERMÉ", "watch", "[[{body 3 16}]]"},
		{"", "none", "[]"},
	} {
		set := Settings{}
		j := newJudged(in(said(c.text)), &set, now[:10])
		if got := p.keywordGrade(j.keywords(&p)); got != c.grade {
			t.Errorf("%q: %s, want %s", c.text, got, c.grade)
		}
		spans := [][]message.Span{}
		for _, r := range j.reasons(&p, &row) {
			spans = append(spans, r.Spans)
			if r.Detector != "keyword" || c.grade == "forbidden" && fmt.Sprint(r.Also) != "[UK-7]" {
				t.Errorf("%q: %+v", c.text, r)
			}
		}
		if got := fmt.Sprint(spans); got != c.spans {
			t.Errorf("%q: %s, want %s", c.text, got, c.spans)
		}
	}
	if len(row.Clauses) != 1 {
		t.Error("the row was changed")
	}
}

// A phrase does not reach from one field into the next.
func TestKeywordFields(t *testing.T) {
	p := *packs(t, uk)[0]
	p.Keywords = []KeywordList{{ID: "n", Grade: "watch", Terms: []string{"operation example"}}}
	p.prepare()
	input := in(said("operation"))
	input.Texts = append(input.Texts, message.Normalize("subject", "example"))
	set := Settings{}
	if hits := newJudged(input, &set, now[:10]).keywords(&p); len(hits) != 0 {
		t.Errorf("%v", hits)
	}
}
