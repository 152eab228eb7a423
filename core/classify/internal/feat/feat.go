// Package feat turns a text into hashed features, one token at a time. The
// trainer and the judgement read texts through the same code, so that what was
// learnt is what is looked up.
//
// A token is a run of ASCII letters and digits, a run of one sign, or a single
// character above U+007F (an emoji, a letter of another script). Letters are made
// small, digits all stand for '0', apostrophes inside English words are dropped
// (don't, dont) and French elisions are tokens of their own (j', l', qu').
package feat

// MaxPerToken is the number of features one token can have.
const MaxPerToken = 128

// maxWord is the number of bytes of a token that are read; the rest of a longer
// one is skipped.
const maxWord = 24

// Class says what a token is made of.
type Class uint8

// The classes of tokens.
const (
	End    Class = iota // the text is over
	Word                // letters, perhaps with digits
	Number              // digits only
	Sign                // one ASCII sign
	Other               // bytes above 0x7f
)

// Seeds keep the parts of an input, and the registers, apart: the same word
// in a subject and in a body are two features.
var seedPart = [...]uint32{Body: 0x811c9dc5, Subject: 0x2f0b4c47, Context: 0x5bd1e995}

const seedGrams uint32 = 0x6a09e667

var seedRegister = [Registers]uint32{Chat: 0x01234567, Mail: 0x07654321, Minutes: 0x1b873593}

// Token is a stretch of the text, [Start,End) in bytes.
type Token struct {
	Start, End int
	Class      Class
	Hash       uint32 // of the letters, without a seed
}

// scanner reads the tokens of a text in order.
type scanner struct {
	text  string
	pos   int
	seed  uint32 // of the field
	reg   uint32 // of the register
	chars bool
	buf   [maxWord + 2]byte // '<' word '>'
	n     int
	w1    uint32 // the token before, 0 at the beginning of a sentence
	w2    uint32 // the one before that
}

// reset makes s read text. Features are told apart by seed; with chars, tokens
// have features for their parts as well.
func (s *scanner) reset(text string, seed, reg uint32, chars bool) {
	*s = scanner{text: text, seed: seed, reg: reg, chars: chars}
}

// next reads the next token; its Class is End at the end of the text.
func (s *scanner) next() Token {
	t := s.text
	i := s.pos
	for i < len(t) && (kind[t[i]] == kSkip || kind[t[i]] == kApos) {
		if t[i] == '\n' {
			s.w1, s.w2 = 0, 0
		}
		i++
	}
	if i >= len(t) {
		s.pos = i
		return Token{Start: i, End: i}
	}
	start := i
	switch kind[t[i]] {
	case kSign:
		s.set1(t[i])
		for i < len(t) && t[i] == t[start] {
			i++ // "!!!" is one token
		}
		s.pos = i
		return s.token(start, i, Sign)
	case kHigh:
		for i < len(t) && (i == start || t[i]&0xC0 == 0x80) && i-start < 4 {
			s.buf[1+i-start] = t[i]
			i++
		}
		s.close(i - start)
		s.pos = i
		return s.token(start, i, Other)
	}
	return s.word(start)
}

// word reads a run of letters and digits.
func (s *scanner) word(start int) Token {
	t, n, letters := s.text, 0, false
	i := start
	for ; i < len(t); i++ {
		c := t[i]
		switch kind[c] {
		case kUpper:
			c |= 0x20
			letters = true
		case kLower:
			letters = true
		case kDigit:
			c = '0'
		case kApos:
			if i+1 >= len(t) || (kind[t[i+1]] != kLower && kind[t[i+1]] != kUpper) {
				goto done
			}
			if letters && elision(s.buf[1:1+n]) {
				i++
				goto done
			}
			continue
		default:
			goto done
		}
		if n < maxWord {
			s.buf[1+n] = c
			n++
		}
	}
done:
	s.close(n)
	s.pos = i
	if letters {
		return s.token(start, i, Word)
	}
	return s.token(start, i, Number)
}

