package gatewaytest

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"hanaper/core/record"
	"hanaper/proof"
	"hanaper/wasm/gateway"
)

// verifier is the log's key as the gateway publishes it.
func (s *suite) verifier(t testing.TB, tenant string) note.Verifier {
	t.Helper()
	var k struct{ Log, Key string }
	s.nobody(tenant).do(t, "GET", "/v1/key", nil).want(t, 200).Into(t, &k)
	v, err := note.NewVerifier(k.Key)
	if err != nil || v.Name() != k.Log {
		t.Fatalf("key %q of log %q: %v", k.Key, k.Log, err)
	}
	return v
}

func (s *suite) nobody(tenant string) *Person { return &Person{s: s, tenant: tenant} }

// What needs no sign-in, and what is not there.
func (s *suite) testOpen(t *testing.T) {
	p := s.nobody("ministry")
	p.do(t, "GET", "/v1/health", nil).want(t, 200)
	if a := p.do(t, "GET", "/v1/openapi.json", nil).want(t, 200); !bytes.Equal(a.Body, gateway.OpenAPI) {
		t.Error("the description served is not the one in the repository")
	}
	if name := p.do(t, "GET", "/v1/nothing", nil).want(t, 404).problem(t); name != "not-found" {
		t.Error(name)
	}
	a := p.do(t, "POST", "/v1/health", nil).want(t, 405)
	if a.problem(t) != "method" || a.Header.Get("Allow") != "GET" {
		t.Errorf("%s, Allow: %q", a.Body, a.Header.Get("Allow"))
	}
	for _, path := range []string{"/v1/log/tile/0/x999/999", "/v1/log/tile/../checkpoint", "/v1/log/tile/0/%2e%2e/key"} {
		if a := p.do(t, "GET", path, nil); a.Status != 404 {
			t.Errorf("%s: %d", path, a.Status)
		}
	}
}

// A record's whole way: promise, proof, list, read.
func (s *suite) testKeep(t *testing.T) {
	p := s.keeper(t, "ministry", s.own("amelie"))
	k := p.record(t, "Approval of the lease", "I approve the lease. Réunion à midi.", nil)
	var first, second, third gateway.Receipt
	p.put(t, k).want(t, 201).Into(t, &first)
	p.put(t, k).want(t, 200).Into(t, &second)
	if first.Promise != second.Promise {
		t.Error("the second put got another promise than the first")
	}
	v := s.verifier(t, "ministry")
	promise, err := proof.OpenReceipt(first.Promise, v)
	if err != nil || promise.ID != k.ID || !promise.By.After(promise.Received) {
		t.Fatalf("%+v, %v", promise, err)
	}
	s.settled(t, "ministry", k.ID)
	p.do(t, "GET", "/v1/records/"+k.ID+"/receipt", nil).want(t, 200).Into(t, &third)
	if at, _, err := proof.CheckInclusion(third.Proof, k.ID, v); err != nil || third.Index == nil || at != *third.Index {
		t.Errorf("proof: index %d, %v", at, err)
	}
	if _, _, err := proof.CheckInclusion(third.Proof, digest([]byte("another")), v); err == nil {
		t.Error("the proof holds for another record too")
	}
	officer := s.person(t, "ministry", s.own("officer"), "officer")
	list := s.indexed(t, officer, "keeper="+p.subject, 1)
	if list[0].ID != k.ID || list[0].Subject != "Approval of the lease" || *list[0].Index != *third.Index {
		t.Errorf("%+v", list[0])
	}
	got := officer.do(t, "GET", "/v1/records/"+k.ID, nil).want(t, 200)
	if !bytes.Contains(got.Body, k.Body[1:bytes.Index(k.Body, []byte(`"signature"`))-1]) {
		t.Errorf("the record came back changed: %.300s", got.Body)
	}
	eml := officer.do(t, "GET", "/v1/records/"+k.ID+"/eml", nil).want(t, 200)
	if !bytes.Contains(eml.Body, []byte("Message-ID: <"+k.ID[7:]+"@hanaper.invalid>")) {
		t.Error("the EML file has not the record's Message-ID")
	}
	s.readLog(t, "ministry", v, k.ID)
}

