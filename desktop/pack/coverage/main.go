// Command coverage writes desktop/pack/coverage.json and docs/coverage.md: every
// requirement with what serves it and whether that was seen to matter. Run it with
// go generate.
//
// It reads core/policy/coverage/*.tsv (what is claimed), runs the examples of the
// bundled packs with each clause switched off, and looks which rows cite a clause:
// those are switched off by core/policy:TestSwitchedOff, which fails where no test
// named beside a row misses it. What is no row of a table is switched off in the
// sources by tools/switches, one line of switches.tsv after another.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"hanaper/core/policy"
	"hanaper/desktop/pack"
)

func main() {
	root := filepath.Join("..", "..")
	rows, err := requirements(root)
	var list []byte
	if err == nil {
		list, err = encode(rows)
	}
	if err == nil {
		err = os.WriteFile("coverage.json", list, 0o644)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(root, "docs", "coverage.md"), []byte(document(rows)), 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// requirements gives every row; root is the repository's.
func requirements(root string) (rows []pack.CoverageRow, err error) {
	books := filepath.Join(root, "core", "policy", "pack")
	proven, para, of := map[string][]string{}, map[string]string{}, map[string]string{}
	for _, id := range policy.BundledIDs {
		p, _ := policy.Bundled(id)
		all, err := pack.Examples(filepath.Join(books, id))
		if err != nil {
			return nil, err
		}
		for clause, names := range pack.Prove(p, all, policy.Bundled).Clauses {
			proven[clause] = append(proven[clause], names...)
		}
		for _, c := range p.Clauses {
			para[c.ID], of[c.ID] = c.Para, id
			if rests(p, c.ID) {
				proven[c.ID] = append(proven[c.ID], "tables")
			}
		}
	}
	switches, err := os.ReadFile(filepath.Join(root, "core", "policy", "coverage", "switches.tsv"))
	if err != nil {
		return nil, err
	}
	for _, line := range strings.Split(strings.TrimSuffix(string(switches), "\n"), "\n")[1:] {
		id, _, _ := strings.Cut(line, "\t")
		proven[id] = append(proven[id], "switched off")
	}
	for _, file := range []string{"coverage.tsv", "more.tsv"} {
		raw, err := os.ReadFile(filepath.Join(root, "core", "policy", "coverage", file))
		if err != nil {
			return nil, err
		}
		for n, line := range strings.Split(strings.TrimSuffix(string(raw), "\n"), "\n")[1:] {
			f := strings.Split(line, "\t")
			if len(f) != 5 {
				return nil, fmt.Errorf("%s:%d: %d fields, want 5", file, n+2, len(f))
			}
			rows = append(rows, row(f, proven, para, of))
		}
	}
	return rows, nil
}

// rests tells whether a row of a table cites the clause.
func rests(p *policy.Pack, clause string) bool {
	for _, t := range p.Tables {
		for _, r := range t.Rows {
			for _, c := range r.Clauses {
				if c == clause {
					return true
				}
			}
		}
	}
	return false
}

// row reads a line. What is claimed done and was not seen to fail reads partial.
func row(f []string, proven map[string][]string, para, of map[string]string) pack.CoverageRow {
	r := pack.CoverageRow{ID: f[0], Pack: of[f[0]], Para: para[f[0]], Status: f[2], Served: f[1], Tests: strings.Fields(f[3]), Proven: proven[f[0]], Remark: f[4]}
	if r.Proven == nil {
		r.Proven = []string{}
	}
	if r.Status == "done" && len(r.Proven) == 0 {
		r.Status = "partial"
		r.Remark = strings.TrimSuffix("built and tested; not yet switched off mechanically. "+r.Remark, " ")
	}
	return r
}

func encode(rows []pack.CoverageRow) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(rows); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
