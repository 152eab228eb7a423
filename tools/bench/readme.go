package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
)

const (
	begin = "<!-- benchmark: written by ./task bench -- -update -->"
	end   = "<!-- end of benchmark -->"
)

// readme writes the rows and, where they were run, the suites, the table of
// interruptions and that of the peers into README.md, between their marks.
func readme(rows []Row, suites, interruptions, compared string) error {
	data, err := os.ReadFile("README.md")
	if err != nil {
		return err
	}
	var b strings.Builder
	b.WriteString("\n\n| what | measured | budget |\n|---|---|---|\n")
	for _, r := range rows {
		budget := ""
		if r.Budget != 0 {
			budget = fmt.Sprintf("%s %g %s", map[bool]string{true: "at most", false: "at least"}[r.AtMost], r.Budget, r.Unit)
		}
		fmt.Fprintf(&b, "| %s | %s %s | %s |\n", strings.TrimSpace(r.Name), figure(r.Value), r.Unit, budget)
	}
	text, err := between(string(data), begin, end, b.String()+"\n")
	if err == nil && suites != "" {
		text, err = between(text, beginSuites, endSuites, "\n"+suites+"\n")
	}
	if err == nil && interruptions != "" {
		text, err = between(text, beginInterruptions, endInterruptions, interruptions)
	}
	if err == nil && compared != "" {
		text, err = between(text, beginPeers, endPeers, "\n"+compared+"\n")
	}
	if err != nil {
		return fmt.Errorf("README.md: %w", err)
	}
	return os.WriteFile("README.md", []byte(text), 0o644)
}

// between replaces what stands between two marks.
func between(text, from, to, by string) (string, error) {
	before, rest, ok := strings.Cut(text, from)
	_, after, ok2 := strings.Cut(rest, to)
	if !ok || !ok2 {
		return "", fmt.Errorf("the marks %q and %q are not both there", from, to)
	}
	return before + from + by + to + after, nil
}

// figure gives four digits, and all of those before the point.
func figure(v float64) string {
	if v >= 1000 {
		return strconv.FormatFloat(v, 'f', 0, 64)
	}
	return strconv.FormatFloat(v, 'g', 4, 64)
}
