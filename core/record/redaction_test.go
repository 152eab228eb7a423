package record

import (
	"strings"
	"testing"

	"hanaper/core/canonical"
)

// What was taken out is marked where it stood, and how much it was; the record
// read back is the same, and the transcript says so.
func TestRedactions(t *testing.T) {
	r := kept(t, "redacted.json")
	raw := r.Canonical()
	v := parse(t, raw)
	var d canonical.Decoder
	again := Decode(&d, v)
	if d.Err(true) != nil || again.ID() != r.ID() || len(again.Messages[0].Redactions) != 2 {
		t.Errorf("read back: %v, %+v", d.Err(true), again.Messages)
	}
	if rep := Verify(v, raw, nil, nil); !rep.OK || len(rep.Warnings) > 0 {
		t.Errorf("%+v", rep)
	}
	for _, want := range []string{"  [redacted before keeping: 10 characters]\n", "  [redacted before keeping: 15 characters]\n"} {
		if text := transcript(&r, r.ID()); !strings.Contains(text, want) {
			t.Errorf("the transcript lacks %q:\n%s", want, text)
		}
	}
}

// A record without redactions has the bytes, and the id, it always had.
func TestNoRedactionsNoMember(t *testing.T) {
	for _, name := range []string{"group.json", "minimal.json"} {
		if raw := kept(t, name).Canonical(); strings.Contains(string(raw), "redactions") {
			t.Errorf("%s: %s", name, raw)
		}
	}
}

// A mark that is not in the body, stands twice, is out of order or holds nothing is
// refused; so is a digest of the whole words.
func TestRedactionProblems(t *testing.T) {
	_, raw := example(t, "redacted.json")
	for _, c := range [][3]string{
		{`"at": 5,`, `"at": 6,`, "messages[0].redactions[0].at: is not where"},
		{`"at": 5,`, `"at": 500,`, "messages[0].redactions[0].at: is not where"},
		{`"at": 5,`, `"at": 24,`, "messages[0].redactions[1].at: is not where"},
		{`"at": 24,`, `"at": 5,`, "messages[0].redactions[1].at: is not where"},
		{`"at": 5,`, `"at": -1,`, "messages[0].redactions[0].at"},
		{`"length": 10`, `"length": 0`, "messages[0].redactions[0].length: must be 1"},
		{`"length": 10`, `"length": 10, "words": "0161 496 0"`, "words: unknown field"},
		{`"digest": ""`, `"digest": "sha256:` + strings.Repeat("0", 64) + `"`, "verdict: has a digest of words"},
	} {
		changed := strings.Replace(string(raw), c[0], c[1], 1)
		if changed == string(raw) {
			t.Fatalf("%s is not in the example", c[0])
		}
		var d canonical.Decoder
		DecodeCapture(&d, parse(t, []byte(changed)))
		if err := d.Err(true); err == nil || !strings.Contains(err.Error(), c[2]) {
			t.Errorf("%s: got %v, want %q", c[1], err, c[2])
		}
	}
}
