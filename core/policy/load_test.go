package policy

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hanaper/core/canonical"
	"hanaper/core/detect"
	"hanaper/core/message"
)

func packJSON(t *testing.T, id string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("pack", id, "pack.json"))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestBundledLoad(t *testing.T) {
	for _, id := range BundledIDs {
		p := packs(t, id)[0]
		if p.ID != id {
			t.Errorf("%s says it is %s", id, p.ID)
		}
	}
	if _, ok := Bundled("no-such-pack"); ok {
		t.Error("a pack that is not there was found")
	}
}

// Every fault is named with its path, and one reading names all of them.
func TestLoadFaults(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{`{"applies"`, `{"aplies"`, "aplies: unknown field"},
		{`"id":"uk-nccc-2023"`, `"id":7`, "id: expected a string, found number"},
		{`"languages":["en","fr"]`, `"languages":[]`, "languages: is empty"},
		{`"p_capture":2500`, `"p_capture":10001`, "thresholds.p_capture: must be a whole number from 0 to 10000"},
		{`"p_capture":2500`, `"p_capture":9500`, "thresholds.p_capture: must stand between"},
		{`"published":"2023-03-30"`, `"published":"2023-02-30"`, `source.published: "2023-02-30" is not a date`},
		{`"review_by":"2025-12-31"`, `"review_by":"31 December"`, "source.review_by:"},
		{`"max_action":"block"`, `"max_action":"warn"`, "tables[0].rows[0].action: block is above the pack's max_action, warn"},
		{`"max_action":"block"`, `"max_action":"stop"`, `max_action: "stop" is not one of`},
		{`"facets":["scope","tier"`, `"facets":["scop","tier"`, `tables[0].facets[0]: unknown facet "scop"`},
		{`"when":{"tier":["secret"`, `"when":{"teir":["secret"`, `tables[0].rows[0].when.teir: unknown facet "teir"`},
		{`"when":{"tier":["secret"`, `"when":{"tier":["secrt"`, `tables[0].rows[0].when.tier: unknown value "secrt" of facet tier`},
		{`"when":{"tier":["secret","top_secret"]}`, `"when":{"tier":[]}`, "tables[0].rows[0].when.tier: is empty"},
		{`"when":{"tier":["secret","top_secret"]}`, `"when":{"hold":"held"}`, "tables[0].rows[0].when.hold: the table does not list this facet"},
		{`"clauses":["UK-11","UK-T1"`, `"clauses":["UK-99","UK-T1"`, `tables[0].rows[0].clauses[0]: unknown clause "UK-99"`},
		{`"text":"W-UK-11"`, `"text":"W-UK-12"`, `tables[0].rows[0].text: unknown text "W-UK-12"`},
		{`"clauses":["UK-11","UK-T1","UK-T2"]`, `"clauses":[]`, "tables[0].rows[0].clauses: is empty: a reason cites its clause"},
		{`"rows":[{"action":"notice","because":"hold","clauses":["UK-28"]`, `"rows":[{"because":"hold"`, "tables[12].rows[0].clauses: is empty"},
		{`"because":"marking"`, `"because":"mood"`, `tables[0].rows[0].because: "mood" is not one of`},
		{`"id":"record"`, `"id":"matrix"`, `tables[2].id: "matrix" stands twice`},
		{`"label":"D-phone"`, `"label":"D-fone"`, `.label: unknown text "D-fone"`},
		{`"corporate_exempt":["im"`, `"corporate_exempt":["icq"`, `corporate_exempt[0]: unknown channel kind "icq"`},
		{`"clause":"UK-26a"`, `"clause":""`, "training.clause: is empty"},
		{`"id":"UK-1b"`, `"id":"UK-1a"`, "clauses[1].id: stands twice"},
		{`"version":"1.1.0"`, `"version":"` + strings.Repeat("9", 5000) + `"`, "version: is 5000 bytes, the limit is 4096"},
		{`"jurisdiction":"GB"`, `"jurisdiction":"GB","jurisdiction":"CA"`, "stands twice"},
		{`"W-UK-28":"An`, `"W-UK-28":7,"x":"An`, "strings.en.W-UK-28: expected a string, found number"},
	} {
		text := packJSON(t, uk)
		if !strings.Contains(text, c.old) {
			t.Errorf("the pack has no %s", c.old)
			continue
		}
		_, err := Load([]byte(strings.Replace(text, c.old, c.new, 1)))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%.60s: error %v, want %q", c.new, err, c.want)
		}
	}
	two := strings.Replace(strings.Replace(packJSON(t, uk), `{"applies"`, `{"aplies"`, 1), `"W-UK-11"`, `"W-UK-12"`, 1)
	_, err := Load([]byte(two))
	if problems, ok := err.(canonical.Problems); !ok || len(problems) < 3 {
		t.Errorf("not every problem is named: %v", err)
	}
	for _, broken := range []string{"", "[]", "{}", "null", `"pack"`, `{"id":`, strings.Repeat("[", 100), packJSON(t, uk) + "x",
		`{"pad":"` + strings.Repeat(" ", MaxPackBytes) + `"}`} {
		if _, err := Load([]byte(broken)); err == nil {
			t.Errorf("%.20q was loaded", broken)
		}
	}
}

