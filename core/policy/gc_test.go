package policy

import (
	"strings"
	"testing"

	"hanaper/core/detect"
	"hanaper/core/message"
)

func TestGCRecord(t *testing.T) {
	for _, c := range []struct {
		name   string
		input  Input
		level  string
		clause string
	}{
		{"decision", in(significant(9300), act(0)), "permitted capture notice", "GC-E4.2"},
		{"approval", in(significant(9300), act(1)), "permitted capture notice", "GC-E4.b"},
		{"permission", in(significant(9300), act(2)), "permitted capture notice", "GC-E4.c"},
		{"request", in(significant(2500), act(3)), "permitted capture notice", "GC-E4.a"},
		{"change", in(significant(2500), act(4)), "permitted capture notice", "GC-E4.2"},
		{"the likelier of two acts", in(significant(2500), act(1), func(i *Input) { i.Class.Acts[0] = 6000 }), "permitted capture notice", "GC-E4.b"},
		{"no act", in(significant(2500)), "permitted capture notice", "GC-E4.2"},
		{"act without significance", in(act(1)), "permitted transitory allow", ""},
		{"perhaps", in(significant(1500)), "permitted consider allow", "GC-E4.1"},
		{"routine", in(), "permitted transitory allow", ""},
		{"personal chat", in(significant(9300), chat(message.ScopePersonal)), "permitted none allow", ""},
		{"another language", in(unknownText), "permitted unknown notice", "GC-E2"},
		{"unmanaged device", in(significant(9300), device(message.DeviceUnmanaged)), "permitted capture notice", "GC-E4.2"},
	} {
		expect(t, c.name, Decide(c.input, packs(t, ca), Settings{}, now), c.level, c.clause)
	}
}

func TestGCSensitive(t *testing.T) {
	sin := found("ca-sin", detect.ClassIdentifier, 970)
	for _, c := range []struct {
		name   string
		input  Input
		level  string
		clause string
	}{
		{"protected", in(marked(protected)), "prohibited consider block", "GC-I3.1"},
		{"protected, personal chat", in(marked(protected), chat(message.ScopePersonal)), "prohibited none block", "GC-I3.1"},
		{"secret", in(marked(secret)), "prohibited consider block", "GC-I3.1"},
		{"the bare word official", in(marked(official)), "permitted transitory allow", ""},
		{"number at work", in(sin), "prohibited transitory block", "GC-I3.1"},
		{"number, who knows where", in(sin, chat(message.ScopeUnset), class("unclear")), "care transitory warn", "GC-I3.1"},
		{"number at home", in(sin, chat(message.ScopePersonal)), "permitted none allow", ""},
		{"weak number", in(found("ca-sin", detect.ClassIdentifier, 550)), "care transitory notice", "GC-I3.1"},
		{"key", in(found("api-key", detect.ClassSecret, 970)), "prohibited transitory block", "GC-I3.1"},
	} {
		v := Decide(c.input, packs(t, ca), Settings{}, now)
		expect(t, c.name, v, c.level, c.clause)
		if v.Action == "block" && v.Reasons[0].Override != "reason" {
			t.Errorf("%s: override %q", c.name, v.Reasons[0].Override)
		}
	}
}

