package policy

import (
	"slices"
	"sort"

	"hanaper/core/canonical"
	"hanaper/core/classify"
)

// Decide judges a draft by all packs: the level is the join over every row of
// every table that accepts the draft, and each pack's reasons are listed apart.
// at is the time of judging, RFC 3339; without it no authorisation is in force.
//
// The digest and the core's version are the caller's to fill in (core.Evaluate).
// Decide never fails. Without a pack, or where a pack's tables have a hole, the
// level is unknown and Error says why.
func Decide(in Input, packs []*Pack, set Settings, at string) Verdict {
	day, ok := dayOf(at)
	j := newJudged(in, &set, day)
	j.zone = zoneOf(at)
	for _, p := range packs {
		if p.Of != "" {
			j.overlays = append(j.overlays, p)
		}
	}
	v := Verdict{V: 1, ID: in.Draft.ID}
	if !ok {
		v.Warnings = append(v.Warnings, Warning{"at", "is not an RFC 3339 time: nothing dated is taken to be in force"})
	}
	if !j.known && in.Draft.Channel != "" { // only body is required
		v.Warnings = append(v.Warnings, Warning{"channel", unknownName("channel", in.Draft.Channel) + ": judged as one without corporate access"})
	}
	t := tally{j: j, lowest: 10001}
	for _, p := range sorted(packs) {
		t.pack(p)
	}
	if len(packs) == 0 {
		t.fail("no pack is active")
	}
	t.finish(&v)
	return v
}

// sorted orders packs by id, overlays after their rule book, so that their order in
// the settings does not matter.
func sorted(packs []*Pack) []*Pack {
	out := append([]*Pack(nil), packs...)
	sort.SliceStable(out, func(i, k int) bool {
		a, b := out[i], out[k]
		if x, y := a.ruleBook(), b.ruleBook(); x != y {
			return x < y
		}
		return a.Of == "" && b.Of != "" || (a.Of == "") == (b.Of == "") && a.ID < b.ID
	})
	return out
}

// ruleBook is the id of the pack, or of the one it adds to.
func (p *Pack) ruleBook() string { return either(p.Of != "", p.Of, p.ID) }

// tally gathers what the tables say.
type tally struct {
	j       *judged
	level   Level
	reasons []ranked
	obliged []Obligation
	advice  []Advice
	delete  []Advice // waits for the joined duty and the hold: see adviseDeletion
	packs   []PackRef
	lowest  uint16 // of the packs' p_capture
	act     uint16 // of the packs' p_act
	err     string
}

type ranked struct {
	Reason
	action             Action
	pack, table, place int
}

func (t *tally) fail(msg string) {
	t.err = msg
	t.level = t.level.Join(Level{PermissionUnknown, DutyUnknown, ActionUnknown})
}

func (t *tally) pack(p *Pack) {
	extended := ""
	if t.j.extended(p) {
		extended = p.Text(p.Applies.ExtendedText, t.j.set.Language)
	}
	t.packs = append(t.packs, p.ref(t.j.day, extended))
	t.lowest = min(t.lowest, p.Thresholds.Capture)
	if p.Trust != TrustUnsigned { // it would leave acts unnamed
		t.act = max(t.act, p.Thresholds.Act)
	}
	if t.j.exempt(p) {
		return
	}
	t.j.rows(p, func(_ *State, table, row int) {
		switch tt := &p.Tables[table]; {
		case row >= 0:
			t.row(p, table, &tt.Rows[row])
		case !tt.Partial:
			t.fail("pack " + p.ID + ", table " + tt.ID + " has no row for this message")
		}
	})
}

// rows calls f with the place of every row that accepts the draft, and with row -1
// for a table that has none.
func (j *judged) rows(p *Pack, f func(s *State, table, row int)) {
	s := j.state(p, p.asked)
	for _, a := range j.Assume {
		s[a.Facet] = a.Value
	}
	for i := range p.Tables {
		t, found := &p.Tables[i], false
		for n := range t.Rows {
			if t.Rows[n].meets(t.Facets, &s) {
				found = true
				f(&s, i, n)
			}
		}
		if !found {
			f(&s, i, -1)
		}
	}
}

