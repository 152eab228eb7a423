package detect

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"hanaper/core/message"
)

const examples = "../../testdata/detect"

// example is one line of testdata/detect/<id>.txtar.
type example struct {
	id, text string
	want     []message.Span // what must be found in text, nothing for a miss
	line     int
}

// readExamples reads a file: a sentence, "-- hit --" and lines with « » around
// what must be found, "-- miss --" and lines without.
func readExamples(t testing.TB, path string) (out []example) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	id, section := strings.TrimSuffix(filepath.Base(path), ".txtar"), ""
	for n, line := range strings.Split(strings.TrimSuffix(string(data), "\n"), "\n") {
		switch {
		case n == 0 && !strings.HasSuffix(line, "."):
			t.Errorf("%s:1: the first line is not a sentence", path)
		case line == "-- hit --" || line == "-- miss --":
			section = line
		case section != "":
			text, err := strconv.Unquote(`"` + strings.ReplaceAll(line, `"`, `\"`) + `"`)
			if err != nil {
				t.Errorf("%s:%d: %v", path, n+1, err)
				continue
			}
			e := example{id: id, line: n + 1}
			parts := strings.FieldsFunc("|"+text, func(r rune) bool { return r == '«' || r == '»' })
			if strings.Count(text, "«") != strings.Count(text, "»") || (section == "-- hit --") != strings.Contains(text, "«") {
				t.Errorf("%s:%d: a hit marks its places with « », a miss none", path, n+1)
				continue
			}
			for i, part := range parts {
				if i == 0 {
					part = part[1:]
				}
				if i%2 == 1 {
					e.want = append(e.want, message.Span{Field: "body", Start: len(e.text), End: len(e.text) + len(part)})
				}
				e.text += part
			}
			out = append(out, e)
		}
	}
	return out
}

func allExamples(t testing.TB) (out []example) {
	t.Helper()
	paths, err := filepath.Glob(examples + "/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no examples in %s: %v", examples, err)
	}
	for _, p := range paths {
		out = append(out, readExamples(t, p)...)
	}
	return out
}

// scan runs the detectors a field of that kind meets.
func scan(id, text string) []Finding {
	x := message.Normalize("body", text)
	if id == "attachment-name" {
		return ScanName(&x)
	}
	return Scan(&x, testProtected...)
}

func TestExamples(t *testing.T) {
	for _, e := range allExamples(t) {
		var got []message.Span
		for _, f := range scan(e.id, e.text) {
			if f.Detector == e.id {
				got = append(got, f.Span)
			}
		}
		if !slices.Equal(got, e.want) {
			t.Errorf("%s.txtar:%d: %q: found %v, want %v", e.id, e.line, e.text, got, e.want)
		}
	}
}

