package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Every line still fits the sources and the claims.
func TestSwitchesFit(t *testing.T) {
	all, err := Read("../..")
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 30 {
		t.Errorf("%d switches", len(all))
	}
}

func TestReadNamesWhatDoesNotFit(t *testing.T) {
	root := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Join(root, folder), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(root, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(folder+"/coverage.tsv", "head\nX-1\tserved\tdone\tcore:TestX\t\n")
	write(folder+"/more.tsv", "head\n")
	write("x.go", "one two two")
	for _, c := range []struct{ line, want string }{
		{"X-1\tcore:TestX\tx.go\tone\tthree", ""},
		{"X-1\tcore:TestX\tx.go\tone", "switches.tsv:2: 4 fields"},
		{"X-2\tcore:TestX\tx.go\tone\tthree", "no row of that name"},
		{"X-1\tcore:TestY\tx.go\tone\tthree", "core:TestY is none of its tests"},
		{"X-1\tcore:TestX\tx.go\tone\tone", "changes nothing"},
		{"X-1\tcore:TestX\tx.go\ttwo\tthree", "stands 2 times"},
		{"X-1\tcore:TestX\tx.go\tfour\tthree", "stands 0 times"},
		{"X-1\tcore:TestX\ty.go\tone\tthree", "y.go"},
	} {
		write(folder+"/switches.tsv", "head\n"+c.line+"\n")
		_, err := Read(root)
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%q: %v, want %q", c.line, err, c.want)
		}
	}
}
