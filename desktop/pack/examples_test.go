package pack

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hanaper/core/policy"
)

// examples writes a file of examples and reads them.
func examples(t *testing.T, text string) ([]Example, error) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "examples.yaml"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return Examples(dir)
}

const shown = `
- name: SECRET is stopped on any device
  clause: [UK-11, UK-T1]
  draft: {channel: whatsapp, device: managed, chat_scope: work, body: "SECRET: the plan for the visit is attached"}
  want: {permission: prohibited, duty: consider, action: block, cites: [UK-11], texts: [W-UK-11], advice: [A-UK-11-EDIT], silent: [UK-36]}
- name: on a private device too
  base: SECRET is stopped on any device
  clause: UK-T2
  draft: {device: unmanaged}
  want: {action: block, cites: [UK-T2], obligations: [], says: [TOP SECRET]}
- name: significant on a private device
  clause: [UK-10a, UK-14]
  facets: {significance: stop}
  draft: {channel: whatsapp, device: unmanaged, chat_scope: work}
  want: {action: justify, obligations: [report Head of Unit, justify], terms: {routes: [Head of Unit], fields: [to], purge_days: 30, content_log: never_auto, contacts: true, hold_release: officer}}
`

func TestExamplesProve(t *testing.T) {
	all, err := examples(t, shown)
	if err != nil {
		t.Fatal(err)
	}
	p, _ := policy.Bundled("uk-nccc-2023")
	proof := Prove(p, all, policy.Bundled)
	if len(proof.Failed) > 0 || proof.Ran != 3 {
		t.Fatalf("%+v", proof.Failed)
	}
	if got := fmt.Sprint(proof.Clauses); got != "map[UK-10a:[significant on a private device] UK-11:[SECRET is stopped on any device] UK-T1:[SECRET is stopped on any device] UK-T2:[on a private device too]]" {
		t.Errorf("%s", got)
	}
	// UK-14 is cited by a row of the duty only, which the example does not ask about.
	if got := strings.Join(proof.Vain, "|"); !strings.HasSuffix(got, "examples.yaml:11: UK-14: switched off, every example of it still holds") || len(proof.Vain) != 1 {
		t.Errorf("%s", got)
	}
	if len(proof.Idle) < 10 || strings.Contains(strings.Join(proof.Idle, " "), "matrix[0]") {
		t.Errorf("%v", proof.Idle)
	}
}

// Each member of want can fail.
func TestExamplesFail(t *testing.T) {
	p, _ := policy.Bundled("uk-nccc-2023")
	head := "- name: x\n  draft: {channel: whatsapp, device: unmanaged, chat_scope: work}\n  facets: {significance: stop}\n  want: "
	for want, fault := range map[string]string{
		"{permission: care}":                        "permission is exceptional_only, want care",
		"{duty: none}":                              "duty is capture, want none",
		"{action: allow}":                           "action is justify, want allow",
		"{cites: [UK-11]}":                          "no reason cites UK-11; there are: UK-10a, UK-T4",
		"{silent: [UK-T4]}":                         "a reason cites UK-T4, which should be silent",
		"{texts: [W-UK-11]}":                        "no reason has the text W-UK-11",
		"{advice: [A-UK-11-EDIT]}":                  "no advice has the text A-UK-11-EDIT",
		"{obligations: [report nobody]}":            "no obligation is report nobody",
		"{says: [moon]}":                            `nothing says "moon"`,
		"{terms: {fields: [colour]}}":               "no field is colour",
		"{terms: {methods: [song]}}":                "no method is song",
		"{terms: {routes: [King]}}":                 "no route goes to King",
		"{terms: {references: [x]}}":                "no reference is x",
		"{terms: {reports: [x]}}":                   "no report is x",
		"{terms: {modules: [x]}}":                   "no module is x",
		"{terms: {content_log: on_user_click}}":     `terms.content_log is "never_auto"`,
		"{terms: {events_log: off}}":                `terms.events_log is "optional"`,
		"{terms: {evidence_log: required}}":         `terms.evidence_log is "optional"`,
		"{terms: {hold_release: receipt}}":          `terms.hold_release is ""`,
		"{terms: {purge_days: 1}}":                  "terms.purge_days is 30, want 1",
		"{terms: {period_days: 1}}":                 "terms.period_days is 0, want 1",
		"{terms: {training_required: true}}":        "training is not required",
		"{terms: {accessible: true}}":               "no contact has a text telephone",
		"{action: justify}\n  packs: [no-such]":     `there is no pack "no-such"`,
		"{duty: none}\n  packs: [ca-im-protocol]":   "duty is capture, want none",
		"{terms: {contacts: true, fields: [from]}}": "",
	} {
		all, err := examples(t, head+want)
		if err != nil {
			t.Errorf("%s: %v", want, err)
			continue
		}
		if got := strings.Join(all[0].Run(p, policy.Bundled), "; "); fault == "" && got != "" || !strings.HasPrefix(got, fault) {
			t.Errorf("%s:\n got %s\nwant %s", want, got, fault)
		}
	}
}

// Every mistake in a file of examples is told with its line.
func TestExamplesFaults(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{"name: on a private", "nam: on a private", "examples.yaml:6: [1].nam: unknown field"},
		{"base: SECRET is stopped on any device", "base: nobody", `no earlier example is called "nobody"`},
		{"on a private device too", "SECRET is stopped on any device", "stands twice"},
		{"device: unmanaged}\n  want", "device: mine}\n  want", `[1].draft: device: "mine" is not one of`},
		{"device: unmanaged}\n  want", "devize: unmanaged}\n  want", "[1].draft: devize: unknown field"},
		{"significance: stop", "significance: often", `[2].facets: unknown value "often" of facet significance`},
		{"significance: stop", "weather: fine", `[2].facets: unknown facet "weather"`},
		{"{action: block, cites: [UK-T2], obligations: [], says: [TOP SECRET]}", "{}", "[1].want: is empty"},
		{"says:", "sings:", "[1].want.sings: unknown field"},
		{"purge_days: 30", "purge_days: -3", "[2].want.terms.purge_days: must be a whole number"},
		{"facets: {significance: stop}", "settings: {role: king}", `[2].settings: role: "king" is not one of`},
	} {
		if !strings.Contains(shown, c.old) {
			t.Errorf("there is no %q", c.old)
		}
		if _, err := examples(t, strings.Replace(shown, c.old, c.new, 1)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q:\n got %v\nwant %s", c.new, err, c.want)
		}
	}
	if _, err := examples(t, "name: x"); err == nil || !strings.Contains(err.Error(), "is no list of examples") {
		t.Errorf("%v", err)
	}
	if all, err := Examples(t.TempDir()); err != nil || len(all) != 0 {
		t.Errorf("none: %v %v", all, err)
	}
}

// The bundled packs' own examples hold, and each shows the clauses it names.
func TestBundledExamples(t *testing.T) {
	for _, id := range policy.BundledIDs {
		all, err := Examples(filepath.Join(packs, id))
		if err != nil {
			t.Errorf("%v", err)
			continue
		}
		p, _ := policy.Bundled(id)
		proof := Prove(p, all, policy.Bundled)
		for _, line := range append(proof.Failed, proof.Vain...) {
			t.Error(line)
		}
		t.Logf("%s: %d examples show %d clauses; rows no example needs: %v", id, proof.Ran, len(proof.Clauses), proof.Idle)
	}
}
