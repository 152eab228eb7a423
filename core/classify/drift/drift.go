// Package drift watches whether a personal chat turns to government business
// (UK guidance, paragraph 18): a sequential change detector, Page's CUSUM, on how
// far each message's log-odds of being business lie above the chat's own level.
//
// The chat's own level, and not a fixed one, is what makes it work: topic, slang
// and language move all messages of a chat alike. The level is the mean of the
// messages so far, with a prior as heavy as priorCount messages; before the first
// message it is that of personal chats at large, since the person said the chat
// is personal.
//
// The state is three integers, no text, so that a shell may keep it: see
// docs/model-card.md, section Drift, for how well it does.
package drift

import "math/bits"

// Unit: log-odds and scores are in 1/Unit.
const Unit = 256

// The detector's constants, in 1/Unit but for priorCount; chosen on spliced chats,
// see core/classify/train/drift.go.
const (
	priorCount = 2
	priorLevel = -180
	lowest     = -128 // one message counts no less than this...
	highest    = 512  // ... and no more than this
	allowance  = 128  // what a message may lie above the level for nothing
	threshold  = 1100
	ceiling    = threshold + 2*highest // so that the chat may turn back
	maxCount   = 30                    // the level follows the last messages from then on
)

// State is what is known of a chat. The zero State is that of a chat of which
// nothing was seen.
type State struct {
	Count int // messages that made the level, at most maxCount
	Sum   int // of their log-odds
	Score int // 0 to ceiling
}

// Drifted tells whether the chat has turned to business.
func (s State) Drifted() bool { return s.Score >= threshold }

// Next is the state after one more message that is business with probability p,
// in 1/10,000.
func (s State) Next(p int) State {
	x := LogOdds(p)
	level := (s.Sum + priorCount*priorLevel) / (s.Count + priorCount)
	step := max(lowest, min(highest, x-level)) - allowance
	s.Score = max(0, min(ceiling, s.Score+step))
	if s.Count == maxCount {
		s.Sum -= s.Sum / maxCount
		s.Count--
	}
	s.Sum, s.Count = s.Sum+x, s.Count+1
	return s
}

// Numbers is the state for a shell to keep; Of reads it back. What is not three
// numbers is the zero State (an earlier version's), and each is brought into its
// bounds.
func (s State) Numbers() []int64 { return []int64{int64(s.Count), int64(s.Sum), int64(s.Score)} }

// Of is the state of which Numbers gave n.
func Of(n []int64) (s State) {
	if len(n) != 3 {
		return s
	}
	const far = 10 * Unit // log-odds of 1/10,000 are 9.2
	s.Count = int(max(0, min(maxCount, n[0])))
	s.Sum = int(max(-far*int64(s.Count), min(far*int64(s.Count), n[1])))
	s.Score = int(max(0, min(ceiling, n[2])))
	return s
}

// LogOdds of a probability in 1/10,000, natural logarithm, in 1/Unit; 0 and
// 10,000 count as 1 and 9,999.
func LogOdds(p int) int {
	p = max(1, min(9999, p))
	return (log2(uint64(p)) - log2(uint64(10000-p))) * 45426 >> 24
}

// log2 of n in 1/65,536, by squaring the fraction.
func log2(n uint64) int {
	whole := bits.Len64(n) - 1
	x := n << (31 - whole) // 1 to 2, in 1/2^31
	out := whole
	for range 16 {
		x = x * x >> 31
		out <<= 1
		if x >= 1<<32 {
			x >>= 1
			out |= 1
		}
	}
	return out
}