// readLog reads checkpoint and tiles as any C2SP client would and finds the records.
func (s *suite) readLog(t testing.TB, tenant string, v note.Verifier, ids ...string) {
	t.Helper()
	p := s.nobody(tenant)
	c, err := proof.OpenCheckpoint(p.do(t, "GET", "/v1/log/checkpoint", nil).want(t, 200).Body, v)
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	err = proof.Entries(c, func(path string) ([]byte, error) {
		return p.do(t, "GET", "/v1/log/"+path, nil).want(t, 200).Body, nil
	}, func(_ int64, id string) error { count[id]++; return nil })
	if err != nil {
		t.Fatal(err)
	}
	for id, n := range count {
		if n != 1 {
			t.Errorf("%s is in the log %d times", id, n)
		}
	}
	for _, id := range ids {
		if count[id] == 0 {
			t.Errorf("%s is not in the log", id)
		}
	}
}

// Files come before their record; a record whose files are not there is not taken.
func (s *suite) testFiles(t *testing.T) {
	p := s.keeper(t, "ministry", s.own("files"))
	file := make([]byte, 100_000)
	rand.Read(file)
	d := digest(file)
	k := p.record(t, "With a plan", "See the plan.", func(r *record.Record) {
		r.Messages[0].Attachments = []record.Attachment{{Name: "plan.pdf", Type: "application/pdf", Size: int64(len(file)), Digest: d}, {Name: "not kept.png"}}
	})
	var refused gateway.Problem
	p.put(t, k).want(t, 409).Into(t, &refused)
	if len(refused.Missing) != 1 || refused.Missing[0] != d {
		t.Errorf("missing %v, want %s", refused.Missing, d)
	}
	p.do(t, "PUT", "/v1/files/"+d, file[1:]).want(t, 422)
	p.do(t, "PUT", "/v1/files/sha256:xyz", file).want(t, 400)
	p.do(t, "PUT", "/v1/files/"+digest(make([]byte, gateway.MaxFile+1)), make([]byte, gateway.MaxFile+1)).want(t, 413)
	p.do(t, "PUT", "/v1/files/"+d, file).want(t, 201)
	p.do(t, "PUT", "/v1/files/"+d, file).want(t, 200)
	p.put(t, k).want(t, 201)
	officer := s.person(t, "ministry", s.own("officer"), "officer")
	if a := officer.do(t, "GET", "/v1/files/"+d, nil).want(t, 200); !bytes.Equal(a.Body, file) {
		t.Error("the file came back changed")
	}
	officer.do(t, "GET", "/v1/files/"+digest([]byte("no")), nil).want(t, 404)
	if a := officer.do(t, "GET", "/v1/records/"+k.ID+"/eml", nil).want(t, 200); !bytes.Contains(a.Body, []byte(`plan.pdf`)) {
		t.Error("the EML file lacks the plan")
	}
}

