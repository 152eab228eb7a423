package bridge

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hanaper/core/canonical"
	"hanaper/core/record"
)

var clock = time.Date(2026, 11, 22, 14, 3, 0, 0, time.UTC)

// memory is a store for tests; broken is what Keep answers, lost makes it forget.
type memory struct {
	all    map[string][]byte
	broken error
	lost   bool
}

func (m *memory) Keep(_ context.Context, r *record.Record, sig *record.Signature) error {
	if m.broken == nil && !m.lost {
		m.all[r.ID()] = record.EML(r, sig)
	}
	return m.broken
}

func (m *memory) EML(_ context.Context, id string) ([]byte, error) {
	if eml, ok := m.all[id]; ok {
		return eml, nil
	}
	return nil, ErrNotFound
}

// browser is the extension's side of the tests.
type browser struct {
	t    testing.TB
	host *Host
	key  ed25519.PrivateKey
}

func newBrowser(t testing.TB, store Records) *browser {
	seed := sha256.Sum256([]byte("a browser profile"))
	h := &Host{Version: "0.1.0", Pairs: &Pairs{filepath.Join(t.TempDir(), "hanaper", "bridge.json")}, Now: func() time.Time { return clock }}
	h.Open = func(context.Context) (Records, error) { return store, nil }
	return &browser{t, h, ed25519.NewKeyFromSeed(seed[:])}
}

func (b *browser) public() ed25519.PublicKey { return b.key.Public().(ed25519.PublicKey) }

// ask sends a question over frames, as a browser does.
func (b *browser) ask(q Question) Answer {
	b.t.Helper()
	var in, out bytes.Buffer
	if err := writeFrame(&in, q); err != nil {
		b.t.Fatal(err)
	}
	if err := b.host.Serve(context.Background(), &in, &out); err != nil {
		b.t.Fatal(err)
	}
	if out.Len() > maxOut {
		b.t.Fatalf("an answer of %d bytes", out.Len())
	}
	text, err := readFrame(&out)
	if err != nil {
		b.t.Fatal(err)
	}
	var a Answer
	if err := json.Unmarshal(text, &a); err != nil {
		b.t.Fatal(err)
	}
	return a
}

func (b *browser) hello() Answer {
	b.t.Helper()
	return b.ask(Question{Op: "hello", V: 1, Version: "0.1.0", Key: base64.StdEncoding.EncodeToString(b.public())})
}

func (b *browser) prove(challenge string) Answer {
	b.t.Helper()
	raw, err := base64.StdEncoding.DecodeString(challenge)
	if err != nil {
		b.t.Fatal(err)
	}
	return b.ask(Question{Op: "prove", Signature: base64.StdEncoding.EncodeToString(ed25519.Sign(b.key, Proof(raw)))})
}

func (b *browser) pair() {
	b.t.Helper()
	b.prove(b.hello().Challenge)
	if err := b.host.Pairs.Approve(Code(b.public()), clock); err != nil {
		b.t.Fatal(err)
	}
	if a := b.prove(b.hello().Challenge); a.State != "paired" {
		b.t.Fatalf("%+v", a)
	}
}

// kept is a record with a body of that many bytes, signed by the browser.
func (b *browser) kept(size int) (id string, eml []byte) {
	b.t.Helper()
	raw, err := os.ReadFile("../../testdata/record/minimal.json")
	if err != nil {
		b.t.Fatal(err)
	}
	v, err := canonical.Parse(raw, canonical.Limits{})
	if err != nil {
		b.t.Fatal(err)
	}
	var d canonical.Decoder
	r := record.DecodeCapture(&d, &v)
	r.Messages[0].Body = strings.Repeat("é", size/2)
	r.Kept.Tool = "hanaper test"
	id = r.ID()
	sig := &record.Signature{Algorithm: "Ed25519", PublicKey: base64.StdEncoding.EncodeToString(b.public()),
		Value: base64.StdEncoding.EncodeToString(ed25519.Sign(b.key, record.SignedBytes(id)))}
	return id, record.EML(&r, sig)
}

const step = 300_000 // bytes a chunk, of the tests

// send puts a file from where the host wants it on; the answer is the last.
func (b *browser) send(id string, eml []byte) Answer {
	b.t.Helper()
	a := b.ask(Question{Op: "put", ID: id, Size: len(eml)})
	for a.Op == "send" && a.Offset < len(eml) {
		end := min(len(eml), a.Offset+step)
		a = b.ask(Question{Op: "chunk", Offset: a.Offset, Data: base64.StdEncoding.EncodeToString(eml[a.Offset:end])})
	}
	return a
}

