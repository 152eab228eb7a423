package classify

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// capture is the p_capture that docs/model-card.md recommends.
const capture Prob = 2500

// plainLine is a line of testdata/classify/plain.jsonl.
type plainLine struct{ Title, Lang, Text, Scope, Duty string }

// plainLines reads a file of plain formal messages and their twins: plain, on which
// nothing was trained, or written.
func plainLines(t *testing.T, name string) (out []plainLine) {
	t.Helper()
	file, err := os.ReadFile("../../testdata/classify/" + name + ".jsonl")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range bytes.Split(bytes.TrimSpace(file), []byte("\n")) {
		var l plainLine
		if err := json.Unmarshal(line, &l); err != nil {
			t.Fatal(err)
		}
		out = append(out, l)
	}
	return out
}

// Plain decisions, approvals and news are found, and their twins (a question about
// one, a chaser, the same words at home) are mostly left alone. The limits stand a
// little below what was measured (docs/model-card.md).
func TestPlain(t *testing.T) {
	for lang, limit := range map[string]struct{ found, alarms int }{"en": {84, 17}, "fr": {63, 21}} {
		var found, significant, alarms, rest int
		for _, l := range plainLines(t, "plain") {
			if l.Lang != lang {
				continue
			}
			p := judge(l.Text, l.Title, false).Significance
			switch called := p >= capture; {
			case l.Duty == "S":
				significant++
				if called {
					found++
				} else {
					t.Logf("missed %d %q", p, l.Text)
				}
			default:
				rest++
				if called {
					alarms++
					t.Logf("called %d %q", p, l.Text)
				}
			}
		}
		t.Logf("%s: %d of %d found, %d of %d called for nothing", lang, found, significant, alarms, rest)
		if found*100 < significant*limit.found {
			t.Errorf("%s: %d of %d significant messages found, want at least %d %%", lang, found, significant, limit.found)
		}
		if alarms*100 > rest*limit.alarms {
			t.Errorf("%s: %d of %d others called significant, want at most %d %%", lang, alarms, rest, limit.alarms)
		}
	}
}

// No message of the test is among those the model learnt from.
func TestPlainIsHeldOut(t *testing.T) {
	learnt := map[string]bool{}
	for _, l := range plainLines(t, "written") {
		learnt[strings.ToLower(l.Text)] = true
	}
	for _, l := range plainLines(t, "plain") {
		if learnt[strings.ToLower(l.Text)] {
			t.Errorf("%q is in written.jsonl", l.Text)
		}
	}
}
