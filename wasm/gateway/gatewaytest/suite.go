package gatewaytest

import (
	"crypto/rand"
	"net/http"
	"strings"
	"testing"
	"time"
)

// Target is a running gateway that serves the tenants of Issuer.
type Target struct {
	URL    string
	Issuer *Issuer
}

type suite struct {
	Target
	http *http.Client
	seen *seen
	run  string // makes names of this run its own
}

// Run is the whole suite. It may be run on a gateway that holds records already.
func Run(t *testing.T, target Target) {
	s := &suite{target, &http.Client{Timeout: 60 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 64}}, newSeen(t), rand.Text()[:8]}
	for _, c := range []struct {
		name string
		run  func(*testing.T)
	}{
		{"open", s.testOpen},
		{"keep", s.testKeep},
		{"files", s.testFiles},
		{"refused", s.testRefused},
		{"devices", s.testDevices},
		{"tokens", s.testTokens},
		{"search", s.testSearch},
		{"holds", s.testHolds},
		{"packages", s.testPackages},
		{"trail", s.testTrail},
		{"tenants", s.testTenants},
		{"many", s.testMany},
		{"upkeep", s.testUpkeep},
	} {
		if !t.Run(c.name, c.run) {
			return // what follows builds on it
		}
	}
	s.seen.report(t)
}

// own makes a name of this run.
func (s *suite) own(name string) string { return strings.ToLower(name + "-" + s.run) }

// settled waits until a record has its proof and its row.
func (s *suite) settled(t testing.TB, tenant string, ids ...string) {
	t.Helper()
	auditor := s.person(t, tenant, "auditor", "auditor")
	for _, id := range ids {
		for try := 0; ; try++ {
			var r struct{ Index *int64 }
			auditor.do(t, "GET", "/v1/records/"+id+"/receipt", nil).want(t, 200).Into(t, &r)
			if r.Index != nil {
				break
			}
			if try == 600 {
				t.Fatalf("%s has no place in the log", id)
			}
			time.Sleep(50 * time.Millisecond)
		}
	}
}

// indexed waits until a search for a record's id among its keeper's finds n.
func (s *suite) indexed(t testing.TB, officer *Person, query string, n int) []item {
	t.Helper()
	for try := 0; ; try++ {
		got := officer.search(t, query)
		if len(got) == n {
			return got
		}
		if try == 600 || len(got) > n {
			t.Fatalf("%s: %d records, want %d", query, len(got), n)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

type item struct {
	ID, At, Subject, From, Keeper string
	Index                         *int64
	Holds                         []string
}

// search pages through a whole search.
func (p *Person) search(t testing.TB, query string) (all []item) {
	t.Helper()
	after := ""
	for {
		var page struct {
			Records []item
			Next    string
		}
		p.do(t, "GET", "/v1/records?limit=200&"+query+after, nil).want(t, 200).Into(t, &page)
		all = append(all, page.Records...)
		if page.Next == "" {
			return all
		}
		after = "&after=" + page.Next
	}
}
