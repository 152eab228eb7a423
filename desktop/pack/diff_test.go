package pack

import (
	"strings"
	"testing"

	"hanaper/core/policy"
)

// Each kind of change is told, with its clause and whether it is stricter.
func TestDiff(t *testing.T) {
	text := string(read(t, packs, "uk-nccc-2023", "pack.yaml"))
	p, _ := policy.Bundled("uk-nccc-2023")
	if same := Diff(p, p); len(same) != 0 {
		t.Errorf("against itself: %v", same)
	}
	for _, c := range []struct{ old, new, want string }{
		{"p_stop: 9300", "p_stop: 8000", "threshold|p_stop||9300 -> 8000|stricter"},
		{"p_stop: 9300", "p_stop: 9500", "threshold|p_stop||9300 -> 9500|weaker"},
		{"group", "group", ""},
		{"review_by: 2025-12-31", "review_by: 2027-12-31", "source|review_by||2025-12-31 -> 2027-12-31|"},
		{"action: block", "action: justify", "cell|matrix[0]|UK-11|action block -> justify for tier secret|top_secret|weaker"},
		{"permission: prohibited\n        action: block", "permission: exceptional_only\n        action: block", "cell|matrix[0]|UK-11|permission prohibited -> exceptional_only for tier secret|top_secret|weaker"},
		{"once: session", "", "once session -> none for scope in, "},
		{"local_purge_days: 30", "local_purge_days: 7", "capture|local_purge_days|UK-21a|30 -> 7|"},
		{"logging: {content: never_auto, events: optional", "logging: {content: never_auto, events: off", "logging|events|UK-35|optional -> off|"},
		{"W-UK-9b: \"Permitted. Use", "W-UK-9b: \"Allowed. Use", "text|en W-UK-9b||\"Permitted. Use"},
		{"id: iban, as: identifier", "id: iban, as: ignore", "detector|iban|UK-36|identifier -> ignore|"},
		{"version: 1.", "version: 9.", "pack|version||"},
		{"text: \"To facilitate", "text: \"In order to facilitate", "clause|UK-1a|UK-1a|its words: \"To facilitate"},
		{"hold_release: officer", "hold_release: receipt", "pack|hold_release||officer -> receipt|"},
	} {
		if c.want == "" {
			continue
		}
		if !strings.Contains(text, c.old) {
			t.Errorf("there is no %q", c.old)
			continue
		}
		b, err := Compile("p.yaml", []byte(strings.Replace(text, c.old, c.new, 1)), policy.BundledJSON)
		if err != nil {
			t.Errorf("%q: %v", c.new, err)
			continue
		}
		var got []string
		for _, x := range Diff(p, b.Pack) {
			got = append(got, strings.Join([]string{x.Kind, x.Place, x.Clause, x.What, x.Effect}, "|"))
		}
		if all := strings.Join(got, "\n"); len(got) != 1 || !strings.Contains(all, c.want) {
			t.Errorf("%q:\n got %s\nwant %s", c.new, all, c.want)
		}
	}
}

// Two versions of an overlay differ in what they add.
func TestDiffOverlay(t *testing.T) {
	a, err := Check("o.yaml", []byte(departmental))
	if err != nil {
		t.Fatal(err)
	}
	b, err := Check("o.yaml", []byte(strings.Replace(departmental, "[Lantern]", "[Lantern, Beacon]", 1)))
	if err != nil {
		t.Fatal(err)
	}
	got := Diff(a.Pack, b.Pack)
	if len(got) != 1 || got[0].Kind != "keyword" || got[0].Clause != "DX-1" || got[0].What != "Lantern -> Lantern, Beacon" {
		t.Errorf("%+v", got)
	}
}
