package pack

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"hanaper/core"
	"hanaper/core/policy"
)

// Run judges the example by a pack, beside further ones it names, and tells what
// is not as it wants; nothing when all is.
func (x *Example) Run(p *policy.Pack, find Find) (faults []string) {
	packs := []*policy.Pack{p}
	if p.Of != "" {
		if base, ok := find(p.Of); ok {
			packs = append(packs, base)
		}
	}
	for _, id := range x.Packs {
		other, ok := find(id)
		if !ok {
			return []string{"there is no pack " + strconv.Quote(id)}
		}
		packs = append(packs, other)
	}
	if x.input == nil {
		in := core.Inspect(&x.Draft, core.Protected(&x.Settings, packs))
		in.Assume = x.Assume
		x.input = &in
	}
	v := policy.Decide(*x.input, packs, x.Settings, x.At)
	if v.Error != "" {
		faults = append(faults, v.Error)
	}
	faults = append(faults, x.Want.level(&v)...)
	faults = append(faults, x.Want.reasons(&v)...)
	if x.Want.Terms != nil {
		terms := policy.TermsOf(packs)
		faults = append(faults, x.Want.Terms.compare(&terms)...)
	}
	return faults
}

func (w *Want) level(v *policy.Verdict) (faults []string) {
	for _, axis := range [...]struct{ name, want, got string }{
		{"permission", w.Permission, v.Permission}, {"duty", w.Duty, v.Duty}, {"action", w.Action, v.Action},
	} {
		if axis.want != "" && axis.want != axis.got {
			faults = append(faults, axis.name+" is "+axis.got+", want "+axis.want)
		}
	}
	return faults
}

// reasons looks at what the verdict says; of a row that speaks, with any action.
func (w *Want) reasons(v *policy.Verdict) (faults []string) {
	var cited, texts, advice, obligations, words []string
	for i := range v.Reasons {
		r := &v.Reasons[i]
		cited = append(append(cited, r.Clause), r.Also...)
		texts, words = append(texts, r.TextID), append(words, r.Text)
	}
	for _, a := range v.Advice {
		advice, words = append(advice, a.TextID), append(words, a.Text)
	}
	for _, o := range v.Obligations {
		obligations = append(obligations, strings.TrimSpace(o.Kind+" "+o.To))
	}
	said := strings.Join(words, "\n")
	for _, list := range [...]struct {
		what      string
		want, got []string
	}{
		{"no reason cites", w.Cites, cited}, {"no reason has the text", w.Texts, texts},
		{"no advice has the text", w.Advice, advice}, {"no obligation is", w.Obligations, obligations},
	} {
		faults = append(faults, lacking(list.what, list.want, list.got)...)
	}
	for _, id := range w.Silent {
		if slices.Contains(cited, id) {
			faults = append(faults, "a reason cites "+id+", which should be silent")
		}
	}
	for _, s := range w.Says {
		if !strings.Contains(said, s) {
			faults = append(faults, fmt.Sprintf("nothing says %q", s))
		}
	}
	return faults
}

func lacking(what string, want, got []string) (faults []string) {
	for _, s := range want {
		if !slices.Contains(got, s) {
			faults = append(faults, fmt.Sprintf("%s %s; there are: %s", what, s, joined(got)))
		}
	}
	return faults
}

func (w *WantTerms) compare(t *policy.Terms) (faults []string) {
	var routes, references, reports []string
	for _, p := range t.Packs {
		for _, r := range p.Routes {
			routes = append(routes, r.Role)
		}
		for _, r := range p.References {
			references = append(references, r.URL)
		}
		for _, r := range p.Reports {
			reports = append(reports, r.ID)
		}
	}
	faults = append(faults, lacking("no field is", w.Fields, t.Fields)...)
	faults = append(faults, lacking("no method is", w.Methods, t.Methods)...)
	faults = append(faults, lacking("no route goes to", w.Routes, routes)...)
	faults = append(faults, lacking("no reference is", w.References, references)...)
	faults = append(faults, lacking("no report is", w.Reports, reports)...)
	faults = append(faults, lacking("no module is", w.Modules, t.Modules)...)
	release := ""
	if w.HoldRelease != "" && slices.Contains(t.HoldRelease, w.HoldRelease) {
		release = w.HoldRelease
	}
	for _, s := range [...]struct{ name, want, got string }{
		{"content_log", w.ContentLog, t.Logging.Content}, {"events_log", w.EventsLog, t.Logging.Events},
		{"evidence_log", w.EvidenceLog, t.Logging.Evidence}, {"hold_release", w.HoldRelease, release},
	} {
		if s.want != "" && s.want != s.got {
			faults = append(faults, fmt.Sprintf("terms.%s is %q, want %q", s.name, s.got, s.want))
		}
	}
	return append(faults, w.numbers(t)...)
}