// TestEveryDetectorHasExamples: eight hits and eight misses each, no file
// without a detector, ids in kebab case and told once, a source for each.
func TestEveryDetectorHasExamples(t *testing.T) {
	hits, misses := map[string]int{}, map[string]int{}
	for _, e := range allExamples(t) {
		if e.want != nil {
			hits[e.id]++
		} else {
			misses[e.id]++
		}
	}
	seen := map[string]bool{}
	for _, d := range List() {
		if seen[d.ID] || !regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`).MatchString(d.ID) {
			t.Errorf("id %q is not kebab case, or is there twice", d.ID)
		}
		seen[d.ID] = true
		if hits[d.ID] < 8 || misses[d.ID] < 8 {
			t.Errorf("%s has %d hits and %d misses, 8 of each are needed", d.ID, hits[d.ID], misses[d.ID])
		}
		if d.Source == "" || d.Description == "" || d.Class == "" {
			t.Errorf("%s lacks a source, a description or a class", d.ID)
		}
		if _, err := os.Stat(d.ID + ".go"); err != nil {
			t.Errorf("%s has no file of its name", d.ID)
		}
		delete(hits, d.ID)
	}
	for id := range hits {
		t.Errorf("%s.txtar has no detector", id)
	}
}

// TestFileSizes: a detector is at most 150 lines.
func TestFileSizes(t *testing.T) {
	for _, d := range List() {
		data, err := os.ReadFile(d.ID + ".go")
		if err != nil {
			continue // told by TestEveryDetectorHasExamples
		}
		if n := strings.Count(string(data), "\n"); n > 150 {
			t.Errorf("%s.go has %d lines, 150 are allowed", d.ID, n)
		}
	}
}

// TestWordsAgree: a word has the same boundaries wherever it is used, for the
// automaton has it once.
func TestWordsAgree(t *testing.T) {
	at := map[string]word{}
	for _, d := range list {
		for _, words := range []string{d.words, d.marks} {
			parseWords(words, 0, func(w word) {
				if old, ok := at[w.text]; ok && (old.left != w.left || old.right != w.right) {
					t.Errorf("%s: %q has other boundaries elsewhere", d.id, w.text)
				}
				if w.text == "" || w.text != strings.ToLower(w.text) || message.Normalize("", w.text).Norm != w.text {
					t.Errorf("%s: %q is empty, or not lower case and folded", d.id, w.text)
				}
				at[w.text] = w
			})
		}
	}
}

// TestReasons: every reason a detector says it gives is seen in its hits, and no
// other.
func TestReasons(t *testing.T) {
	seen := map[string]map[string]bool{}
	for _, e := range allExamples(t) {
		for _, f := range scan(e.id, e.text) {
			if seen[f.Detector] == nil {
				seen[f.Detector] = map[string]bool{}
			}
			seen[f.Detector][f.Reason] = true
		}
	}
	for _, d := range List() {
		for _, r := range d.Reasons {
			if !seen[d.ID][r] {
				t.Errorf("%s: no example with the reason %s", d.ID, r)
			}
			delete(seen[d.ID], r)
		}
		for r := range seen[d.ID] {
			t.Errorf("%s: gives the reason %s, which its list lacks", d.ID, r)
		}
	}
}

// TestMachine: the automaton's tables hold what they are made of.
func TestMachine(t *testing.T) {
	e := ready()
	classes := uint8(0)
	for _, c := range e.machine.class {
		classes = max(classes, c)
	}
	if classes >= 1<<shift || len(e.machine.outs) > stateOf {
		t.Errorf("%d byte classes and %d states, %d and %d fit", classes, len(e.machine.outs), 1<<shift-1, stateOf)
	}
	if 2*len(list) > 64 {
		t.Errorf("%d detectors, the sets of kinds hold 32", len(list))
	}
	t.Logf("%d words, %d states, %d KiB", len(e.words), len(e.machine.outs), len(e.machine.next)>>9)
}

// TestOverlap: of findings that overlap one stays, by confidence, length, order.
func TestOverlap(t *testing.T) {
	at := func(start, end, confidence, detector int) found {
		return found{start: start, end: end, confidence: confidence, detector: detector}
	}
	for _, c := range []struct {
		name     string
		in, want []found
	}{
		{"confidence", []found{at(0, 9, 500, 0), at(3, 5, 900, 1)}, []found{at(3, 5, 900, 1)}},
		{"length", []found{at(3, 5, 900, 0), at(0, 9, 900, 1)}, []found{at(0, 9, 900, 1)}},
		{"order", []found{at(0, 9, 900, 2), at(0, 9, 900, 1)}, []found{at(0, 9, 900, 1)}},
		{"apart", []found{at(5, 9, 500, 0), at(0, 5, 900, 1)}, []found{at(0, 5, 900, 1), at(5, 9, 500, 0)}},
		{"a loser blocks nothing", []found{at(0, 4, 900, 0), at(3, 8, 800, 1), at(6, 9, 700, 2)}, []found{at(0, 4, 900, 0), at(6, 9, 700, 2)}},
	} {
		if got := settle(c.in, 10); !slices.Equal(got, c.want) {
			t.Errorf("%s: kept %v, want %v", c.name, got, c.want)
		}
	}
}

// TestConcurrent: Scan may be called from several goroutines at once.
func TestConcurrent(t *testing.T) {
	x := message.Normalize("body", mixed)
	want := Scan(&x)
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			for range 50 {
				if got := Scan(&x); !slices.Equal(got, want) {
					t.Errorf("found %v, want %v", got, want)
					return
				}
			}
		})
	}
	wait.Wait()
}
