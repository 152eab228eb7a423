package gatewaytest

import (
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"hanaper/proof"
)

// Load is one keeper who puts records and remembers for which they have a receipt.
type Load struct {
	s *suite
	p *Person

	mu      sync.Mutex
	taken   map[string]bool
	refused int
	why     string // of the last refusal
}

// NewLoad enrols the keeper's device.
func NewLoad(t testing.TB, target Target, tenant, subject string) *Load {
	t.Helper()
	s := &suite{Target: target, http: &http.Client{Timeout: time.Minute, Transport: &http.Transport{MaxIdleConnsPerHost: 64}}, seen: newSeen(t), run: "load"}
	return &Load{s: s, p: s.keeper(t, tenant, subject), taken: map[string]bool{}}
}

// NewLoadWith is NewLoad for somebody who has a token already.
func NewLoadWith(t testing.TB, url, tenant, subject, token string) *Load {
	t.Helper()
	s := &suite{Target: Target{URL: url}, http: &http.Client{Timeout: time.Minute}, seen: newSeen(t), run: "load"}
	p := &Person{s: s, tenant: tenant, subject: subject, token: token}
	p.enrol(t)
	return &Load{s: s, p: p, taken: map[string]bool{}}
}

// With asks for something with a token.
func (l *Load) With(t testing.TB, token, method, path string) *Answer {
	t.Helper()
	return (&Person{s: l.s, tenant: l.p.tenant, token: token}).do(t, method, path, nil)
}

// Record makes a record.
func (l *Load) Record(t testing.TB, subject, body string) Kept {
	return l.p.record(t, subject, body, nil)
}

// Put tries once and tells whether there is a good receipt.
func (l *Load) Put(t testing.TB, k Kept) bool {
	a, err := l.p.try("PUT", "/v1/records/"+k.ID, k.Body)
	l.mu.Lock()
	defer l.mu.Unlock()
	if err != nil || a.Status != 200 && a.Status != 201 {
		l.refused++
		if l.why = fmt.Sprint(err); err == nil {
			l.why = fmt.Sprintf("%d %.300s", a.Status, a.Body)
		}
		return false
	}
	l.taken[k.ID] = true
	return true
}

// Refused counts the puts without a receipt.
func (l *Load) Refused() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.refused
}

// Taken counts the records with a receipt.
func (l *Load) Taken() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.taken)
}

// ConsistentAtLeast is Consistent where some puts were cut off: their records may or
// may not be there, the n receipted ones are.
func (l *Load) ConsistentAtLeast(t testing.TB, n int) {
	t.Helper()
	officer := l.s.person(t, l.p.tenant, "officer", "officer")
	for try := 0; ; try++ {
		there := map[string]bool{}
		for _, it := range officer.search(t, "keeper="+l.p.subject) {
			there[it.ID] = true
		}
		missing := 0
		for id := range l.taken {
			if !there[id] {
				missing++
			}
		}
		if missing == 0 && len(there) >= n {
			l.Consistent(t, n, len(there))
			return
		}
		if try == 400 {
			t.Fatalf("%d of %d receipted records are not in the index", missing, n)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// Consistent waits until all n receipted records have their place, and reads the log:
// each is in it once, the officer finds each, and every answer was as described.
// indexed, where given, is how many the officer finds, if not n.
func (l *Load) Consistent(t testing.TB, n int, indexed ...int) {
	t.Helper()
	var ids []string
	for id := range l.taken {
		ids = append(ids, id)
	}
	if len(ids) != n {
		t.Errorf("%d records have receipts, want %d", len(ids), n)
	}
	l.s.settled(t, l.p.tenant, ids...)
	l.s.readLog(t, l.p.tenant, l.s.verifier(t, l.p.tenant), ids...)
	officer := l.s.person(t, l.p.tenant, "officer", "officer")
	l.s.indexed(t, officer, "keeper="+l.p.subject, append(indexed, n)[0])
	for _, problem := range l.s.seen.problems {
		t.Error(problem)
	}
}

// Proof is the inclusion proof of a record as it is now.
func (l *Load) Proof(t testing.TB, id string) (int64, proof.Checkpoint) {
	t.Helper()
	var r struct{ Proof string }
	l.p.do(t, "GET", "/v1/records/"+id+"/receipt", nil).want(t, 200).Into(t, &r)
	index, c, err := proof.CheckInclusion(r.Proof, id, l.s.verifier(t, l.p.tenant))
	if err != nil {
		t.Fatal(err)
	}
	return index, c
}

// As asks for something with these roles, in the load's organisation.
func (l *Load) As(t testing.TB, method, path string, body any, roles ...string) *Answer {
	t.Helper()
	return l.s.person(t, l.p.tenant, "upkeep", roles...).do(t, method, path, body)
}

// Move points the load at a gateway that was started again.
func (l *Load) Move(url string) { l.s.URL = url }

// Renew gives the keeper a token signed with the issuer's newest key.
func (l *Load) Renew(t testing.TB, change Claims) {
	t.Helper()
	l.p.token = l.s.Issuer.Token(t, l.p.tenant, l.p.subject, []string{"keeper"}, change)
}