func (b *browser) back(id string) (out []byte) {
	b.t.Helper()
	for {
		a := b.ask(Question{Op: "get", ID: id, Offset: len(out)})
		if a.Op != "data" {
			b.t.Fatalf("%+v", a)
		}
		data, err := base64.StdEncoding.DecodeString(a.Data)
		if err != nil {
			b.t.Fatal(err)
		}
		if out = append(out, data...); len(out) >= a.Size {
			return out
		}
	}
}

func TestPutAndGet(t *testing.T) {
	store := &memory{all: map[string][]byte{}}
	b := newBrowser(t, store)
	b.pair()
	for _, size := range []int{10, 900_000} {
		id, eml := b.kept(size)
		if a := b.send(id, eml); a.Op != "stored" || a.ID != id || a.Size != len(eml) {
			t.Fatalf("%+v", a)
		}
		if !bytes.Equal(b.back(id), eml) {
			t.Error("it came back changed")
		}
		if a := b.ask(Question{Op: "put", ID: id, Size: len(eml)}); a.Op != "stored" {
			t.Errorf("again: %+v", a)
		}
	}
	if len(store.all) != 2 {
		t.Errorf("%d records", len(store.all))
	}
}

// A broken transfer goes on where it was, and a chunk that came twice is not added.
func TestResume(t *testing.T) {
	b := newBrowser(t, &memory{all: map[string][]byte{}})
	b.pair()
	id, eml := b.kept(900_000)
	b.ask(Question{Op: "put", ID: id, Size: len(eml)})
	first := Question{Op: "chunk", Data: base64.StdEncoding.EncodeToString(eml[:step])}
	for range 2 {
		if a := b.ask(first); a.Op != "send" || a.Offset != step {
			t.Fatalf("%+v", a)
		}
	}
	if a := b.ask(Question{Op: "put", ID: id, Size: len(eml)}); a.Offset != step {
		t.Fatalf("put again: %+v", a)
	}
	if a := b.send(id, eml); a.Op != "stored" || !bytes.Equal(b.back(id), eml) {
		t.Errorf("%+v", a)
	}
}

func TestNothingBeforeApproval(t *testing.T) {
	store := &memory{all: map[string][]byte{}}
	b := newBrowser(t, store)
	id, eml := b.kept(10)
	put := Question{Op: "put", ID: id, Size: len(eml)}
	refused := func(when string) {
		t.Helper()
		if a := b.ask(put); a.Code != codePairing {
			t.Errorf("%s: %+v", when, a)
		}
	}
	refused("at once")
	hello := b.hello()
	refused("after hello")
	other := *b
	seed := sha256.Sum256([]byte("another"))
	other.key = ed25519.NewKeyFromSeed(seed[:])
	if a := other.prove(hello.Challenge); a.Code != codeMessage {
		t.Errorf("another's proof: %+v", a)
	}
	if a := b.prove(hello.Challenge); a.State != "asked" || a.Pairing != Code(b.public()) {
		t.Errorf("%+v", a)
	}
	refused("before approval")
	if err := b.host.Pairs.Approve("no-such", clock); err != ErrCode {
		t.Error(err)
	}
	if err := b.host.Pairs.Approve(strings.ToLower(strings.ReplaceAll(Code(b.public()), "-", " ")), clock); err != nil {
		t.Fatal(err)
	}
	refused("approved, not proven again")
	if a := b.prove(b.hello().Challenge); a.State != "paired" {
		t.Fatalf("%+v", a)
	}
	if a := b.send(id, eml); a.Op != "stored" {
		t.Errorf("%+v", a)
	}
	if err := b.host.Pairs.Revoke(Code(b.public())); err != nil {
		t.Fatal(err)
	}
	if a := b.prove(b.hello().Challenge); a.State != "asked" {
		t.Errorf("revoked: %+v", a)
	}
	refused("revoked")
}

