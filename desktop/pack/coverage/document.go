package main

import (
	"fmt"
	"slices"
	"strings"

	"hanaper/core/policy"
	"hanaper/desktop/pack"
)

const head = `# What is covered

Every clause of the three rule books, and what concerns several of them: what serves it, and the
tests beside it. ` + "`hanaper pack coverage`" + ` gives the same list. Made by ` + "`go generate ./desktop/...`" + ` from
` + "`core/policy/coverage/*.tsv`" + `, the packs and their examples; do not edit.

- **done**: all that the requirement asks of software is there, and proven so
- **partial**: some of it is there, or it is there and not yet proven so
- **organisation**: only an organisation can fulfil it; the software helps at most
- **later**: not there yet

Proven is what was seen to fail with the rule switched off: examples of the rule book, the
tests beside a clause that a row of a table cites (` + "`TestSwitchedOff`" + `), or a test that missed what was
switched off in the sources (` + "`go run ./tools/switches`" + `, as ` + "`switches.tsv`" + ` says).

`

// document is docs/coverage.md.
func document(rows []pack.CoverageRow) string {
	var b strings.Builder
	b.WriteString(head)
	count := map[string]int{}
	for _, r := range rows {
		count[r.Status]++
	}
	fmt.Fprintf(&b, "%d requirements: %d done, %d partial, %d for the organisation, %d later.\n", len(rows),
		count["done"], count["partial"], count["organisation"], count["later"])
	for _, id := range policy.BundledIDs {
		p, _ := policy.Bundled(id)
		fmt.Fprintf(&b, "\n## %s\n\n<%s>\n", p.Source.Title, p.Source.URL)
		table(&b, rows, id)
	}
	b.WriteString("\n## What concerns several rule books, and the texts\n")
	table(&b, rows, "")
	return b.String()
}

// table lists the rows of one rule book.
func table(b *strings.Builder, rows []pack.CoverageRow, of string) {
	b.WriteString("\n| requirement | place | status | served by | tests | switched off | remark |\n|---|---|---|---|---|---|---|\n")
	cell := strings.NewReplacer("|", "\\|", "<", "&lt;")
	for _, r := range rows {
		if r.Pack != of {
			continue
		}
		var tests []string
		for _, test := range r.Tests {
			tests = append(tests, "`"+strings.Replace(test, ":", " ", 1)+"`")
		}
		fmt.Fprintf(b, "| %s | %s | %s | %s | %s | %s | %s |\n", r.ID, cell.Replace(r.Para), r.Status, cell.Replace(r.Served),
			strings.Join(tests, "<br>"), missed(r.Proven), cell.Replace(r.Remark))
	}
}

// missed says what failed with the rule switched off.
func missed(proven []string) string {
	var out []string
	n := len(proven)
	if slices.Contains(proven, "tables") {
		n--
		out = append(out, "tests fail")
	}
	switch {
	case n == 1:
		out = append(out, "1 example fails")
	case n > 1:
		out = append(out, fmt.Sprintf("%d examples fail", n))
	}
	return strings.Join(out, ", ")
}
