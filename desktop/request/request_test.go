package request

import (
	"archive/zip"
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"hanaper/core/message"
	"hanaper/core/record"
	"hanaper/desktop/signed"
	"hanaper/desktop/vault"
)

var (
	ann = message.Party{Name: "Ann Example", Address: "+447700900123"}
	bob = message.Party{Name: "Bob Examplé", Address: "bob@dept.example"}
	at  = time.Date(2026, 11, 22, 14, 3, 0, 0, time.UTC)
)

func aRecord(n int, channel, day, body string) record.Record {
	sum := sha256.Sum256([]byte(fmt.Sprint(n, body)))
	return record.Record{
		V: 1, Nonce: hex.EncodeToString(sum[:16]), Channel: channel, Chat: "Pilot", Direction: "out", Method: "verbatim",
		Fields: record.Fields{From: ann, To: []message.Party{bob}, MembersComplete: true, Date: day, Time: "14:03", Zone: "+00:00",
			ZoneSource: "device", Precision: "minute", Subject: fmt.Sprintf("Matter %d", n)},
		Messages: []record.Message{{Direction: "out", From: ann, At: day + "T14:03:00Z", Body: body}},
		Kept:     record.Kept{By: "Ann Example", At: day + "T14:05:12Z", Tool: "hanaper test"},
		Verdict:  record.Verdict{Permission: "permitted", Duty: "capture"}, Series: record.DefaultSeries,
	}
}

