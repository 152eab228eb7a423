package pack

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hanaper/core/canonical"
	"hanaper/core/policy"
)

// What New writes is whole: lint finds nothing, the examples hold, need every row
// and fail without it.
func TestNew(t *testing.T) {
	for _, base := range []string{"", "uk-nccc-2023", "ca-im-protocol", "us-nc-030319"} {
		dir := filepath.Join(t.TempDir(), "dept-x")
		files, err := New(dir, base)
		if err != nil || len(files) != 3 {
			t.Fatalf("%q: %v %v", base, files, err)
		}
		file := filepath.Join(dir, "pack.yaml")
		c, err := Check(file, read(t, file))
		if err != nil {
			t.Fatalf("%q: %v", base, err)
		}
		if err := c.SourceFaults(file); err != nil || c.Pack.ID != "dept-x" {
			t.Errorf("%q: %s, %v", base, c.Pack.ID, err)
		}
		all, err := Examples(dir)
		if err != nil {
			t.Fatal(err)
		}
		proof := Prove(c.Pack, all, policy.Bundled)
		for _, line := range append(append(proof.Failed, proof.Vain...), proof.Idle...) {
			t.Errorf("%q: %s", base, line)
		}
		if _, err := New(dir, base); err == nil {
			t.Errorf("%q: written over what is there", base)
		}
		if err := os.WriteFile(filepath.Join(dir, "source.txt"), []byte("other words\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := c.SourceFaults(file); err == nil || !strings.Contains(err.Error(), "source.sha256: source.txt has changed") {
			t.Errorf("%q: another source: %v", base, err)
		}
	}
	for _, bad := range []string{"Dept", "dept_x", "", "-x", "uk-nccc-2023"} {
		if _, err := New(filepath.Join(t.TempDir(), bad), ""); err == nil {
			t.Errorf("%q is taken for an id", bad)
		}
	}
}

// The guide's own steps work: its cell, its clause, its words and its example put
// into a new overlay pass, and the example fails without the cell.
func TestGuide(t *testing.T) {
	guide := string(read(t, "..", "..", "docs", "write-a-pack.md"))
	block := func(after string) string {
		_, rest, ok := strings.Cut(guide, after)
		_, rest, ok2 := strings.Cut(rest, "```yaml\n")
		text, _, ok3 := strings.Cut(rest, "```\n")
		if !ok || !ok2 || !ok3 {
			t.Fatalf("the guide has no block after %q", after)
		}
		return text
	}
	dir := filepath.Join(t.TempDir(), "dept-x")
	if _, err := New(dir, "uk-nccc-2023"); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "pack.yaml")
	text := string(read(t, file))
	clause, words, ok := strings.Cut(block("go the clause and the words"), "strings:\n")
	_, clause, _ = strings.Cut(clause, "and:\n")
	en, fr, ok2 := strings.Cut(strings.TrimPrefix(words, "  en:\n"), "  fr:\n")
	if !ok || !ok2 {
		t.Fatal("the guide's words have lost a language")
	}
	put := func(before, what string) {
		if strings.Count(text, before) != 1 {
			t.Fatalf("the template has not one %q", before)
		}
		text = strings.Replace(text, before, what+before, 1)
	}
	put("\n# Words to look for", clause)
	put("strings:\n", block("stricter. `hanaper packs")+"\n"+block("Your own addresses")+"\n")
	text = strings.Replace(text, "  en:\n    K-", "  en:\n"+en+"    K-", 1)
	text = strings.Replace(text, "  fr:\n    K-", "  fr:\n"+fr+"    K-", 1)
	c, err := Check(file, []byte(text))
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	all, err := readExamples(file, []byte(block("an example that fails without it")), map[string]*canonical.Value{})
	if err != nil {
		t.Fatal(err)
	}
	if proof := Prove(c.Pack, all, policy.Bundled); len(proof.Failed)+len(proof.Vain) > 0 || len(proof.Clauses["DX-2"]) != 1 {
		t.Errorf("%+v", proof)
	}
	if _, err := Check(file, []byte(strings.Replace(text, "action: justify, override: reason, because: marking", "action: allow, because: marking", 1))); err == nil ||
		!strings.Contains(err.Error(), "UK-9a") {
		t.Errorf("a weaker cell: %v", err)
	}
}
