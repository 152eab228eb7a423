package policy

import (
	"math/rand/v2"
	"strings"
	"testing"

	"hanaper/core/classify"
	"hanaper/core/detect"
	"hanaper/core/marking"
	"hanaper/core/message"
)

func everyLevel() (all []Level) {
	for p := range Permission(len(permissionNames)) {
		for d := range Duty(len(dutyNames)) {
			for a := range Action(len(actionNames)) {
				all = append(all, Level{p, d, a})
			}
		}
	}
	return all
}

// The laws of Join: with them neither the order nor the number of tables and
// packs matters, and none of them can weaken another.
func TestJoinLaws(t *testing.T) {
	all := everyLevel()
	bottom := Level{}
	for _, a := range all {
		if a.Join(a) != a || a.Join(bottom) != a {
			t.Fatalf("%v: not idempotent, or allow is no neutral element", a)
		}
		for _, b := range all {
			ab := a.Join(b)
			if ab != b.Join(a) {
				t.Fatalf("%v %v: not commutative", a, b)
			}
			if !a.AtMost(ab) || !b.AtMost(ab) {
				t.Fatalf("%v %v: weakened to %v", a, b, ab)
			}
			if a.AtMost(b) != (ab == b) {
				t.Fatalf("%v %v: order and join differ", a, b)
			}
			for _, c := range all {
				if ab.Join(c) != a.Join(b.Join(c)) {
					t.Fatalf("%v %v %v: not associative", a, b, c)
				}
				if a.AtMost(b) && !a.Join(c).AtMost(b.Join(c)) {
					t.Fatalf("%v %v %v: not monotone", a, b, c)
				}
			}
		}
	}
}

// randomInput draws from everything a facet can turn on.
func randomInput(r *rand.Rand) Input {
	channels := []string{"whatsapp", "gmail", "sms", "teams", "linkedin", "manual", "nosuch", ""}
	i := in(channel(pick(r, channels)), device(pick(r, devices)),
		chat(pick(r, []message.ChatScope{"unset", "work", "mixed", "personal", ""})),
		hold(pick(r, []message.Hold{"unknown", "none", "held", ""})),
		class(pick(r, []string{"business", "personal", "political", "unclear"})),
		significant(pick(r, []classify.Prob{0, 1499, 1500, 2499, 2500, 9299, 9300, 10000})),
		timer(pick(r, []int64{0, 86400, 90})))
	i.Class.ScopeProb = pick(r, []classify.Prob{4000, 5999, 6000, 9000})
	if r.IntN(6) == 0 {
		unknownText(&i)
	}
	if r.IntN(3) == 0 {
		act(r.IntN(6))(&i)
	}
	for range r.IntN(3) {
		marked(pick(r, []marking.Marking{official, sensitive, secret, topSecret, protected}))(&i)
	}
	for range r.IntN(4) {
		d := pick(r, detect.List())
		for range pick(r, []int{1, 1, 2, 6}) {
			found(d.ID, d.Class, pick(r, []int{500, 649, 650, 950}))(&i)
		}
	}
	i.Class.Limbs = [2]classify.Prob{pick(r, []classify.Prob{0, 9000}), pick(r, []classify.Prob{0, 9000})}
	i.Drift = r.IntN(5) == 0
	if r.IntN(6) == 0 {
		i.Draft.Attachments = []message.Attachment{{Name: "plan.pdf", Size: pick(r, []int64{0, 1 << 30})}}
	}
	to(pick(r, []string{"a@agency.example", "b@other.example", "+447700900123", ""}))(&i)
	i.Draft.MembersComplete = r.IntN(2) == 0
	return i
}

func randomSettings(r *rand.Rand) Settings {
	s := Settings{Language: pick(r, []string{"en", "fr"}), BlockPatterns: r.IntN(3) == 0}
	if r.IntN(2) == 0 {
		s = ncAuthorised()
	}
	if r.IntN(3) == 0 {
		s.Acknowledged = []string{uk + "/UK-10b", nc + "/NC-S8", ca + "/GC-E6.1", uk + "/UK-28"}
	}
	s.Role = pick(r, Roles)
	s.HighRisk, s.PersonalNotices, s.UnusualParties = r.IntN(4) == 0, pick(r, []int64{0, 9}), pick(r, []int64{0, 2})
	s.LeaverDate = pick(r, []string{"", "2026-12-01"})
	for _, id := range []string{uk, ca, nc} {
		if r.IntN(3) == 0 {
			s.Briefings = append(s.Briefings, Briefing{id, "1.0.0", "2026-11-01"})
		}
	}
	s.Organisation.Channels = pick(r, [][]string{nil, {"whatsapp"}})
	return s
}

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

func everyInput() (all []Input) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 800 {
		all = append(all, randomInput(r))
	}
	return all
}

func level(t *testing.T, v Verdict) Level {
	t.Helper()
	place := func(names []string, name string) int {
		for i := range names {
			if names[i] == name {
				return i
			}
		}
		t.Fatalf("%q is not one of %v", name, names)
		return 0
	}
	return Level{Permission(place(permissionNames, v.Permission)), Duty(place(dutyNames, v.Duty)), Action(place(actionNames, v.Action))}
}