// The exception of institutions 3 holds when every one of its conditions does.
func TestGCApprovedChannel(t *testing.T) {
	whole := ApprovedChannel{Channel: "whatsapp", SecurityApprover: "A. Tremblay", TechnicalApprover: "B. Roy",
		Date: "2026-01-01", Expires: "2026-12-31", Authentication: true, Authorization: true, NonRepudiation: true,
		EndToEnd: true, ApprovedAlgorithms: true, AlgorithmsReference: "ITSP.40.111"}
	judge := func(a ApprovedChannel, at string) string {
		set := Settings{ApprovedChannels: []ApprovedChannel{a}}
		return Decide(in(marked(protected)), packs(t, ca), set, at).Action
	}
	breaks := []struct {
		name string
		f    func(*ApprovedChannel)
	}{
		{"channel", func(a *ApprovedChannel) { a.Channel = "signal" }},
		{"security approver", func(a *ApprovedChannel) { a.SecurityApprover = "" }},
		{"technical approver", func(a *ApprovedChannel) { a.TechnicalApprover = "" }},
		{"date", func(a *ApprovedChannel) { a.Date = "" }},
		{"expiry", func(a *ApprovedChannel) { a.Expires = "" }},
		{"not yet", func(a *ApprovedChannel) { a.Date = "2026-11-23" }},
		{"no longer", func(a *ApprovedChannel) { a.Expires = "2026-11-21" }},
		{"authentication", func(a *ApprovedChannel) { a.Authentication = false }},
		{"authorization", func(a *ApprovedChannel) { a.Authorization = false }},
		{"non-repudiation", func(a *ApprovedChannel) { a.NonRepudiation = false }},
		{"end to end", func(a *ApprovedChannel) { a.EndToEnd = false }},
		{"algorithms", func(a *ApprovedChannel) { a.ApprovedAlgorithms = false }},
		{"reference", func(a *ApprovedChannel) { a.AlgorithmsReference = "" }},
	}
	for n := range 1 << len(breaks) {
		a := whole
		for i, b := range breaks {
			if n&(1<<i) != 0 {
				b.f(&a)
			}
		}
		want := "block"
		if n == 0 {
			want = "justify"
		}
		if got := judge(a, now); got != want {
			t.Fatalf("with %013b broken: %s, want %s", n, got, want)
		}
	}
	if got := judge(whole, ""); got != "block" {
		t.Errorf("on an unknown day: %s", got)
	}
	set := Settings{ApprovedChannels: []ApprovedChannel{whole}}
	expect(t, "number", Decide(in(found("ca-sin", detect.ClassIdentifier, 970)), packs(t, ca), set, now),
		"exceptional_only transitory justify", "GC-I3.2")
}

// Deletion is advised only where somebody stated that there is no hold, and only
// for what is transitory.
func TestGCDeletionAdvice(t *testing.T) {
	for _, c := range []struct {
		name    string
		input   Input
		packs   []string
		advised bool
	}{
		{"no hold", in(hold(message.HoldNone)), []string{ca}, true},
		{"unknown", in(hold(message.HoldUnknown)), []string{ca}, false},
		{"not said", in(hold("")), []string{ca}, false},
		{"held", in(hold(message.HoldHeld)), []string{ca}, false},
		{"business value", in(hold(message.HoldNone), significant(9300)), []string{ca}, false},
		{"perhaps", in(hold(message.HoldNone), significant(1500)), []string{ca}, false},
		{"another language", in(hold(message.HoldNone), unknownText), []string{ca}, false},
		{"marked", in(hold(message.HoldNone), marked(protected)), []string{ca}, false},
		{"personal chat", in(hold(message.HoldNone), chat(message.ScopePersonal)), []string{ca}, false},
		{"with another pack", in(hold(message.HoldNone)), []string{ca, uk}, true},
		{"another pack wants more", in(hold(message.HoldNone), marked(official)), []string{ca, uk}, true},
	} {
		for _, language := range []string{"en", "fr"} {
			v := Decide(c.input, packs(t, c.packs...), Settings{Language: language}, now)
			got := false
			for _, a := range v.Advice {
				got = got || a.Kind == "delete"
			}
			if got != c.advised {
				t.Errorf("%s, %s: advised %v", c.name, language, got)
			}
		}
	}
}

// Another pack that asks for more silences the advice.
func TestDeletionAdviceWaitsForAllPacks(t *testing.T) {
	eager := *packs(t, uk)[0]
	eager.Thresholds.Consider = 50
	v := Decide(in(hold(message.HoldNone)), []*Pack{packs(t, ca)[0], &eager}, Settings{}, now)
	if v.Duty != "consider" || len(v.Advice) != 0 {
		t.Errorf("duty %s, advice %v", v.Duty, v.Advice)
	}
}

