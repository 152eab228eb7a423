package policy

import (
	"strings"
	"testing"

	"hanaper/core/classify"
	"hanaper/core/detect"
	"hanaper/core/marking"
	"hanaper/core/message"
)

// hints are the text ids of a verdict's advice.
func hints(v Verdict) string {
	ids := make([]string, len(v.Advice))
	for i, a := range v.Advice {
		ids[i] = a.TextID
	}
	return strings.Join(ids, " ")
}

// On an unmanaged device three tips stand beside the first routine message of a
// session (10b, 32, 33), and none afterwards.
func TestUKTips(t *testing.T) {
	own := in(device(message.DeviceUnmanaged))
	if got := hints(Decide(own, packs(t, uk), Settings{}, now)); got != "A-UK-10b-1 A-UK-10b-2 A-UK-10b-3" {
		t.Errorf("tips: %s", got)
	}
	seen := Settings{Acknowledged: []string{uk + "/UK-10b"}}
	if got := hints(Decide(own, packs(t, uk), seen, now)); got != "" {
		t.Errorf("tips once more: %s", got)
	}
	if got := hints(Decide(in(), packs(t, uk), Settings{}, now)); got != "" {
		t.Errorf("tips on a managed device: %s", got)
	}
}

// The words say which half of the definition the message meets (14).
func TestUKLimbs(t *testing.T) {
	for _, c := range []struct {
		direction, change classify.Prob
		text              string
	}{
		{0, 0, "W-UK-19"}, {9000, 0, "W-UK-19-DIRECTION"}, {0, 5000, "W-UK-19-CHANGE"}, {9000, 9000, "W-UK-19-BOTH"}, {4999, 4999, "W-UK-19"},
	} {
		v := Decide(in(significant(2500), limbs(c.direction, c.change)), packs(t, uk), Settings{}, now)
		found := false
		for _, r := range v.Reasons {
			found = found || r.TextID == c.text && contains(r.Also, "UK-14") && r.Clause == "UK-19"
		}
		if !found || v.Duty != "capture" {
			t.Errorf("%d %d: %s, no %s in %v", c.direction, c.change, v.Duty, c.text, v.Reasons)
		}
	}
	// A limb alone makes nothing significant.
	expect(t, "a limb alone", Decide(in(limbs(9000, 9000)), packs(t, uk), Settings{}, now), "permitted none allow", "UK-9b")
}

// A chat that is not set to work and has turned is said to have, once a day (18).
func TestUKDriftChats(t *testing.T) {
	drift := func(i *Input) { i.Drift = true }
	for scope, want := range map[message.ChatScope]string{
		message.ScopePersonal: "W-UK-18-DRIFT", message.ScopeMixed: "W-UK-18-DRIFT", message.ScopeUnset: "W-UK-18-DRIFT", message.ScopeWork: "",
	} {
		v := Decide(in(drift, chat(scope), class("personal")), packs(t, uk), Settings{}, now)
		if got := textOf(v, "drift"); got != want {
			t.Errorf("%s: %q, want %q", scope, got, want)
		}
		if want != "" && levelOf(v) != "permitted none notice" {
			t.Errorf("%s: %s", scope, levelOf(v))
		}
	}
	seen := Settings{Acknowledged: []string{uk + "/UK-18.2"}}
	expect(t, "seen", Decide(in(drift, chat(message.ScopePersonal)), packs(t, uk), seen, now), "permitted none allow", "UK-18.2")
}

// Before the last day in the post a final review is due (23, 27); ministers read
// of the Ministerial Code; what is held belongs to the Crown (5).
func TestUKLeaving(t *testing.T) {
	for _, c := range []struct{ role, last, text string }{
		{"official", "2026-12-06", "W-UK-23"}, {"contractor", "2026-11-22", "W-UK-23"}, {"minister", "2026-12-06", "W-UK-27-MINISTER"},
		{"official", "2026-12-07", ""}, {"official", "", ""},
	} {
		v := Decide(in(), packs(t, uk), Settings{Role: c.role, LeaverDate: c.last}, now)
		if got := textOf(v, "leaving"); got != c.text {
			t.Errorf("%s leaving %s: %q, want %q", c.role, c.last, got, c.text)
		}
		if c.text == "" {
			continue
		}
		expect(t, c.text, v, "permitted none notice", "*")
		r := v.Reasons[0]
		if !strings.Contains(r.Text, c.last) || !contains(r.Also, "UK-5") || r.Once != "session" {
			t.Errorf("%+v", r)
		}
	}
	v := Decide(in(chat(message.ScopePersonal)), packs(t, uk), Settings{LeaverDate: "2026-12-01"}, now)
	expect(t, "personal chat", v, "permitted none allow", "")
}