// A pack with a hole, which lint would have refused, never looks fine.
func TestHoleIsUnknown(t *testing.T) {
	p := *packs(t, uk)[0]
	p.Tables = append([]Table(nil), p.Tables...)
	last := len(p.Tables) - 1
	p.Tables[last].Rows = p.Tables[last].Rows[:1]
	v := Decide(in(), []*Pack{&p}, Settings{}, now)
	if levelOf(v) != "unknown unknown unknown" || !strings.Contains(v.Error, "table "+p.Tables[last].ID+" has no row") {
		t.Errorf("%s %q", levelOf(v), v.Error)
	}
	if v := Decide(in(marked(secret)), []*Pack{&p}, Settings{}, now); levelOf(v) != "prohibited consider block" {
		t.Errorf("what is known is lost: %s", levelOf(v))
	}
}

// smallPack is a whole pack of two tables, short enough to fuzz.
const smallPack = `{"id":"x","version":"1","jurisdiction":"GB","languages":["en"],
"source":{"title":"T","url":"https://rules.example","sha256":"00"},
"clauses":[{"id":"A","para":"1","text":"t"}],"applies":{"extended_text":"E"},
"thresholds":{"p_consider":1,"p_capture":2,"p_stop":3},"training":{"clause":"A"},"capture":{"clause":"A"},
"logging":{"clause":"A"},"max_action":"block","strings":{"en":{"E":"e","W":"{type} {n} {t} {marking} {date}"}},
"tables":[{"id":"a","facets":["tier"],"rows":[
{"when":[{"tier":["secret","top_secret"]}],"permission":"prohibited","action":"block","override":"reason","because":"marking","text":"W","clauses":["A"]},
{"when":{"tier":["none","official","protected","high"]}}]},
{"id":"b","facets":["identifiers"],"rows":[{"when":{},"because":"identifiers","text":"W","clauses":["A"],"advice":[{"kind":"delete","text":"W"}]}]}]}`

func TestSmallPack(t *testing.T) {
	p, err := Load([]byte(smallPack))
	if err != nil {
		t.Fatal(err)
	}
	v := Decide(in(marked(secret), found("iban", detect.ClassIdentifier, 900)), []*Pack{p}, Settings{}, now)
	expect(t, "small", v, "prohibited none block", "A")
	if len(v.Reasons) != 2 || v.Reasons[1].Text != "an official number 1  SECRET " {
		t.Errorf("%+v", v.Reasons)
	}
}

// Whatever Load accepts judges without a panic and cites nothing that is not there.
func FuzzLoad(f *testing.F) {
	f.Add([]byte(smallPack))
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := Load(b)
		if err != nil {
			return
		}
		input := in(significant(9300), marked(secret), found("iban", detect.ClassIdentifier, 900), hold(message.HoldHeld))
		for _, r := range Decide(input, []*Pack{p}, Settings{}, now).Reasons {
			if _, ok := p.Clause(r.Clause); !ok {
				t.Fatalf("dangling clause %q", r.Clause)
			}
		}
	})
}
