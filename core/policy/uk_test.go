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

var devices = []message.Device{message.DeviceManaged, message.DeviceBYODManaged, message.DeviceUnmanaged, message.DeviceUnknown}

var levels = []struct {
	name  string
	apply func(*Input)
}{
	{"none", func(*Input) {}},
	{"consider", significant(1500)},
	{"capture", significant(2500)},
	{"stop", significant(9300)},
	{"unknown", unknownText},
}

// The matrix of paragraphs 9 to 11: information x device x significance x marking.
func TestUKMatrix(t *testing.T) {
	information := []struct {
		name  string
		apply func(*Input)
		marks []marking.Marking
	}{
		{"TOP SECRET", chat(message.ScopeWork), []marking.Marking{topSecret}},
		{"SECRET", chat(message.ScopeWork), []marking.Marking{secret}},
		{"SECRET, personal chat", chat(message.ScopePersonal), []marking.Marking{secret}},
		{"work chat", chat(message.ScopeWork), []marking.Marking{{}, official, sensitive}},
		{"unset chat, unclear", func(i *Input) { chat(message.ScopeUnset)(i); class("unclear")(i) }, []marking.Marking{{}, sensitive}},
		{"unset chat, personal", func(i *Input) { chat(message.ScopeUnset)(i); class("personal")(i) }, []marking.Marking{{}}},
		{"mixed chat, political", func(i *Input) { chat(message.ScopeMixed)(i); class("political")(i) }, []marking.Marking{{}}},
		{"personal chat", chat(message.ScopePersonal), []marking.Marking{{}, sensitive}},
	}
	var b strings.Builder
	b.WriteString("The UK matrix: information, marking | significance | one column a device: permission duty action override clause.\n")
	b.WriteString("A managed device of one's own (17a) is judged as managed, an unknown one as unmanaged (17b).\n")
	for _, info := range information {
		for _, m := range info.marks {
			fmt.Fprintf(&b, "\n%s, %s\n", info.name, tierOr(m.Tier))
			for _, s := range levels {
				cells := make([]string, len(devices))
				for i, d := range devices {
					input := in(info.apply, device(d))
					s.apply(&input)
					if s.name != "unknown" && strings.Contains(info.name, "chat, ") {
						info.apply(&input)
					}
					if m.Tier != "" {
						marked(m)(&input)
					}
					v := Decide(input, packs(t, uk), Settings{}, now)
					speaks(t, info.name, &v)
					cells[i] = cell(v)
				}
				if cells[0] != cells[1] || cells[2] != cells[3] {
					t.Errorf("%s %s: devices differ: %q", info.name, s.name, cells)
				}
				fmt.Fprintf(&b, "  %-8s | managed, byod_managed   %s\n  %-8s | unmanaged, unknown      %s\n", s.name, cells[0], "", cells[2])
			}
		}
	}
	golden(t, "uk-matrix.golden", b.String())
}

func tierOr(tier string) string {
	if tier == "" {
		return "unmarked"
	}
	return tier
}

func cell(v Verdict) string {
	out := levelOf(v)
	for _, r := range v.Reasons {
		out += " " + strings.TrimPrefix(r.Clause, "UK-")
		if r.Override != "" {
			out += "(" + r.Override + ")"
		}
		if r.Once != "" {
			out += "[once a " + r.Once + "]"
		}
	}
	for _, o := range v.Obligations {
		out += " +" + o.Kind
	}
	return out
}

func TestUKReportNamesBoth(t *testing.T) {
	v := Decide(in(device(message.DeviceUnknown), significant(9300)), packs(t, uk), Settings{}, now)
	want := []Obligation{{Kind: "justify"}, {Kind: "report", To: "Knowledge and Information Management team"},
		{Kind: "report", To: "Head of Unit"}, {Kind: "capture"}}
	if fmt.Sprint(v.Obligations) != fmt.Sprint(want) {
		t.Errorf("obligations %v, want %v", v.Obligations, want)
	}
	if !strings.Contains(words(v), "(paragraph 10a)") {
		t.Errorf("no paragraph in %q", words(v))
	}
}

