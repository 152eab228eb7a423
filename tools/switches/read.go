package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Switch is one feature and how it is switched off.
type Switch struct {
	ID      string // of the row in coverage.tsv or more.tsv
	Test    string // one of that row's tests, which must miss the feature
	File    string // from the top of the repository
	Find    string // stands once in the file
	Replace string
}

// folder is where the claims and their switches are.
const folder = "core/policy/coverage"

// Read reads switches.tsv and holds it against the sources and the claims; root is
// the repository's.
func Read(root string) (all []Switch, err error) {
	tests := map[string][]string{}
	for _, name := range []string{"coverage.tsv", "more.tsv"} {
		rows, err := table(root, name, 5)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			tests[r[0]] = strings.Fields(r[3])
		}
	}
	rows, err := table(root, "switches.tsv", 5)
	if err != nil {
		return nil, err
	}
	for n, r := range rows {
		s := Switch{r[0], r[1], r[2], r[3], r[4]}
		at := fmt.Sprintf("%s/switches.tsv:%d: %s: ", folder, n+2, s.ID)
		source, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(s.File)))
		switch {
		case err != nil:
			return nil, fmt.Errorf("%s%w", at, err)
		case tests[s.ID] == nil:
			return nil, fmt.Errorf("%sno row of that name claims anything", at)
		case !slices.Contains(tests[s.ID], s.Test):
			return nil, fmt.Errorf("%s%s is none of its tests: %v", at, s.Test, tests[s.ID])
		case s.Find == s.Replace:
			return nil, fmt.Errorf("%sit changes nothing", at)
		case strings.Count(string(source), s.Find) != 1:
			return nil, fmt.Errorf("%sin %s, %q stands %d times, it has to stand once", at, s.File, s.Find, strings.Count(string(source), s.Find))
		}
		all = append(all, s)
	}
	return all, nil
}

// table reads a file of values between tabs, without its first line.
func table(root, name string, fields int) (rows [][]string, err error) {
	raw, err := os.ReadFile(filepath.Join(root, folder, name))
	if err != nil {
		return nil, err
	}
	for n, line := range strings.Split(strings.TrimSuffix(string(raw), "\n"), "\n")[1:] {
		f := strings.Split(line, "\t")
		if len(f) != fields {
			return nil, fmt.Errorf("%s/%s:%d: %d fields, want %d", folder, name, n+2, len(f), fields)
		}
		rows = append(rows, f)
	}
	return rows, nil
}
