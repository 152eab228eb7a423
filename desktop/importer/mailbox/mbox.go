package mailbox

import (
	"bufio"
	"bytes"
	"io"
	"strings"
)

// splitter cuts an mbox (RFC 4155) into messages, in bounded memory whatever the
// length of lines. A message begins behind a line such as
//
//	From ann@dept.example Sun Nov 22 14:03:00 2026
//
// at the beginning or behind an empty line; without a time and a year in it, a line
// with From is text. Of lines that begin with >From, >>From and so on, one > is
// taken off, as the writers of mboxrd put one there (those of mboxo put it before
// From alone, and read the same).
type splitter struct {
	r        *bufio.Reader
	offset   int64 // bytes read
	line     int   // of the byte to be read next, from 1
	atStart  bool  // of a line
	blank    bool  // the line before is empty, or there is none
	unquoted int   // lines that lost a >
	doubtful []int // lines that begin with From and are no beginning
	quoted   bool  // false: take no > away, the stream is one message
}

// longestSeparator is looked at to tell a separator, in bytes.
const longestSeparator = 1024

func newSplitter(r io.Reader) *splitter {
	return &splitter{r: bufio.NewReaderSize(r, 64<<10), line: 1, atStart: true, blank: true, quoted: true}
}

// next skips to the next message; it is false at the end. What stands before the
// first separator is given as skipped.
func (s *splitter) next() (more bool, skipped int, err error) {
	for {
		line, end, err := s.peek()
		if err != nil {
			return false, skipped, err
		}
		if end && len(line) == 0 {
			return false, skipped, nil
		}
		if s.separator(line) {
			_, err := s.skipLine()
			return err == nil, skipped, err
		}
		n, err := s.skipLine()
		if err != nil {
			return false, skipped, err
		}
		skipped += len(bytes.TrimSpace(line[:min(n, len(line))]))
	}
}

// peek gives the beginning of the next line.
func (s *splitter) peek() (line []byte, end bool, err error) {
	line, err = s.r.Peek(longestSeparator)
	if err == io.EOF {
		return line, true, nil
	}
	return line, false, err
}

func (s *splitter) separator(line []byte) bool {
	return s.atStart && s.blank && bytes.HasPrefix(line, []byte("From ")) && dated(line)
}

// dated: the line has a time of day and a year.
func dated(line []byte) bool {
	if at := bytes.IndexByte(line, '\n'); at >= 0 {
		line = line[:at]
	}
	year, clock := false, false
	for _, f := range strings.Fields(string(line))[1:] {
		year = year || len(f) == 4 && (strings.HasPrefix(f, "19") || strings.HasPrefix(f, "20")) && digits(f)
		clock = clock || len(f) >= 5 && strings.Count(f, ":") >= 1 && digits(strings.ReplaceAll(f, ":", ""))
	}
	return year && clock
}

func digits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

func (s *splitter) skipLine() (n int, err error) {
	for {
		part, err := s.r.ReadSlice('\n')
		s.took(part)
		n += len(part)
		if err == bufio.ErrBufferFull {
			continue
		}
		if err == io.EOF {
			err = nil
		}
		return n, err
	}
}

// took counts what was read.
func (s *splitter) took(part []byte) {
	s.offset += int64(len(part))
	if len(part) == 0 {
		return
	}
	began := s.atStart
	s.atStart = part[len(part)-1] == '\n'
	if s.atStart {
		s.line++
		s.blank = began && len(bytes.TrimRight(part, "\r\n")) == 0
	}
}

// section reads one message of s.
type section struct {
	s    *splitter
	rest []byte // read, not given yet
	err  error
}

func (r *section) Read(p []byte) (int, error) {
	if len(r.rest) == 0 && r.err == nil {
		r.fill()
	}
	if len(r.rest) == 0 {
		return 0, r.err
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

// fill reads a line, or as much of it as the buffer holds.
func (r *section) fill() {
	s := r.s
	if s.atStart && s.quoted {
		line, _, err := s.peek()
		switch {
		case err != nil:
			r.err = err
			return
		case s.separator(line):
			r.err = io.EOF
			return
		case s.blank && bytes.HasPrefix(line, []byte("From ")):
			s.doubtful = append(s.doubtful, s.line)
		case bytes.HasPrefix(line, []byte(">")) && bytes.HasPrefix(bytes.TrimLeft(line, ">"), []byte("From ")):
			if _, r.err = s.r.Discard(1); r.err != nil {
				return
			}
			s.offset++
			s.unquoted++
		}
	}
	part, err := s.r.ReadSlice('\n')
	s.took(part)
	if err != nil && err != bufio.ErrBufferFull {
		r.err = err
	}
	r.rest = part
}