// The rules are the same for ministers, officials and contractors (3):
// the level never depends on the role. A minister is told of the private office
// (22), everybody else but officials that the guidance is theirs too.
func TestUKRole(t *testing.T) {
	for _, input := range everyInput()[:200] {
		want := levelOf(Decide(input, packs(t, uk, ca, nc), Settings{}, now))
		for _, role := range Roles {
			if got := levelOf(Decide(input, packs(t, uk, ca, nc), Settings{Role: role}, now)); got != want {
				t.Fatalf("%s: %s, an official %s", role, got, want)
			}
		}
	}
	for _, role := range Roles {
		v := Decide(in(significant(2500)), packs(t, uk), Settings{Role: role}, now)
		want := map[string]string{"official": "", "minister": "W-UK-22"}
		text, ok := want[role]
		if !ok {
			text = "W-UK-3"
		}
		if got := textOf(v, "role"); got != text {
			t.Errorf("%s: %q, want %q", role, got, text)
		}
		if v := Decide(in(), packs(t, uk), Settings{Role: role}, now); textOf(v, "role") != "" {
			t.Errorf("%s: told of it on a routine message", role)
		}
	}
}

// textOf is the text id of the reason that this cause gave, "" where it gave none.
func textOf(v Verdict, cause string) string {
	for _, r := range v.Reasons {
		if r.Detector == cause {
			return r.TextID
		}
	}
	return ""
}

// In an unset chat a message half taken for personal is not let by.
func TestUKUnsureScope(t *testing.T) {
	sure := func(p classify.Prob) func(*Input) { return func(i *Input) { i.Class.ScopeProb = p } }
	unset := chat(message.ScopeUnset)
	expect(t, "sure", Decide(in(unset, class("personal"), sure(6000), significant(9300)), packs(t, uk), Settings{}, now), "permitted none allow", "")
	expect(t, "unsure", Decide(in(unset, class("personal"), sure(5999), significant(9300)), packs(t, uk), Settings{}, now), "care capture notice", "UK-9a")
	expect(t, "unsure business", Decide(in(unset, sure(5999), device(message.DeviceUnmanaged)), packs(t, uk), Settings{}, now), "permitted_with_regard none allow", "UK-10b")
	expect(t, "said by the person", Decide(in(sure(100), device(message.DeviceUnmanaged)), packs(t, uk), Settings{}, now), "permitted_with_regard none notice", "UK-10b")
}

// Every stop that rests on significance alone has its way out, and only p_stop stops.
func TestUKStopsOnSignificance(t *testing.T) {
	for p := classify.Prob(0); p <= 10000; p += 100 {
		for _, d := range devices {
			for _, c := range []string{"whatsapp", "gmail", "sms", ""} {
				v := Decide(in(device(d), significant(p), channel(c)), packs(t, uk), Settings{}, now)
				stops := v.Action == "warn" || v.Action == "justify" || v.Action == "block"
				if stops && p < 9000 {
					t.Fatalf("%d on %s stops: %s", p, d, v.Action)
				}
				if stops && v.Reasons[0].Override != "not_significant" {
					t.Fatalf("%d on %s: override %q", p, d, v.Reasons[0].Override)
				}
			}
		}
	}
}

func TestUKMail(t *testing.T) {
	mail := channel("gmail")
	expect(t, "marked", Decide(in(mail, marked(sensitive)), packs(t, uk), Settings{}, now), "care consider justify", "UK-33")
	expect(t, "significant", Decide(in(mail, significant(9300)), packs(t, uk), Settings{}, now), "care capture warn", "UK-33")
	expect(t, "likely", Decide(in(mail, significant(6000)), packs(t, uk), Settings{}, now), "care capture notice", "UK-9a")
	expect(t, "logistical", Decide(in(mail), packs(t, uk), Settings{}, now), "permitted none allow", "UK-9b")
	expect(t, "unmanaged", Decide(in(mail, device(message.DeviceUnmanaged), marked(sensitive)), packs(t, uk), Settings{}, now),
		"exceptional_only consider justify", "UK-10a")
}

