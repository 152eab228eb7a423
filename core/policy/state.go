package policy

import (
	"hanaper/core/classify"
	"hanaper/core/detect"
	"hanaper/core/marking"
	"hanaper/core/message"
)

// Input is a draft and what was seen in it.
type Input struct {
	Draft    message.Draft
	Markings []marking.Marking
	Findings []detect.Finding
	Class    classify.Result
	Texts    []message.Text // what was read of the draft, for the packs' own keywords
	Drift    bool           // the chat has turned to business (UK-18.2)
	Assume   []Assumption   // facets as a pack's example states them
}

// Assumption gives a facet a value, whatever was seen: an example of a pack need
// not hang on how the model reads its words.
type Assumption struct {
	Facet Facet
	Value uint8 // its place among the facet's values
}

// judged is an input with everything that no pack changes worked out once.
type judged struct {
	Input
	set      *Settings
	day      string          // of judging, "" where not known
	zone     string          // of the time of judging: Z or +01:00
	highest  marking.Marking // of all, doubtful ones too
	channel  message.Channel
	known    bool         // the channel is registered
	outside  int          // recipients seen to be outside the organisation
	words    []word       // of the texts, once a pack has keywords
	hits     []keywordHit // of the pack hitsOf
	hitsOf   *Pack
	overlays []*Pack
}

func newJudged(in Input, set *Settings, day string) *judged {
	j := &judged{Input: in, set: set, day: day}
	j.highest, _ = marking.Highest(in.Markings)
	j.channel, j.known = message.ChannelByID(in.Draft.Channel)
	return j
}

// sure gives the highest rank among the markings the pack is sure of, and whether
// one of them asks for protective controls.
func (j *judged) sure(p *Pack) (rank marking.Rank, marked bool) {
	for i := range j.Markings {
		if m := &j.Markings[i]; m.Confidence >= p.Thresholds.Finding {
			rank, marked = max(rank, m.Rank), marked || j.protective(p, m)
		}
	}
	return min(rank, marking.RankTopSecret), marked
}

// doubtful: something that may be a marking would count for more than what is
// surely one.
func (j *judged) doubtful(p *Pack, rank marking.Rank, marked bool) bool {
	for i := range j.Markings {
		if m := &j.Markings[i]; (m.Rank > rank || !marked) && j.protective(p, m) {
			return true
		}
	}
	return false
}

// state answers the facets asked for one pack; the others keep their first value.
func (j *judged) state(p *Pack, asked []Facet) (s State) {
	rank, marked := j.sure(p)
	for _, f := range asked {
		switch f {
		case FacetTier:
			s[f] = uint8(rank)
		case FacetMarked:
			s.set(f, yes(marked))
		case FacetDoubtful:
			s.set(f, yes(j.doubtful(p, rank, marked)))
		case FacetScope:
			s.set(f, j.scope(&p.Thresholds, marked))
		default:
			s.set(f, j.answer(p, f))
		}
	}
	return s
}

// answer is a facet's value for what is written and how it was read; where it
// would go and by whom is for circumstance.
func (j *judged) answer(p *Pack, f Facet) string {
	switch f {
	case FacetSignificance:
		return j.significance(&p.Thresholds)
	case FacetAct:
		return j.act(&p.Thresholds)
	case FacetLimb:
		return j.limb(&p.Thresholds)
	case FacetIdentifiers:
		return j.identifiers(p)
	case FacetSecret:
		return j.graded(p, "secret", f)
	case FacetLink:
		return j.graded(p, "link", f)
	case FacetAttachment:
		return j.graded(p, "attachment", f)
	case FacetFiles:
		return j.files(&p.Thresholds)
	case FacetKeyword:
		return p.keywordGrade(j.keywords(p))
	case FacetDrift:
		return yes(j.Drift)
	}
	return j.circumstance(p, f)
}

func yes(b bool) string { return either(b, "yes", "no") }

func either(b bool, then, otherwise string) string {
	if b {
		return then
	}
	return otherwise
}

// or keeps a value that came from outside when it is one of the facet's.
func (f Facet) or(value, def string) string {
	if _, ok := f.value(value); ok {
		return value
	}
	return def
}

func managed(d message.Device) bool {
	return d == message.DeviceManaged || d == message.DeviceBYODManaged
}

