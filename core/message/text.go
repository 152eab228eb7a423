package message

import (
	"strings"
	"unicode/utf8"
)

// Text is a field of a draft in the form the judgement reads, with the way back.
//
// Norm is what a reader sees, in the plainest letters: invisible characters
// removed, full-width and styled letters and digits of every script made ASCII,
// look-alike letters of other scripts and accents folded to the Latin letter
// they resemble, every space one ' ', every dash '-' and every line end one
// '\n'. Case is kept. Letters with no Latin look-alike, emoji and symbols stay
// as they are. Norm is valid UTF-8 and its own Norm. A text of plain ASCII is
// its own Norm and costs nothing.
type Text struct {
	Field string // the span's field name
	Orig  string
	Norm  string
	back  []shift // where the distance between Norm and Orig changes, in order; nil where it never does
}

// shift says that Norm[norm] came from Orig[orig], and so on byte for byte up
// to the next shift.
type shift struct{ norm, orig uint32 }

// Span gives the place in Orig of Norm[i:j], whole characters only: invisible
// characters between i and j are inside it, and a combining mark belongs to
// the letter before it. It is empty when i == j.
func (t *Text) Span(i, j int) Span {
	for i > 0 && i < len(t.Norm) && !utf8.RuneStart(t.Norm[i]) {
		i--
	}
	if i >= j {
		return Span{t.Field, t.origin(i), t.origin(i)}
	}
	return Span{t.Field, t.origin(i), t.endOf(j)}
}

// origin is the offset in Orig of the character that gave Norm[i].
func (t *Text) origin(i int) int {
	lo, hi := 0, len(t.back)
	for lo < hi {
		if mid := int(uint(lo+hi) >> 1); int(t.back[mid].norm) <= i {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo == 0 {
		return i
	}
	return int(t.back[lo-1].orig) + i - int(t.back[lo-1].norm)
}

// endOf is the offset in Orig after the character that gave Norm[j-1] and the
// marks upon it.
func (t *Text) endOf(j int) int {
	j--
	for j > 0 && !utf8.RuneStart(t.Norm[j]) {
		j--
	}
	end := t.origin(j)
	_, n := utf8.DecodeRuneInString(t.Orig[end:])
	for end += n; end < len(t.Orig) && t.Orig[end] >= utf8.RuneSelf; end += n {
		var r rune
		if r, n = utf8.DecodeRuneInString(t.Orig[end:]); foldOf(r) != mark {
			break
		}
	}
	return end
}

// Normalize makes a Text. Every string is accepted; invalid UTF-8 bytes stand
// for themselves as '?'.
func Normalize(field, s string) Text {
	i := plain(s, 0)
	if i == len(s) {
		return Text{Field: field, Orig: s, Norm: s}
	}
	n := normalizer{orig: s}
	n.norm.Grow(len(s) + 8)
	for i < len(s) {
		i = plain(s, n.char(i))
	}
	n.copyTo(len(s))
	return Text{Field: field, Orig: s, Norm: n.norm.String(), back: n.back}
}

// plain returns the first place from i on that Normalize has to look at.
func plain(s string, i int) int {
	for i < len(s) && s[i] < utf8.RuneSelf && ascii[s[i]] == keep {
		i++
	}
	return i
}

type normalizer struct {
	orig string
	done int // Orig[:done] is in norm
	norm strings.Builder
	back []shift
}

// char deals with the character at i and returns the place after it.
func (n *normalizer) char(i int) int {
	r, size := utf8.DecodeRuneInString(n.orig[i:])
	next := i + size
	f := foldOf(r)
	switch {
	case r == utf8.RuneError && size == 1:
		f = '?'
	case r == '\r' && next < len(n.orig) && n.orig[next] == '\n':
		f = drop
	case f == keep:
		return next
	}
	n.copyTo(i)
	n.done = next
	switch {
	case f >= several:
		to := expansions[f-several].to
		for k := range to {
			n.sync(i)
			n.norm.WriteByte(to[k])
		}
	case f > mark:
		n.norm.WriteByte(f)
	}
	n.sync(next)
	return next
}

func (n *normalizer) copyTo(i int) {
	n.norm.WriteString(n.orig[n.done:i])
	n.done = i
}

// sync notes that the next byte of Norm comes from Orig[i].
func (n *normalizer) sync(i int) {
	at := shift{uint32(n.norm.Len()), uint32(i)}
	last := len(n.back) - 1
	switch {
	case last < 0 && at.norm == at.orig:
	case last < 0:
		n.back = append(make([]shift, 0, 16), at)
	case n.back[last].norm == at.norm:
		n.back[last] = at
	case at.orig-n.back[last].orig != at.norm-n.back[last].norm:
		n.back = append(n.back, at)
	}
}
