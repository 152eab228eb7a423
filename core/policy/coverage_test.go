package policy

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// coverageRow says how far a clause is met and which tests stand beside it. Done: all the
// clause asks of software is there. Partial: some of it. Organisation: only an
// organisation can fulfil it, the software helps at most. Later: not there yet.
type coverageRow struct {
	clause, status string
	tests          []string
}

func coverage(t *testing.T) (rows []coverageRow) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("coverage", "coverage.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(b), "\n"), "\n")
	for n, line := range lines[1:] {
		f := strings.Split(line, "\t")
		if len(f) != 5 {
			t.Fatalf("coverage.tsv:%d: %d fields, want 5", n+2, len(f))
		}
		rows = append(rows, coverageRow{f[0], f[2], strings.Fields(f[3])})
	}
	return rows
}

// Every clause of every pack has one row, every row a clause, every test is there.
func TestCoverageIsWhole(t *testing.T) {
	clauses := map[string]bool{}
	for _, id := range BundledIDs {
		p, _ := Bundled(id)
		for _, c := range p.Clauses {
			clauses[c.ID] = true
		}
	}
	seen := map[string]bool{}
	for _, r := range coverage(t) {
		if seen[r.clause] || !clauses[r.clause] {
			t.Errorf("%s: stands twice, or is no clause of a pack", r.clause)
		}
		seen[r.clause] = true
		if !contains([]string{"done", "partial", "organisation", "later"}, r.status) {
			t.Errorf("%s: status %q", r.clause, r.status)
		}
		if proven := r.status == "done" || r.status == "partial"; proven && len(r.tests) == 0 || r.status == "later" && len(r.tests) > 0 {
			t.Errorf("%s: %s with %d tests", r.clause, r.status, len(r.tests))
		}
		for _, test := range r.tests {
			if err := testExists(test); err != nil {
				t.Errorf("%s: %v", r.clause, err)
			}
		}
	}
	for id := range clauses {
		if !seen[id] {
			t.Errorf("%s has no row", id)
		}
	}
}

// testExists looks for core/policy:TestName in that folder's test files, or for a
// file of tests in another language.
func testExists(test string) error {
	root := filepath.Join("..", "..")
	folder, name, ok := strings.Cut(test, ":")
	if !ok {
		_, err := os.Stat(filepath.Join(root, filepath.FromSlash(test)))
		return err
	}
	files, err := filepath.Glob(filepath.Join(root, filepath.FromSlash(folder), "*_test.go"))
	if err != nil {
		return err
	}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		if strings.Contains(string(b), "\nfunc "+name+"(t *testing.T)") {
			return nil
		}
	}
	return fmt.Errorf("no test %s in %s", name, folder)
}

// A row counts only when its test fails with the rule switched off: the test
// binary runs the named tests once more, every table row that cites the clause
// silenced, and one of them must fail.
func TestSwitchedOff(t *testing.T) {
	if os.Getenv("HANAPER_SWITCH_OFF") != "" {
		t.Skip("runs inside itself")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	checked := 0
	for _, r := range coverage(t) {
		if r.status != "done" && r.status != "partial" || citing(r.clause) == 0 {
			continue
		}
		failed, ran := false, false
		for _, test := range r.tests {
			name, ok := strings.CutPrefix(test, "core/policy:")
			if !ok || failed {
				continue
			}
			ran = true
			cmd := exec.Command(self, "-test.run=^"+name+"$", "-test.count=1")
			cmd.Env = append(os.Environ(), "HANAPER_SWITCH_OFF="+r.clause)
			out, err := cmd.CombinedOutput()
			failed = err != nil && strings.Contains(string(out), "--- FAIL: "+name)
		}
		switch {
		case !ran:
			t.Errorf("%s is a rule of a table, but no test of core/policy stands beside it", r.clause)
		case !failed:
			t.Errorf("%s switched off: %v still pass", r.clause, r.tests)
		}
		checked++
	}
	t.Logf("%d rules switched off, one after another", checked)
}

func citing(clause string) (rows int) {
	for _, id := range BundledIDs {
		p, _ := Bundled(id)
		rows += switchOff(p, clause)
	}
	return rows
}