func TestRefused(t *testing.T) {
	store := &memory{all: map[string][]byte{}}
	b := newBrowser(t, store)
	if a := b.ask(Question{Op: "hello", V: 0}); a.Code != codeExtensionOld {
		t.Errorf("an old extension: %+v", a)
	}
	if a := b.ask(Question{Op: "hello", V: 9, Key: base64.StdEncoding.EncodeToString(b.public())}); a.V != Version {
		t.Errorf("a newer extension: %+v", a)
	}
	b.pair()
	id, eml := b.kept(10)
	changed := bytes.Replace(eml, []byte("minimal"), []byte("minimax"), 1)
	if bytes.Equal(changed, eml) {
		changed = append(bytes.Clone(eml[:len(eml)/2]), eml[len(eml)/2+80:]...)
	}
	seed := sha256.Sum256([]byte("another"))
	other := &browser{t, b.host, ed25519.NewKeyFromSeed(seed[:])}
	_, foreign := other.kept(10)
	for name, c := range map[string]struct {
		id, code string
		eml      []byte
	}{
		"a changed file":       {id, codeRecord, changed},
		"another record":       {"sha256:" + strings.Repeat("0", 64), codeRecord, eml},
		"another's signature":  {id, codeRecord, foreign},
		"no record":            {id, codeRecord, []byte("hello")},
		"nothing":              {id, codeRecord, nil},
		"more than a file has": {id, codeRecord, make([]byte, MaxFile+1)},
	} {
		if a := b.send(c.id, c.eml); a.Code != c.code || len(store.all) > 0 {
			t.Errorf("%s: %+v", name, a)
		}
	}
	for name, q := range map[string]Question{
		"a chunk of no file": {Op: "chunk", Data: "AAAA"}, "no such question": {Op: "delete"}, "no record of that id": {Op: "get", ID: id},
	} {
		if a := b.ask(q); a.Op != "error" {
			t.Errorf("%s: %+v", name, a)
		}
	}
	b.ask(Question{Op: "put", ID: id, Size: 3})
	if a := b.ask(Question{Op: "chunk", Data: "AAAAAAAA"}); a.Code != codeMessage {
		t.Errorf("more bytes than announced: %+v", a)
	}
}

// Never "stored" where the store did not keep it.
func TestStoreFails(t *testing.T) {
	store := &memory{all: map[string][]byte{}, lost: true}
	b := newBrowser(t, store)
	b.pair()
	id, eml := b.kept(10)
	if a := b.send(id, eml); a.Code != codeMissing {
		t.Errorf("lost: %+v", a)
	}
	store.lost, store.broken = false, fmt.Errorf("the disk is full")
	if a := b.send(id, eml); a.Code != codeStore || a.Text != "the disk is full" {
		t.Errorf("full: %+v", a)
	}
	for err, code := range map[error]string{ErrNoVault: codeNoVault, ErrLocked: codeLocked} {
		c := newBrowser(t, nil)
		c.host.Open = func(context.Context) (Records, error) { return nil, err }
		c.pair()
		if a := c.send(id, eml); a.Code != code {
			t.Errorf("%v: %+v", err, a)
		}
	}
}

func TestPairsAreFew(t *testing.T) {
	p := &Pairs{filepath.Join(t.TempDir(), "p.json")}
	for i := range maxAsked + 1 {
		seed := sha256.Sum256([]byte{byte(i)})
		_, err := p.Ask(ed25519.NewKeyFromSeed(seed[:]).Public().(ed25519.PublicKey), clock)
		if (err != nil) != (i == maxAsked) {
			t.Errorf("%d: %v", i, err)
		}
	}
}

// FuzzServe: whatever the browser sends, every frame read has one answer that fits,
// nothing is kept without approval, and the end is told.
func FuzzServe(f *testing.F) {
	frame := func(all ...string) (out []byte) {
		for _, s := range all {
			out = append(binary.NativeEndian.AppendUint32(out, uint32(len(s))), s...)
		}
		return out
	}
	key := base64.StdEncoding.EncodeToString(make([]byte, 32))
	f.Add(frame(`{"op":"hello","v":1,"key":"`+key+`"}`, `{"op":"prove","signature":"AAAA"}`, `{"op":"put","id":"x","size":3}`))
	f.Add(frame(`{"op":"put"}`, `[]`, ``, `{"op":`))
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 'x'})
	f.Add([]byte{1, 0, 0})
	f.Fuzz(func(t *testing.T, in []byte) {
		store := &memory{all: map[string][]byte{}}
		h := &Host{Version: "1", Pairs: &Pairs{filepath.Join(t.TempDir(), "p.json")}, Now: func() time.Time { return clock },
			Open: func(context.Context) (Records, error) { return store, nil }}
		frames, whole := 0, bytes.NewReader(in)
		for {
			_, err := readFrame(whole)
			if err != nil {
				break
			}
			frames++
		}
		var out bytes.Buffer
		err := h.Serve(context.Background(), bytes.NewReader(in), &out)
		answers := 0
		for {
			text, err := readFrame(&out)
			if err == io.EOF {
				break
			}
			if err != nil || !json.Valid(text) {
				t.Fatalf("answer %d: %v %q", answers, err, text)
			}
			answers++
		}
		if answers != frames && !(answers == frames+1 && err != nil) || len(store.all) > 0 {
			t.Fatalf("%d answers to %d questions, %d records", answers, frames, len(store.all))
		}
	})
}
