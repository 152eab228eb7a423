package chat

import (
	"bufio"
	"bytes"
	"io"
	"strconv"
	"unicode/utf8"
)

// Lines cuts a stream into lines, whichever line end they have, in bounded
// memory. A byte order mark before the first is dropped.
type Lines struct {
	r      *bufio.Reader
	Number int    // of the line that Next gave, from 1
	Offset int64  // bytes before that line
	Size   int    // bytes of that line, its line end included
	Fault  string // why Text is not the line's text, "" where it is: too long, or not UTF-8
	Text   string
	Err    error // of reading; io.EOF is none
	buf    []byte
}

// NewLines reads from r.
func NewLines(r io.Reader) *Lines { return &Lines{r: bufio.NewReaderSize(r, 64<<10)} }

// Next reads the next line into Text, without its end. It is false at the end.
func (l *Lines) Next() bool {
	if l.Err != nil {
		return false
	}
	l.Offset += int64(l.Size)
	l.Size, l.Fault, l.buf = 0, "", l.buf[:0]
	for {
		part, err := l.r.ReadSlice('\n')
		l.Size += len(part)
		if l.Size <= MaxLine {
			l.buf = append(l.buf, part...)
		}
		if err == bufio.ErrBufferFull {
			continue
		}
		if err != nil && err != io.EOF {
			l.Err = err
		}
		if err != nil && l.Size == 0 {
			return false
		}
		break
	}
	l.Number++
	l.text()
	return true
}

func (l *Lines) text() {
	if l.Size > MaxLine {
		l.Text, l.Fault = "", "the line is "+strconv.Itoa(l.Size)+" bytes, the limit is "+strconv.Itoa(MaxLine)
		return
	}
	b := bytes.TrimSuffix(bytes.TrimSuffix(l.buf, []byte("\n")), []byte("\r"))
	if l.Number == 1 {
		b = bytes.TrimPrefix(b, []byte("\uFEFF"))
	}
	l.Text = string(b)
	if !utf8.ValidString(l.Text) {
		l.Fault = "column " + strconv.Itoa(invalid(b)+1) + ": not UTF-8: export it again, or save the text as UTF-8"
	}
}

func invalid(b []byte) int {
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return -1
}
