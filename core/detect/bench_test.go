package detect

import (
	"strings"
	"testing"
	"time"

	"hanaper/core/message"
)

// mixed is about 1 KB of office chat, plain ASCII, with a few findings in it:
// what the budgets of DESIGN.md are measured on.
var mixed = strings.Join([]string{
	"Morning all. The Minister's office wants the revised note by 3pm, can somebody check the figures in table 4 before it goes?",
	"Ring me on 07700 900123 if the lift is out again, or mail p.greer@ncdot.example and copy the project team.",
	"I have moved the review to 14 March 2026, room 3.12, for 45 minutes; dial-in as before. No papers needed.",
	"The depot says 1,250 units at $14.99 each, so $18,737.50 in all, order 4500123987, reference INC-20260117-003.",
	"Her card is 4111 1111 1111 1111 exp 10/26 and the hotel wants it tonight, I said we do not send these by chat.",
	"mot de passe du wifi : Grenouille42, salle B. Merci de ne pas le partager, on le change vendredi.",
	"See https://www.gov.uk/guidance/records and the short one, bit.ly/3xYz12, for the form. Who approved version 2.1?",
	"We agreed to stop the pilot in the north and start again in May; please tell the unions before noon, thanks.",
	"Lunch? The usual place has a queue out of the door, so perhaps the other one. I can be there at 12:40.",
	"NI number AA 12 34 56 B for the new starter, payroll asked twice.",
}, "\n")[:1024]

func BenchmarkScan(b *testing.B) {
	b.SetBytes(int64(len(mixed)))
	x := message.Normalize("body", mixed)
	Scan(&x)
	b.ReportAllocs()
	for b.Loop() {
		Scan(&x)
	}
}

func BenchmarkScanQuiet(b *testing.B) {
	x := message.Normalize("body", "ok see you at the usual place, bring the papers")
	b.ReportAllocs()
	for b.Loop() {
		Scan(&x)
	}
}

func BenchmarkBuild(b *testing.B) {
	words := ready().words
	for b.Loop() {
		build(words)
	}
}

func BenchmarkOracle(b *testing.B) {
	x := message.Normalize("body", mixed)
	oracleScan(&x, false)
	for b.Loop() {
		oracleScan(&x, false)
	}
}

// TestRatio: the detectors against the naive oracle on the same text in the same
// run. A ratio, not a time; the budget is 50, the floor is generous because the
// machine may be busy.
func TestRatio(t *testing.T) {
	x := message.Normalize("body", mixed)
	best := func(rounds int, f func()) time.Duration {
		least := time.Hour
		for range 7 {
			start := time.Now()
			for range rounds {
				f()
			}
			least = min(least, time.Since(start)/time.Duration(rounds))
		}
		return least
	}
	oracleScan(&x, false)
	slow, fast := best(1, func() { oracleScan(&x, false) }), best(100, func() { Scan(&x) })
	ratio := float64(slow) / float64(fast)
	t.Logf("oracle / detectors on %d bytes: %.0f times", len(mixed), ratio)
	if ratio < 20 {
		t.Errorf("the detectors are only %.1f times as fast as the oracle, at least 20 are needed (budget 50)", ratio)
	}
}
