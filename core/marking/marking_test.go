package marking

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hanaper/core/message"
)

const examples = "../../testdata/marking"

// TestExamples reads every line of testdata/marking: what is to be read, or "-",
// a tab, and the message with each marking between ⟦ and ⟧.
func TestExamples(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(examples, "*.tsv"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no examples in %s: %v", examples, err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".tsv")
		t.Run(name, func(t *testing.T) {
			n := 0
			for i, line := range readLines(t, file) {
				if line == "" || line[0] == '#' {
					continue
				}
				want, text, ok := strings.Cut(line, "\t")
				if !ok {
					t.Fatalf("line %d has no tab", i+1)
				}
				n++
				checkExample(t, i+1, want, strings.ReplaceAll(text, `\n`, "\n"))
			}
			if least := 30; n < least {
				t.Errorf("%d examples, at least %d are wanted", n, least)
			}
		})
	}
}

func readLines(t *testing.T, file string) []string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(string(data), "\n")
}

func checkExample(t *testing.T, line int, want, marked string) {
	t.Helper()
	plain := strings.NewReplacer("⟦", "", "⟧", "").Replace(marked)
	x := message.Normalize("body", plain)
	var read []string
	at, shown := 0, ""
	for _, m := range Parse(&x) {
		read = append(read, m.Scheme+" "+m.String())
		shown += plain[at:m.Span.Start] + "⟦" + plain[m.Span.Start:m.Span.End] + "⟧"
		at = m.Span.End
	}
	shown += plain[at:]
	got := strings.Join(read, " + ")
	if got == "" {
		got = "-"
	}
	if got != want {
		t.Errorf("line %d: read %q, want %q in %q", line, got, want, marked)
	} else if shown != marked {
		t.Errorf("line %d: stands at %q, want %q", line, shown, marked)
	}
}

func TestInFrench(t *testing.T) {
	for _, tier := range [][2]string{{"PROTECTED B", "PROTÉGÉ B"}, {"TOP SECRET", "TRÈS SECRET"}, {"SECRET", "SECRET"}} {
		m := Marking{Scheme: "ca", Tier: tier[0]}
		if got := m.In("fr"); got != tier[1] || m.In("en") != tier[0] {
			t.Errorf("%s: %s in French, %s in English", tier[0], got, m.In("en"))
		}
	}
	if m := (Marking{Scheme: "uk", Tier: "TOP SECRET"}); m.In("fr") != "TOP SECRET" {
		t.Error("the United Kingdom's markings are not translated")
	}
}
