package main

import (
	"bufio"
	"encoding/json"
	"math"
	"os"

	"hanaper/core/classify"
	"hanaper/core/classify/internal/net"
)

// answer is one line of the file of answers: what the model says of a labelled
// message when it was trained without it. Whoever judges by packs what nobody
// could have learnt by heart reads it (tools/interruptions). It holds no text.
type answer struct {
	ID    string          `json:"id"`
	File  string          `json:"file"`
	Class classify.Result `json:"class"`
}

// writeAnswers writes the answer to every labelled message, as JSON lines.
func writeAnswers(file string, all []Example, v *verdicts) error {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	e := json.NewEncoder(w)
	for i := range all {
		if all[i].Written() {
			continue
		}
		if err := e.Encode(answer{all[i].ID, all[i].File, v.result(&all[i])}); err != nil {
			return err
		}
	}
	return w.Flush()
}

// result is what classify.Judge would answer, with the messages before; without
// the words that moved it, which no verdict's level depends on.
func (v *verdicts) result(e *Example) classify.Result {
	out := classify.Result{Scope: "unclear"}
	raw := v.context[e]
	if raw.Known == 0 || raw.Known*2 < raw.Words {
		return out
	}
	prob := func(head int) float64 { return v.probOf(v.context, e, head) }
	sig := prob(net.Sig)
	out.Known, out.Significance = true, tenThousandths(sig)
	for i := range out.Limbs {
		out.Limbs[i] = tenThousandths(sig * prob(net.Kind+i))
	}
	for i := range out.Acts {
		out.Acts[i] = tenThousandths(sig * prob(net.Kind+len(out.Limbs)+i))
	}
	names := [net.Scopes]string{"business", "personal", "political", "unclear"}
	sum, best := 0.0, 0
	for i := range names {
		sum += prob(net.Scope + i)
		if prob(net.Scope+i) > prob(net.Scope+best) {
			best = i
		}
	}
	out.ScopeProb = tenThousandths(prob(net.Scope+best) / sum)
	if out.Scope = names[best]; out.ScopeProb < minScope {
		out.Scope = "unclear"
	}
	return out
}

// minScope is classify's: the least probability at which a scope is named.
const minScope = 4500

func tenThousandths(p float64) classify.Prob { return classify.Prob(math.Round(p * net.One)) }
