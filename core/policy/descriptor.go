package policy

import (
	"strings"

	"hanaper/core/marking"
)

// protective tells whether a marking is an "additional marking requiring
// protective controls or behaviours" (UK-9a): more than the bare word OFFICIAL.
// Which descriptors make it so is for the pack to say, where it lists any (UK-7).
func (j *judged) protective(p *Pack, m *marking.Marking) bool {
	listed := p.Vocabulary.Descriptors
	switch {
	case m.Rank >= marking.RankProtected, len(m.Handling) > 0, len(m.Caveats) > 0:
		return true
	case len(listed) == 0:
		return m.Sensitive || len(m.Descriptors) > 0
	}
	for _, d := range m.Descriptors {
		if contains(listed, d) {
			return true
		}
	}
	return len(m.Descriptors) == 0 && (m.Sensitive || j.described(listed, m))
}

// described tells whether one of the pack's descriptors, in capitals, stands right
// after the marking: OFFICIAL - WIDGETS.
func (j *judged) described(listed []string, m *marking.Marking) bool {
	rest := strings.TrimLeft(j.after(m), " -–:/[(")
	for _, d := range listed {
		if tail, ok := strings.CutPrefix(rest, d); ok && d != "" && (tail == "" || !wordByte(tail[0])) {
			return true
		}
	}
	return false
}

// after is the text behind a marking, in the field it stands in.
func (j *judged) after(m *marking.Marking) string {
	text := ""
	switch m.Span.Field {
	case "body":
		text = j.Draft.Body
	case "subject":
		text = j.Draft.Subject
	}
	return text[min(m.Span.End, len(text)):]
}

func wordByte(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b >= 0x80
}
