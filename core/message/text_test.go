package message

import (
	"os"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// TestNormalize reads testdata/normalize/examples.tsv.
func TestNormalize(t *testing.T) {
	data, err := os.ReadFile("../../testdata/normalize/examples.tsv")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, line := range strings.Split(string(data), "\n") {
		cells := strings.Split(line, "\t")
		if len(cells) != 3 {
			continue
		}
		in, errIn := strconv.Unquote(cells[1])
		want, errWant := strconv.Unquote(cells[2])
		if errIn != nil || errWant != nil {
			t.Errorf("%s: %v, %v", cells[0], errIn, errWant)
			continue
		}
		n++
		if got := Normalize("body", in).Norm; got != want {
			t.Errorf("%s: Normalize(%q) = %q, want %q", cells[0], in, got, want)
		}
	}
	if n < 25 {
		t.Errorf("%d examples, at least 25 are wanted", n)
	}
}

func TestSpan(t *testing.T) {
	for _, c := range []struct{ in, find, want string }{
		{"le secret d’État", "secret", "secret"},
		{"un œuf", "o", "œ"},
		{"un œuf", "oeu", "œu"},
		{"cafe\u0301 noir", "cafe", "cafe\u0301"},
		{"no 12\u200b34\u200b x", "1234", "12\u200b34"},
		{"🎉 Ｓ\u200dＥ!", "SE", "Ｓ\u200dＥ"},
		{"a\r\nbc", "b", "b"},
		{"x\xffy é z", "z", "z"},
		{"𝟏𝟐𝟑 then plain", "plain", "plain"},
		{"1\ufe0f\u20e32", "1", "1\ufe0f\u20e3"},
		{"ok 秘密", "秘", "秘"},
	} {
		x := Normalize("body", c.in)
		i := strings.Index(x.Norm, c.find)
		s := x.Span(i, i+len(c.find))
		if got := x.Orig[s.Start:s.End]; got != c.want || s.Field != "body" {
			t.Errorf("in %q, %q stands at %q, want %q", c.in, c.find, got, c.want)
		}
	}
}

func TestSpanInsideACharacter(t *testing.T) {
	x := Normalize("body", "é 秘 x")
	i := strings.Index(x.Norm, "秘")
	if s := x.Span(i+1, i+2); x.Orig[s.Start:s.End] != "秘" {
		t.Errorf("span of a middle byte is %q, want the whole character", x.Orig[s.Start:s.End])
	}
	if s := x.Span(2, 2); s.Start != s.End {
		t.Errorf("an empty stretch has the span %+v", s)
	}
}

func TestPlainTextCostsNothing(t *testing.T) {
	s := strings.Repeat("See you at 10, usual place.\n", 40)
	if n := testing.AllocsPerRun(10, func() { Normalize("body", s) }); n != 0 {
		t.Errorf("%v allocations for plain text, want 0", n)
	}
}

// The data must not contradict themselves, nor give anything but plain text.
func TestFoldData(t *testing.T) {
	seen := map[rune]string{}
	once := func(r rune, where string) {
		if seen[r] != "" {
			t.Errorf("%q (%U) stands in %s and in %s", r, r, seen[r], where)
		}
		seen[r] = where
	}
	for _, row := range rows {
		for i := range row.to {
			if row.to[i] != '_' {
				once(row.first+rune(i), "rows")
			}
		}
	}
	for _, s := range sequences {
		for i := range s.n {
			once(s.first+i, "sequences")
		}
	}
	for _, row := range lookalikes {
		for _, r := range row[1:] {
			once(r, "the look-alikes of "+row[:1])
		}
	}
	for _, e := range expansions {
		once(e.from, "expansions")
		if x := Normalize("", e.to); x.Norm != e.to {
			t.Errorf("%q becomes %q, which is not its own Norm", e.from, e.to)
		}
	}
	if len(expansions) > several {
		t.Errorf("%d expansions, at most %d fit", len(expansions), several)
	}
	if n := len(folds.pages); n > 255 {
		t.Errorf("%d pages, at most 255 fit", n)
	}
}

func TestFoldClasses(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		x := Normalize("", string(r)).Norm
		switch {
		case unicode.Is(unicode.Nd, r):
			if len(x) != 1 || !IsDigit(x[0]) {
				t.Errorf("the digit %U becomes %q", r, x)
			}
		case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Me, r):
			if x != "" {
				t.Errorf("the mark %U becomes %q", r, x)
			}
		case unicode.Is(unicode.Zs, r) && x != " ", unicode.Is(unicode.Pd, r) && x != "-":
			t.Errorf("%U becomes %q", r, x)
		}
	}
}