// Under a hold no text suggests deleting, changing or emptying; the words that
// forbid it are the only ones.
func TestHoldTexts(t *testing.T) {
	allowed := []string{"Do not delete or change it.", "Ne supprimez ni ne modifiez rien.",
		"evidence of a material change", "un changement appréciable"}
	suggest := []string{"delete", "erase", "change", "supprim", "effac", "modifi", "clear"}
	for _, language := range []string{"en", "fr"} {
		for _, input := range everyInput() {
			input.Draft.Hold = message.HoldHeld
			v := Decide(input, packs(t, uk, ca, nc), Settings{Language: language}, now)
			text := words(v)
			for _, a := range allowed {
				text = strings.ReplaceAll(text, a, "")
			}
			for _, w := range suggest {
				if strings.Contains(strings.ToLower(text), w) {
					t.Fatalf("under a hold: %q in %q", w, text)
				}
			}
		}
	}
}

func TestGCHold(t *testing.T) {
	expect(t, "held", Decide(in(hold(message.HoldHeld)), packs(t, ca), Settings{}, now), "permitted transitory notice", "GC-E6.1")
	expect(t, "held, personal chat", Decide(in(hold(message.HoldHeld), chat(message.ScopePersonal)), packs(t, ca), Settings{}, now),
		"permitted none notice", "GC-E6.1")
	seen := Settings{Acknowledged: []string{ca + "/GC-E6.1"}}
	expect(t, "seen", Decide(in(hold(message.HoldHeld)), packs(t, ca), seen, now), "permitted transitory allow", "GC-E6.1")
	expect(t, "held, disappearing", Decide(in(hold(message.HoldHeld), timer(604800)), packs(t, ca), seen, now), "permitted transitory warn", "GC-E6.1")
	v := Decide(in(timer(604800), significant(9300)), packs(t, ca), Settings{}, now)
	expect(t, "disappearing, of value", v, "permitted capture notice", "GC-E4.2")
	if len(v.Reasons) != 2 || v.Reasons[1].TextID != "W-GC-TIMER" || !strings.Contains(v.Reasons[1].Text, "1 week") {
		t.Errorf("disappearing, of value: %+v", v.Reasons)
	}
}

// One rule path for every channel (GC-0.2): only what the words cover is said apart.
func TestGCEveryChannelAlike(t *testing.T) {
	for _, input := range everyInput() {
		input.Draft.Channel = "whatsapp"
		want := Decide(input, packs(t, ca), Settings{}, now)
		for _, c := range message.Channels {
			input.Draft.Channel = c.ID
			got := Decide(input, packs(t, ca), Settings{}, now)
			if levelOf(got) != levelOf(want) || words(got) != words(want) {
				t.Fatalf("%s: %s, whatsapp: %s", c.ID, levelOf(got), levelOf(want))
			}
			if extended := got.Packs[0].Extended != ""; extended != (c.Kind != "im" && c.Kind != "sms" && c.Kind != "social") {
				t.Fatalf("%s: extended %v", c.ID, extended)
			}
		}
	}
}

func TestGCFrench(t *testing.T) {
	v := Decide(in(significant(9300), act(0)), packs(t, ca), Settings{Language: "fr"}, now)
	if r := v.Reasons[0]; r.Para != "employés, paragraphe 4" || !strings.Contains(r.Text, "dépôt officiel") {
		t.Errorf("%+v", r)
	}
	v = Decide(in(significant(9300), act(0)), packs(t, ca), Settings{Language: "en"}, now)
	if r := v.Reasons[0]; r.Para != "employees, paragraph 4" || !strings.Contains(r.Text, "official repository") {
		t.Errorf("%+v", r)
	}
}