func TestUKPersonalData(t *testing.T) {
	nino := found("uk-nino", detect.ClassIdentifier, 950)
	v := Decide(in(nino, nino), packs(t, uk), Settings{}, now)
	expect(t, "nino", v, "care none warn", "UK-36")
	if r := v.Reasons[0]; len(r.Spans) != 2 || r.Detector != "uk-nino" || !strings.Contains(r.Text, "National Insurance number") {
		t.Errorf("reason %+v", r)
	}
	expect(t, "weak", Decide(in(found("uk-nino", detect.ClassIdentifier, 600)), packs(t, uk), Settings{}, now),
		"permitted_with_regard none notice", "UK-35")
	expect(t, "personal chat", Decide(in(nino, chat(message.ScopePersonal)), packs(t, uk), Settings{}, now), "permitted none allow", "")
	expect(t, "password", Decide(in(found("password", detect.ClassSecret, 900)), packs(t, uk), Settings{}, now), "care none warn", "UK-32")

	phone := found("phone", detect.ClassContact, 900)
	four, five := in(phone, phone, phone, phone), in(phone, phone, phone, phone, phone)
	expect(t, "four phones", Decide(four, packs(t, uk), Settings{}, now), "permitted none allow", "UK-9b")
	v = Decide(five, packs(t, uk), Settings{}, now)
	expect(t, "five phones", v, "permitted_with_regard none notice", "UK-36")
	if !strings.Contains(v.Reasons[0].Text, "(5)") {
		t.Errorf("no number in %q", v.Reasons[0].Text)
	}

	// A phone number beside what matters is no reason of its own.
	v = Decide(in(nino, phone), packs(t, uk), Settings{}, now)
	for _, r := range v.Reasons {
		if r.Detector == "phone" {
			t.Errorf("one phone number gives a reason: %+v", r)
		}
	}
	// The guidance says nothing of links.
	expect(t, "link", Decide(in(found("link", detect.ClassLink, 990)), packs(t, uk), Settings{}, now), "permitted none allow", "UK-9b")
}

// Timer x row 2 x hold (24, 28).
func TestUKTimer(t *testing.T) {
	for _, c := range []struct {
		timer  int64
		sig    classify.Prob
		hold   message.Hold
		clause string // of the timer's reason
	}{
		{0, 9000, message.HoldUnknown, ""},
		{0, 9000, message.HoldHeld, ""},
		{86400, 100, message.HoldUnknown, ""},
		{86400, 9000, message.HoldUnknown, "UK-24"},
		{86400, 9000, message.HoldNone, "UK-24"},
		{86400, 100, message.HoldHeld, "UK-28"},
		{86400, 9000, message.HoldHeld, "UK-28"},
	} {
		v := Decide(in(timer(c.timer), significant(c.sig), hold(c.hold)), packs(t, uk), Settings{}, now)
		got := ""
		for _, r := range v.Reasons {
			if r.Detector == "timer" {
				got = r.Clause
				if !strings.Contains(r.Text, "1 day") {
					t.Errorf("no time in %q", r.Text)
				}
			}
		}
		if got != c.clause {
			t.Errorf("%+v: got %q", c, got)
		}
	}
}

// A corporate account gives corporate access: no NCCC, by account and not by brand (12).
func TestUKCorporateAccount(t *testing.T) {
	set := Settings{Organisation: Organisation{Domains: []string{"dept.example"}}}
	for _, c := range []struct {
		account string
		silent  bool
	}{
		{"a@dept.example", true}, {"A@Mail.DEPT.example", true}, {"a@dept.example.net", false},
		{"a@notdept.example", false}, {"+447700900123", false}, {"", false}, {"@dept.example", false},
	} {
		v := Decide(in(channel("gmail"), account(c.account), marked(secret)), packs(t, uk), set, now)
		if silent := v.Action == "allow" && len(v.Reasons) == 0; silent != c.silent {
			t.Errorf("%q: silent %v", c.account, silent)
		}
	}
	if v := Decide(in(account("a@dept.example"), marked(secret)), packs(t, uk), Settings{}, now); v.Action != "block" {
		t.Errorf("without an organisation no account is corporate: %s", v.Action)
	}
}

// An unknown channel is judged as one without corporate access, and said to be unknown (13).
func TestUKUnknownChannel(t *testing.T) {
	known := Decide(in(significant(9300), device(message.DeviceUnmanaged)), packs(t, uk), Settings{}, now)
	other := Decide(in(significant(9300), device(message.DeviceUnmanaged), channel("newchat")), packs(t, uk), Settings{}, now)
	if levelOf(known) != levelOf(other) {
		t.Errorf("known %s, unknown %s", levelOf(known), levelOf(other))
	}
	if len(known.Warnings) != 0 || len(other.Warnings) != 1 || other.Warnings[0].Field != "channel" {
		t.Errorf("warnings %v and %v", known.Warnings, other.Warnings)
	}
}

