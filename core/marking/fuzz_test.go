package marking

import (
	"bufio"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"hanaper/core/message"
)

// FuzzMarking: a marking that was read and written down reads the same again,
// and spans lie in the text, on whole characters, in order.
func FuzzMarking(f *testing.F) {
	for _, s := range seeds(f) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		x := message.Normalize("body", text)
		last := 0
		for _, m := range Parse(&x) {
			checkSpan(t, text, m.Span, last)
			last = m.Span.End
			if m.Confidence < Minimum || m.Confidence > 1000 {
				t.Fatalf("%q: confidence %d of %s", text, m.Confidence, m)
			}
			checkAgain(t, text, m)
		}
	})
}

func checkSpan(t *testing.T, text string, s message.Span, last int) {
	if s.Field != "body" || s.Start < last || s.Start >= s.End || s.End > len(text) {
		t.Fatalf("%q: span %+v after %d", text, s, last)
	}
	if utf8.ValidString(text) && (!utf8.RuneStart(text[s.Start]) || s.End < len(text) && !utf8.RuneStart(text[s.End])) {
		t.Fatalf("%q: span %+v cuts a character", text, s)
	}
}

func checkAgain(t *testing.T, text string, m Marking) {
	shown := m.String()
	y := message.Normalize("body", shown)
	again := Parse(&y)
	if len(again) != 1 {
		t.Fatalf("%q gives %q, which gives %d markings: %v", text, shown, len(again), again)
	}
	if again[0].Span != (message.Span{Field: "body", Start: 0, End: len(shown)}) {
		t.Fatalf("%q gives %q, of which %+v is read", text, shown, again[0].Span)
	}
	want, got := comparable(m), comparable(again[0])
	if !reflect.DeepEqual(want, got) {
		t.Fatalf("%q gives %+v, written %q gives %+v", text, want, shown, got)
	}
}

// comparable is what must survive being written and read: see Marking.String.
func comparable(m Marking) Marking {
	m.Span, m.Confidence = message.Span{}, 0
	switch m.Tier {
	case "SECRET", "TOP SECRET", "CONFIDENTIAL":
		if len(m.Handling)+len(m.Descriptors)+len(m.Caveats) == 0 && m.Prefix == "" {
			m.Scheme = ""
		}
	}
	return m
}

func seeds(f *testing.F) (out []string) {
	files, err := filepath.Glob(filepath.Join(examples, "*.tsv"))
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files {
		r, err := os.Open(name)
		if err != nil {
			f.Fatal(err)
		}
		for lines := bufio.NewScanner(r); lines.Scan(); {
			if _, text, ok := strings.Cut(lines.Text(), "\t"); ok {
				out = append(out, strings.NewReplacer("⟦", "", "⟧", "", `\n`, "\n").Replace(text))
			}
		}
		r.Close()
	}
	return out
}

func BenchmarkParse(b *testing.B) {
	for _, c := range []struct{ name, sentence string }{
		{"Plain", "The board agreed to fund the second phase, so order the chairs today and see you at ten.\n"},
		{"French", "Le comité a décidé de financer la deuxième phase, on commande les chaises, à demain.\n"},
		{"Marked", "OFFICIAL-SENSITIVE COMMERCIAL\nThe report is SECRET, the other one is protected b.\n"},
	} {
		b.Run(c.name, func(b *testing.B) {
			x := message.Normalize("body", strings.Repeat(c.sentence, 1024/len(c.sentence)+1)[:1024])
			b.ReportAllocs()
			b.SetBytes(1024)
			for b.Loop() {
				Parse(&x)
			}
		})
	}
}
