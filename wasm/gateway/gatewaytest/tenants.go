package gatewaytest

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"fmt"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
)

var everyRole = []string{"keeper", "officer", "auditor", "administrator"}

// Tokens that are not good are refused, whatever is wrong with them.
func (s *suite) testTokens(t *testing.T) {
	now := time.Now()
	token := func(change Claims) string { return s.Issuer.Token(t, "ministry", "somebody", everyRole, change) }
	stranger, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	good := Claims{"iss": Issuing("ministry"), "aud": "hanaper-ministry", "sub": "x", "iat": now.Unix(), "exp": now.Add(time.Minute).Unix(), "roles": everyRole}
	valid := token(nil)
	for name, bad := range map[string]string{
		"expired":            token(Claims{"iat": now.Add(-time.Hour).Unix(), "exp": now.Add(-2 * time.Minute).Unix()}),
		"24 h ahead":         token(Claims{"iat": now.Add(24 * time.Hour).Unix(), "nbf": now.Add(24 * time.Hour).Unix(), "exp": now.Add(25 * time.Hour).Unix()}),
		"lives a day":        token(Claims{"exp": now.Add(24 * time.Hour).Unix()}),
		"no end":             token(Claims{"exp": nil}),
		"no start":           token(Claims{"iat": nil}),
		"nobody":             token(Claims{"sub": nil}),
		"another issuer":     token(Claims{"iss": Issuing("agency")}),
		"another audience":   token(Claims{"aud": "hanaper-agency"}),
		"no audience":        token(Claims{"aud": nil}),
		"forged":             sign(t, jose.ES256, stranger, "key-0", good),
		"unknown key":        sign(t, jose.ES256, stranger, "key-99", good),
		"shared secret":      sign(t, jose.HS256, bytes.Repeat([]byte("k"), 32), "key-0", good),
		"unsigned":           "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.",
		"a changed letter":   valid[:len(valid)/2] + flip(valid[len(valid)/2:]),
		"empty":              "",
		"very long":          strings.Repeat("a", 20_000),
		"no token, but JSON": "{}",
	} {
		p := s.person(t, "ministry", "somebody")
		p.token = bad
		if a := p.do(t, "GET", "/v1/me", nil); a.Status != 401 || a.Header.Get("WWW-Authenticate") == "" {
			t.Errorf("%s: %d %s", name, a.Status, a.Body)
		}
	}
	p := s.person(t, "ministry", "somebody")
	p.token = token(Claims{"iat": now.Add(-10 * time.Minute).Unix(), "exp": now.Add(-30 * time.Second).Unix()})
	p.do(t, "GET", "/v1/me", nil).want(t, 200) // within the skew of clocks
	for _, claim := range []any{"keeper officer", []string{"keeper", "juggler"}} {
		p.token = token(Claims{"roles": claim})
		p.do(t, "GET", "/v1/devices", nil).want(t, 200)
	}
}

func flip(s string) string {
	c := byte('A')
	if s[0] == c {
		c = 'B'
	}
	return string(c) + s[1:]
}

// operation is a route with something put into its holes.
type operation struct{ method, path string }

// operations are all that need a sign-in.
func (s *suite) operations(fill map[string]string) (out []operation) {
	open := map[string]bool{"/v1/health": true, "/v1/openapi.json": true, "/v1/key": true, "/v1/log/checkpoint": true, "/v1/log/tile/{path}": true}
	for path, methods := range s.seen.doc.Paths {
		if open[path] {
			continue
		}
		for method := range methods {
			filled := path
			for hole, value := range fill {
				filled = strings.ReplaceAll(filled, "{"+hole+"}", value)
			}
			out = append(out, operation{strings.ToUpper(method), filled})
		}
	}
	return out
}

// What one organisation has does not exist for the other, on any route: not by its
// host with another's token, not by its own host with another's names.
func (s *suite) testTenants(t *testing.T) {
	secret := "canary" + strings.ToLower(s.run)
	p := s.keeper(t, "ministry", s.own("tenant"))
	officer := s.person(t, "ministry", s.own("officer"), "officer")
	file := []byte("file " + secret)
	p.do(t, "PUT", "/v1/files/"+digest(file), file).want(t, 201)
	k := p.record(t, secret, secret, nil)
	p.put(t, k).want(t, 201)
	s.indexed(t, officer, "keeper="+p.subject, 1)
	name := s.own("secret")
	officer.do(t, "PUT", "/v1/holds/"+name, map[string]string{"name": secret, "reason": secret}).want(t, 201)
	officer.do(t, "PUT", "/v1/packages/"+name, map[string]any{"name": secret, "reason": secret, "query": map[string]string{"q": secret}})
	var own struct{ Devices []struct{ ID string } }
	p.do(t, "GET", "/v1/devices?limit=200", nil).want(t, 200).Into(t, &own)
	fill := map[string]string{"id": k.ID, "digest": digest(file), "hold": name, "package": name, "part": "1", "device": own.Devices[0].ID}

	other := s.person(t, "agency", s.own("stranger"), everyRole...)
	crossed := *other
	crossed.tenant = "ministry" // its host, the agency's token
	for _, op := range s.operations(fill) {
		if a := crossed.do(t, op.method, op.path, nil); a.Status != 401 {
			t.Errorf("%s %s with another's token: %d", op.method, op.path, a.Status)
		}
		if a := s.nobody("ministry").do(t, op.method, op.path, nil); a.Status != 401 {
			t.Errorf("%s %s without a token: %d", op.method, op.path, a.Status)
		}
		if a := s.person(t, "ministry", "nobody").do(t, op.method, op.path, nil); a.Status != 403 && op.path != "/v1/me" {
			t.Errorf("%s %s without a role: %d", op.method, op.path, a.Status)
		}
		a := other.do(t, op.method, op.path, nil)
		if bytes.Contains(a.Body, []byte(secret)) || bytes.Contains(a.Body, []byte(p.subject)) || op.method == "GET" && strings.Contains(op.path, name) && a.Status != 404 {
			t.Errorf("%s %s in the other organisation: %d %.300s", op.method, op.path, a.Status, a.Body)
		}
	}
	s.foreign(t, secret, other, p, k)
}

