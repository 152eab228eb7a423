package cli

import (
	"strings"
	"testing"
)

func TestUnderline(t *testing.T) {
	for _, c := range []struct{ name, line, word, text, carets string }{
		{"plain", "send the file now", "file", "send the file now", "         ^^^^"},
		{"wide letters before", "日本 file", "file", "日本 file", "     ^^^^"},
		{"wide letters within", "a 日本 b", "日本", "a 日本 b", "  ^^^^"},
		{"accents that combine", "re\u0301sume\u0301 x", "x", "re\u0301sume\u0301 x", "       ^"},
		{"a tab before", "a\tfile", "file", "a       file", "        ^^^^"},
		{"a tab after wide letters", "日本\tfile", "file", "日本    file", "        ^^^^"},
		{"a tab within", "a\tb", "a\tb", "a       b", "^^^^^^^^^"},
		{"an emoji of several", "👩🏽‍💻 x", "x", "👩🏽‍💻 x", "   ^"},
		{"a flag", "🇨🇦 x", "x", "🇨🇦 x", "   ^"},
		{"steering the terminal", "a\x1b[31mb", "b", "a<U+001B>[31mb", "             ^"},
		{"writing backwards", "a\u202eb", "b", "a<U+202E>b", "         ^"},
		{"hidden within", "se\u200bcret", "se\u200bcret", "se<U+200B>cret", "^^^^^^^^^^^^^^"},
	} {
		at := strings.Index(c.line, c.word)
		text, carets := underline(c.line, []span{{at, at + len(c.word)}}, 96)
		if text != c.text || carets != c.carets {
			t.Errorf("%s:\n got %q\n     %q\nwant %q\n     %q", c.name, text, carets, c.text, c.carets)
		}
	}
}

// A long line is cut around the words, and the carets stay beneath them.
func TestUnderlineCuts(t *testing.T) {
	for _, before := range []int{0, 10, 50, 500, 5000} {
		for _, after := range []int{0, 10, 50, 500} {
			line := strings.Repeat("字", before) + "HERE" + strings.Repeat("x", after)
			text, carets := underline(line, []span{{3 * before, 3*before + 4}}, 60)
			columns := 0
			for _, c := range cells(text[:strings.Index(text, "HERE")]) {
				columns += c.width
			}
			if want := strings.Repeat(" ", columns) + "^^^^"; carets != want {
				t.Errorf("%d before, %d after:\n%s\n%s", before, after, text, carets)
			}
			total := 0
			for _, c := range cells(text) {
				total += c.width
			}
			if total > 60 {
				t.Errorf("%d before, %d after: %d columns", before, after, total)
			}
		}
	}
}

func FuzzUnderline(f *testing.F) {
	f.Add("send\tthe 日本 file", uint8(3), uint8(9))
	f.Fuzz(func(t *testing.T, line string, at, n uint8) {
		text, carets := underline(line, []span{{int(at), int(at) + int(n)}}, 40)
		if strings.ContainsAny(text+carets, "\n\x1b\r\t\u202e") {
			t.Errorf("%q gives %q", line, text)
		}
	})
}
