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
	suiteScore  = regexp.MustCompile(`(?m)^\s+suites_test\.go:\d+: (\S+)\s+precision (\S+)\s+recall (\S+)\s+\((\d+) found, (\d+) missed, (\d+) wrong\)$`)
	suiteReason = regexp.MustCompile(`(?m)^\s+suites_test\.go:\d+: (\S+): ".*": (?:not found|\[.*\] found): (.+)$`)
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
		cmd := exec.Command("go", "test", "./core/detect", "-count=1", "-v", "-run", "^"+s.test+"$")
		cmd.Stderr = os.Stderr
		out, err := cmd.Output()
		if err != nil {
			return "", fmt.Errorf("%w\n%s", err, out)
		}
		scores := suiteScore.FindAllStringSubmatch(string(out), -1)
		if len(scores) == 0 {
			return "", nil // skipped: the cases are not here
		}
		reasons := map[string][]string{}
		for _, m := range suiteReason.FindAllStringSubmatch(string(out), -1) {
			if list := reasons[m[1]]; len(list) == 0 || list[len(list)-1] != m[2] {
				reasons[m[1]] = append(list, m[2])
			}
		}
		fmt.Fprintf(&b, "\n%s:\n\n| kind | precision | recall | found, missed, wrong | what was missed or wrong, and why |\n|---|---|---|---|---|\n", s.title)
		for _, m := range scores {
			fmt.Fprintf(&b, "| %s | %s | %s | %s, %s, %s | %s |\n", m[1], m[2], m[3], m[4], m[5], m[6], strings.Join(reasons[m[1]], "; "))
		}
	}
	return b.String(), nil
}
