package gatewaytest

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"hanaper/core/canonical"
	"hanaper/core/message"
	"hanaper/core/record"
	"hanaper/wasm/gateway"
)

// Person is somebody of one tenant with a token and, for keepers, a device.
type Person struct {
	s       *suite
	tenant  string
	subject string
	token   string
	key     ed25519.PrivateKey
}

func (s *suite) person(t testing.TB, tenant, subject string, roles ...string) *Person {
	t.Helper()
	return &Person{s: s, tenant: tenant, subject: subject, token: s.Issuer.Token(t, tenant, subject, roles, nil)}
}

// keeper is a person with the role and an enrolled device.
func (s *suite) keeper(t testing.TB, tenant, subject string) *Person {
	t.Helper()
	p := s.person(t, tenant, subject, "keeper")
	p.enrol(t)
	return p
}

func (p *Person) enrol(t testing.TB) {
	t.Helper()
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	p.key = key
	p.do(t, "POST", "/v1/devices", p.enrolment()).want(t, 201)
}

func (p *Person) enrolment() map[string]string {
	b64 := base64.StdEncoding.EncodeToString
	return map[string]string{"public_key": b64(p.key.Public().(ed25519.PublicKey)), "name": "test device",
		"signature": b64(ed25519.Sign(p.key, gateway.EnrolBytes(Host(p.tenant)+"/log", p.subject)))}
}

// Answer is a response that was read to its end.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
	what   string
}

func (a *Answer) want(t testing.TB, status int) *Answer {
	t.Helper()
	if a.Status != status {
		t.Fatalf("%s: status %d, want %d: %.600s", a.what, a.Status, status, a.Body)
	}
	return a
}

// Into decodes the answer.
func (a *Answer) Into(t testing.TB, v any) {
	t.Helper()
	if err := json.Unmarshal(a.Body, v); err != nil {
		t.Fatalf("%s: %v: %.300s", a.what, err, a.Body)
	}
}

// problem is the name of the problem in the answer.
func (a *Answer) problem(t testing.TB) string {
	t.Helper()
	var p gateway.Problem
	a.Into(t, &p)
	if p.Status != a.Status || p.Detail == "" {
		t.Errorf("%s: the problem says status %d, detail %q", a.what, p.Status, p.Detail)
	}
	return strings.TrimPrefix(p.Type, "urn:hanaper:problem:")
}

// do sends a request; body may be nil, bytes, or a value to send as JSON.
func (p *Person) do(t testing.TB, method, path string, body any) *Answer {
	t.Helper()
	a, err := p.try(method, path, body)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func (p *Person) try(method, path string, body any) (*Answer, error) {
	var r io.Reader
	switch b := body.(type) {
	case nil:
	case []byte:
		r = bytes.NewReader(b)
	default:
		raw, err := json.Marshal(b)
		if err != nil {
			return nil, err
		}
		r = bytes.NewReader(raw)
	}
	req, err := http.NewRequest(method, p.s.URL+path, r)
	if err != nil {
		return nil, err
	}
	req.Host = Host(p.tenant)
	if p.token != "" {
		req.Header.Set("Authorization", "Bearer "+p.token)
	}
	res, err := p.s.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		return nil, err
	}
	a := &Answer{res.StatusCode, res.Header, raw, method + " " + path}
	p.s.seen.note(req, a)
	return a, nil
}

// Kept is a record with its signature, ready to be put.
type Kept struct {
	ID   string
	Body []byte
}

// record makes a record of a message about subject; change may alter it.
func (p *Person) record(t testing.TB, subject, body string, change func(*record.Record)) Kept {
	t.Helper()
	var nonce [16]byte
	rand.Read(nonce[:])
	from := message.Party{Name: "Amélie Tremblay", Address: "+44 7700 900123"}
	r := record.Record{V: 1, Nonce: hex.EncodeToString(nonce[:]), Channel: "whatsapp", Chat: "Lease", Direction: "out", Method: "verbatim",
		Fields: record.Fields{From: from, To: []message.Party{{Name: "Sam Okafor", Address: "+44 7700 900456"}}, Date: "2026-11-22", Time: "09:14",
			Zone: "+00:00", ZoneSource: "device", Precision: "minute", Subject: subject},
		Messages: []record.Message{{Direction: "out", From: from, Body: body, Attachments: []record.Attachment{}}},
		Kept:     record.Kept{By: p.subject, At: "2026-11-22T09:15:00Z", Tool: "hanaper test"},
		Clauses:  []string{}, Verdict: record.Verdict{Permission: "care", Duty: "capture"}, Series: "to be filed"}
	if change != nil {
		change(&r)
	}
	return p.sign(t, &r)
}

func (p *Person) sign(t testing.TB, r *record.Record) Kept {
	t.Helper()
	v, id := r.Value(), r.ID()
	b64 := base64.StdEncoding.EncodeToString
	out := canonical.Value{Kind: canonical.Object}
	out.Put("record", v)
	out.Put("signature", canonical.Texts("algorithm", "Ed25519", "public_key", b64(p.key.Public().(ed25519.PublicKey)), "value", b64(ed25519.Sign(p.key, record.SignedBytes(id)))))
	return Kept{id, canonical.Append(nil, out)}
}

func (p *Person) put(t testing.TB, k Kept) *Answer {
	t.Helper()
	return p.do(t, "PUT", "/v1/records/"+k.ID, k.Body)
}

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return "sha256:" + hex.EncodeToString(sum[:])
}