// Somebody whom the department takes for a target is asked on every unmanaged
// device, and nowhere else (34).
func TestUKTargeted(t *testing.T) {
	target := Settings{HighRisk: true}
	own := device(message.DeviceUnmanaged)
	expect(t, "at work", Decide(in(own), packs(t, uk), target, now), "care none warn", "UK-34")
	expect(t, "who knows where", Decide(in(own, chat(message.ScopeUnset), class("unclear")), packs(t, uk), target, now), "care none notice", "UK-34")
	expect(t, "personal chat", Decide(in(own, chat(message.ScopePersonal)), packs(t, uk), target, now), "permitted none allow", "")
	expect(t, "managed", Decide(in(), packs(t, uk), target, now), "permitted none allow", "UK-9b")
	expect(t, "nobody's target", Decide(in(own), packs(t, uk), Settings{}, now), "permitted_with_regard none notice", "UK-10b")
}

// Personal data again and again in one chat is routine use (37).
func TestUKRoutine(t *testing.T) {
	nino := found("uk-nino", detect.ClassIdentifier, 950)
	for notices, want := range map[int64]bool{0: false, 4: false, 5: true, 100: true} {
		v := Decide(in(nino), packs(t, uk), Settings{PersonalNotices: notices}, now)
		got := false
		for _, r := range v.Reasons {
			got = got || r.Clause == "UK-37.2"
		}
		if got != want {
			t.Errorf("%d notices: %v", notices, got)
		}
	}
	if v := Decide(in(), packs(t, uk), Settings{PersonalNotices: 9}, now); levelOf(v) != "permitted none allow" {
		t.Errorf("without personal data: %s", levelOf(v))
	}
}

// On a private device a significant message comes with a way to move the talk (20).
func TestUKSwitch(t *testing.T) {
	v := Decide(in(device(message.DeviceUnmanaged), significant(2500)), packs(t, uk), Settings{}, now)
	if got := hints(v); got != "A-UK-SWITCH A-UK-20" || v.Advice[1].Kind != "reply" {
		t.Errorf("advice %v", v.Advice)
	}
	if !contains(v.Reasons[0].Also, "UK-20") {
		t.Errorf("reason %+v", v.Reasons[0])
	}
}

// Which descriptors ask for protection is the pack's list, not the core's (7).
func TestUKDescriptors(t *testing.T) {
	plain := *packs(t, uk)[0]
	plain.Vocabulary.Descriptors = []string{"WIDGETS"}
	for _, c := range []struct {
		text string
		all  []string // descriptors the core read
		pack *Pack
		want string
	}{
		{"OFFICIAL COMMERCIAL", []string{"COMMERCIAL"}, packs(t, uk)[0], "care consider warn"},
		{"OFFICIAL COMMERCIAL", []string{"COMMERCIAL"}, &plain, "permitted none allow"},
		{"OFFICIAL", nil, packs(t, uk)[0], "permitted none allow"},
		{"OFFICIAL - WIDGETS: the plan", nil, &plain, "care consider warn"},
		{"OFFICIAL: WIDGETS", nil, &plain, "care consider warn"},
		{"OFFICIAL - WIDGETSHOP", nil, &plain, "permitted none allow"},
		{"OFFICIAL - widgets", nil, &plain, "permitted none allow"},
		{"OFFICIAL - WIDGETS", nil, packs(t, uk)[0], "permitted none allow"},
	} {
		input := in(body(c.text), func(i *Input) {
			i.Markings = []marking.Marking{{Scheme: "uk", Tier: "OFFICIAL", Rank: marking.RankOfficial, Descriptors: c.all,
				Sensitive: c.all != nil, Confidence: 950, Span: message.Span{Field: "body", End: len("OFFICIAL")}}}
		})
		if got := levelOf(Decide(input, []*Pack{c.pack}, Settings{}, now)); got != c.want {
			t.Errorf("%q with %v: %s, want %s", c.text, c.pack.Vocabulary.Descriptors, got, c.want)
		}
	}
}

