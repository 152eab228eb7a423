package record

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"hanaper/core/canonical"
	"hanaper/core/message"
)

// example is testdata/record/group.json as a capture.
func example(t testing.TB, name string) (canonical.Value, []byte) {
	t.Helper()
	raw, err := os.ReadFile("../../testdata/record/" + name)
	if err != nil {
		t.Fatal(err)
	}
	v, err := canonical.Parse(raw, canonical.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return v, raw
}

func kept(t testing.TB, name string) Record {
	t.Helper()
	v, _ := example(t, name)
	var d canonical.Decoder
	r := DecodeCapture(&d, &v)
	if err := d.Err(true); err != nil {
		t.Fatal(err)
	}
	return r
}

// set changes one member, by path of names, and returns v; nil removes it.
func set(v canonical.Value, to *canonical.Value, path ...string) canonical.Value {
	v.Obj = append([]canonical.Member(nil), v.Obj...)
	for i := range v.Obj {
		if v.Obj[i].Name != path[0] {
			continue
		}
		switch {
		case len(path) > 1:
			v.Obj[i].Value = set(v.Obj[i].Value, to, path[1:]...)
		case to == nil:
			v.Obj = append(v.Obj[:i], v.Obj[i+1:]...)
		default:
			v.Obj[i].Value = *to
		}
		return v
	}
	if to != nil && len(path) == 1 {
		v.Obj = append(v.Obj, canonical.F(path[0], *to))
	}
	return v
}

func TestFiveFields(t *testing.T) {
	full, _ := example(t, "group.json")
	names := []string{"to", "from", "date", "time", "subject"}
	for _, how := range []string{"absent", "empty", "invisible"} {
		for mask := range 1 << len(names) {
			v, want := full, []string{}
			for i, name := range names {
				if mask>>i&1 == 0 {
					continue
				}
				want = append(want, name)
				v = set(v, without(name, how), "fields", name)
			}
			var d canonical.Decoder
			r := DecodeCapture(&d, &v)
			if err := d.Err(true); err != nil && how != "invisible" {
				t.Errorf("%s %05b: %v", how, mask, err)
			}
			if got := r.Missing(); !reflect.DeepEqual(got, want) {
				t.Errorf("%s %05b: missing %v, want %v", how, mask, got, want)
			}
		}
	}
}

func without(name, how string) *canonical.Value {
	text := ""
	if how == "invisible" {
		text = " \u200b\u2060\u00a0"
	}
	var v canonical.Value
	switch {
	case how == "absent":
		return nil
	case name == "from":
		v = message.PartyValue(&message.Party{Name: text})
	case name == "to" && how == "empty":
		v = canonical.List(nil)
	case name == "to":
		v = canonical.List([]canonical.Value{message.PartyValue(&message.Party{Address: text})})
	default:
		v = canonical.Str(text)
	}
	return &v
}

// A capture gives a record that reads back as itself, with the same id.
func TestRoundTrip(t *testing.T) {
	for _, name := range []string{"group.json", "minimal.json"} {
		r := kept(t, name)
		raw := r.Canonical()
		v, err := canonical.Parse(raw, canonical.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		var d canonical.Decoder
		again := Decode(&d, &v)
		if err := d.Err(true); err != nil {
			t.Fatal(err)
		}
		if again.ID() != r.ID() || string(canonical.Append(nil, again.Value())) != string(raw) {
			t.Errorf("%s: the record read back is another one", name)
		}
		again.source = nil
		if string(again.Canonical()) != string(raw) {
			t.Errorf("%s: the members read back are not those written\n%s\n%s", name, again.Canonical(), raw)
		}
		if rep := Verify(&v, raw, nil, nil); !rep.OK || len(rep.Warnings) > 0 || rep.ID != r.ID() {
			t.Errorf("%s: %+v", name, rep)
		}
	}
}

// Observed and corrected values are both kept, and only the corrected ones twice.
func TestObserved(t *testing.T) {
	r := kept(t, "group.json")
	if r.Observed.Subject == nil || *r.Observed.Subject == r.Fields.Subject || r.Observed.Date != nil {
		t.Errorf("observed %+v", r.Observed)
	}
	text := transcript(&r, r.ID())
	for _, want := range []string{"Subject: " + r.Fields.Subject + "\n", "[Subject: " + *r.Observed.Subject + "]\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("the transcript lacks %q:\n%s", want, text)
		}
	}
}

func TestDecodeProblems(t *testing.T) {
	full, _ := example(t, "group.json")
	str := func(s string) *canonical.Value { v := canonical.Str(s); return &v }
	long := strings.Repeat("x", message.MaxShort+1)
	for _, c := range []struct {
		to   *canonical.Value
		path string
		want string
	}{
		{nil, "v", "v: is missing"},
		{str("x"), "nonce", "nonce: must be 32"},
		{str(strings.Repeat("AB", 16)), "nonce", "nonce: must be 32"},
		{nil, "nonce", "nonce: is missing"},
		{str("sideways"), "direction", `direction: "sideways" is not one of`},
		{nil, "method", "method: is missing"},
		{str("2026-02-29"), "fields.date", "fields.date: must be a date"},
		{str("24:00"), "fields.time", "fields.time: must be a time"},
		{str("14:03:07"), "fields.time", "fields.time: does not have the precision"},
		{str("second"), "fields.precision", "fields.time: does not have the precision"},
		{str("+14:30"), "fields.zone", "fields.zone: must be an offset"},
		{str(long), "fields.subject", "fields.subject: is 4097 bytes"},
		{str("yesterday"), "kept.at", "kept.at: must be an RFC 3339"},
		{nil, "kept.by", "kept.by: is missing"},
		{str("sha256:00"), "verdict.digest", "verdict.digest: must be sha256:"},
		{nil, "messages", "messages: holds no message"},
		{str("x"), "extra", "extra: unknown field"},
		{str("x"), "fields.cc", "fields.cc: unknown field"},
	} {
		v := set(full, c.to, strings.Split(c.path, ".")...)
		var d canonical.Decoder
		DecodeCapture(&d, &v)
		err := d.Err(true)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", c.path, err, c.want)
		}
	}
}

