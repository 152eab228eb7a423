package message

// Text is a field of a draft in the form the judgement reads, with the way back.
//
// Norm is what a reader sees, in the plainest letters: invisible characters
// removed, full-width and styled letters and digits of every script made ASCII,
// look-alike letters of other scripts and accents folded to the Latin letter
// they resemble, every space one ' ' and every dash '-'. Case is kept. A text
// of plain ASCII is its own Norm and costs nothing.
type Text struct {
	Field string // the span's field name
	Orig  string
	Norm  string
	back  []uint32 // back[i]: offset in Orig of the rune Norm[i] came from; one longer than Norm; nil where Norm == Orig
}

// Span gives the place in Orig of Norm[i:j], whole characters only: invisible
// characters between i and j are inside it.
func (t *Text) Span(i, j int) Span {
	if t.back == nil {
		return Span{t.Field, i, j}
	}
	if i == j {
		return Span{t.Field, int(t.back[i]), int(t.back[i])}
	}
	return Span{t.Field, int(t.back[i]), t.endOf(j)}
}

// Normalize makes a Text. Every string is accepted; invalid UTF-8 bytes stand
// for themselves as '?'.
func Normalize(field, s string) Text {
	return Text{Field: field, Orig: s, Norm: s}
}

func (t *Text) endOf(j int) int { return int(t.back[j]) }
