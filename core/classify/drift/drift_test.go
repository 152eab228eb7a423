package drift

import (
	"math"
	"math/rand"
	"testing"
)

func TestLogOdds(t *testing.T) {
	for p := 0; p <= 10000; p++ {
		q := float64(max(1, min(9999, p))) / 10000
		if want := Unit * math.Log(q/(1-q)); math.Abs(float64(LogOdds(p))-want) > 1.5 {
			t.Fatalf("log-odds of %d are %d/%d, want %.1f", p, LogOdds(p), Unit, want)
		}
	}
}

func after(s State, p ...int) State {
	for _, p := range p {
		s = s.Next(p)
	}
	return s
}

func times(n, p int) (out []int) {
	for range n {
		out = append(out, p)
	}
	return out
}

// A chat stays what it is at any level of its own, turns when its messages do, and
// turns back.
func TestDrift(t *testing.T) {
	for _, level := range []int{300, 2000, 4000} {
		s := after(State{}, times(200, level)...)
		if s.Drifted() {
			t.Errorf("a chat of %d throughout has drifted: %+v", level, s)
		}
		s = after(after(State{}, times(12, level)...), times(6, 9500)...)
		if !s.Drifted() {
			t.Errorf("12 messages of %d and 6 of 9,500 have not drifted: %+v", level, s)
		}
		if s = after(s, times(40, level)...); s.Drifted() {
			t.Errorf("a chat that turned back 40 messages ago has still drifted: %+v", s)
		}
	}
	if one := after(State{}, append(times(12, 1000), 9999)...); one.Drifted() {
		t.Errorf("one message alone has drifted: %+v", one)
	}
}

// More business never gives a lower score; states stay in their bounds and survive
// being kept.
func TestStates(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	for range 2000 {
		s := Of([]int64{int64(r.Intn(60) - 10), int64(r.Intn(100000) - 50000), int64(r.Intn(8000) - 1000)})
		for range 20 {
			p := r.Intn(10001)
			next := s.Next(p)
			if more := s.Next(min(10000, p+r.Intn(500))); more.Score < next.Score {
				t.Fatalf("%+v: a likelier message scores %d, not %d", s, more.Score, next.Score)
			}
			if next.Count < 1 || next.Count > maxCount || next.Score < 0 || next.Score > ceiling {
				t.Fatalf("%+v after %d is %+v", s, p, next)
			}
			if again := Of(next.Numbers()); again != next {
				t.Fatalf("%+v came back as %+v", next, again)
			}
			s = next
		}
	}
	for _, odd := range [][]int64{nil, {1, 2}, {1, 2, 3, 4}} {
		if Of(odd) != (State{}) {
			t.Errorf("%v is a state", odd)
		}
	}
}
