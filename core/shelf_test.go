package core

import (
	"encoding/json"
	"strings"
	"testing"

	"hanaper/core/message"
	"hanaper/core/policy"
)

// small is a rule book that stops a word; the words in capitals are replaced.
const small = `{"id":"ID","version":"1.2.0","jurisdiction":"GB","languages":["en"],
"source":{"title":"T","url":"https://rules.example","sha256":"00"},"clauses":[{"id":"A","para":"1","text":"t"}],
"applies":{"extended_text":"E"},"thresholds":{"p_consider":1,"p_capture":2,"p_stop":3},"training":{"clause":"A"},
"capture":{"clause":"A","fields":["series"],"local_purge_days":3},"logging":{"clause":"A","events":"EVENTS"},"max_action":"block",
"strings":{"en":{"E":"e","W":"Not {type}. (1)","K":"that name"}},
"keywords":[{"id":"k","grade":"forbidden","label":"K","en":["Lantern"]}],
"tables":[{"id":"a","facets":["keyword"],"rows":[
{"when":{"keyword":"forbidden"},"permission":"prohibited","action":"warn","override":"click","because":"keywords","text":"W","clauses":["A"]},
{"when":{"keyword":["none","watch","sensitive"]}}]}]}`

// smallOverlay is what an overlay compiles to: a pack that names its rule book.
const smallOverlay = `{"id":"OV","version":"1.0.0","overlay":"BASE","jurisdiction":"GB","languages":["en"],
"source":{"title":"O","url":"https://rules.example","sha256":"00"},
"clauses":[{"id":"OV-1","para":"1","text":"t"}],"applies":{"extended_text":"E"},"thresholds":{"p_consider":1,"p_capture":2,"p_stop":3},
"training":{"clause":"OV-1"},"capture":{"clause":"OV-1"},"logging":{"clause":"OV-1"},"max_action":"block","strings":{"en":{"E":"e","W-OV":"Not here. (1)"}},
"tables":[{"id":"ov","facets":["files"],"rows":[{"when":{"files":"none"},"action":"notice","because":"rule","text":"W-OV","clauses":["OV-1"]},{"when":{"files":["some","large"]}}]}CELL]}`

func book(id string) string {
	return strings.NewReplacer("ID\"", id+"\"", "EVENTS", "optional").Replace(small)
}
func laid(id, base string) string {
	return strings.NewReplacer("\"OV\"", `"`+id+`"`, "BASE", base, "CELL", "").Replace(smallOverlay)
}

// names are the packs of a verdict, with their trust.
func names(s *Shelf, t *testing.T, ids ...string) string {
	t.Helper()
	packs, err := s.Packs(ids)
	if err != nil {
		return err.Error()
	}
	v := EvaluateWith(&message.Draft{Channel: "whatsapp", Body: "hello"}, &policy.Settings{}, packs, "2026-11-22T10:00:00Z")
	var out []string
	for _, p := range v.Packs {
		out = append(out, p.ID+" "+p.Trust)
	}
	return strings.Join(out, ", ")
}

func put(t *testing.T, s *Shelf, in Installed) {
	t.Helper()
	if _, err := s.Put(in); err != nil {
		t.Fatal(err)
	}
}