// Whatever is wrong with a record, it is refused by name and nothing is stored.
func (s *suite) testRefused(t *testing.T) {
	p := s.keeper(t, "ministry", s.own("refused"))
	officer := s.person(t, "ministry", s.own("officer"), "officer")
	good := p.record(t, "Good", "Good.", nil)
	body := string(good.Body)
	other := *p
	_, other.key, _ = ed25519.GenerateKey(rand.Reader)
	foreign := other.record(t, "Foreign", "Signed by a device nobody knows.", nil)
	blank := p.record(t, "  ", "No subject.", nil)
	large := strings.Replace(body, `"Good."`, `"`+strings.Repeat("a", 9<<20)+`"`, 1)
	for _, c := range []struct {
		name, id, body, problem string
		status                  int
	}{
		{"no JSON", good.ID, body[:len(body)-1], "malformed", 400},
		{"twice the same name", good.ID, strings.Replace(body, `{"record":`, `{"record":{},"record":`, 1), "malformed", 400},
		{"empty", good.ID, "", "malformed", 400},
		{"no record", good.ID, "{}", "record", 422},
		{"a list", good.ID, "[]", "record", 422},
		{"deep", good.ID, strings.Repeat("[", 5000), "malformed", 400},
		{"a changed word", good.ID, strings.Replace(body, "Good.", "Bad.", 1), "digest", 422},
		{"another address", foreign.ID, body, "digest", 422},
		{"no id", "sha256:123", body, "malformed", 400},
		{"path in the id", "..%2F..%2Fkey", body, "malformed", 400},
		{"signature of something else", good.ID, swapSignature(body, string(p.record(t, "Other", "Other.", nil).Body)), "signature", 422},
		{"no signature", good.ID, body[:strings.Index(body, `,"signature"`)] + "}", "record", 422},
		{"unknown device", foreign.ID, string(foreign.Body), "device", 403},
		{"no subject", blank.ID, string(blank.Body), "record", 422},
		{"too large", good.ID, large, "too-large", 413},
	} {
		a := p.do(t, "PUT", "/v1/records/"+c.id, []byte(c.body))
		if a.Status != c.status || a.problem(t) != c.problem {
			t.Errorf("%s: %d %.300s, want %d %s", c.name, a.Status, a.Body, c.status, c.problem)
		}
		if strings.HasPrefix(c.id, "sha256:") && len(c.id) == 71 {
			officer.do(t, "GET", "/v1/records/"+c.id, nil).want(t, 404)
		}
	}
	p.put(t, good).want(t, 201)
}

func swapSignature(body, other string) string {
	return body[:strings.Index(body, `"signature"`)] + other[strings.Index(other, `"signature"`):]
}

// A key belongs to one person, who shows that they hold it and may take it back.
func (s *suite) testDevices(t *testing.T) {
	p, q := s.keeper(t, "ministry", s.own("device-a")), s.keeper(t, "ministry", s.own("device-b"))
	admin := s.person(t, "ministry", s.own("admin"), "administrator")
	p.do(t, "POST", "/v1/devices", p.enrolment()).want(t, 200)
	bad := p.enrolment()
	bad["signature"] = q.enrolment()["signature"]
	p.do(t, "POST", "/v1/devices", bad).want(t, 422)
	p.do(t, "POST", "/v1/devices", map[string]string{"public_key": "AAAA"}).want(t, 400)
	p.do(t, "POST", "/v1/devices", map[string]string{"colour": "red"}).want(t, 400)
	p.do(t, "POST", "/v1/devices", bytes.Repeat([]byte(" "), 2<<20)).want(t, 413)
	thief := *q
	thief.key = p.key
	q.do(t, "POST", "/v1/devices", thief.enrolment()).want(t, 409)

	var own struct{ Devices []gateway.Device }
	p.do(t, "GET", "/v1/devices?limit=200", nil).want(t, 200).Into(t, &own)
	if len(own.Devices) != 1 || own.Devices[0].Subject != p.subject {
		t.Errorf("%+v", own)
	}
	id := own.Devices[0].ID
	admin.do(t, "GET", "/v1/devices?limit=1", nil).want(t, 200)
	admin.do(t, "GET", "/v1/devices?limit=0", nil).want(t, 400)
	q.do(t, "DELETE", "/v1/devices/"+id, nil).want(t, 404)
	q.do(t, "DELETE", "/v1/devices/..", nil)
	q.put(t, p.record(t, "Borrowed", "Signed by another's device.", nil)).want(t, 403)
	p.put(t, p.record(t, "Before", "Before.", nil)).want(t, 201)
	admin.do(t, "DELETE", "/v1/devices/"+id, nil).want(t, 200)
	if a := p.put(t, p.record(t, "After", "After.", nil)).want(t, 403); a.problem(t) != "device" {
		t.Errorf("%s", a.Body)
	}
	p.do(t, "POST", "/v1/devices", p.enrolment()).want(t, 409)
	p.do(t, "GET", "/v1/me", nil).want(t, 200)
}