func (w *WantTerms) numbers(t *policy.Terms) (faults []string) {
	for _, n := range [...]struct {
		name      string
		want, got int64
	}{{"purge_days", w.PurgeDays, int64(t.PurgeDays)}, {"period_days", w.PeriodDays, int64(t.TrainingDays)}} {
		if n.want >= 0 && n.want != n.got {
			faults = append(faults, fmt.Sprintf("terms.%s is %d, want %d", n.name, n.got, n.want))
		}
	}
	if w.TrainingRequired && !t.TrainingRequired {
		faults = append(faults, "training is not required")
	}
	var contacts []policy.Contact
	for _, p := range t.Packs {
		contacts = append(contacts, p.Contacts...)
	}
	if w.Contacts && len(contacts) == 0 {
		faults = append(faults, "there is nobody to ask")
	}
	if w.Accessible && !slices.ContainsFunc(contacts, func(c policy.Contact) bool { return c.TTY != "" }) {
		faults = append(faults, "no contact has a text telephone")
	}
	return faults
}

// Proof says how far a pack's examples show its rules.
type Proof struct {
	Ran     int
	Failed  []string            // of the examples, with what is wrong
	Clauses map[string][]string // clause -> names of the examples that fail without it
	Vain    []string            // clauses whose examples all hold without them: where the first stands, and why
	Idle    []string            // rows with a text that no example needs: "matrix[3]"
}

// Prove runs the examples, then switches every clause they name off, one after
// another, and every row that says something: what no example misses is not shown.
func Prove(p *policy.Pack, examples []Example, find Find) Proof {
	find = remembering(find)
	proof := Proof{Ran: len(examples), Clauses: map[string][]string{}}
	var order []string
	var holding []*Example
	by := map[string][]*Example{}
	for i := range examples {
		x := &examples[i]
		if faults := x.Run(p, find); len(faults) > 0 {
			proof.Failed = append(proof.Failed, x.place()+": "+strings.Join(faults, "; "))
			continue
		}
		holding = append(holding, x)
		for _, c := range x.Clauses {
			if by[c] == nil {
				order = append(order, c)
			}
			by[c] = append(by[c], x)
		}
	}
	for _, c := range order {
		proof.clause(p, c, by[c], find)
	}
	for t := range p.Tables {
		for r := range p.Tables[t].Rows {
			if p.Tables[t].Rows[r].Text != "" && !needed(p.WithoutRow(t, r), holding, find) {
				proof.Idle = append(proof.Idle, p.Tables[t].ID+"["+strconv.Itoa(r)+"]")
			}
		}
	}
	return proof
}

// remembering asks for each pack once: loading one takes a millisecond.
func remembering(find Find) Find {
	known := map[string]*policy.Pack{}
	return func(id string) (*policy.Pack, bool) {
		if known[id] == nil {
			known[id], _ = find(id)
		}
		return known[id], known[id] != nil
	}
}

func (proof *Proof) clause(p *policy.Pack, clause string, examples []*Example, find Find) {
	at := fmt.Sprintf("%s:%d: %s", examples[0].File, examples[0].Line, clause)
	without, n := p.Without(clause)
	if n == 0 {
		proof.Vain = append(proof.Vain, at+": nothing in the pack rests on it")
		return
	}
	for _, x := range examples {
		if len(x.Run(without, find)) > 0 {
			proof.Clauses[clause] = append(proof.Clauses[clause], x.Name)
		}
	}
	if len(proof.Clauses[clause]) == 0 {
		proof.Vain = append(proof.Vain, at+": switched off, every example of it still holds")
	}
}

// needed tells whether one of the examples, which hold by the whole pack, fails by
// this one.
func needed(without *policy.Pack, examples []*Example, find Find) bool {
	for i := range examples {
		if len(examples[i].Run(without, find)) > 0 {
			return true
		}
	}
	return false
}