// Which packs judge: those named, what is on the shelf, and the default wherever
// nothing but unsigned packs would be left.
func TestShelf(t *testing.T) {
	signed := func(text string) Installed { return Installed{text, policy.TrustSigned, "Agency"} }
	unsigned := func(text string) Installed { return Installed{text, policy.TrustUnsigned, ""} }
	for _, c := range []struct {
		name string
		put  []Installed
		ids  []string
		want string
	}{
		{"nothing", nil, nil, "uk-nccc-2023 bundled"},
		{"named", nil, []string{"us-nc-030319", "us-nc-030319"}, "us-nc-030319 bundled"},
		{"nowhere", nil, []string{"x"}, `no pack "x" is bundled; these are: uk-nccc-2023, ca-im-protocol, us-nc-030319`},
		{"unsigned beside", []Installed{unsigned(book("own"))}, []string{"ca-im-protocol"}, "ca-im-protocol bundled, own unsigned"},
		{"unsigned never alone", []Installed{unsigned(book("own"))}, []string{"own"}, "own unsigned, uk-nccc-2023 bundled"},
		{"unsigned, none named", []Installed{unsigned(book("own"))}, nil, "own unsigned, uk-nccc-2023 bundled"},
		{"signed alone", []Installed{signed(book("own"))}, nil, "own signed"},
		{"signed in a bundled one's place", []Installed{signed(book("ca-im-protocol"))}, []string{"ca-im-protocol"}, "ca-im-protocol signed"},
		{"that one not named", []Installed{signed(book("ca-im-protocol"))}, []string{"us-nc-030319"}, "us-nc-030319 bundled"},
		{"the default's place", []Installed{signed(book("uk-nccc-2023"))}, nil, "uk-nccc-2023 signed"},
		{"overlay", []Installed{unsigned(laid("dx", "uk-nccc-2023"))}, nil, "uk-nccc-2023 bundled, dx unsigned"},
		{"overlay of another", []Installed{signed(laid("dx", "us-nc-030319"))}, nil, "uk-nccc-2023 bundled"},
		{"overlay named", []Installed{signed(laid("dx", "us-nc-030319"))}, []string{"dx"}, "us-nc-030319 bundled, dx signed"},
		{"two overlays", []Installed{unsigned(laid("dx", "uk-nccc-2023")), signed(laid("dy", "uk-nccc-2023"))}, nil,
			"uk-nccc-2023 bundled, dx unsigned, dy signed"},
		{"overlay of an installed one", []Installed{signed(book("own")), unsigned(laid("dx", "own"))}, nil, "own signed, dx unsigned"},
		{"overlay before its rule book by name", []Installed{unsigned(laid("aa", "us-nc-030319"))}, []string{"us-nc-030319", "ca-im-protocol"},
			"ca-im-protocol bundled, us-nc-030319 bundled, aa unsigned"},
	} {
		s := &Shelf{}
		for _, in := range c.put {
			put(t, s, in)
		}
		for range 2 { // the second time it remembers
			if got := names(s, t, c.ids...); got != c.want {
				t.Errorf("%s: %s, want %s", c.name, got, c.want)
			}
		}
	}
}

func TestShelfRefuses(t *testing.T) {
	s := &Shelf{}
	put(t, s, Installed{book("own"), policy.TrustUnsigned, ""})
	put(t, s, Installed{laid("dx", "own"), policy.TrustUnsigned, ""})
	for text, want := range map[string]string{
		book("own"):                 `id: another pack has the id "own"`,
		book("uk-nccc-2023"):        `id: another pack has the id "uk-nccc-2023"`,
		laid("dx", "own"):           `id: another pack has the id "dx"`,
		laid("own", "uk-nccc-2023"): `id: another pack has the id "own"`,
		laid("dy", "nobody"):        `overlay: no pack "nobody" is bundled`,
		laid("dy", "dx"):            `overlay: no pack "dx" is bundled`,
		strings.NewReplacer("\"OV\"", `"dz"`, "BASE", "uk-nccc-2023", `"p_stop":3`, `"p_stop":9999`, "CELL", "").Replace(smallOverlay): "thresholds.p_stop: 9999 is above 9300 of uk-nccc-2023",
		strings.NewReplacer("\"OV\"", `"dz"`, "BASE", "uk-nccc-2023", "CELL", `,{"id":"matrix","partial":true,"facets":["tier"],"rows":[{"when":{"tier":"secret"},
			"action":"warn","states":["action"],"override":"click","text":"W-OV","clauses":["OV-1"]}]}`).Replace(smallOverlay): "tables[1].rows[0].action: warn is below block, which uk-nccc-2023 requires in matrix[0] (UK-11)",
		`{"id":"x","surprise":1}`: "version: is missing",
		`{`:                       "line 1",
	} {
		if _, err := s.Put(Installed{text, policy.TrustUnsigned, ""}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60s: %v, want %s", text, err, want)
		}
	}
	if got := names(s, t); got != "own unsigned, dx unsigned, uk-nccc-2023 bundled" {
		t.Errorf("a refused pack left something: %s", got)
	}
	for i := range MaxInstalled {
		if _, err := s.Put(Installed{book("n" + string(rune('a'+i))), policy.TrustUnsigned, ""}); i >= MaxInstalled-2 && err == nil {
			t.Errorf("pack %d went in", i+3)
		}
	}
}

