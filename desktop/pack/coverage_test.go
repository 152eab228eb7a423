package pack

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The list in the product and the document are those of the claims and the examples
// as they are.
func TestCoverageIsFresh(t *testing.T) {
	cmd := exec.Command("go", "run", "hanaper/desktop/pack/coverage")
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	inside := filepath.Join(root, "desktop", "pack")
	docs := filepath.Join(root, "docs")
	list, document := read(t, inside, "coverage.json"), read(t, docs, "coverage.md")
	cmd.Dir = inside
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if after := read(t, inside, "coverage.json"); string(after) != string(list) {
		t.Error("coverage.json was stale and is written anew: commit it")
	}
	if after := read(t, docs, "coverage.md"); string(after) != string(document) {
		t.Error("docs/coverage.md was stale and is written anew: commit it")
	}
}

// A row is done only with a proof; every clause and every row of the requirements
// has one row.
func TestCoverageIsHonest(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range Coverage() {
		if seen[r.ID] {
			t.Errorf("%s stands twice", r.ID)
		}
		seen[r.ID] = true
		if r.Status == "done" && len(r.Proven) == 0 {
			t.Errorf("%s is called done without a proof", r.ID)
		}
		if r.Served == "" && r.Status != "later" && r.Status != "organisation" {
			t.Errorf("%s: %s, and nothing serves it", r.ID, r.Status)
		}
	}
	shared := os.Getenv("HANAPER_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "..", "shared")
	}
	text, err := os.ReadFile(filepath.Join(shared, "REQUIREMENTS.md"))
	if err != nil {
		t.Skipf("the requirements are not here: %v", err)
	}
	for _, m := range regexp.MustCompile(`(?m)^\| ([A-Z][A-Za-z0-9.-]+) \|`).FindAllStringSubmatch(string(text), -1) {
		for _, id := range strings.Split(strings.Replace(m[1], "UK-T1..T6", "UK-T1 UK-T2 UK-T3 UK-T4 UK-T5 UK-T6", 1), " ") {
			if !seen[id] {
				t.Errorf("%s has no row", id)
			}
		}
	}
}
