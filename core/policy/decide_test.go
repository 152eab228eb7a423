package policy

import (
	"fmt"
	"strings"
	"testing"

	"hanaper/core/classify"
	"hanaper/core/detect"
	"hanaper/core/marking"
	"hanaper/core/message"
)

// What the verdict says of the text itself, apart from the rules.
func TestVerdictDescribes(t *testing.T) {
	v := Decide(in(marked(official), marked(protected), marked(sensitive), significant(6000), act(1), act(3), func(i *Input) {
		i.Class.Limbs = [2]classify.Prob{7000, 100}
	}), packs(t, uk), Settings{}, now)
	if v.Marking != protected.String() {
		t.Errorf("marking %q, want the highest, the first of equals", v.Marking)
	}
	if got := fmt.Sprint(v.Significance); got != "{0.6 true [direction] [approval request]}" {
		t.Errorf("significance %s", got)
	}
	if got := fmt.Sprint(v.Scope); got != "{business 0.9}" {
		t.Errorf("scope %s", got)
	}
	v = Decide(in(significant(2499), act(1)), packs(t, uk), Settings{}, now)
	if got := fmt.Sprint(v.Significance); got != "{0.2499 false [] []}" || v.Marking != "" {
		t.Errorf("below the threshold: %s %q", got, v.Marking)
	}
	v = Decide(in(unknownText), packs(t, uk), Settings{}, now)
	if got := fmt.Sprint(v.Scope, v.Significance); got != "{unclear 0} {0 false [] []}" {
		t.Errorf("not judged: %s", got)
	}
}

// A reason points at what it saw: every marking that counts, the model's words,
// each detector's findings in a reason of their own, in the order of the text.
func TestReasonsPoint(t *testing.T) {
	input := in(marked(sensitive), significant(9300), found("iban", detect.ClassIdentifier, 700), found("uk-nino", detect.ClassIdentifier, 950),
		found("iban", detect.ClassIdentifier, 900), found("phone", detect.ClassContact, 900))
	v := Decide(input, packs(t, uk), Settings{}, now)
	var got []string
	for _, r := range v.Reasons {
		var spans []string
		for _, s := range r.Spans {
			spans = append(spans, fmt.Sprint(s.Start))
		}
		got = append(got, fmt.Sprintf("%s %s %s %v", r.Clause, r.Detector, strings.Join(spans, ","), r.Confidence))
	}
	want := "UK-9a marking 0 0.95|UK-36 iban 0,80 0.9|UK-36 uk-nino 40 0.95|UK-19 significance 0 0.93"
	if strings.Join(got, "|") != want {
		t.Errorf("\n got %s\nwant %s", strings.Join(got, "|"), want)
	}
}

// Weak findings stay out of a stop's reasons; a lesser marking that counts is in.
func TestReasonsLeaveOut(t *testing.T) {
	v := Decide(in(found("iban", detect.ClassIdentifier, 600), found("uk-nino", detect.ClassIdentifier, 950)), packs(t, uk), Settings{}, now)
	for _, r := range v.Reasons {
		if r.Detector == "iban" {
			t.Errorf("a weak finding stops: %+v", r)
		}
	}
	v = Decide(in(marked(official), marked(sensitive), marked(secret)), packs(t, uk), Settings{}, now)
	if n := len(v.Reasons[0].Spans); n != 2 {
		t.Errorf("%d markings pointed at, want the two that ask for protection", n)
	}
}

// What a pack reads as a notice stays one, however sure and in whatever number,
// and stays out of a stop's reasons.
func TestNoticeStaysNotice(t *testing.T) {
	sure := found("ip-address", detect.ClassContact, 970)
	for _, pack := range []string{uk, ca, nc} {
		v := Decide(in(sure, sure, sure, sure, sure, sure, sure), packs(t, pack), Settings{}, now)
		for _, r := range v.Reasons {
			if r.Detector == "ip-address" && r.Action != "notice" {
				t.Errorf("%s: %s because of addresses of devices: %+v", pack, r.Action, r)
			}
		}
		v = Decide(in(sure, found("uk-nino", detect.ClassIdentifier, 950)), packs(t, pack), Settings{}, now)
		for _, r := range v.Reasons {
			if r.Detector == "ip-address" {
				t.Errorf("%s: an address among the reasons of a stop: %+v", pack, r)
			}
		}
	}
}

