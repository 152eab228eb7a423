package cli

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// cell is what one character, as people count them, takes on a terminal.
type cell struct {
	text       string // what is printed
	width      int    // columns
	start, end int    // byte offsets into the line
	marked     bool
}

const tabStop = 8

// cells lays out one line. Tabs become spaces, and characters that would not
// show, or would steer the terminal, stand as <U+202E>.
func cells(line string) (out []cell) {
	column := 0
	for at, state := 0, -1; at < len(line); {
		cluster, _, width, next := uniseg.FirstGraphemeClusterInString(line[at:], state)
		c := cell{text: cluster, width: width, start: at, end: at + len(cluster)}
		if cluster == "\t" {
			c.width = tabStop - column%tabStop
			c.text = strings.Repeat(" ", c.width)
		} else if hidden(cluster) || width == 0 {
			c.text = visible(cluster)
			c.width = len(c.text)
		}
		out = append(out, c)
		column += c.width
		at, state = c.end, next
	}
	return out
}

// hidden: a cluster that begins with a character which shows nothing.
func hidden(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	return r == utf8.RuneError && n == 1 || unicode.Is(unicode.C, r) || r == 0x2028 || r == 0x2029
}

func visible(s string) string {
	b := &strings.Builder{}
	for _, r := range s {
		fmt.Fprintf(b, "<U+%04X>", r)
	}
	return b.String()
}

// printable makes any text safe to print on one line of a terminal.
func printable(s string) string {
	b := &strings.Builder{}
	for _, c := range cells(strings.NewReplacer("\r\n", " ", "\n", " ").Replace(s)) {
		b.WriteString(c.text)
	}
	return b.String()
}

// span is a stretch of a line: byte offsets [start,end).
type span struct{ start, end int }

// underline prints a line, and beneath it a line with carets under the spans.
// A line wider than most columns is cut to the part around the first span.
func underline(line string, spans []span, most int) (text, carets string) {
	all := cells(line)
	first := len(all)
	for i := range all {
		for _, s := range spans {
			if all[i].start < s.end && s.start < all[i].end || s.start == s.end && all[i].start == s.start {
				all[i].marked = true
			}
		}
		if all[i].marked {
			first = min(first, i)
		}
	}
	from, to := window(all, first, most)
	var t, c strings.Builder
	if from > 0 {
		t.WriteString("…")
		c.WriteString(" ")
	}
	for _, x := range all[from:to] {
		t.WriteString(x.text)
		mark := " "
		if x.marked {
			mark = "^"
		}
		c.WriteString(strings.Repeat(mark, x.width))
	}
	if to < len(all) {
		t.WriteString("…")
	}
	return t.String(), strings.TrimRight(c.String(), " ")
}

// window chooses the cells to print: from a little before the first marked one.
func window(all []cell, first, most int) (from, to int) {
	total := 0
	for _, c := range all {
		total += c.width
	}
	if total <= most {
		return 0, len(all)
	}
	lead := most / 4
	for from = first; from > 0 && lead-all[from-1].width >= 0; from-- {
		lead -= all[from-1].width
	}
	room := most - 2
	for to = from; to < len(all) && room-all[to].width >= 0; to++ {
		room -= all[to].width
	}
	for to == len(all) && from > 0 && room-all[from-1].width >= 0 {
		from--
		room -= all[from].width
	}
	return from, to
}
