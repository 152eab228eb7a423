package record

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"

	"hanaper/core/canonical"
)

func parse(t testing.TB, raw []byte) *canonical.Value {
	t.Helper()
	v, err := canonical.Parse(raw, canonical.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return &v
}

func TestVerify(t *testing.T) {
	r := kept(t, "group.json")
	raw := r.Canonical()
	var spaced bytes.Buffer
	if err := json.Indent(&spaced, raw, "", " "); err != nil {
		t.Fatal(err)
	}
	plan := AttachmentDigest{"plan – réseau.pdf", "sha256:b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9"}
	other := AttachmentDigest{plan.Name, "sha256:" + strings.Repeat("0", 64)}
	for _, c := range []struct {
		name     string
		raw      []byte
		sig      *Signature
		atts     []AttachmentDigest
		problem  string
		warning  string
		problems int
	}{
		{"as kept", raw, &signature, []AttachmentDigest{plan}, "", "", 0},
		{"the same file twice", raw, nil, []AttachmentDigest{plan, plan}, "", "", 0},
		{"reformatted", spaced.Bytes(), nil, nil, "", "not in canonical form", 0},
		{"no files", raw, nil, []AttachmentDigest{}, "is not here", "", 1},
		{"another file", raw, nil, []AttachmentDigest{other}, "is not the file that was kept", "", 2},
		{"one file more", raw, nil, []AttachmentDigest{plan, {"x", "sha256:11"}}, `"x" is not a file of this record`, "", 1},
		{"bad signature", raw, &Signature{"RS256", "AAAA", ""}, nil, `"RS256" is not Ed25519`, "", 3},
	} {
		rep := Verify(parse(t, c.raw), c.raw, c.sig, c.atts)
		out := string(canonical.Append(nil, rep.Value()))
		if rep.ID != r.ID() || len(rep.Problems) != c.problems || rep.OK != (c.problems == 0) ||
			!strings.Contains(out, quoted(c.problem)) || !strings.Contains(out, c.warning) || (c.warning == "") != (len(rep.Warnings) == 0) {
			t.Errorf("%s: %s", c.name, out)
		}
	}
}

func quoted(s string) string { return strings.ReplaceAll(s, `"`, `\"`) }

func TestVerifyFiveFields(t *testing.T) {
	v := set(kept(t, "group.json").Value(), nil, "fields", "subject")
	rep := Verify(&v, nil, nil, nil)
	if rep.OK || len(rep.Problems) != 1 || rep.Problems[0].Path != "fields.subject" {
		t.Errorf("%+v", rep)
	}
	for _, v := range []*canonical.Value{nil, {}, {Kind: canonical.Array}} {
		if rep := Verify(v, nil, nil, nil); rep.OK || rep.ID != "" || len(rep.Problems) == 0 {
			t.Errorf("%+v", rep)
		}
	}
}

func TestBase64(t *testing.T) {
	for n := range 70 {
		b := bytes.Repeat([]byte{0xfb, 0x17, 0x9c}, 24)[:n]
		want := base64.StdEncoding.EncodeToString(b)
		if got := string(appendBase64(nil, b)); got != want || base64Len(got) != n {
			t.Errorf("%d bytes: %s, want %s; length %d", n, got, want, base64Len(got))
		}
	}
	for _, s := range []string{"A", "A===", "AAA", "AB==", "AAB=", "AA=A", "A AA", "AAAA\n", "AA-_", "===="} {
		if n := base64Len(s); n >= 0 {
			t.Errorf("%q: %d bytes", s, n)
		}
	}
}

// FuzzVerify: no changed byte of a record is ever accepted as the record. seed is
// a record; at and mask change one of its bytes.
func FuzzVerify(f *testing.F) {
	raws := [][]byte{kept(f, "group.json").Canonical(), kept(f, "minimal.json").Canonical()}
	for i := range raws[0] {
		f.Add(false, uint16(i), byte(1))
		f.Add(false, uint16(i), byte(0x20))
	}
	f.Fuzz(func(t *testing.T, second bool, at uint16, mask byte) {
		raw := raws[0]
		if second {
			raw = raws[1]
		}
		id := idOf(raw)
		if rep := Verify(parse(t, raw), raw, nil, nil); rep.ID != id || !rep.OK {
			t.Fatalf("the record itself: %+v", rep)
		}
		if mask == 0 {
			return
		}
		changed := append([]byte(nil), raw...)
		changed[int(at)%len(raw)] ^= mask
		v, err := canonical.Parse(changed, canonical.Limits{})
		if err != nil {
			return
		}
		if rep := Verify(&v, changed, nil, nil); rep.ID == id {
			t.Errorf("byte %d changed by %#x and the id is the same: %+v", int(at)%len(raw), mask, rep)
		}
	})
}

// FuzzDecode: no JSON makes decoding, rendering or verifying fail in another way
// than by its errors, and every record that is rendered can be read again: seven
// headers, the transcript, and the JSON byte for byte.
func FuzzDecode(f *testing.F) {
	f.Add(kept(f, "group.json").Canonical())
	f.Add(kept(f, "minimal.json").Canonical())
	f.Add(kept(f, "redacted.json").Canonical())
	f.Add([]byte(`{"fields":{"to":[{}]},"observed":{"to":[]},"messages":[{}]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		v, err := canonical.Parse(raw, canonical.Limits{})
		if err != nil {
			return
		}
		Verify(&v, raw, &signature, []AttachmentDigest{})
		var d canonical.Decoder
		r := DecodeCapture(&d, &v)
		if d.Err(true) != nil || len(r.Missing()) > 0 {
			return
		}
		h, parts := read(t, EML(&r, nil))
		if len(h) != 7 || len(parts) != 2 || string(parts[1].content) != string(r.Canonical()) {
			t.Errorf("%d headers, %d parts of %s", len(h), len(parts), raw)
		}
		for _, name := range []string{"From", "To"} {
			if _, err := h.AddressList(name); err != nil {
				t.Errorf("%s %q: %v", name, h.Get(name), err)
			}
		}
		if _, err := h.Date(); err != nil {
			t.Errorf("%q: %v", h.Get("Date"), err)
		}
		if !strings.HasSuffix(r.FileName(), r.ID()[7:15]+".eml") {
			t.Errorf("%s", r.FileName())
		}
	})
}
