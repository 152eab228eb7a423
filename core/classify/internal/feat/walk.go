package feat

import "math/bits"

// Register is the manner of a text. The registers differ more than the languages.
type Register uint8

// The registers.
const (
	Chat Register = iota
	Mail
	Minutes
	Registers = 3
)

// Input is what features are made of.
type Input struct {
	Body, Subject string
	Context       [Contexts]string // the messages before, latest first; "" where there are none
	Register      Register
}

// Contexts is the number of earlier messages that are read.
const Contexts = 4

// RegisterOf gives the register of a body that came as mail, or as chat. Minutes
// are told by their form.
func RegisterOf(body string, mail bool) Register {
	switch {
	case mail:
		return Mail
	case scribed(body):
		return Minutes
	}
	return Chat
}

// scribed reports whether body reads like a line of minutes, "First Last: what was
// said" or "... what was said": a name of at most three capitalised words and 40
// bytes.
func scribed(body string) bool {
	if len(body) > 3 && body[:4] == "... " {
		return true
	}
	capital, spaces := true, 0
	for i := 0; i < len(body) && i < 40; i++ {
		c := body[i]
		switch {
		case capital && kind[c] != kUpper:
			return false
		case c == ':':
			return i+1 < len(body) && body[i+1] == ' '
		case c == ' ':
			if spaces++; spaces > 2 {
				return false
			}
		case kind[c] == kLower, kind[c] == kUpper, kind[c] == kApos:
		case c == '_', c == '-', c == '.', c == '/', c == '(', c == ')':
		default:
			return false
		}
		capital = c == ' '
	}
	return false
}

// Part says where a token stands.
type Part uint8

// The parts of an input.
const (
	Whole   Part = iota // features of the body as a whole, which no token has
	Body                // a token of the body
	Subject             // a token of the subject or title
	Context             // a token of an earlier message: All is the word alone
)

// Step is one token's features. Those of the whole come last.
type Step struct {
	Token Token
	Part  Part
	All   []uint32 // valid until the next step
	Own   int      // All[:Own] belong to the token alone, the rest to the one before it too
	buf   [MaxPerToken]uint32
}

// Words gives the features that are whole words or pairs of them.
func (s *Step) Words() (word uint32, pairs []uint32) { return s.All[0], s.All[s.Own:] }

// Walk calls visit for every token of in, and once more for the features of the
// whole; it returns the number of features, and of those of the context.
func Walk(in Input, visit func(*Step)) (n, context int) {
	st := new(Step) // one for all: visit's argument escapes
	words := 0
	walk(in.Body, Body, in.Register, st, func(st *Step) {
		if st.Token.Class == Word || st.Token.Class == Sign {
			words++
		}
		n += len(st.All)
		visit(st)
	})
	walk(in.Subject, Subject, in.Register, st, func(st *Step) {
		n += len(st.All)
		visit(st)
	})
	for _, c := range in.Context {
		walk(c, Context, in.Register, st, func(st *Step) {
			context++
			visit(st)
		})
	}
	reg := seedRegister[in.Register]
	size := uint32(bits.Len32(uint32(min(words, 1000) * min(words, 1000))))
	st.Token, st.Part, st.Own = Token{}, Whole, 3
	st.All = append(st.buf[:0], Mix(reg), Mix(reg+size*77), Mix(size*77+5))
	visit(st)
	return n + len(st.All), context
}

// walk reads the tokens of one part. A chat's title is short and says much, so
// that its words are read letter by letter too; a mail's subject is not.
func walk(text string, part Part, reg Register, st *Step, visit func(*Step)) {
	var s scanner
	s.reset(text, seedPart[part], seedRegister[reg], part == Body || part == Subject && reg == Chat)
	for {
		st.Token, st.Part = s.next(), part
		if st.Token.Class == End {
			return
		}
		st.All, st.Own = s.features(st.Token, st.buf[:0])
		if part == Context {
			st.All, st.Own = st.All[:1], 1
		}
		visit(st)
	}
}
