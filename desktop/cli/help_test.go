package cli

import (
	"flag"
	"os"
	"strings"
	"testing"
)

// Every flag and command is in the help and in docs/cli.md, and none besides.
func TestFlagsAreDescribed(t *testing.T) {
	raw, err := os.ReadFile("../../docs/cli.md")
	if err != nil {
		t.Fatal(err)
	}
	docs := string(raw)
	for name, set := range map[string]*flag.FlagSet{"check": new(checkFlags).set(), "verify": new(verifyFlags).set(), "search": new(searchFlags).set(), "packs": new(packsFlags).set(), "import": new(importFlags).set(), "deliver": new(deliverFlags).set(), "export": new(exportFlags).set()} {
		set.VisitAll(func(f *flag.Flag) {
			if !strings.Contains(details[name], "\n  --"+f.Name+" ") || !strings.Contains(docs, "--"+f.Name) {
				t.Errorf("%s --%s is not described", name, f.Name)
			}
		})
		for _, line := range strings.Split(details[name], "\n") {
			if word, ok := strings.CutPrefix(line, "  --"); ok {
				if word, _, _ = strings.Cut(word, " "); set.Lookup(word) == nil {
					t.Errorf("%s has no flag --%s", name, word)
				}
			}
		}
	}
	for _, c := range commands() {
		if details[c.name] == "" || !strings.Contains(docs, "`hanaper "+c.name) {
			t.Errorf("%s is not described", c.name)
		}
	}
}

// Both languages say everything.
func TestWords(t *testing.T) {
	for lang, w := range words {
		for name, m := range map[string][]string{
			"action": {"allow", "notice", "warn", "justify", "block", "unknown"}, "duty": {"none", "transitory", "consider", "capture", "unknown"},
			"permission": {"permitted", "permitted_with_regard", "care", "exceptional_only", "prohibited", "unknown"},
			"obligation": {"capture", "report", "justify", "assess"}, "field": {"subject", "title", "attachments"},
		} {
			said := map[string]map[string]string{"action": w.action, "duty": w.duty, "permission": w.permission, "obligation": w.obligation, "field": w.field}[name]
			if len(said) != len(m) {
				t.Errorf("%s: %s has %d words, want %d", lang, name, len(said), len(m))
			}
			for _, key := range m {
				if said[key] == "" {
					t.Errorf("%s: no words for %s %s", lang, name, key)
				}
			}
		}
		for _, format := range []string{w.marking, w.todo, w.advice, w.noPack, w.device, w.channel, w.and, w.good, w.bad, w.unsigned, w.note, w.loaded, w.vouched} {
			if format == "" {
				t.Errorf("%s: words are missing", lang)
			}
		}
	}
}