// scope: what the person said of the chat wins; in a mixed or unset chat a
// protective marking says it is government information, then the class decides
// where it is sure enough: a message half taken for personal is not let by.
func (j *judged) scope(t *Thresholds, marked bool) string {
	switch {
	case j.Draft.ChatScope == message.ScopePersonal:
		return "out"
	case j.Draft.ChatScope == message.ScopeWork, marked:
		return "in"
	case !j.Class.Known, uint16(j.Class.ScopeProb) < t.Scope:
		return "unclear"
	}
	switch j.Class.Scope {
	case "business":
		return "in"
	case "personal", "political":
		return "out"
	}
	return "unclear"
}

func (j *judged) significance(t *Thresholds) string {
	if !j.Class.Known {
		return j.unjudged()
	}
	switch p := uint16(j.Class.Significance); {
	case p >= t.Stop:
		return "stop"
	case p >= t.Capture:
		return "capture"
	case p >= t.Consider:
		return "consider"
	}
	return "none"
}

// limb: which halves of the definition of significant the message meets (UK-14).
func (j *judged) limb(t *Thresholds) string {
	at := 0
	if j.Class.Known && uint16(j.Class.Significance) >= t.Consider {
		for i, p := range j.Class.Limbs {
			if uint16(p) >= t.Act {
				at |= 1 << i
			}
		}
	}
	return facetDefs[FacetLimb].Values[at]
}

// unjudged tells a text that says nothing ("ok", an emoji, a number) from one
// that the model cannot read. The first is routine. The second must not look
// fine; nor must a file sent without words in a chat that is for work, since
// files are never opened.
func (j *judged) unjudged() string {
	if !trivial(j.Draft.Body) || len(j.Draft.Attachments) > 0 && j.Draft.ChatScope == message.ScopeWork {
		return "unknown"
	}
	return "none"
}

// trivialWeight is how much may be said in letters without counting as a text:
// two short words. A letter beyond Latin, Greek and Cyrillic weighs four, since
// in those scripts it may be a syllable or a word.
const trivialWeight = 12

func trivial(body string) bool {
	weight := 0
	for _, r := range body {
		switch {
		case r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= 0xC0 && r < 0x590:
			weight++
		case r >= 0x590 && r < 0x2000 || r >= 0x2C00 && r < 0xD800 || r >= 0xF900 && r < 0xFE00 || r >= 0x20000 && r < 0xE0000:
			weight += 4
		}
	}
	return weight <= trivialWeight
}

// act is the likeliest act, "none" below the threshold. Equal ones go by the
// order of classify.Acts.
func (j *judged) act(t *Thresholds) string {
	best := -1
	for i, p := range j.Class.Acts {
		if uint16(p) >= t.Act && (best < 0 || p > j.Class.Acts[best]) {
			best = i
		}
	}
	if best < 0 || !j.Class.Known {
		return "none"
	}
	return classify.Acts[best]
}

// use says as what the pack reads a finding: "" for not at all.
func (p *Pack) use(f *detect.Finding) string {
	for i := range p.Detectors {
		if p.Detectors[i].ID == f.Detector {
			if p.Detectors[i].As == "ignore" {
				return ""
			}
			return p.Detectors[i].As
		}
	}
	return string(f.Class)
}

// identifiers: a weak finding is possible, a strong one an identifier; one that
// the pack wants a notice of is possible at most; contacts count as a list from
// the pack's number on.
func (j *judged) identifiers(p *Pack) string {
	contacts := 0
	for i := range j.Findings {
		if p.use(&j.Findings[i]) == "contact" {
			contacts++
		}
	}
	switch strongest := j.strongest(p, "identifier"); {
	case strongest >= p.Thresholds.Finding:
		return "identifier"
	case contacts >= p.Thresholds.Contacts:
		return "contact_many"
	case strongest > 0, j.strongest(p, "notice") > 0:
		return "possible"
	}
	return "none"
}

// strongest is the highest confidence among findings the pack reads as that, 0
// where there are none.
func (j *judged) strongest(p *Pack, as string) (confidence int) {
	for i := range j.Findings {
		if p.use(&j.Findings[i]) == as {
			confidence = max(confidence, j.Findings[i].Confidence, 1)
		}
	}
	return confidence
}

// graded names the strength of findings with the facet's three values.
func (j *judged) graded(p *Pack, as string, f Facet) string {
	values := facetDefs[f].Values
	switch strongest := j.strongest(p, as); {
	case strongest >= p.Thresholds.Finding:
		return values[2]
	case strongest > 0:
		return values[1]
	}
	return values[0]
}
