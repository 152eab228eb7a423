package feat

import (
	"math/bits"
	"strings"
)

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

// scribed reports whether body reads like a line of minutes: "First_Last: what was
// said", "First Last: what was said" or "... what was said". A name has at most three
// capitalised words and 40 bytes. One capitalised word is a label ("Approved: ...") and
// no name; nor is one of the words labels are made of ("Final Decision: ...").
func scribed(body string) bool {
	if strings.HasPrefix(body, "... ") {
		return true
	}
	name, _, ok := strings.Cut(body[:min(len(body), 40)], ": ")
	if !ok {
		return false
	}
	words := strings.Split(name, " ")
	for _, w := range words {
		if w == "" || kind[w[0]] != kUpper || !nameBytes(w) || strings.Contains(labels, " "+strings.ToLower(w)+" ") {
			return false
		}
	}
	return len(words) < 4 && (len(words) > 1 || strings.Contains(name, "_"))
}

// nameBytes reports whether w is made of what stands in names.
func nameBytes(w string) bool {
	for i := 0; i < len(w); i++ {
		switch c := w[i]; {
		case kind[c] == kLower, kind[c] == kUpper, kind[c] == kApos:
		case c == '_', c == '-', c == '.', c == '/', c == '(', c == ')':
		default:
			return false
		}
	}
	return true
}

// labels are words that stand before a colon and name what follows, in English and
// French.
const labels = " action actions adoption advice agenda agreed agreement alert amendment announcement" +
	" approval approved assignment attention attn authorised authorisation authorized award awarded" +
	" background briefing budget bulletin cabinet change chair committee concern conclusion confidential confirmed" +
	" council court date deadline decided decision decisions deadlines direction draft emergency" +
	" event feedback figures final flash forward forwarded fwd guidance heads help immediate important incident" +
	" info information instruction instructions interim issue item items key latest line lines meeting message" +
	" minister minutes motion new news next note notice notification office option options order outcome" +
	" permission plan please point points policy position press priority proposal question questions" +
	" quick reason recommendation refused rejected reminder reply report request required response result" +
	" results ruling security sensitive situation staff statement status step steps subject summary task tasks" +
	" team to today todo topic urgent update updates vote warning" +
	" avis budget changement confidentiel consigne contexte directive dossier effet enquête" +
	" fait finale information initiale ligne mise mandat motif ordre position prochaine proposition rappel rapport" +
	" recommandation refus report sujet suivi urgence vote "

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
	st.Token, st.Part = Token{}, Whole
	st.All = opening(in.Body, append(st.buf[:0], Mix(reg), Mix(reg+size*77), Mix(size*77+5)))
	st.Own = len(st.All)
	visit(st)
	return n + len(st.All), context
}

// opening appends the features of how a body begins and whether it asks: "approved"
// in front of a statement is not "approved" in front of a question.
func opening(body string, out []uint32) []uint32 {
	var s scanner
	s.reset(body, 0, 0, false)
	asks := uint32(1)
	if strings.Contains(body, "?") {
		asks = 2
	}
	first, second := s.next().Hash, s.next().Hash
	return append(out, Mix(asks*99991+1), Mix(first*31+asks*977+3), Mix(first*131+second*0x9e3779b1+3))
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
