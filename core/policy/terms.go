package policy

// Terms are what the active packs together ask beside the verdict on a message:
// of records, logs, holds, training, and whom to tell.
//
// Fields, modules and the people to tell are unions; methods, days and
// the ceilings of the logs are what every pack allows. Where one pack demands a
// log that another forbids, it stays off and Conflicts says so (ruling 13).
type Terms struct {
	Fields           []string
	Methods          []string
	Formats          []string
	PurgeDays        int // the least of the packs'
	Logging          Logging
	HoldRelease      []string // every one of them is needed
	TrainingDays     int      // the least of the packs' periods; 0: none has one
	TrainingRequired bool
	Modules          []string
	Packs            []*Pack  // whose routes, contacts, reports and references all count
	Conflicts        []string // sentences for an administrator
}

// The values of each log, weakest first: see Logging.
var (
	contentLog  = []string{"never_auto", "on_user_click"}
	eventsLog   = []string{"off", "optional", "required"}
	evidenceLog = []string{"optional", "required"}
)

// TermsOf joins the terms of packs. Their order does not matter, but for the order
// within lists, which follows the packs' ids.
func TermsOf(packs []*Pack) (t Terms) {
	for i, p := range sorted(packs) {
		c := &p.Capture
		if i == 0 {
			t.Methods, t.Formats, t.PurgeDays = c.Methods, c.Formats, c.LocalPurgeDays
		}
		t.Fields = union(t.Fields, c.Fields)
		t.Methods, t.Formats = common(t.Methods, c.Methods), common(t.Formats, c.Formats)
		t.PurgeDays = min(t.PurgeDays, c.LocalPurgeDays)
		t.HoldRelease = union(t.HoldRelease, []string{p.HoldRelease})
		t.TrainingDays = shorter(t.TrainingDays, p.Training.PeriodDays)
		t.TrainingRequired = t.TrainingRequired || p.Training.Required
		t.Modules = union(t.Modules, p.Training.Modules)
		t.Packs = append(t.Packs, p)
	}
	t.logging()
	return t
}

// shorter is the lesser of two periods in days, 0 being none.
func shorter(a, b int) int {
	if a == 0 || b > 0 && b < a {
		return b
	}
	return a
}

// union appends what a list lacks to a copy of it.
//
//go:noinline
func union(list, more []string) []string {
	out := append([]string(nil), list...)
	for _, x := range more {
		if !contains(out, x) {
			out = append(out, x)
		}
	}
	return out
}

// common keeps what both have.
//
//go:noinline
func common(a, b []string) (out []string) {
	for _, x := range a {
		if contains(b, x) {
			out = append(out, x)
		}
	}
	return out
}

// logging: what is kept automatically of messages is the least any pack allows. A
// log that a pack forbids stays off; else one that a pack demands is kept.
func (t *Terms) logging() {
	l, forbids := Logging{contentLog[len(contentLog)-1], eventsLog[1], evidenceLog[0], ""}, ""
	for _, p := range t.Packs {
		if p.Logging.Content == contentLog[0] {
			l.Content = contentLog[0]
		}
		if p.Logging.Evidence == evidenceLog[1] {
			l.Evidence = evidenceLog[1]
		}
		switch p.Logging.Events {
		case eventsLog[0]:
			forbids = either(forbids == "", p.ID, forbids)
		case eventsLog[2]:
			l.Events = eventsLog[2]
		}
	}
	if forbids != "" {
		l.Events = eventsLog[0]
	}
	for _, p := range t.Packs {
		if forbids != "" && p.Logging.Events == eventsLog[2] {
			t.Conflicts = append(t.Conflicts, "pack "+p.ID+", logging.events"+inClause(p.Logging.Clause)+
				": requires a log of events, which "+forbids+" does not allow: it stays off until you choose between them")
		}
	}
	t.Logging = l
}

// place is a name's position in a list, 0 where it is not there.
//
//go:noinline
func place(list []string, name string) int {
	for i := range list {
		if list[i] == name {
			return i
		}
	}
	return 0
}

// inClause names a clause in a message, where there is one.
func inClause(clause string) string {
	if clause == "" {
		return ""
	}
	return " (" + clause + ")"
}
