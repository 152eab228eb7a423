package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hanaper/desktop/deliver"
)

const root = "../.."

// TestFresh fails when a table is not what the rows say.
func TestFresh(t *testing.T) {
	files, err := render(root)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range files {
		got, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != want {
			t.Errorf("%s is stale: go generate ./tools/exits", name)
		}
	}
}

// TestRowsHaveTests fails when a row's text is of no known kind or its test is not there.
func TestRowsHaveTests(t *testing.T) {
	for _, p := range parts {
		rows, err := read(filepath.Join(root, p.file))
		if err != nil {
			t.Fatal(err)
		}
		for id, row := range rows {
			if row.Text != "message" && row.Text != "own" && row.Text != "none" {
				t.Errorf("%s: %s: text %q", p.file, id, row.Text)
			}
			if !there(t, row.Test) {
				t.Errorf("%s: %s: no test %q", p.file, id, row.Test)
			}
		}
	}
}

// there tells whether "dir:TestName" or "file: name" stands in a test's source.
func there(t *testing.T, test string) bool {
	place, name, _ := strings.Cut(test, ":")
	name = strings.TrimSpace(name)
	if strings.Contains(name, " ") {
		return has([]string{filepath.Join(root, place)}, `test("`+name)
	}
	files, want := []string{filepath.Join(root, place)}, name+`": async`
	if !strings.Contains(name, "-") {
		want = "  " + name + ": async"
	}
	if !strings.HasSuffix(place, ".ts") {
		var err error
		if files, err = filepath.Glob(filepath.Join(root, place, "*_test.go")); err != nil {
			t.Fatal(err)
		}
		want = "func " + name + "("
	}
	return has(files, want)
}

func has(files []string, text string) bool {
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err == nil && strings.Contains(string(source), text) {
			return true
		}
	}
	return false
}

// TestEveryDestination fails when records can go somewhere that has no row.
func TestEveryDestination(t *testing.T) {
	rows, err := read(filepath.Join(root, "desktop/exits.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range deliver.Kinds() {
		if _, ok := rows["deliver-"+kind]; !ok {
			t.Errorf("desktop/exits.json has no row deliver-%s", kind)
		}
	}
}
