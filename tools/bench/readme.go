package main

import (
	"fmt"
	"os"
	"strings"
)

const (
	begin = "<!-- benchmark: written by ./task bench -- -update -->"
	end   = "<!-- end of benchmark -->"
)

// readme writes the rows into README.md, between the two marks.
func readme(rows []Row) error {
	data, err := os.ReadFile("README.md")
	if err != nil {
		return err
	}
	before, rest, ok := strings.Cut(string(data), begin)
	_, after, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		return fmt.Errorf("README.md: the marks %q and %q are not both there", begin, end)
	}
	var b strings.Builder
	b.WriteString("\n\n| what | measured | budget |\n|---|---|---|\n")
	for _, r := range rows {
		budget := ""
		if r.Budget != 0 {
			budget = fmt.Sprintf("%s %g %s", map[bool]string{true: "at most", false: "at least"}[r.AtMost], r.Budget, r.Unit)
		}
		fmt.Fprintf(&b, "| %s | %.4g %s | %s |\n", strings.TrimSpace(r.Name), r.Value, r.Unit, budget)
	}
	b.WriteString("\n")
	return os.WriteFile("README.md", []byte(before+begin+b.String()+end+after), 0o644)
}