// foreign are ways across that no single route shows.
func (s *suite) foreign(t *testing.T, secret string, other, p *Person, k Kept) {
	for _, query := range []string{"q=" + secret, "keeper=" + p.subject, "hold=" + s.own("secret"), "subject=" + secret} {
		if got := other.search(t, query); len(got) != 0 {
			t.Errorf("%s in the other organisation: %+v", query, got)
		}
	}
	for _, path := range []string{"/v1/audit?limit=200", "/v1/holds?limit=200", "/v1/packages?limit=200", "/v1/devices?limit=200"} {
		if a := other.do(t, "GET", path, nil).want(t, 200); bytes.Contains(a.Body, []byte(strings.ToLower(s.run))) && !bytes.Contains(a.Body, []byte(other.subject)) {
			t.Errorf("%s: %s", path, a.Body)
		}
	}
	// The same record kept by both is two records; the device must be enrolled in both.
	q := *p
	q.tenant = "agency"
	q.token = s.Issuer.Token(t, "agency", p.subject, []string{"keeper"}, nil)
	q.put(t, k).want(t, 403)
	q.do(t, "POST", "/v1/devices", p.enrolment()).want(t, 422) // signed for the other log
	q.do(t, "POST", "/v1/devices", q.enrolment()).want(t, 201)
	q.put(t, k).want(t, 201)
	s.settled(t, "agency", k.ID)
	s.readLog(t, "agency", s.verifier(t, "agency"), k.ID)

	for _, op := range s.operations(map[string]string{"id": k.ID}) {
		if a := (&Person{s: s, tenant: "unknown", token: p.token}).do(t, op.method, op.path, nil); a.Status != http.StatusMisdirectedRequest {
			t.Errorf("%s %s at an unknown host: %d", op.method, op.path, a.Status)
		}
	}
}

// Many at once, the same and different records, in any order: each gets its receipt,
// each is in the log once, each is found.
func (s *suite) testMany(t *testing.T) {
	people, each, copies := 3, 6, 3
	if os.Getenv("HANAPER_NIGHTLY") != "" {
		people, each = 100, 10
	}
	var all []Kept
	var by []*Person
	for i := range people {
		p := s.keeper(t, "ministry", s.own(fmt.Sprintf("many-%d", i)))
		for n := range each {
			all, by = append(all, p.record(t, fmt.Sprintf("Many %d %d", i, n), "Many.", nil)), append(by, p)
		}
	}
	var wg sync.WaitGroup
	errs := make(chan string, len(all)*copies)
	for c := range copies {
		for w := range len(all) / 3 {
			wg.Go(func() {
				for i := w; i < len(all); i += len(all) / 3 {
					n := (i*7 + c*13) % len(all)
					a, err := by[n].try("PUT", "/v1/records/"+all[n].ID, all[n].Body)
					if err != nil || a.Status != 200 && a.Status != 201 {
						errs <- fmt.Sprintf("%d: %+v %v", n, a, err)
					}
				}
			})
		}
	}
	wg.Wait()
	close(errs)
	for e := range errs {
		t.Error(e)
	}
	var ids []string
	for _, k := range all {
		ids = append(ids, k.ID)
	}
	s.settled(t, "ministry", ids...)
	s.readLog(t, "ministry", s.verifier(t, "ministry"), ids...)
	officer := s.person(t, "ministry", s.own("officer"), "officer")
	for i := range people {
		s.indexed(t, officer, "keeper="+s.own(fmt.Sprintf("many-%d", i)), each)
	}
}

// Check finds nothing wrong, rebuilding changes nothing, metrics hold no names.
func (s *suite) testUpkeep(t *testing.T) {
	admin := s.person(t, "ministry", s.own("admin"), "administrator")
	officer := s.person(t, "ministry", s.own("officer"), "officer")
	query := "keeper=" + s.own("search")
	before := officer.search(t, query)
	steps := func(path string) {
		for after := ""; ; {
			var out struct {
				Findings []struct{ ID, Text string }
				Next     string
			}
			admin.do(t, "POST", path+after, nil).want(t, 200).Into(t, &out)
			for _, f := range out.Findings {
				t.Errorf("%s: %s", f.ID, f.Text)
			}
			if out.Next == "" {
				return
			}
			after = "?after=" + out.Next
		}
	}
	steps("/v1/check")
	steps("/v1/rebuild")
	for _, path := range []string{"/v1/check?after=x", "/v1/rebuild?after=x"} {
		admin.do(t, "POST", path, nil).want(t, 400)
	}
	if after := officer.search(t, query); len(after) != len(before) || after[0].ID != before[0].ID {
		t.Errorf("rebuilt: %d records, before %d", len(after), len(before))
	}
	a := admin.do(t, "GET", "/v1/metrics", nil).want(t, 200)
	if !bytes.Contains(a.Body, []byte("\nhanaper_records ")) || bytes.Contains(a.Body, []byte(strings.ToLower(s.run))) {
		t.Errorf("%s", a.Body)
	}
}
