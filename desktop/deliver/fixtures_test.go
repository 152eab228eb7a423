package deliver

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"hanaper/core/canonical"
	"hanaper/core/record"
)

// makeItem is a signed record with the subject and body, and its files.
func makeItem(t testing.TB, subject, body string, files ...record.File) Item {
	t.Helper()
	raw, err := os.ReadFile("../../testdata/record/minimal.json")
	if err != nil {
		t.Fatal(err)
	}
	v, err := canonical.Parse(raw, canonical.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	var d canonical.Decoder
	r := record.DecodeCapture(&d, &v)
	r.Fields.Subject, r.Messages[0].Body = subject, body
	nonce := sha256.Sum256([]byte(t.Name() + subject))
	r.Nonce = hex.EncodeToString(nonce[:16])
	for _, f := range files {
		sum := sha256.Sum256(f.Content)
		r.Messages[0].Attachments = append(r.Messages[0].Attachments, record.Attachment{
			Name: f.Name, Type: f.Type, Size: int64(len(f.Content)), Digest: "sha256:" + hex.EncodeToString(sum[:]),
		})
	}
	key := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize))
	sig := &record.Signature{
		Algorithm: "Ed25519",
		PublicKey: base64.StdEncoding.EncodeToString(key.Public().(ed25519.PublicKey)),
		Value:     base64.StdEncoding.EncodeToString(ed25519.Sign(key, record.SignedBytes(r.ID()))),
	}
	item, err := NewItem(record.EML(&r, sig, files...))
	if err != nil {
		t.Fatal(err)
	}
	return item
}

// file has n bytes that do not compress.
func file(name, media string, n int) record.File {
	out := make([]byte, 0, n+32)
	for sum := sha256.Sum256([]byte(name)); len(out) < n; sum = sha256.Sum256(sum[:]) {
		out = append(out, sum[:]...)
	}
	return record.File{Name: name, Type: media, Content: out[:n]}
}

// memory is a queue for tests. Its clock stands until it is moved.
type memory struct {
	mu    sync.Mutex
	now   time.Time
	items map[string]Item
	jobs  []Job
	saves int
	// failSave makes the nth save fail, as a crash at that moment would.
	failSave int
}

var errCrash = errors.New("crash")

func newMemory(to string, items ...Item) *memory {
	m := &memory{now: time.Date(2026, 11, 22, 14, 3, 0, 0, time.UTC), items: map[string]Item{}}
	for _, i := range items {
		m.items[i.ID] = i
		m.jobs = append(m.jobs, Job{Record: i.ID, Destination: to, State: Waiting})
	}
	return m
}

func (m *memory) Due(_ context.Context, now time.Time) (out []Job, err error) {
	for _, j := range m.jobs {
		if j.State == Waiting && !j.Next.After(now) {
			out = append(out, j)
		}
	}
	return out, nil
}

func (m *memory) Item(_ context.Context, id string) (Item, error) { return m.items[id], nil }

func (m *memory) Save(_ context.Context, job Job) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.saves++; m.saves == m.failSave {
		return errCrash
	}
	for i := range m.jobs {
		if m.jobs[i].Record == job.Record && m.jobs[i].Destination == job.Destination {
			m.jobs[i] = job
			return nil
		}
	}
	return fmt.Errorf("no such job: %s", job.Record)
}

func (m *memory) engine(name string, to Destination) *Engine {
	return &Engine{
		Queue: m, Destinations: map[string]Destination{name: to},
		Now: func() time.Time { return m.now }, Random: func() float64 { return 0.5 }, Limit: 20 * time.Second,
	}
}

// deliverOne runs the engine once over one item.
func deliverOne(t testing.TB, to Destination, item Item) Job {
	t.Helper()
	m := newMemory("there", item)
	if err := m.engine("there", to).Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	return m.jobs[0]
}

// noSecrets and oneSecret stand for the keyring.
type oneSecret string

func (s *oneSecret) Get(string) (string, error) {
	if *s == "" {
		return "", errors.New("no secret kept")
	}
	return string(*s), nil
}
func (s *oneSecret) Set(_, secret string) error { *s = oneSecret(secret); return nil }
func (s *oneSecret) Delete(string) error        { *s = ""; return nil }

func mustOpen(t testing.TB, s Settings, secret string) Destination {
	t.Helper()
	keyring := oneSecret(secret)
	d, err := Open(s, &keyring)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

// wantTrouble checks that err is of the trouble and says what to do, and holds
// nothing it must not.
func wantTrouble(t testing.TB, err error, want ...Trouble) {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("%v, want trouble %v", err, want)
	}
	for _, w := range want {
		if e.Trouble == w {
			if text := e.Error(); !strings.HasSuffix(text, e.Trouble.Advice("en")) || strings.Contains(text, testSecret) {
				t.Errorf("%q", text)
			}
			return
		}
	}
	t.Errorf("trouble %q (%v), want %v", e.Trouble, err, want)
}

// testSecret is the password everywhere; it must be in no error.
const testSecret = "correct-horse"