// A briefing that fell due is said once a session, at work only (GC-I4, NC-G11).
func TestBriefingDue(t *testing.T) {
	for _, c := range []struct{ pack, clause string }{{ca, "GC-I4"}, {nc, "NC-G11"}} {
		set := ncAuthorised()
		set.Briefings = []Briefing{{c.pack, packs(t, c.pack)[0].Version, "2026-01-01"}}
		quiet := Decide(in(), packs(t, c.pack), set, now)
		set.Briefings[0].Date = "2025-11-01"
		due := Decide(in(), packs(t, c.pack), set, now)
		if quiet.Action != "allow" || due.Action != "notice" || due.Reasons[0].Clause != c.clause || due.Reasons[0].Once != "session" {
			t.Errorf("%s: %s, when due %s %+v", c.pack, quiet.Action, due.Action, due.Reasons)
		}
		if c.pack == nc && strings.Join(due.Reasons[0].Also, " ") != "NC-G10 NC-F4" {
			t.Errorf("beside NC-G11 stand %v", due.Reasons[0].Also)
		}
		set.Briefings[0] = Briefing{c.pack, "0.9.0", "2026-11-01"}
		if v := Decide(in(), packs(t, c.pack), set, now); v.Action != "notice" {
			t.Errorf("%s: new rules: %s", c.pack, v.Action)
		}
		if v := Decide(in(chat(message.ScopePersonal)), packs(t, c.pack), set, now); v.Action != "allow" {
			t.Errorf("%s, personal chat: %s", c.pack, v.Action)
		}
	}
}

// Where something of business value is noticed, and only there, the person reads
// where to send a copy (GC-E5.3), and how to make one by hand (GC-E5.4).
func TestGCForward(t *testing.T) {
	for n := range classify.Acts {
		v := Decide(in(significant(2500), act(n)), packs(t, ca), Settings{}, now)
		if hints(v) != "A-GC-FORWARD" || !contains(v.Reasons[0].Also, "GC-E5.3") || !contains(v.Reasons[0].Also, "GC-E5.4") {
			t.Errorf("%s: advice %q, beside %s %v", classify.Acts[n], hints(v), v.Reasons[0].Clause, v.Reasons[0].Also)
		}
		for _, words := range []string{"GC e-mail account", "copy it out", "to, from, date, time and subject"} {
			if !strings.Contains(v.Advice[0].Text, words) {
				t.Errorf("no %q in %q", words, v.Advice[0].Text)
			}
		}
	}
	if got := hints(Decide(in(significant(1500)), packs(t, ca), Settings{}, now)); got != "" {
		t.Errorf("what is only to be thought about: %s", got)
	}
}

// Nothing is held against anybody: who writes changes no verdict (NI-R, C11).
func TestNoRanking(t *testing.T) {
	set := ncAuthorised()
	for _, input := range everyInput()[:200] {
		input.Draft.Account = "a.person@mail.example"
		want := encoded(Decide(input, packs(t, uk, ca, nc), set, now))
		input.Draft.Account = "b.person@mail.example"
		if got := encoded(Decide(input, packs(t, uk, ca, nc), set, now)); got != want {
			t.Fatalf("another person:\n got %s\nwant %s", got, want)
		}
	}
}

// Every table of North Carolina's pack answers a risk, and every risk has a
// control (NC-P, NC-S7).
func TestNCRisks(t *testing.T) {
	p := packs(t, nc)[0]
	answered := map[string]bool{}
	for _, r := range p.Risks {
		if len(r.Controls) == 0 || r.Text == "" {
			t.Errorf("the risk %s has no control or no name", r.ID)
		}
		for _, c := range r.Controls {
			answered[c] = true
		}
	}
	for i := range p.Tables {
		if !answered[p.Tables[i].ID] {
			t.Errorf("the table %s answers no risk", p.Tables[i].ID)
		}
	}
}
