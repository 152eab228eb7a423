package policy

// Terms are what the active packs together ask beside the verdict on a message:
// of records, logs, holds, training, and whom to tell.
//
// Fields, routes, references, reports and modules are unions; methods, days and
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
	Routes           []Route
	Contacts         []Contact
	Reports          []Report
	References       []Reference
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
		t.Routes = union(t.Routes, p.Routes)
		t.Contacts = union(t.Contacts, p.Contacts)
		t.References = union(t.References, p.References)
		t.Reports = append(t.Reports, p.Reports...)
	}
	t.logging(packs)
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
func union[T comparable](list, more []T) []T {
	out := append([]T(nil), list...)
	for _, x := range more {
		if !contains(out, x) {
			out = append(out, x)
		}
	}
	return out
}

// common keeps what both have.
func common[T comparable](a, b []T) (out []T) {
	for _, x := range a {
		if contains(b, x) {
			out = append(out, x)
		}
	}
	return out
}

// logging: what is kept automatically of messages is the least any pack allows. A
// log that a pack forbids stays off; else one that a pack demands is kept.
func (t *Terms) logging(packs []*Pack) {
	all := sorted(packs)
	content, events, evidence := len(contentLog)-1, 1, 0
	forbids := ""
	for _, p := range all {
		content = min(content, place(contentLog, p.Logging.Content))
		evidence = max(evidence, place(evidenceLog, p.Logging.Evidence))
		events = max(events, place(eventsLog, p.Logging.Events))
		if p.Logging.Events == "off" && forbids == "" {
			forbids = p.ID
		}
	}
	if forbids != "" {
		events = 0
		for _, p := range all {
			if p.Logging.Events == "required" {
				t.Conflicts = append(t.Conflicts, "pack "+p.ID+", logging.events ("+p.Logging.Clause+
					"): requires a log of events, which "+forbids+" does not allow: it stays off until you choose between them")
			}
		}
	}
	t.Logging = Logging{Content: contentLog[content], Events: eventsLog[events], Evidence: evidenceLog[evidence]}
}

// place is a name's position in a list, 0 where it is not there.
func place(list []string, name string) int {
	for i := range list {
		if list[i] == name {
			return i
		}
	}
	return 0
}
