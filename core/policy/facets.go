package policy

import "errors"

// Facet is one question the decision tables may ask about a draft. Each has a
// short, closed list of answers, so that lint can try every combination.
type Facet uint8

// The facets; values in facetDefs.
const (
	FacetScope        Facet = iota // is it government business?
	FacetChat                      // what the person said the chat is for
	FacetTier                      // highest protective marking
	FacetMarked                    // a marking that asks for protective controls
	FacetDoubtful                  // a word that may be a marking, higher than any that surely is one
	FacetSignificance              // against the pack's thresholds
	FacetAct                       // the act the message most likely performs
	FacetDevice                    // who manages the device
	FacetKind                      // of channel
	FacetOutside                   // may the data leave the pack's area?
	FacetIdentifiers               // official numbers of people and accounts
	FacetSecret                    // passwords and keys
	FacetLink                      //
	FacetAttachment                //
	FacetTimer                     // disappearing messages
	FacetRecipients                // against the organisation's domains
	FacetHold                      // access request
	FacetAuthorised                // assessment or deviation in force on the day (NC-S8)
	FacetApproved                  // channel approved with every condition (GC-I3.2)
	FacetStrict                    // Settings.BlockPatterns
	FacetRole                      // Settings.Role
	FacetLimb                      // of significant, that the message meets
	FacetService                   // against Organisation.Channels (NC-S10)
	FacetLeaving                   // Settings.LeaverDate is near (UK-27)
	FacetTargeted                  // Settings.HighRisk (UK-34)
	FacetBriefed                   // against the pack's training period and version
	FacetAccount                   // the sender's own, there
	FacetGroup                     // how many will see it
	FacetDrift                     // the chat has turned to business (UK-18.2)
	FacetFiles                     // attached, and how large
	FacetExceptional               // Settings.Exceptional (UK-10a)
	FacetRoutine                   // personal data again and again in this chat (UK-37.2)
	FacetKeyword                   // the pack's own lists of words
	FacetCopied                    // to an official account of the sender
	FacetUnusual                   // to people the sender has not written to lately
	NumFacets                      // how many there are
)

// FacetDef names a facet and its values; a value's place is its number in State.
type FacetDef struct {
	Name   string
	Values []string
}

var facetDefs = [NumFacets]FacetDef{
	FacetScope:        {"scope", []string{"in", "out", "unclear"}},
	FacetChat:         {"chat", []string{"unset", "work", "mixed", "personal"}},
	FacetTier:         {"tier", []string{"none", "official", "protected", "high", "secret", "top_secret"}},
	FacetMarked:       {"marked", []string{"no", "yes"}},
	FacetDoubtful:     {"doubtful", []string{"no", "yes"}},
	FacetSignificance: {"significance", []string{"none", "unknown", "consider", "capture", "stop"}},
	FacetAct:          {"act", []string{"none", "decision", "approval", "permission", "request", "change", "position"}},
	FacetDevice:       {"device", []string{"managed", "unmanaged"}},
	FacetKind:         {"kind", []string{"im", "sms", "mail", "social", "collab", "manual", "unknown"}},
	FacetOutside:      {"outside", []string{"no", "yes"}},
	FacetIdentifiers:  {"identifiers", []string{"none", "possible", "contact_many", "identifier"}},
	FacetSecret:       {"secret", []string{"none", "possible", "found"}},
	FacetLink:         {"link", []string{"none", "notice", "risky"}},
	FacetAttachment:   {"attachment", []string{"none", "notice", "risky"}},
	FacetTimer:        {"timer", []string{"off", "on"}},
	FacetRecipients:   {"recipients", []string{"internal", "unknown", "external"}},
	FacetHold:         {"hold", []string{"unknown", "none", "held"}},
	FacetAuthorised:   {"authorised", []string{"none", "expired", "yes"}},
	FacetApproved:     {"approved", []string{"no", "yes"}},
	FacetStrict:       {"strict", []string{"no", "yes"}},
	FacetRole:         {"role", Roles},
	FacetLimb:         {"limb", []string{"none", "direction", "material_change", "both"}},
	FacetService:      {"service", []string{"unsaid", "listed", "unlisted"}},
	FacetLeaving:      {"leaving", []string{"no", "yes"}},
	FacetTargeted:     {"targeted", []string{"no", "yes"}},
	FacetBriefed:      {"briefed", []string{"unsaid", "current", "due"}},
	FacetAccount:      {"account", []string{"unknown", "private", "corporate"}},
	FacetGroup:        {"group", []string{"unknown", "one", "several", "large"}},
	FacetDrift:        {"drift", []string{"no", "yes"}},
	FacetFiles:        {"files", []string{"none", "some", "large"}},
	FacetExceptional:  {"exceptional", Exceptionals},
	FacetRoutine:      {"routine", []string{"no", "yes"}},
	FacetKeyword:      {"keyword", append([]string{"none"}, Grades...)},
	FacetCopied:       {"copied", []string{"no", "yes"}},
	FacetUnusual:      {"unusual", []string{"no", "yes"}},
}

// Def returns the facet's name and values.
func (f Facet) Def() FacetDef { return facetDefs[f] }

// FacetNamed finds a facet by name.
func FacetNamed(name string) (Facet, bool) {
	for f := range facetDefs {
		if facetDefs[f].Name == name {
			return Facet(f), true
		}
	}
	return 0, false
}

// value is not inlined: its copies would add 1 KB to core.wasm.
//
//go:noinline
func (f Facet) value(name string) (uint8, bool) {
	for i, v := range facetDefs[f].Values {
		if v == name {
			return uint8(i), true
		}
	}
	return 0, false
}

// State is the answer to every facet for one draft and one pack: indexes into
// the facets' values.
type State [NumFacets]uint8

//go:noinline
func (s *State) set(f Facet, value string) {
	n, ok := f.value(value)
	if !ok {
		panic("policy: facet " + facetDefs[f].Name + " has no value " + value)
	}
	s[f] = n
}

// Assume makes an assumption by names.
func Assume(facet, value string) (Assumption, error) {
	f, ok := FacetNamed(facet)
	if !ok {
		return Assumption{}, errors.New(unknownName("facet", facet))
	}
	n, ok := f.value(value)
	if !ok {
		return Assumption{}, errors.New(unknownName("value", value) + " of facet " + facet)
	}
	return Assumption{f, n}, nil
}

// Get returns the facet's value by name.
func (s *State) Get(f Facet) string { return facetDefs[f].Values[s[f]] }

// Mask is a row's condition: for each facet a bit set of the values it accepts,
// 0 for any.
type Mask [NumFacets]uint8

// meets is Accepts for a mask that asks about these facets only.
func (m *Mask) meets(facets []Facet, s *State) bool {
	for _, f := range facets {
		if m[f] != 0 && m[f]&(1<<s[f]) == 0 {
			return false
		}
	}
	return true
}

// Accepts tells whether the state meets the condition.
func (m *Mask) Accepts(s *State) bool {
	for f := range m {
		if m[f] != 0 && m[f]&(1<<s[f]) == 0 {
			return false
		}
	}
	return true
}