// Each pack's reasons stand apart, in the order of the packs' ids.
func TestReasonsOfPacksApart(t *testing.T) {
	v := Decide(in(significant(9300), device(message.DeviceManaged)), packs(t, uk, ca), Settings{}, now)
	if len(v.Reasons) != 3 || v.Reasons[0].Pack != ca || v.Reasons[1].Pack != uk || v.Reasons[2].Action != "allow" {
		t.Errorf("%+v", v.Reasons)
	}
	if fmt.Sprint(v.Obligations) != "[{capture  }]" {
		t.Errorf("obligations %v", v.Obligations)
	}
}

// Anything beyond the bare tier asks for protective controls, in any chat but a
// personal one.
func TestProtectiveMarkings(t *testing.T) {
	for name, change := range map[string]func(*marking.Marking){
		"descriptor":  func(m *marking.Marking) { m.Descriptors = []string{"COMMERCIAL"} },
		"handling":    func(m *marking.Marking) { m.Handling = []string{"RECIPIENTS ONLY"} },
		"caveat":      func(m *marking.Marking) { m.Caveats = []string{"EYES ONLY"} },
		"sensitive":   func(m *marking.Marking) { m.Sensitive = true },
		"higher tier": func(m *marking.Marking) { m.Rank = marking.RankProtected },
	} {
		m := official
		change(&m)
		for _, c := range []message.ChatScope{message.ScopeUnset, message.ScopeMixed, message.ScopeWork} {
			v := Decide(in(chat(c), class("personal"), marked(m)), packs(t, uk), Settings{}, now)
			expect(t, name+", "+string(c), v, "care consider warn", "UK-9a")
		}
	}
	expect(t, "bare tier", Decide(in(marked(official)), packs(t, uk), Settings{}, now), "permitted none allow", "UK-9b")
}

// A caller's own words for chat, hold and device are read as not stated.
func TestForeignValues(t *testing.T) {
	got := Decide(in(chat("home"), hold("maybe"), device("phone")), packs(t, uk, ca, nc), Settings{}, now)
	want := Decide(in(chat(message.ScopeUnset), hold(message.HoldUnknown), device(message.DeviceUnknown)), packs(t, uk, ca, nc), Settings{}, now)
	if encoded(got) != encoded(want) {
		t.Errorf("\n got %s\nwant %s", encoded(got), encoded(want))
	}
}

// What may be a marking asks, and does not block; beside a sure one it counts only
// where it is higher.
func TestDoubtfulMarkings(t *testing.T) {
	for _, c := range []struct {
		name   string
		input  Input
		level  string
		clause string
	}{
		{"work", in(doubtful(secret)), "care consider warn", "UK-11"},
		{"unclear", in(doubtful(secret), chat(message.ScopeUnset), class("unclear")), "care consider notice", "UK-11"},
		{"personal class", in(doubtful(secret), chat(message.ScopeUnset), class("personal")), "permitted none allow", ""},
		{"personal chat", in(doubtful(secret), chat(message.ScopePersonal)), "permitted none allow", ""},
		{"beside a lower sure one", in(doubtful(secret), marked(sensitive)), "care consider warn", "UK-9a"},
		{"beside a higher sure one", in(marked(secret), doubtful(sensitive)), "prohibited consider block", "UK-11"},
		{"the bare word", in(doubtful(official)), "permitted none allow", "UK-9b"},
	} {
		v := Decide(c.input, packs(t, uk), Settings{}, now)
		expect(t, c.name, v, c.level, c.clause)
		asked := false
		for _, r := range v.Reasons {
			asked = asked || r.TextID == "W-UK-DOUBT" && len(r.Spans) == 1 && r.Confidence == 0.6 && strings.Contains(r.Text, "SECRET")
		}
		if want := c.name == "work" || c.name == "unclear" || c.name == "beside a lower sure one"; asked != want {
			t.Errorf("%s: asked %v: %+v", c.name, asked, v.Reasons)
		}
	}
	expect(t, "Canada", Decide(in(doubtful(protected)), packs(t, ca), Settings{}, now), "care consider warn", "GC-I3.1")
	expect(t, "North Carolina", Decide(in(doubtful(protected)), packs(t, nc), ncAuthorised(), now), "care consider warn", "NC-G7a")
}

