// Package classify tells government business from the rest, and what must be
// kept from what need not be. The model is small, embedded and integer.
package classify

//go:generate go run hanaper/tools/embed -package classify -out modeldata.go weights=model.bin

import "hanaper/core/message"

// Prob is a probability in 1/10,000.
type Prob uint16

// Input is what the model reads. Mail is true where messages have subjects and
// the register is mail's; the two registers differ more than the languages do.
type Input struct {
	Body    *message.Text
	Subject *message.Text // subject, or the chat's title; nil where there is none
	Context []message.Message
	Mail    bool
}

// Result is the model's answer.
type Result struct {
	Scope        string // business, personal, political or unclear
	ScopeProb    Prob
	Business     Prob // of business, whatever Scope is: what core/classify/drift adds up
	Significance Prob
	Limbs        [2]Prob        // direction of work; evidence of material change
	Acts         [6]Prob        // in the order of Acts
	Words        []message.Span // the words that moved Significance most, at most 5, in text order
	Known        bool           // false: the model does not know (no words, or not its language)
}

// Acts names Result.Acts: decision, approval, permission, request (or notice that
// starts work), change (of a situation), position.
var Acts = [6]string{"decision", "approval", "permission", "request", "change", "position"}

// Limbs names Result.Limbs (UK-14).
var Limbs = [2]string{"direction", "material_change"}