// filled is a vault with five records, and their ids.
func filled(t testing.TB) (*vault.Vault, []string) {
	t.Helper()
	v, _, err := vault.Create(t.Context(), filepath.Join(t.TempDir(), "vault"), vault.Passphrase("a passphrase of the tests"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { v.Close() })
	var items []vault.Item
	var ids []string
	for n, x := range [][3]string{
		{"whatsapp", "2026-03-01", "Réunion about the harbour is approved"},
		{"whatsapp", "2026-03-02", "The night ferry starts on Monday"},
		{"gmail", "2026-03-03", "Harbor dues are decided"},
		{"gmail", "2026-05-01", "The harbour wall, late"},
		{"whatsapp", "2026-03-04", "Nothing of that"},
	} {
		r := aRecord(n, x[0], x[1], x[2])
		items, ids = append(items, vault.Item{Record: r.Canonical()}), append(ids, r.ID())
	}
	if _, err := v.Keep(t.Context(), items...); err != nil {
		t.Fatal(err)
	}
	return v, ids
}

const asked = `{"v":1,"kind":"access","reference":"A-2026-0042","issued":"2026-11-20T09:00:00Z","due":"2026-12-20",
"issuer":{"name":"Ada Reyes","address":"ada@dept.example"},"terms":["harbour","reunion","\"night ferry\""],"people":["Nobody Known"],
"since":"2026-03-01","until":"2026-03-31","hold":true}`

func open(t testing.TB, text string) *Request {
	t.Helper()
	r, err := Open([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestRun(t *testing.T) {
	v, ids := filled(t)
	r := open(t, asked)
	how := How{By: "Bob Examplé", At: at, Elsewhere: []Place{{Channel: "signal", State: "not_searched", Reason: "phone handed in on 3 March"}},
		Deviations: []Deviation{{"also", "harbor", "the American spelling"}, {"without", "Nobody Known", "never worked here"}}}
	c, err := Run(t.Context(), v, r, how)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, h := range c.Hits {
		found = append(found, h.ID)
	}
	if want := []string{ids[0], ids[1], ids[2]}; !slices.Equal(found, want) {
		t.Errorf("found %v, want %v", found, want)
	}
	var terms []string
	for _, x := range c.Terms {
		terms = append(terms, fmt.Sprint(x.Text, " ", x.Hits, " ", x.Also))
	}
	if got := strings.Join(terms, ", "); got != `harbour 1 false, reunion 1 false, "night ferry" 1 false, harbor 1 true` {
		t.Error(got)
	}
	if c.Records != 5 || c.Checkpoint == "" || c.Request != r.Digest || !slices.Equal(c.Hits[0].Terms, []int{0, 1}) {
		t.Errorf("%+v", c)
	}
	// Every channel is named, and how far it was searched.
	states := map[string]int{}
	for _, p := range c.Places {
		states[p.State]++
	}
	if len(c.Places) != len(message.Channels)+1 || states["searched"] != 2 || states["not_searched"] != 1 {
		t.Errorf("%v", states)
	}
	again, err := openCertificate(c.JSON())
	if err != nil || !bytes.Equal(again.JSON(), c.JSON()) {
		t.Errorf("read again: %v", err)
	}
	// The range is held, one day wider, found or not; the record of May is not.
	for i, id := range ids {
		row, err := v.Get(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		if held := row.Hold == vault.Held; held != (i != 3) {
			t.Errorf("record %d is %s", i, row.Hold)
		}
	}
	for _, language := range []string{"en", "fr"} {
		text := c.Text(language)
		for _, want := range []string{"A-2026-0042", ids[0], "phone handed in on 3 March", "the American spelling", "never worked here", c.Checkpoint} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: no %q in %s", language, want, text)
			}
		}
	}
}

// "None found" is an answer, and so is a range without words.
func TestRunFindsNothingAndEverything(t *testing.T) {
	v, ids := filled(t)
	for _, c := range []struct {
		change [2]string
		want   int
	}{
		{[2]string{`"terms":["harbour","reunion","\"night ferry\""],"people":["Nobody Known"]`, `"terms":["zeppelin"]`}, 0},
		{[2]string{`"terms":["harbour","reunion","\"night ferry\""],"people":["Nobody Known"]`, `"channels":["whatsapp"]`}, 3},
		{[2]string{`"people":["Nobody Known"]`, `"people":["bob examplé"]`}, 4},
	} {
		got, err := Run(t.Context(), v, open(t, strings.Replace(asked, c.change[0], c.change[1], 1)), How{By: "B", At: at})
		if err != nil || len(got.Hits) != c.want {
			t.Errorf("%s: %d of %d, %v", c.change[1], len(got.Hits), len(ids), err)
		}
	}
}

func TestRunRefuses(t *testing.T) {
	v, _ := filled(t)
	for _, c := range []struct {
		how  How
		want string
	}{
		{How{At: at}, "bears a name"},
		{How{By: "B", Deviations: []Deviation{{"also", "x", " "}}}, "say why"},
		{How{By: "B", Deviations: []Deviation{{"without", "x", "y"}}}, "does not ask for it"},
		{How{By: "B", Elsewhere: []Place{{Channel: "signal", State: "not_searched"}}}, "say why"},
		{How{By: "B", Elsewhere: []Place{{Channel: "signal", State: "maybe"}}}, "is not one of"},
		{How{By: "B", Comments: []Comment{{"sha256:00", "private"}}}, "did not find"},
	} {
		if _, err := Run(t.Context(), v, open(t, asked), c.how); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: %v, want %q", c.how, err, c.want)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{`"v":1,`, ``, "v: is missing"},
		{`"kind":"access"`, `"kind":"wish"`, "kind: "},
		{`"reference":"A-2026-0042",`, ``, "reference: is missing"},
		{`"since":"2026-03-01"`, `"since":"1 March"`, "since: "},
		{`"since":"2026-03-01"`, `"since":"2026-04-01"`, "until: is before since"},
		{`"hold":true`, `"hold":true,"wish":1`, "wish: unknown field"},
		{`"hold":true`, `"channels":["pigeon"]`, `channels[0]: "pigeon" is no channel`},
		{`{"v":1`, `{"v":1,`, "is no request"},
	} {
		if _, err := Open([]byte(strings.Replace(asked, c.old, c.new, 1))); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.new, err, c.want)
		}
	}
}

func answered(t *testing.T) (v *vault.Vault, path string, p *Package) {
	t.Helper()
	v, _ = filled(t)
	r := open(t, asked)
	c, err := Run(t.Context(), v, r, How{By: "B", At: at})
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), "answer.zip")
	if p, err = Write(t.Context(), v, r, c, path, nil); err != nil {
		t.Fatal(err)
	}
	second := filepath.Join(t.TempDir(), "again.zip")
	if q, err := Write(t.Context(), v, r, c, second, nil); err != nil || q.Digest != p.Digest {
		t.Errorf("written twice: %v, %s and %s", err, p.Digest, q.Digest)
	}
	if _, err := Write(t.Context(), v, r, c, path, nil); err == nil {
		t.Error("a package was written over another file")
	}
	return v, path, p
}

