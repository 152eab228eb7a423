package export

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"time"
)

// mbox is one file with all messages, in the form called mboxrd (RFC 4155 names
// its default format; mboxrd is the one whose quoting can be undone): lines end in
// LF, a line of From and any > before it gets one > more.
type mbox struct {
	*file
	at time.Time
}

func newMbox(path string, info Info) (Writer, error) {
	f, err := newFile(path)
	if err != nil {
		return nil, err
	}
	return &mbox{f, info.At}, nil
}

func (m *mbox) Add(r Record) error {
	if _, err := fmt.Fprintf(m, "From hanaper@hanaper.invalid %s\n", m.at.UTC().Format(time.ANSIC)); err != nil {
		return err
	}
	for line := range bytes.Lines(r.EML) {
		line = bytes.TrimRight(line, "\r\n")
		if quotable(line) {
			_ = m.WriteByte('>')
		}
		_, _ = m.Write(line)
		_ = m.WriteByte('\n')
	}
	return m.WriteByte('\n') // an error of one before stays with the writer
}

// quotable: "From " after any number of >.
func quotable(line []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(line, ">"), []byte("From "))
}

// maxLine of an mbox that is read; lines of mail have 998 bytes at most, and
// those of bad software are longer.
const maxLine = 1 << 20

// ReadMbox gives each message of an mboxrd, with lines that end in CRLF as they
// had before. A message over limit bytes is an error that names its number.
func ReadMbox(r io.Reader, limit int, each func(n int, message []byte) error) error {
	in := bufio.NewReaderSize(r, maxLine)
	var message []byte
	n, blank := 0, true
	flush := func() error {
		if n == 0 {
			return nil
		}
		return each(n, bytes.TrimSuffix(message, []byte("\r\n"))) // the blank line that ends it
	}
	for at := 1; ; at++ {
		line, err := in.ReadSlice('\n')
		if err == bufio.ErrBufferFull {
			return fmt.Errorf("line %d is longer than %d bytes: it is no mbox", at, maxLine)
		}
		if len(line) == 0 && err == io.EOF {
			return flush()
		} else if err != nil && err != io.EOF {
			return err
		}
		text := bytes.TrimRight(line, "\r\n")
		switch {
		case blank && bytes.HasPrefix(text, []byte("From ")):
			if err := flush(); err != nil {
				return err
			}
			n++
			message = nil
		case n == 0:
			return errors.New("it does not begin with a line \"From \": it is no mbox")
		default:
			if quotable(text) {
				text = text[1:]
			}
			message = append(append(message, text...), "\r\n"...)
		}
		if blank = len(text) == 0; len(message) > limit {
			return fmt.Errorf("message %d is larger than %d bytes", n, limit)
		}
	}
}
