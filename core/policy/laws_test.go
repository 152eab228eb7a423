package policy

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
)

// pairs is how many random pairs of packs the laws are tried on.
const pairs = 100_000

// randomPack is a pack that nobody would write: every level, every facet, any
// ceilings. Its tables are complete, and now and then one is a cell of an overlay.
func randomPack(r *rand.Rand, id string) *Pack {
	p := &Pack{ID: id, MaxAction: Action(r.IntN(len(actionNames))), HoldRelease: pick(r, []string{"receipt", "officer"}),
		Thresholds: Thresholds{Consider: uint16(r.IntN(4000)), Capture: 5000, Stop: 9000, Contacts: 5, Finding: 650, Group: 20, FileMiB: 25, Routine: 5},
		Capture: CaptureRules{Fields: some(r, "to", "from", "date", "time", "subject", "series"), Methods: some(r, "verbatim", "export", "substance"),
			Formats: some(r, "eml", "text"), LocalPurgeDays: r.IntN(60), Clause: "C"},
		Logging:  Logging{pick(r, contentLog), pick(r, eventsLog), pick(r, evidenceLog), "C"},
		Training: Training{PeriodDays: pick(r, []int{0, 30, 365}), Required: r.IntN(2) == 0, Modules: some(r, "a", "b")},
	}
	if r.IntN(4) == 0 {
		p.Of = "base"
	}
	for t := range 1 + r.IntN(2) {
		f := Facet(r.IntN(int(NumFacets)))
		table := Table{ID: fmt.Sprint(t), Facets: []Facet{f}, Partial: r.IntN(5) == 0}
		for n := range f.Def().Values {
			if table.Partial && r.IntN(2) == 0 {
				continue
			}
			row := Row{Level: Level{Permission(r.IntN(len(permissionNames))), Duty(r.IntN(len(dutyNames))), Action(r.IntN(len(actionNames)))}}
			row.When = make([]Mask, 1)
			row.When[0][f] = 1 << n
			table.Rows = append(table.Rows, row)
		}
		p.Tables = append(p.Tables, table)
	}
	p.prepare()
	return p
}

func some(r *rand.Rand, from ...string) (out []string) {
	for _, s := range from {
		if r.IntN(2) == 0 {
			out = append(out, s)
		}
	}
	return out
}

func decided(t *testing.T, in Input, packs ...*Pack) Level {
	t.Helper()
	set := Settings{}
	return level(t, Decide(in, packs, set, now))
}

// The laws of merging, on random packs: permission, duty and action are a join
// (commutative, associative, idempotent, monotone); required fields, modules and
// conditions of release are unions; ceilings of logs and days of keeping are meets;
// a demand that meets a ban is a conflict, whatever the order.
func TestMergeLaws(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 22))
	for range pairs {
		a, b := randomPack(r, pick(r, []string{"a", "m"})), randomPack(r, "b")
		in := Input{}
		for f := range NumFacets {
			in.Assume = append(in.Assume, Assumption{f, uint8(r.IntN(len(facetDefs[f].Values)))})
		}
		one, other, both := decided(t, in, a), decided(t, in, b), decided(t, in, a, b)
		if both != decided(t, in, b, a) || both != one.Join(other) || !one.AtMost(both) || !other.AtMost(both) || one != decided(t, in, a, a) {
			t.Fatalf("%v and %v give %v\n%+v\n%+v", one, other, both, a, b)
		}
		lawsOfTerms(t, a, b)
	}
}

func lawsOfTerms(t *testing.T, a, b *Pack) {
	t.Helper()
	one, other, both, again := TermsOf([]*Pack{a}), TermsOf([]*Pack{b}), TermsOf([]*Pack{a, b}), TermsOf([]*Pack{b, a})
	if !reflect.DeepEqual(both, again) {
		t.Fatalf("the order matters:\n%+v\n%+v", both, again)
	}
	for _, x := range []Terms{one, other} {
		if !subset(x.Fields, both.Fields) || !subset(x.Modules, both.Modules) || !subset(x.HoldRelease, both.HoldRelease) {
			t.Fatalf("a union lost something: %+v, of %+v", both, x)
		}
		if !subset(both.Methods, x.Methods) || !subset(both.Formats, x.Formats) || both.PurgeDays > x.PurgeDays ||
			place(contentLog, both.Logging.Content) > place(contentLog, x.Logging.Content) ||
			x.Logging.Events == "off" && both.Logging.Events != "off" || x.TrainingRequired && !both.TrainingRequired ||
			x.TrainingDays > 0 && (both.TrainingDays == 0 || both.TrainingDays > x.TrainingDays) {
			t.Fatalf("above a ceiling: %+v, of %+v", both, x)
		}
	}
	if len(both.Fields) > len(one.Fields)+len(other.Fields) || !subset(both.Fields, append(slices.Clone(one.Fields), other.Fields...)) {
		t.Fatalf("fields out of nothing: %v", both.Fields)
	}
	clash := one.Logging.Events == "off" && other.Logging.Events == "required" || one.Logging.Events == "required" && other.Logging.Events == "off"
	if clash != (len(both.Conflicts) == 1) {
		t.Fatalf("%s and %s: %v", one.Logging.Events, other.Logging.Events, both.Conflicts)
	}
	if same := TermsOf([]*Pack{a, a}); !reflect.DeepEqual(same.Fields, one.Fields) || same.Logging != one.Logging || same.PurgeDays != one.PurgeDays {
		t.Fatalf("twice the same is something else: %+v", same)
	}
}

func subset(a, b []string) bool {
	return !slices.ContainsFunc(a, func(s string) bool { return !slices.Contains(b, s) })
}

// The bundled packs together, as an administrator would see it: Canada allows no log
// of events, North Carolina demands one.
func TestBundledConflict(t *testing.T) {
	terms := TermsOf(packs(t, uk, ca, nc))
	if len(terms.Conflicts) != 1 || terms.Logging.Events != "off" || terms.Logging.Evidence != "required" || terms.Logging.Content != "never_auto" {
		t.Fatalf("%+v %v", terms.Logging, terms.Conflicts)
	}
	want := "pack us-nc-030319, logging.events (NC-S6): requires a log of events, which ca-im-protocol does not allow: it stays off until you choose between them"
	if terms.Conflicts[0] != want {
		t.Errorf("\n got %s\nwant %s", terms.Conflicts[0], want)
	}
}