func TestTooLarge(t *testing.T) {
	full, _ := example(t, "minimal.json")
	body := canonical.Str(strings.Repeat("\x01", message.MaxBody)) // six bytes each in JSON
	v := set(full, &canonical.Value{Kind: canonical.Array, Arr: []canonical.Value{canonical.Fields(canonical.F("body", body))}}, "messages")
	var d canonical.Decoder
	DecodeCapture(&d, &v)
	if err := d.Err(true); err == nil || !strings.Contains(err.Error(), "the limit is 4194304") {
		t.Error(err)
	}
}

// A record written by a later version keeps its id, whatever it holds.
func TestUnknownMemberKeepsID(t *testing.T) {
	r := kept(t, "minimal.json")
	later := canonical.Str("for later")
	v := set(r.Value(), &later, "zz_new")
	raw := canonical.Append(nil, v)
	var d canonical.Decoder
	again := Decode(&d, &v)
	if again.ID() != idOf(raw) || len(d.Unknown) != 1 {
		t.Errorf("id %s of %s, unknown %v", again.ID(), raw, d.Unknown)
	}
	if rep := Verify(&v, raw, nil, nil); !rep.OK || len(rep.Warnings) != 1 {
		t.Errorf("%+v", rep)
	}
}

func TestFileName(t *testing.T) {
	r := kept(t, "minimal.json")
	for subject, want := range map[string]string{
		r.Fields.Subject:            "2026-11-22-1403-lease-approved-",
		"../../etc/passwd\x00":      "2026-11-22-1403-etc-passwd-",
		"Décision: délai prolongé":  "2026-11-22-1403-decision-delai-prolonge-",
		"決定":                        "2026-11-22-1403-",
		strings.Repeat("long ", 40): "2026-11-22-1403-long-long-long-long-long-long-long-long-",
		strings.Repeat("x", 80):     "2026-11-22-1403-" + strings.Repeat("x", 40) + "-",
	} {
		r.Fields.Subject = subject
		id := r.ID()[7:15]
		if got := r.FileName(); got != want+id+".eml" {
			t.Errorf("%q: %s, want %s%s.eml", subject, got, want, id)
		}
	}
}