// For any input: the order of packs does not matter, a further pack weakens
// nothing, the verdict is the join of the packs' own.
func TestPacksJoin(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 3000 {
		input, set := randomInput(r), randomSettings(r)
		a, b, c := packs(t, uk)[0], packs(t, ca)[0], packs(t, nc)[0]
		all := Decide(input, []*Pack{a, b, c}, set, now)
		other := Decide(input, []*Pack{c, a, b}, set, now)
		if encoded(all) != encoded(other) {
			t.Fatalf("the order of packs matters:\n%s\n%s", encoded(all), encoded(other))
		}
		join := level(t, Decide(input, []*Pack{a}, set, now)).Join(level(t, Decide(input, []*Pack{b}, set, now)))
		if two := level(t, Decide(input, []*Pack{b, a}, set, now)); two != join {
			t.Fatalf("two packs: %v, their join %v", two, join)
		}
		if three := level(t, all); three != join.Join(level(t, Decide(input, []*Pack{c}, set, now))) || !join.AtMost(three) {
			t.Fatalf("three packs: %v, two %v", three, join)
		}
	}
}

// For any input: every reason cites a clause and a text that are there, in full;
// the action is the strongest reason's; reasons stand in order; nothing dangles.
func TestVerdictsAreWhole(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 4000 {
		input, set := randomInput(r), randomSettings(r)
		v := Decide(input, packs(t, uk, ca, nc), set, now)
		if v.Error != "" || v.Permission == "" || v.Duty == "" || v.Action == "" {
			t.Fatalf("%+v", v)
		}
		strongest, last := Allow, Block
		for _, reason := range v.Reasons {
			p := packs(t, reason.Pack)[0]
			for _, id := range append([]string{reason.Clause}, reason.Also...) {
				if _, ok := p.Clause(id); !ok {
					t.Fatalf("%s has no clause %q", p.ID, id)
				}
			}
			if reason.Para == "" || reason.Text == "" || strings.ContainsAny(reason.Text, "{}") {
				t.Fatalf("an unfinished reason: %+v", reason)
			}
			if reason.Confidence < 0 || reason.Confidence > 1 {
				t.Fatalf("confidence %v", reason.Confidence)
			}
			a := level(t, Verdict{Permission: "permitted", Duty: "none", Action: reason.Action}).Action
			if a > last {
				t.Fatalf("reasons out of order: %+v", v.Reasons)
			}
			strongest, last = max(strongest, a), a
		}
		if strongest.String() != v.Action {
			t.Fatalf("action %s, strongest reason %s", v.Action, strongest)
		}
		var said []string
		for _, a := range v.Advice {
			said = append(said, a.Kind+a.TextID+a.Text)
			if a.Text == "" || strings.ContainsAny(a.Text, "{}") {
				t.Fatalf("unfinished advice: %+v", a)
			}
			if a.Kind == "delete" && (input.Draft.Hold != message.HoldNone || v.Duty != "transitory") {
				t.Fatalf("deletion advised with hold %q and duty %s", input.Draft.Hold, v.Duty)
			}
		}
		if twice(v.Obligations) || twice(said) {
			t.Fatalf("something stands twice: %v %v", v.Obligations, v.Advice)
		}
		if v.Action == "allow" && v.Permission == "unknown" {
			t.Fatalf("what could not be judged looks fine: %+v", v)
		}
	}
}

func twice[T comparable](list []T) bool {
	for i, x := range list {
		if contains(list[i+1:], x) {
			return true
		}
	}
	return false
}

// A stronger marking, a likelier significance, a less managed device never
// weakens the UK's answer.
func TestUKMonotone(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	probabilities := []classify.Prob{0, 1500, 2500, 9000}
	for range 2000 {
		input := randomInput(r)
		input.Class.Known = true
		last := Level{}
		for _, p := range probabilities {
			input.Class.Significance = p
			now := level(t, Decide(input, packs(t, uk), Settings{}, now))
			if !last.AtMost(now) {
				t.Fatalf("at %d %v, below %v", p, now, last)
			}
			last = now
		}
		input.Draft.Device = message.DeviceManaged
		managed := level(t, Decide(input, packs(t, uk), Settings{}, now))
		input.Draft.Device = message.DeviceUnmanaged
		if unmanaged := level(t, Decide(input, packs(t, uk), Settings{}, now)); !managed.AtMost(unmanaged) {
			t.Fatalf("managed %v, unmanaged %v", managed, unmanaged)
		}
		marked(topSecret)(&input)
		if v := Decide(input, packs(t, uk), Settings{}, now); v.Action != "block" {
			t.Fatalf("TOP SECRET: %s", levelOf(v))
		}
	}
}

func TestNoPack(t *testing.T) {
	v := Decide(in(), nil, Settings{}, now)
	if levelOf(v) != "unknown unknown unknown" || v.Error == "" {
		t.Errorf("%s %q", levelOf(v), v.Error)
	}
}
