package main

import (
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strings"
)

const (
	beginSuites = "<!-- suites: written by ./task bench -- -update -->"
	endSuites   = "<!-- end of suites -->"
)

var (
	suiteScore     = regexp.MustCompile(`(?m)^\s+suites_test\.go:\d+: (\S+)\s+precision (\S+)\s+recall (\S+)\s+\((\d+) found, (\d+) missed, (\d+) wrong\)$`)
	confidenceStep = regexp.MustCompile(`(?m)confidence (\d+) and above: (\d+) right, (\d+) wrong; share right, 95 % interval (\S+) to (\S+)$`)
	suiteReason    = regexp.MustCompile(`(?m)^\s+suites_test\.go:\d+: (\S+): ".*": (?:not found|\[.*\] found): (.+)$`)
)

// suites runs the detectors on the cases of two well-known projects, where they
// are at hand (they are not part of this repository), and returns tables of
// precision and recall with the reason of every miss.
func suites() (string, error) {
	var b strings.Builder
	for _, s := range []struct{ test, title string }{
		{"TestPresidio", "Presidio's cases, as bare texts"},
		{"TestStdnum", "python-stdnum's and stdnum-js's cases, in a sentence that names the number"},
	} {
		out, err := detectTest(s.test)
		if err != nil {
			return "", err
		}
		scores := suiteScore.FindAllStringSubmatch(out, -1)
		if len(scores) == 0 {
			return "", nil // skipped: the cases are not here
		}
		reasons := map[string][]string{}
		for _, m := range suiteReason.FindAllStringSubmatch(out, -1) {
			if list := reasons[m[1]]; len(list) == 0 || list[len(list)-1] != m[2] {
				reasons[m[1]] = append(list, m[2])
			}
		}
		fmt.Fprintf(&b, "\n%s:\n\n| kind | precision | recall | found, missed, wrong | what was missed or wrong, and why |\n|---|---|---|---|---|\n", s.title)
		for _, m := range scores {
			fmt.Fprintf(&b, "| %s | %s | %s | %s, %s, %s | %s |\n", m[1], m[2], m[3], m[4], m[5], m[6], strings.Join(reasons[m[1]], "; "))
		}
	}
	out, err := detectTest("TestConfidence")
	if err != nil {
		return "", err
	}
	b.WriteString("\nWhat a confidence (per mille) was worth on all these cases:\n\n| from | right | wrong | share right, 95 % interval |\n|---|---|---|---|\n")
	for _, m := range confidenceStep.FindAllStringSubmatch(out, -1) {
		fmt.Fprintf(&b, "| %s | %s | %s | %s to %s |\n", m[1], m[2], m[3], m[4], m[5])
	}
	return b.String(), nil
}

// detectTest runs one test of the detectors and gives what it logs.
func detectTest(name string) (string, error) {
	cmd := exec.Command("go", "test", "./core/detect", "-count=1", "-v", "-run", "^"+name+"$")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%w\n%s", err, out)
	}
	return string(out), nil
}
