package feat

import "math/bits"

// Input is what features are made of.
type Input struct {
	Body, Subject string
	Mail          bool
}

// Step is one token's features. The features of a whole input, which no token
// has, come last in a Step with a zero Token.
type Step struct {
	Token Token
	Body  bool     // the token is one of the body's
	All   []uint32 // valid until the next step
	buf   [MaxPerToken]uint32
	Own   int // All[:Own] belong to the token alone, the rest to the one before it too
}

// Words gives the features that are whole words or pairs of them.
func (s *Step) Words() (word uint32, pairs []uint32) { return s.All[0], s.All[s.Own:] }

// Walk calls visit for every token of in, and once more for the features of the
// whole; it returns the number of features.
func Walk(in Input, visit func(*Step)) int {
	var s scanner
	reg := seedChat
	if in.Mail {
		reg = seedMail
	}
	n, words := 0, uint32(0)
	st := new(Step) // one for all: visit's argument escapes
	field := func(text string, seed uint32, body bool) {
		s.reset(text, seed, reg, body)
		for {
			t := s.next()
			if t.Class == End {
				return
			}
			st.Token, st.Body = t, body
			st.All, st.Own = s.features(t, st.buf[:0])
			if body && t.Class == Word {
				words++
			}
			n += len(st.All)
			visit(st)
		}
	}
	field(in.Body, seedBody, true)
	field(in.Subject, seedSubject, false)
	size := uint32(bits.Len32(min(words, 1000) * min(words, 1000)))
	st.Token, st.Body, st.Own = Token{}, false, 3
	st.All = append(st.buf[:0], Mix(reg), Mix(reg+size*77), Mix(size*77+5))
	visit(st)
	return n + len(st.All)
}
