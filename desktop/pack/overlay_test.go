package pack

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"hanaper/core"
	"hanaper/core/classify"
	"hanaper/core/message"
	"hanaper/core/policy"
)

const departmental = `id: dx-rules
version: 1.0.0
overlay: uk-nccc-2023
languages: [en, fr]
source: {title: "Department of Examples, messaging rules"}
clauses:
  - {id: DX-1, para: rule 1, para_fr: règle 1, text: "Nothing significant from private devices.", text_fr: "Rien d’important depuis un appareil privé."}
keywords:
  - {id: codenames, grade: forbidden, label: K-code, clause: DX-1, en: [Lantern]}
tables:
  - id: code-names
    facets: [keyword]
    rows:
      - {when: {keyword: forbidden}, permission: prohibited, action: block, override: reason, because: keywords, text: W-DX-2, clauses: [DX-1]}
      - when: {keyword: [none, watch, sensitive]}
cells:
  - table: matrix
    when: {device: unmanaged, significance: capture, scope: in, tier: [none, official], marked: no}
    action: justify
    override: reason
    because: device
    text: W-DX-1
    clauses: [DX-1]
routes: [{role: Head of Unit, address: head@dept.example}]
strings:
  en: {W-DX-1: "Not from a private device. (rule 1)", W-DX-2: "{type} stays inside. (rule 1)", K-code: "A code name"}
  fr: {W-DX-1: "Pas depuis un appareil privé. (règle 1)", W-DX-2: "{type} reste à l’interne. (règle 1)", K-code: "Un nom de code"}
local:
  en: {W-UK-11: "Call security on 555-0142."}
  fr: {W-UK-11: "Appelez la sécurité au 555-0142."}
`

func TestOverlayCompiles(t *testing.T) {
	c, err := Check("o.yaml", []byte(departmental))
	if err != nil {
		t.Fatal(err)
	}
	if c.Pack.ID != "dx-rules" || c.Pack.Version != "1.0.0" || c.Pack.Of != "uk-nccc-2023" {
		t.Errorf("%s %s %s", c.Pack.ID, c.Pack.Version, c.Pack.Of)
	}
	all, err := examples(t, `
- name: a code name
  clause: DX-1
  draft: {channel: whatsapp, device: managed, chat_scope: work, body: "ask about lantern"}
  want: {action: block, texts: [W-DX-2], says: [A code name stays]}
`)
	if err != nil {
		t.Fatal(err)
	}
	if proof := Prove(c.Pack, all, policy.Bundled); len(proof.Failed)+len(proof.Vain) > 0 || len(proof.Clauses["DX-1"]) != 1 {
		t.Errorf("%+v", proof)
	}
}

// beside is a verdict by the UK's rules with an overlay, or without one.
func beside(t *testing.T, o *policy.Pack, draft message.Draft, assume ...string) policy.Verdict {
	t.Helper()
	in := core.Inspect(&draft, nil)
	for i := 0; i < len(assume); i += 2 {
		a, err := policy.Assume(assume[i], assume[i+1])
		if err != nil {
			t.Fatal(err)
		}
		in.Assume = append(in.Assume, a)
	}
	base, _ := policy.Bundled("uk-nccc-2023")
	packs := []*policy.Pack{base}
	if o != nil {
		packs = []*policy.Pack{o, base}
	}
	return policy.Decide(in, packs, policy.Settings{}, exampleTime)
}

// What an overlay adds is in force in its own name; the rule book's own words and
// rows stay, local words stand after them, and what it repeats is said once.
func TestOverlayInForce(t *testing.T) {
	c, err := Check("o.yaml", []byte(strings.Replace(departmental, "routes:", "thresholds: {p_stop: 8000}\ncapture: {fields: [series], local_purge_days: 7}\nroutes:", 1)))
	if err != nil {
		t.Fatal(err)
	}
	draft := message.Draft{Channel: "whatsapp", Device: message.DeviceUnmanaged, ChatScope: message.ScopeWork, Body: "about Lantern, SECRET"}
	v := beside(t, c.Pack, draft, "significance", "capture", "tier", "none", "marked", "no", "doubtful", "no")
	var got []string
	seen := map[string]int{}
	for _, r := range v.Reasons {
		got = append(got, r.Pack+" "+r.Clause+" "+r.Action)
		seen[r.Clause+r.TextID]++
		if seen[r.Clause+r.TextID] > 1 {
			t.Errorf("said twice: %+v", r)
		}
	}
	if all := strings.Join(got, ", "); !strings.HasPrefix(all, "dx-rules DX-1 block, dx-rules DX-1 justify, uk-nccc-2023 UK-10a notice") {
		t.Errorf("%s", all)
	}
	if v.Permission != "prohibited" || v.Duty != "capture" || len(v.Packs) != 2 || v.Packs[1].ID != "dx-rules" {
		t.Errorf("%+v", v)
	}
	v = beside(t, c.Pack, message.Draft{Channel: "whatsapp", Device: message.DeviceManaged, ChatScope: message.ScopeWork, Body: "SECRET: the visit"})
	if !strings.HasSuffix(v.Reasons[0].Text, "(paragraph 11) Call security on 555-0142.") || v.Reasons[0].Pack != "uk-nccc-2023" {
		t.Errorf("%+v", v.Reasons[0])
	}
	unsigned := *c.Pack
	unsigned.Unsigned()
	v = beside(t, &unsigned, message.Draft{Channel: "whatsapp", Device: message.DeviceManaged, ChatScope: message.ScopeWork, Body: "SECRET: the visit"})
	if r := v.Reasons[0]; r.Pack != "uk-nccc-2023" || !strings.HasSuffix(r.Text, "(paragraph 11)") {
		t.Errorf("nobody signed what is added to a rule book's words: %+v", r)
	}
	base, _ := policy.Bundled("uk-nccc-2023")
	terms := policy.TermsOf([]*policy.Pack{base, c.Pack})
	if terms.PurgeDays != 7 || !slices.Contains(terms.Fields, "series") || len(terms.Fields) != 6 || c.Pack.Thresholds.Stop != 8000 {
		t.Errorf("%+v", terms)
	}
}