func TestPackage(t *testing.T) {
	_, path, p := answered(t)
	if p.Records != 2 || len(p.Problems) > 0 || p.Certificate.Reference != "A-2026-0042" {
		t.Fatalf("%+v", p)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	// Whatever is changed, left out or added in the archive is named.
	for _, f := range z.File {
		for _, act := range []string{"left out", "changed", "twice"} {
			got, err := check(archive(t, z, f.Name, act))
			if f.Name == manifestName && act == "left out" {
				if err == nil {
					t.Error("without a manifest")
				}
				continue
			}
			if err == nil && !slices.ContainsFunc(got.Problems, func(s string) bool { return strings.HasPrefix(s, f.Name+": ") }) {
				t.Errorf("%s %s: %v", f.Name, act, got.Problems)
			}
		}
	}
	if got, err := check(archive(t, z, "more.txt", "added")); err != nil || !strings.Contains(strings.Join(got.Problems, ""), "more.txt: is not in the manifest") {
		t.Errorf("%v %v", got, err)
	}
}

// archive is a copy of z with one file otherwise.
func archive(t *testing.T, z *zip.Reader, name, act string) (*bytes.Reader, int64) {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	put := func(name string, data []byte) {
		if err := store(w, name, data); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		var data bytes.Buffer
		if _, err := data.ReadFrom(r); err != nil {
			t.Fatal(err)
		}
		switch {
		case f.Name != name:
			put(f.Name, data.Bytes())
		case act == "changed":
			put(f.Name, bytes.Replace(data.Bytes(), []byte("a"), []byte("b"), 1))
		case act == "twice":
			put(f.Name, data.Bytes())
			put(f.Name, data.Bytes())
		}
	}
	if act == "added" {
		put(name, []byte("x"))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return bytes.NewReader(b.Bytes()), int64(b.Len())
}

// A hold ends with a receipt for exactly this package, signed where the organisation
// says who may, and with nothing else.
func TestRelease(t *testing.T) {
	v, path, p := answered(t)
	officer, stranger := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{1}, 32)), ed25519.NewKeyFromSeed(bytes.Repeat([]byte{2}, 32))
	trusted := []string{signed.PublicText(officer.Public().(ed25519.PublicKey))}
	text, err := NewReceipt(p, "Ada Reyes", at)
	if err != nil {
		t.Fatal(err)
	}
	receipt := func(key ed25519.PrivateKey, old, new string) *Receipt {
		t.Helper()
		file := []byte(strings.Replace(string(text), old, new, 1))
		if key != nil {
			if file, err = signed.Sign(signed.Receipt, file, key); err != nil {
				t.Fatal(err)
			}
		}
		r, err := OpenReceipt(file)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	other := filepath.Join(t.TempDir(), "other.zip")
	if err := os.WriteFile(other, []byte("no package"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, path string
		receipt    *Receipt
		want       string
	}{
		{"unsigned", path, receipt(nil, "", ""), "not signed by an officer"},
		{"a stranger's", path, receipt(stranger, "", ""), "not signed by an officer"},
		{"for another package", path, receipt(officer, p.Digest[:12], "sha256:00000"), "is for another package"},
		{"another file", other, receipt(officer, "", ""), "is for another package"},
		{"another request", path, receipt(officer, "A-2026-0042", "A-2026-0043"), "the package answers A-2026-0042"},
		{"another count", path, receipt(officer, `"records":2`, `"records":3`), "counts 3 records"},
	} {
		if err := Release(t.Context(), v, c.path, c.receipt, trusted); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
	held := func() bool {
		row, err := v.Get(t.Context(), p.Certificate.Hits[0].ID)
		if err != nil {
			t.Fatal(err)
		}
		return row.Hold == vault.Held
	}
	if !held() {
		t.Fatal("released by a refusal")
	}
	if err := Release(t.Context(), v, path, receipt(officer, "", ""), trusted); err != nil || held() {
		t.Errorf("%v, held %v", err, held())
	}
}

func FuzzOpenRequest(f *testing.F) {
	f.Add([]byte(asked))
	f.Add([]byte("{}\n{}"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if r, err := Open(b); err == nil && (r.Reference == "" || r.Digest == "") {
			t.Fatalf("%+v", r)
		}
	})
}

func FuzzCheck(f *testing.F) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	_ = store(w, manifestName, manifest("A", []Entry{{requestName, 2, "00"}}))
	_ = store(w, requestName, []byte(asked))
	_ = store(w, certificateName, (&Certificate{Reference: "A"}).JSON())
	_ = w.Close()
	f.Add(b.Bytes())
	f.Fuzz(func(t *testing.T, b []byte) {
		if p, err := check(bytes.NewReader(b), int64(len(b))); err == nil && (p.Request == nil || p.Certificate == nil) {
			t.Fatalf("%+v", p)
		}
	})
}