func (s *scanner) set1(c byte) {
	s.buf[1] = c
	s.close(1)
}

func (s *scanner) close(n int) {
	s.buf[0], s.buf[n+1] = '<', '>'
	s.n = n
}

func (s *scanner) token(start, end int, c Class) Token {
	h := uint32(2166136261)
	for _, b := range s.buf[1 : 1+s.n] {
		h = (h ^ uint32(b)) * 16777619
	}
	return Token{start, end, c, h | 1}
}

// elision reports whether w stands before an apostrophe in French.
func elision(w []byte) bool {
	switch len(w) {
	case 1:
		switch w[0] {
		case 'c', 'd', 'j', 'l', 'm', 'n', 's', 't':
			return true
		}
	case 2:
		return w[0] == 'q' && w[1] == 'u'
	case 5, 6, 7:
		return w[len(w)-2] == 'q' && w[len(w)-1] == 'u'
	}
	return false
}

// Mix spreads the bits of h.
func Mix(h uint32) uint32 {
	h ^= h >> 15
	h *= 0x2c1b3c6d
	h ^= h >> 12
	h *= 0x297a2d39
	return h ^ h>>15
}

// features appends the features of t, the token next has just given, to out and
// says how many of them belong to t alone; those after also belong to the token
// before it. The first two are the word and the word in its register.
func (s *scanner) features(t Token, out []uint32) (all []uint32, own int) {
	out = append(out, Mix(t.Hash^s.seed), Mix(t.Hash^s.seed^s.reg))
	if s.chars && t.Class == Word && s.n > 2 {
		out = s.grams(out)
	}
	own = len(out)
	if s.w1 == 0 {
		out = append(out, Mix((t.Hash*31+7)^s.seed))
	} else {
		out = append(out, Mix((s.w1*0x9e3779b1+t.Hash*31)^s.seed))
		if s.w2 != 0 {
			out = append(out, Mix((s.w2*0x85ebca6b+t.Hash*131)^s.seed))
		}
	}
	s.w2, s.w1 = s.w1, t.Hash
	if t.Class == Sign && t.End > t.Start && (s.buf[1] == '.' || s.buf[1] == '?' || s.buf[1] == '!') {
		s.w1, s.w2 = 0, 0
	}
	return out, own
}

// grams appends the runs of three to five letters of the word, its ends marked.
func (s *scanner) grams(out []uint32) []uint32 {
	b := s.buf[:s.n+2]
	seed := s.seed ^ seedGrams
	for i := 0; i+3 <= len(b); i++ {
		h := seed
		h = (h ^ uint32(b[i])) * 16777619
		h = (h ^ uint32(b[i+1])) * 16777619
		h = (h ^ uint32(b[i+2])) * 16777619
		out = append(out, Mix(h))
		if i+4 <= len(b) {
			h = (h ^ uint32(b[i+3])) * 16777619
			out = append(out, Mix(h))
		}
		if i+5 <= len(b) {
			out = append(out, Mix((h^uint32(b[i+4]))*16777619))
		}
	}
	return out
}

// The kinds of bytes.
const (
	kSkip = iota
	kLower
	kUpper
	kDigit
	kSign
	kApos
	kHigh
)

var kind = func() (k [256]uint8) {
	for c := range k {
		switch {
		case c >= 'a' && c <= 'z':
			k[c] = kLower
		case c >= 'A' && c <= 'Z':
			k[c] = kUpper
		case c >= '0' && c <= '9':
			k[c] = kDigit
		case c == '\'':
			k[c] = kApos
		case c == '?', c == '!', c == '.', c == ',', c == ':', c == '$', c == '%', c == '#', c == '@', c == '/', c == '&', c == '+', c == '=', c == '"':
			k[c] = kSign
		case c >= 0x80:
			k[c] = kHigh
		}
	}
	return k
}()
