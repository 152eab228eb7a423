package pack

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hanaper/core/policy"
)

var (
	packs = filepath.Join("..", "..", "core", "policy", "pack")
	seeds = map[string]string{"uk-nccc-2023": "uk-nccc-2023.txt", "ca-im-protocol": "ca-im-protocol.txt", "us-nc-030319": "us-nc-030319.txt"}
)

func read(t *testing.T, path ...string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// The packs in the tree compile, pass lint, and are what is embedded.
func TestBundledPacksAreFresh(t *testing.T) {
	for _, id := range policy.BundledIDs {
		c, err := Check(filepath.Join(id, "pack.yaml"), read(t, packs, id, "pack.yaml"))
		if err != nil {
			t.Errorf("%v", err)
			continue
		}
		if string(c.JSON) != string(read(t, packs, id, "pack.json")) {
			t.Errorf("%s/pack.json is stale: run go generate ./core/policy", id)
		}
		if missing := Unnamed(c.Pack); len(missing) > 0 {
			t.Errorf("%s has no name for the detectors %v: add them to its detectors", id, missing)
		}
	}
	sources, err := filepath.Glob(filepath.Join(packs, "*", "pack.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if len(sources) != len(policy.BundledIDs) {
		t.Errorf("%d packs in the tree, %d bundled", len(sources), len(policy.BundledIDs))
	}
}

// Every clause stands in its source word for word, and the source is the one the
// digest names.
func TestClausesAreQuoted(t *testing.T) {
	shared := os.Getenv("HANAPER_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "..", "shared")
	}
	for _, id := range policy.BundledIDs {
		seed, err := os.ReadFile(filepath.Join(shared, "seeds", seeds[id]))
		if err != nil {
			t.Skipf("the sources are not here: %v", err)
		}
		p, _ := policy.Bundled(id)
		sum := sha256.Sum256(seed)
		if hex.EncodeToString(sum[:]) != p.Source.SHA256 {
			t.Errorf("%s was taken from another text", id)
		}
		source := plain(string(seed))
		for _, c := range p.Clauses {
			if !strings.Contains(source, plain(c.Text)) {
				t.Errorf("%s: %s is not in the source: %s", id, c.ID, c.Text)
			}
		}
	}
}

// plain sets text in single spaces, and raised footnote figures level.
func plain(s string) string {
	s = strings.NewReplacer("\u00a0", " ", "\ufeff", "", "¹", "1", "²", "2", "³", "3", "⁴", "4").Replace(s)
	return strings.Join(strings.Fields(s), " ")
}

// Every rule of compiler and lint is seen to fail, with file and line.
func TestFaults(t *testing.T) {
	for _, c := range []struct{ id, old, new, want string }{
		{"uk-nccc-2023", "jurisdiction: GB", "jurisdiction: [GB", "p.yaml:"},
		{"uk-nccc-2023", "jurisdiction: GB", "jurisdiction: GB\njurisdiction: CA", "p.yaml:8: jurisdiction: stands twice, first on line 7"},
		{"uk-nccc-2023", "jurisdiction: GB", "juristiction: GB", "p.yaml:7: juristiction: unknown field"},
		{"uk-nccc-2023", "jurisdiction: GB", "jurisdiction: GB\n<<: {a: b}", "a name must be plain text"},
		{"uk-nccc-2023", "fail_mode: open", "fail_mode: !!binary aGk=", `fail_mode: "aGk=" is no text`},
		{"uk-nccc-2023", "strings:\n", "---\nid: y\n---\nstrings:\n", "a second document"},
		{"uk-nccc-2023", "text: W-UK-11", "text: W-UK-NO", `tables[0].rows[0].text: unknown text "W-UK-NO"`},
		{"uk-nccc-2023", "clauses: [UK-11,", "clauses: [UK-0,", `tables[0].rows[0].clauses[0]: unknown clause "UK-0"`},
		{"uk-nccc-2023", "tier: [secret, top_secret]", "tier: [secret]", "tables[0]: hole: no row for scope=in tier=top_secret"},
		{"uk-nccc-2023", "tier: [secret, top_secret]", "tier: [high, secret, top_secret]", "conflict: rows 1, "},
		{"uk-nccc-2023", "override: reason", "", "tables[0].rows[0].override: is missing: the person decides"},
		{"uk-nccc-2023", "override: reason", "override: click", "a click is too little for block"},
		{"uk-nccc-2023", "override: reason", "override: not_significant", "significance alone never blocks"},
		{"uk-nccc-2023", "override: not_significant", "override: reason", "not_significant belongs to stops that rest on significance alone"},
		{"uk-nccc-2023", "action: notice\n        because: marking", "action: notice\n        override: click\n        because: marking", "there is nothing to override"},
		{"uk-nccc-2023", "override: reason\n", "override: reason\n        once: session\n", "block cannot be shown once only"},
		{"uk-nccc-2023", "action: block", "action: unknown", "unknown is for the engine to say"},
		{"uk-nccc-2023", "url: https://www.gov.uk", "url: www.gov.uk", "p.yaml:11: source.url: is no web address"},
		{"uk-nccc-2023", "sha256: 7be0", "sha256: 7BE0", "source.sha256: is not a SHA-256"},
		{"uk-nccc-2023", "  review_by: 2025-12-31", "  # none", "source.review_by: give the date, or review_unknown"},
		{"uk-nccc-2023", "  published: 2023-03-30", "  published_unknown: false", "source.published: give the date, or published_unknown"},
		{"uk-nccc-2023", "contacts:\n  - {name: \"Cabinet Office (the guidance in other formats)\", email: accessible.formats@cabinetoffice.gov.uk}\n", "", "contacts: is empty"},
		{"ca-im-protocol", "    tty: 613-957-9090\n", "", "contacts: none has a text telephone"},
		{"ca-im-protocol", "  - {kind: privacy,", "  - {kind: records,", "routes: no route of the kind privacy"},
		{"ca-im-protocol", "  - {kind: security,", "  - {kind: records,", "routes: no route of the kind security"},
		{"uk-nccc-2023", "role: Head of Unit, role_fr: chef d’unité,", "role: Boss, role_fr: chef,", `no route to the role "Head of Unit"`},
		{"uk-nccc-2023", ", role_fr: chef d’unité", "", "routes[1].role_fr: is missing"},
		{"uk-nccc-2023", "{kind: report, to: Head of Unit}", "{kind: report}", "a duty to report names no role"},
		{"uk-nccc-2023", "id: uk-nino,", "id: uk-ninoo,", `detectors[0].id: unknown detector "uk-ninoo"`},
		{"uk-nccc-2023", "tables:\n", "keywords: [{id: a, grade: watch, label: D-link, en: [x, X]}]\ntables:\n", `keywords[0]: the term "X" is empty or stands twice`},
		{"uk-nccc-2023", "tables:\n", "keywords: [{id: a, grade: watch, label: D-link, en: [x]}]\ntables:\n", "no table asks about the facet keyword"},
		{"uk-nccc-2023", "tables:\n", "keywords: [{id: a, grade: watch, label: D-link, en: []}]\ntables:\n", "keywords[0].en: is empty"},
		{"uk-nccc-2023", "tables:\n", "risks: [{id: R1, clause: UK-7, text: D-link, controls: [no]}]\ntables:\n", `risks[0].controls: "no" is no table`},
		{"uk-nccc-2023", "tables:\n", "risks: [{id: R1, clause: UK-7, text: D-link}]\ntables:\n", "risks[0].controls: is empty"},
		{"uk-nccc-2023", "https://ico.org.uk/for-organisations/", "ico.org.uk", "references[1].url: is no web address"},
		{"uk-nccc-2023", "protected_domains: [gov.uk,", "protected_domains: [uk,", `protected_domains[0]: "uk" is not a domain name`},
		{"uk-nccc-2023", "tables:\n", "texts: [NO]\ntables:\n", `texts[0]: unknown text "NO"`},
		{"uk-nccc-2023", "id: iban,", "id: phone,", "stands twice"},
		{"uk-nccc-2023", "languages: [en, fr]", "languages: [en]", "languages: fr is missing"},
		{"uk-nccc-2023", `    W-UK-28: "Une`, `    W-UK-27: "Une`, "strings.fr: the text W-UK-28 is missing"},
		{"uk-nccc-2023", `    W-UK-28: "Une`, `    W-UK-27: "Une`, "strings.fr.W-UK-27: no row, advice, label or report uses this text"},
		{"uk-nccc-2023", "disparaissent après {t}. Gardez", "disparaissent. Gardez", "strings.fr.W-UK-24: has the parameters [], the English one has [t]"},
		{"uk-nccc-2023", `W-UK-9b: "Permitted. Use`, `W-UK-9b: "No violation`, `says "violat": be kind`},
		{"uk-nccc-2023", `para_fr: "paragraphe 1a"`, `para_fr: ""`, "clauses[0].para_fr: is missing"},
		{"uk-nccc-2023", "facets: [hold]", "facets: [hold, hold]", "facets: hold stands twice"},
		{"uk-nccc-2023", "facets: [hold]", "facets: [hold, tier, act, kind, significance, identifiers, secret, scope]", "combinations, the limit is"},
		{"uk-nccc-2023", "- when: {hold: [none, unknown]}", "- when: {hold: [none, unknown]}\n      - when: []", "rows[2]: accepts nothing"},
		{"uk-nccc-2023", "    text_fr: \"Permis\"\n", "", "text_fr: is missing, and a row cites UK-T5"},
		{"uk-nccc-2023", "fields: [to, from,", "fields: [to,", "capture.fields: from is missing"},
		{"uk-nccc-2023", "Use your discretion. (paragraph 9b)", "Use your discretion.", "strings.en.W-UK-9b: does not end with its paragraph"},
		{"uk-nccc-2023", "force: context\n    text: \"To ", "force: context\n    text: \"To  ", "has stray spaces"},
		{"ca-im-protocol", "duty: transitory\n", "duty: none\n", "delete is advice for what is transitory only"},
		{"ca-im-protocol", "text: W-CONSIDER", "text: W-TRANS", "deletion is only ever advice"},
	} {
		text := string(read(t, packs, c.id, "pack.yaml"))
		if !strings.Contains(text, c.old) {
			t.Errorf("%s has no %q", c.id, c.old)
			continue
		}
		_, err := Check("p.yaml", []byte(strings.Replace(text, c.old, c.new, 1)))
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), "p.yaml:") {
			t.Errorf("%q:\n got %v\nwant %q", c.new, err, c.want)
		}
	}
	for _, broken := range []string{"", "- 1", "just text", "a: &a [*a]", strings.Repeat("[", 100)} {
		if _, err := Check("p.yaml", []byte(broken)); err == nil {
			t.Errorf("%q compiled", broken)
		}
	}
}