// level is what a row asks for here. shown tells that its reason was said before and
// need not be said again.
func (j *judged) level(p *Pack, r *Row) (level Level, shown bool) {
	level = r.Level
	level.Action = min(level.Action, p.MaxAction)
	shown = r.Once != "" && (contains(j.set.Acknowledged, p.ID+"/"+r.Clauses[0]) || contains(j.set.Acknowledged, p.ruleBook()+"/"+r.Clauses[0]))
	if shown {
		level.Action = Allow
	}
	return level, shown
}

// ref names the pack in a verdict.
func (p *Pack) ref(day, extended string) PackRef {
	return PackRef{ID: p.ID, Version: p.Version, Overdue: p.Overdue(day), Extended: extended, FailMode: p.FailMode,
		SupersededBy: p.Source.SupersededBy, Trust: p.Origin(), Signer: p.Signer}
}

func (t *tally) row(p *Pack, table int, r *Row) {
	level, shown := t.j.level(p, r)
	t.level = t.level.Join(level)
	if r.Text != "" {
		for _, reason := range t.j.reasons(p, r) {
			reason.Action = level.Action.String()
			if p.Of != "" && t.said(p.Of, &reason, level.Action) {
				continue
			}
			t.reasons = append(t.reasons, ranked{reason, level.Action, len(t.packs), table, len(t.reasons)})
		}
	}
	for _, owed := range r.Obligations {
		o := t.j.due(owed)
		if !contains(t.obliged, o) {
			t.obliged = append(t.obliged, o)
		}
	}
	for _, a := range r.Advice {
		if shown {
			break // what was said once with the reason is said
		}
		advice := Advice{Kind: a.Kind, TextID: a.Text, Text: t.j.fill(p, p.Text(a.Text, t.j.set.Language), params{})}
		switch {
		case a.Kind == deletion:
			t.delete = append(t.delete, advice)
		case !slices.ContainsFunc(t.advice, func(b Advice) bool { return b.Kind == a.Kind && b.TextID == a.Text && b.Text == advice.Text }):
			t.advice = append(t.advice, advice)
		}
	}
}

// said tells whether the rule book gave this reason, which its overlay repeats
// with thresholds of its own, and as strongly.
func (t *tally) said(pack string, r *Reason, action Action) bool {
	for i := range t.reasons {
		if have := &t.reasons[i]; have.Pack == pack && have.Clause == r.Clause && have.TextID == r.TextID && have.Detector == r.Detector && have.action >= action {
			return true
		}
	}
	return false
}

func (t *tally) finish(v *Verdict) {
	sort.SliceStable(t.reasons, func(i, k int) bool {
		a, b := &t.reasons[i], &t.reasons[k]
		switch {
		case a.action != b.action:
			return a.action > b.action
		case a.pack != b.pack:
			return a.pack < b.pack
		case a.table != b.table:
			return a.table < b.table
		case a.Clause != b.Clause:
			return a.Clause < b.Clause
		}
		return a.place < b.place
	})
	for i := range t.reasons {
		v.Reasons = append(v.Reasons, t.reasons[i].Reason)
	}
	v.Permission, v.Duty, v.Action = t.level.Permission.String(), t.level.Duty.String(), t.level.Action.String()
	v.Obligations, v.Packs, v.Error = t.obliged, t.packs, t.err
	v.Advice = append(t.advice, adviseDeletion(t.j.Draft.Hold, t.level.Duty, t.delete)...)
	if len(t.j.Markings) > 0 {
		v.Marking = t.j.highest.String()
	}
	v.Scope = Scope{Class: "unclear"}
	if t.j.Class.Known {
		v.Scope = Scope{Class: t.j.Class.Scope, Probability: probability(t.j.Class.ScopeProb)}
		t.significance(&v.Significance)
	}
}

func (t *tally) significance(s *Significance) {
	s.Probability = probability(t.j.Class.Significance)
	s.Significant = uint16(t.j.Class.Significance) >= t.lowest
	if !s.Significant {
		return
	}
	for i, p := range t.j.Class.Limbs {
		if uint16(p) >= t.act {
			s.Limbs = append(s.Limbs, classify.Limbs[i])
		}
	}
	for i, p := range t.j.Class.Acts {
		if uint16(p) >= t.act {
			s.Acts = append(s.Acts, classify.Acts[i])
		}
	}
}

func probability(p classify.Prob) float64 { return float64(p) / 10000 }

// Problem is canonical.Problem, as Load names what is wrong with a pack.
type Problem = canonical.Problem
