package classify

import (
	"hanaper/core/classify/internal/feat"
	"hanaper/core/classify/internal/net"
	"hanaper/core/inflate"
	"hanaper/core/message"
)

// model is nil where the file is not a model; then nothing is known.
var model, _ = net.Parse(file)

// file is model.bin.
var file = func() string {
	data, err := inflate.Inflate(weights, weightsSize)
	if err != nil { // a test loads it
		panic("classify: model.bin: " + err.Error())
	}
	return string(data)
}()

// The scopes, in the order of the model's heads.
var scopes = [net.Scopes]string{"business", "personal", "political", "unclear"}

// minScope is the least probability at which a scope is named.
const minScope = 4500

// Judge classifies a message.
func Judge(in Input) Result {
	out := Result{Scope: "unclear"}
	if in.Body == nil || model == nil {
		return out
	}
	f := feat.Input{Body: in.Body.Norm, Register: feat.RegisterOf(in.Body.Norm, in.Mail)}
	if in.Subject != nil {
		f.Subject = in.Subject.Norm
	}
	for i := range min(len(f.Context), len(in.Context)) {
		t := message.Normalize("", head(in.Context[len(in.Context)-1-i].Body))
		f.Context[i] = t.Norm
	}
	raw := model.Run(f)
	if !known(raw.Words, raw.Known) {
		return out
	}
	out.Known = true
	prob := func(head int) uint32 { return model.Probability(head, raw.Logit[head], f.Register) }
	sig := prob(net.Sig)
	out.Significance = Prob(sig)
	for i := range out.Limbs {
		out.Limbs[i] = Prob(sig * prob(net.Kind+i) / net.One)
	}
	for i := range out.Acts {
		out.Acts[i] = Prob(sig * prob(net.Kind+len(out.Limbs)+i) / net.One)
	}
	out.Scope, out.ScopeProb, out.Business = scope(prob)
	out.Words = words(in.Body, &raw)
	return out
}

// head is the beginning of an earlier message, at most 400 bytes of it.
func head(s string) string {
	if len(s) <= 400 {
		return s
	}
	n := 400
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n]
}

// known reports whether enough of the words are ones the model has seen: one, and
// every second.
func known(words, seen int) bool { return seen > 0 && seen*2 >= words }

// scope names the likeliest scope and gives its share and that of business; the four
// heads are made to sum to one.
func scope(prob func(int) uint32) (name string, share, business Prob) {
	var p [net.Scopes]uint32
	sum, best := uint32(0), 0
	for i := range p {
		p[i] = prob(net.Scope+i) + 1
		sum += p[i]
		if p[i] > p[best] {
			best = i
		}
	}
	share = Prob(p[best] * net.One / sum)
	if share < minScope {
		best = len(p) - 1
	}
	return scopes[best], share, Prob(p[0] * net.One / sum)
}

// words gives the places of the words that add most to significance, in the
// order of the text; a word that adds less than a quarter of what the first one
// does is left out.
func words(body *message.Text, raw *net.Raw) []message.Span {
	top := raw.Top
	n := 0
	for n < len(top) && top[n].Sum > 0 && top[n].Sum*4 >= top[0].Sum {
		n++
	}
	if n == 0 {
		return nil
	}
	for i := 1; i < n; i++ {
		for k := i; k > 0 && top[k].Start < top[k-1].Start; k-- {
			top[k], top[k-1] = top[k-1], top[k]
		}
	}
	out := make([]message.Span, n)
	for i := range out {
		out[i] = body.Span(top[i].Start, top[i].End)
	}
	return out
}
