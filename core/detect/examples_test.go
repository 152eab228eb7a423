package detect

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
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
	return Scan(&x)
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