// The operation install, its answer, and what evaluate and info then say.
func TestInstall(t *testing.T) {
	t.Cleanup(func() { shelf.Store(nil) })
	ask := func(op string, request any) map[string]any {
		t.Helper()
		in, err := json.Marshal(request)
		if err != nil {
			t.Fatal(err)
		}
		var out map[string]any
		if err := json.Unmarshal(Handle(op, in), &out); err != nil {
			t.Fatal(err)
		}
		return out
	}
	type m = map[string]any
	evaluate := m{"draft": m{"body": "about lantern", "channel": "whatsapp", "device": "managed", "chat_scope": "work"}, "settings": m{"packs": []string{"ca-im-protocol"}}}
	if v := ask("evaluate", evaluate); v["action"] != "allow" {
		t.Fatalf("%v", v["action"])
	}
	out := ask("install", m{"packs": []m{{"json": book("own"), "trust": "unsigned"}, {"json": "{}", "trust": "signed", "signer": "x"}}})
	packs, problems := out["packs"].([]any), out["problems"].([]any)
	if out["error"] != "" || len(packs) != 1 || len(problems) != 1 || problems[0].(m)["index"] != 1.0 {
		t.Fatalf("%v", out)
	}
	if p := packs[0].(m); p["id"] != "own" || p["version"] != "1.2.0" || p["trust"] != "unsigned" || p["index"] != 0.0 || p["title"] != "T" {
		t.Errorf("%v", p)
	}
	v := ask("evaluate", evaluate)
	if v["action"] != "warn" || v["permission"] != "prohibited" || !strings.Contains(string(Handle("evaluate", must(t, evaluate))), `"text":"Not that name. (1)"`) {
		t.Errorf("%v", v)
	}
	info := ask("info", m{"packs": []string{"ca-im-protocol"}})
	if n := len(info["packs"].([]any)); n != len(policy.BundledIDs)+1 {
		t.Errorf("%d packs", n)
	}
	upside := m{"packs": []m{{"json": laid("dx", "own"), "trust": "unsigned"}, {"json": book("own"), "trust": "unsigned"}}}
	if out := ask("install", upside); len(out["packs"].([]any)) != 2 {
		t.Errorf("an overlay before its rule book: %v", out["problems"])
	}
	if out := ask("install", m{"packs": []m{}}); len(out["packs"].([]any)) != 0 || ask("evaluate", evaluate)["action"] != "allow" {
		t.Errorf("still installed: %v", out)
	}
	if out := ask("install", m{"pack": 1}); out["error"] == "" {
		t.Errorf("%v", out)
	}
}

func must(t *testing.T, v any) []byte {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// A domain that an unsigned pack calls protected stays doubted: else any file could
// make a look-alike pass.
func TestUnsignedProtectsNoDomain(t *testing.T) {
	named := strings.Replace(book("own"), `"tables"`, `"protected_domains":["xn--wmail-9ve.example"],"tables"`, 1)
	draft := &message.Draft{Channel: "whatsapp", Body: "https://xn--wmail-9ve.example/login", Device: "managed"}
	for _, c := range []struct {
		trust string
		want  int
	}{{policy.TrustSigned, 1}, {policy.TrustUnsigned, 0}} {
		s := &Shelf{}
		put(t, s, Installed{named, c.trust, "Agency"})
		packs, err := s.Packs([]string{"own"})
		if err != nil {
			t.Fatal(err)
		}
		domains := Protected(&policy.Settings{}, packs)
		got := 0
		for _, d := range domains {
			if d == "xn--wmail-9ve.example" {
				got++
			}
		}
		if got != c.want {
			t.Errorf("%s: protected %v", c.trust, domains)
		}
		e := Explain(draft, &policy.Settings{}, packs, "2026-11-22T10:00:00Z")
		v := EvaluateWith(draft, &policy.Settings{}, packs, "2026-11-22T10:00:00Z")
		if seen := Inspect(draft, domains); len(e.Seen.Findings) != len(seen.Findings) {
			t.Errorf("%s: explained %v, judged %v (%s)", c.trust, e.Seen.Findings, seen.Findings, v.Action)
		}
	}
}