func TestUKOnce(t *testing.T) {
	first := Decide(in(device(message.DeviceUnmanaged)), packs(t, uk), Settings{}, now)
	expect(t, "first", first, "permitted_with_regard none notice", "UK-10b")
	seen := Settings{Acknowledged: []string{uk + "/UK-10b"}}
	again := Decide(in(device(message.DeviceUnmanaged)), packs(t, uk), seen, now)
	expect(t, "again", again, "permitted_with_regard none allow", "UK-10b")
	// What is not shown once only cannot be acknowledged away.
	all := Settings{Acknowledged: []string{uk + "/UK-10a", uk + "/UK-11", uk + "/UK-36"}}
	expect(t, "10a", Decide(in(device(message.DeviceUnmanaged), significant(9300)), packs(t, uk), all, now), "exceptional_only capture justify", "UK-10a")
	expect(t, "11", Decide(in(marked(secret)), packs(t, uk), all, now), "prohibited consider block", "UK-11")
}

// A text that says nothing is routine; one the model cannot read never looks fine.
func TestUKUnjudged(t *testing.T) {
	none := func(i *Input) { i.Class = classify.Result{} }
	for _, c := range []struct{ text, level string }{
		{"", "permitted none allow"}, {"ok", "permitted none allow"}, {"👍👍", "permitted none allow"}, {"14:30", "permitted none allow"},
		{"Dziękuję!", "permitted none allow"},
		{"abcdef ghijkl", "permitted none allow"}, {"abcdef ghijklm", "unknown unknown notice"},
		{"批准了", "permitted none allow"}, {"批准了吧", "unknown unknown notice"}, {"批准", "permitted none allow"},
		{"我们同意这个合同", "unknown unknown notice"},
		{"Zatwierdzam podpisanie umowy.", "unknown unknown notice"},
	} {
		expect(t, c.text, Decide(in(none, body(c.text)), packs(t, uk), Settings{}, now), c.level, "*")
	}
	file := func(i *Input) { i.Draft.Attachments = []message.Attachment{{Name: "contract.pdf"}} }
	expect(t, "file in a work chat", Decide(in(none, body(""), file), packs(t, uk), Settings{}, now), "unknown unknown notice", "UK-6")
	expect(t, "file elsewhere", Decide(in(none, body(""), file, chat(message.ScopeUnset)), packs(t, uk), Settings{}, now), "permitted none allow", "*")
}

func TestOverdue(t *testing.T) {
	for at, overdue := range map[string]bool{
		"2025-12-31T23:59:59Z": false, "2026-01-01T00:00:00Z": true, now: true, "": false, "tomorrow": false,
	} {
		v := Decide(in(), packs(t, uk), Settings{}, at)
		if v.Packs[0].Overdue != overdue {
			t.Errorf("%s: overdue %v", at, v.Packs[0].Overdue)
		}
		if (len(v.Warnings) == 1) != (len(at) < 20) {
			t.Errorf("%s: warnings %v", at, v.Warnings)
		}
	}
	if v := Decide(in(), packs(t, ca), Settings{}, now); v.Packs[0].Overdue {
		t.Error("a pack without a review date is overdue")
	}
}

// Paragraph 18: a personal chat that has turned is spoken of once a day and never
// stopped; the person may set it to work.
func TestUKDrift(t *testing.T) {
	turned := in(chat(message.ScopePersonal), func(i *Input) { i.Drift = true }, significant(9500), device(message.DeviceUnmanaged))
	v := Decide(turned, packs(t, uk), Settings{}, now)
	if v.Action != "notice" || v.Permission != "permitted" || len(v.Reasons) != 1 {
		t.Fatalf("%s, %s, %+v", v.Action, v.Permission, v.Reasons)
	}
	if r := v.Reasons[0]; r.Clause != "UK-18.2" || r.Once != "chat_day" || r.Detector != "drift" {
		t.Errorf("the reason is %+v", r)
	}
	if v = Decide(turned, packs(t, uk), Settings{Acknowledged: []string{uk + "/UK-18.2"}}, now); v.Action != "allow" {
		t.Errorf("said once today, the action is still %s", v.Action)
	}
	if v = Decide(in(chat(message.ScopePersonal), significant(9500)), packs(t, uk), Settings{}, now); len(v.Reasons) != 0 {
		t.Errorf("a personal chat that has not turned: %+v", v.Reasons)
	}
}