func TestDuration(t *testing.T) {
	for _, c := range []struct {
		s      int64
		en, fr string
	}{
		{86400, "1 day", "1 jour"}, {604800, "1 week", "1 semaine"}, {7776000, "90 days", "90 jours"},
		{3600, "1 hour", "1 heure"}, {5400, "90 minutes", "90 minutes"}, {30, "30 seconds", "30 secondes"}, {0, "", ""},
	} {
		if en, fr := duration(c.s, "en"), duration(c.s, "fr"); en != c.en || fr != c.fr {
			t.Errorf("%d: %q %q", c.s, en, fr)
		}
	}
}

func TestDayOf(t *testing.T) {
	for _, c := range []struct {
		at, day string
	}{
		{"2026-11-22T10:00:00Z", "2026-11-22"}, {"2024-02-29T23:59:59.5+05:00", "2024-02-29"},
		{"2023-02-29T00:00:00Z", ""}, {"2000-02-29T00:00:00Z", "2000-02-29"}, {"1900-02-29T00:00:00Z", ""},
		{"2026-04-31T00:00:00Z", ""}, {"2026-13-01T00:00:00Z", ""}, {"2026-00-10T00:00:00Z", ""}, {"2026-01-00T00:00:00Z", ""},
		{"2026-11-22", ""}, {"2026-11-22 10:00:00Z", ""}, {"22-11-2026T10:00:00Z", ""}, {"2026-1x-22T10:00:00Z", ""}, {"", ""},
	} {
		if day, ok := dayOf(c.at); day != c.day || ok != (c.day != "") {
			t.Errorf("%q: %q %v", c.at, day, ok)
		}
	}
}

// The limits of a pack hold, by name.
func TestLoadLimits(t *testing.T) {
	clause := `{"id":"A","para":"1","text":"t"}`
	for _, c := range []struct{ old, new, want string }{
		{`"languages":["en"]`, `"languages":["en"` + strings.Repeat(`,"x"`, maxList) + `]`, "languages: is too long a list"},
		{clause, clause + strings.Repeat(","+clause, maxList), "clauses: is too long a list"},
		{`"E":"e"`, `"E":"e"` + texts1025(), "strings.en: has too many texts"},
		{`"rows":[{"when":{},`, `"rows":[],"x":[{"when":{},`, "tables[1].rows: is empty"},
		{`"when":{}`, `"when":{"identifiers":[3]}`, "tables[1].rows[0].when.identifiers: unknown value"},
		{`"languages":["en"]`, `"languages":["fr"]`, `applies.extended_text: unknown text "E"`},
	} {
		if !strings.Contains(smallPack, c.old) {
			t.Errorf("the pack has no %s", c.old)
		}
		if _, err := Load([]byte(strings.Replace(smallPack, c.old, c.new, 1))); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%.40s: %v, want %q", c.new, err, c.want)
		}
	}
}

func texts1025() string {
	var b strings.Builder
	for i := range 2*maxList + 1 {
		fmt.Fprintf(&b, `,"t%d":"x"`, i)
	}
	return b.String()
}

// A loaded pack that asks for more than its max_action allows is refused; one made
// otherwise is held to it.
func TestMaxActionHolds(t *testing.T) {
	p := *packs(t, uk)[0]
	p.MaxAction = Warn
	v := Decide(in(marked(secret), device(message.DeviceUnmanaged)), []*Pack{&p}, Settings{}, now)
	expect(t, "capped", v, "prohibited consider warn", "UK-11")
}

// A language the pack lacks falls back to its first.
func TestTextFallsBack(t *testing.T) {
	p := packs(t, uk)[0]
	if p.Text("W-UK-11", "de") != p.Text("W-UK-11", "en") || p.Text("W-UK-11", "fr") == p.Text("W-UK-11", "en") {
		t.Error("no fall-back")
	}
	if (&Pack{}).Text("W-UK-11", "en") != "" {
		t.Error("a text out of nothing")
	}
}

// A pack that nobody signed cannot leave acts unnamed that the rule books name.
func TestUnsignedNamesNoFewerActs(t *testing.T) {
	strict, _ := Bundled(ca)
	strict.ID, strict.Thresholds.Act = "own", 10000
	all := func(trust string) []*Pack {
		own := *strict
		own.Trust = trust
		return append(packs(t, uk), &own)
	}
	input := in(significant(9300), act(1))
	if v := Decide(input, all(TrustUnsigned), Settings{}, now); len(v.Significance.Acts) != 1 {
		t.Errorf("unsigned: acts %v", v.Significance.Acts)
	}
	if v := Decide(input, all(TrustSigned), Settings{}, now); len(v.Significance.Acts) != 0 {
		t.Errorf("signed: acts %v", v.Significance.Acts)
	}
}