// A capital and its small letter become a capital and its small letter.
func TestFoldKeepsCase(t *testing.T) {
	for r := rune(0xC0); r < 0x2C80; r++ {
		low := unicode.ToLower(r)
		if low == r || unicode.ToUpper(low) != r || !unicode.Is(unicode.Latin, r) {
			continue
		}
		a, b := Normalize("", string(r)).Norm, Normalize("", string(low)).Norm
		if a != string(r) && b != string(low) && !strings.EqualFold(a, b) {
			t.Errorf("%q becomes %q but %q becomes %q", r, a, low, b)
		}
	}
}

func FuzzNormalize(f *testing.F) {
	for _, s := range []string{"", "plain", "Œuvre déjà vu", "ЅЕСRЕТ", "1\u200b2\ufe0f\u20e3", "e\u0301\u0302", "a\xff\xc3é", "𝟏 秘 \r\n\r", "ﬃ…⑳"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		x := Normalize("body", s)
		if !utf8.ValidString(x.Norm) {
			t.Fatalf("the Norm of %q is not UTF-8: %q", s, x.Norm)
		}
		if again := Normalize("body", x.Norm).Norm; again != x.Norm {
			t.Fatalf("%q becomes %q, which becomes %q", s, x.Norm, again)
		}
		checkSpans(t, &x)
	})
}

func checkSpans(t *testing.T, x *Text) {
	whole := boundaries(x.Orig)
	last := Span{}
	for i := range len(x.Norm) {
		s := x.Span(i, i+1)
		if s.Start < last.Start || s.End < last.End || s.Start >= s.End || s.End > len(x.Orig) {
			t.Fatalf("%q: byte %d of %q has span %+v after %+v", x.Orig, i, x.Norm, s, last)
		}
		if !whole[s.Start] || !whole[s.End] {
			t.Fatalf("%q: byte %d of %q has span %+v inside a character", x.Orig, i, x.Norm, s)
		}
		if all := x.Span(0, i+1); all.End != s.End {
			t.Fatalf("%q: the stretch to %d ends at %d, its last byte at %d", x.Orig, i, all.End, s.End)
		}
		last = s
	}
}

// boundaries tells where a character of s starts or s ends; a byte of invalid
// UTF-8 is a character.
func boundaries(s string) []bool {
	out := make([]bool, len(s)+1)
	for i := range s {
		out[i] = true
	}
	out[len(s)] = true
	return out
}

func benchmarkNormalize(b *testing.B, sentence string) {
	s := strings.Repeat(sentence, 1024/len(sentence)+1)[:1024]
	b.ReportAllocs()
	b.SetBytes(1024)
	for b.Loop() {
		Normalize("body", s)
	}
}

func BenchmarkNormalizeASCII(b *testing.B) {
	benchmarkNormalize(b, "The board agreed to fund the second phase, see you at ten.\n")
}

func BenchmarkNormalizeFrench(b *testing.B) {
	benchmarkNormalize(b, "Le comité a décidé de financer la deuxième phase, à demain, l’équipe d’été.\n")
}

func BenchmarkNormalizeDisguised(b *testing.B) {
	benchmarkNormalize(b, "Ｓ\u200bＥ\u200bＣ\u200bＲ\u200bＥ\u200bＴ ЅЕСRЕТ 𝟏𝟐𝟑 e\u0301 œ\n")
}