// A lower threshold is in force: the rule book's rows speak earlier, in the name of
// the overlay where the rule book alone would have said less.
func TestOverlayThreshold(t *testing.T) {
	c, err := Check("o.yaml", []byte(strings.Replace(departmental, "routes:", "thresholds: {contacts: 2}\nroutes:", 1)))
	if err != nil {
		t.Fatal(err)
	}
	draft := message.Draft{Channel: "whatsapp", Device: message.DeviceManaged, ChatScope: message.ScopeWork,
		Body: "call +44 7700 900123, +44 7700 900124 or +44 7700 900125"}
	if v := beside(t, nil, draft, "significance", "none"); v.Action != "allow" {
		t.Fatalf("%+v", v.Reasons)
	}
	v := beside(t, c.Pack, draft, "significance", "none")
	if v.Action != "notice" || v.Reasons[0].Pack != "dx-rules" || v.Reasons[0].TextID != "W-UK-36-LIST" {
		t.Errorf("%s %+v", v.Action, v.Reasons)
	}
}

// For any message the verdict with an overlay is at least the one without.
func TestOverlayOnlyTightens(t *testing.T) {
	text := strings.Replace(departmental, "routes:", "thresholds: {p_consider: 500, p_stop: 5000, contacts: 2}\napplies: {corporate_exempt: [mail]}\nroutes:", 1)
	c, err := Check("o.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	base, _ := policy.Bundled("uk-nccc-2023")
	rank := func(names, name string) int { return strings.Index(names, name+".") }
	r := rand.New(rand.NewPCG(7, 8))
	for range 3000 {
		in := policy.Input{Draft: message.Draft{Channel: "whatsapp", Account: []string{"", "a@dept.example"}[r.IntN(2)]}}
		in.Class.Known, in.Class.Significance = true, classify.Prob(r.IntN(10001))
		for _, tb := range base.Tables {
			for _, f := range tb.Facets {
				if def := f.Def(); def.Name != "significance" && def.Name != "identifiers" {
					a, _ := policy.Assume(def.Name, def.Values[r.IntN(len(def.Values))])
					in.Assume = append(in.Assume, a)
				}
			}
		}
		set := policy.Settings{Organisation: policy.Organisation{Domains: []string{"dept.example"}}}
		alone, both := policy.Decide(in, []*policy.Pack{base}, set, exampleTime), policy.Decide(in, []*policy.Pack{c.Pack, base}, set, exampleTime)
		for _, axis := range [...]struct{ names, alone, both string }{
			{"permitted.permitted_with_regard.unknown.care.exceptional_only.prohibited.", alone.Permission, both.Permission},
			{"none.transitory.unknown.consider.capture.", alone.Duty, both.Duty}, {"allow.notice.unknown.warn.justify.block.", alone.Action, both.Action},
		} {
			if rank(axis.names, axis.both) < rank(axis.names, axis.alone) {
				t.Fatalf("weakened from %s to %s: %+v", axis.alone, axis.both, in)
			}
		}
		if both.Error != "" {
			t.Fatal(both.Error)
		}
	}
}

// North Carolina lets nobody lower its evidence (NC-S6).
func TestOverlayNonDerogable(t *testing.T) {
	text := "id: a\nversion: 1.0.0\noverlay: us-nc-030319\nlanguages: [en, fr]\nsource: {title: A}\nlogging: {evidence: optional}\n"
	_, err := Check("o.yaml", []byte(text))
	if err == nil || !strings.Contains(err.Error(), "o.yaml:6: logging.evidence: us-nc-030319 requires required (NC-S6) and lets nobody lower it") {
		t.Errorf("%v", err)
	}
	if c, err := Check("o.yaml", []byte(strings.Replace(text, "evidence: optional", "content: never_auto", 1))); err != nil || c.Pack.Logging.Content != "never_auto" {
		t.Errorf("logging less: %v", err)
	}
}

// Lint and load refuse what weakens and what is not whole, each with its line.
func TestOverlayFaults(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{"action: justify\n    override: reason", "action: allow", "o.yaml:19: cells[0].action: allow is below notice, which uk-nccc-2023 requires in matrix[7] (UK-10a)"},
		{"overlay: uk-nccc-2023", "overlay: nobody", `o.yaml:3: overlay: there is no rule book "nobody"`},
		{"keyword: [none, watch, sensitive]", "keyword: none", "hole: no row for keyword=watch"},
		{"    override: reason\n    because: device", "    because: device", "cells[0].override: is missing"},
		{"action: justify\n    override: reason", "action: justify\n    override: click", "cells[0].override: a click is too little"},
		{`W-DX-1: "Pas depuis un appareil privé. (règle 1)", `, "", "strings.fr: the text W-DX-1 is missing"},
		{`K-code: "A code name"`, `K-code: "A code name", K-no: "x"`, "strings.en.K-no: no row"},
		{"  fr: {W-UK-11:", "  fr: {W-UK-9b:", "local.fr: the text W-UK-11 is missing"},
		{"Call security on 555-0142.", "You violated it", `says "violat"`},
		{"Call security on 555-0142.", "Call {n}", "local.fr.W-UK-11: has the parameters []"},
		{`para_fr: règle 1, `, "", "clauses[0].para_fr: is missing"},
		{"[Lantern]", "[Lantern, lantern]", `keywords[0]: the term "lantern"`},
		{"languages: [en, fr]", "languages: [en]", "languages: fr is missing"},
		{"action: justify\n    override: reason", "action: justify\n    permission: care\n    override: reason", "cells[0].permission: care is below exceptional_only, which uk-nccc-2023 requires in matrix[7] (UK-10a)"},
		{"tier: [none, official], marked: no", "tier: secret", "cells[0].action: justify is below block, which uk-nccc-2023 requires in matrix[0] (UK-11)"},
		{"routes:", "thresholds: {p_stop: 9301}\nroutes:", "thresholds.p_stop: 9301 is above 9300 of uk-nccc-2023"},
		{"routes:", "thresholds: {group: 1}\nroutes:", "thresholds.group: must be a whole number from 2"},
		{"routes:", "thresholds: {p_stop: 2000}\nroutes:", "p_capture: must stand between"},
		{"routes:", "thresholds: {p_scope: 2000}\nroutes:", "thresholds.p_scope: is the rule book's"},
		{"routes:", "capture: {local_purge_days: 31}\nroutes:", "capture.local_purge_days: 31 is more than 30 of uk-nccc-2023 (UK-21a)"},
		{"routes:", "logging: {events: required}\nroutes:", "logging.events: required is more than optional of uk-nccc-2023 (UK-35)"},
		{"routes:", "logging: {content: on_user_click}\nroutes:", "logging.content: on_user_click is more than never_auto"},
		{"routes:", "applies: {corporate_exempt: [mail, pigeon]}\nroutes:", `applies.corporate_exempt[1]: "pigeon" is not exempt`},
		{"id: DX-1,", "id: UK-11,", `clauses[0].id: "UK-11" is a clause of uk-nccc-2023`},
		{"id: code-names", "id: matrix", `tables[0].id: "matrix" is a table of uk-nccc-2023`},
		{`K-code: "A code name"`, `K-code: "A code name", W-UK-11: "Fine"`, "strings.en.W-UK-11: is a text of uk-nccc-2023"},
		{"  en: {W-UK-11:", "  en: {W-NO:", "local.en.W-NO: uk-nccc-2023 has no text of that name"},
		{"address: head@dept.example", "transport: alert", `routes[0].transport: "Head of Unit" is a role of uk-nccc-2023`},
		{"{role: Head of Unit, address: head@dept.example}", "{role: Desk, role_fr: Bureau}", "routes[0].clause: is missing"},
		{"table: matrix", "table: matrices", `cells[0].table: "matrices" is no table`},
		{"device: unmanaged,", "device: unmanaged, timer: on,", "cells[0].when.timer: the table does not list this facet"},
		{"languages: [en, fr]", "max_action: allow\nlanguages: [en, fr]", "max_action: belongs to the rule book"},
		{"languages: [en, fr]", "colour: red\nlanguages: [en, fr]", "colour: unknown field"},
		{"    action: justify\n    override: reason\n", "", "says nothing: state permission, duty or action"},
		{"text: W-DX-2", "text: W-DX-3", `tables[0].rows[0].text: unknown text "W-DX-3"`},
	} {
		if !strings.Contains(departmental, c.old) {
			t.Errorf("there is no %q", c.old)
			continue
		}
		_, err := Check("o.yaml", []byte(strings.Replace(departmental, c.old, c.new, 1)))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q:\n got %v\nwant %s", c.new, err, c.want)
		}
	}
}
