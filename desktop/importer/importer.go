// Package importer brings messages in that were sent elsewhere: exported chats, mail
// in files, transcripts. It reads, judges and, where the person chose, keeps them.
//
// Nothing is kept by itself. Survey tells what a file holds; Run judges every
// message and hands it to the caller; Keeper makes records of those that were
// chosen. All of it streams: memory does not grow with the file. An import that was
// cut short is simply done again: what the store holds already is known by its
// content and left alone.
package importer

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"hanaper/desktop/importer/chat"
	"hanaper/desktop/importer/mailbox"
	"hanaper/desktop/importer/transcript"
	"hanaper/desktop/importer/whatsapp"
)

// Options are what the person said about a file.
type Options struct {
	Dates whatsapp.Order // order of day, month and year
	Title string         // of the chat
	Now   time.Time      //
}

// MaxPaste is the most that is read from standard input, in bytes: it is held in
// memory, since a pasted text is never written to the disk.
const MaxPaste = 64 << 20

// sniff is how much of a file's beginning tells what it is, in bytes.
const sniff = 64 << 10

// Open reads the beginning of a file and says what it is. The error names what is
// understood, where it is nothing of that.
func Open(name string, opt Options) (chat.Source, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	info, err := file.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = &chat.Error{File: name, Text: "is not a file"}
	}
	var src chat.Source
	if err == nil {
		src, err = open(name, file, info.Size(), file.Close, opt)
	}
	if err != nil {
		file.Close()
		return nil, err
	}
	return src, nil
}

// Paste reads a text to its end and says what it is.
func Paste(name string, r io.Reader, opt Options) (chat.Source, error) {
	text, err := io.ReadAll(io.LimitReader(r, MaxPaste+1))
	switch {
	case err != nil:
		return nil, &chat.Error{File: name, Text: "cannot be read: " + err.Error()}
	case len(text) > MaxPaste:
		return nil, &chat.Error{File: name, Text: fmt.Sprintf("is more than %d bytes: save it as a file and name that", MaxPaste)}
	}
	return open(name, bytes.NewReader(text), int64(len(text)), func() error { return nil }, opt)
}

func open(name string, r io.ReaderAt, size int64, done func() error, opt Options) (chat.Source, error) {
	begin := make([]byte, min(sniff, size))
	if _, err := r.ReadAt(begin, 0); err != nil && err != io.EOF {
		return nil, &chat.Error{File: name, Text: "cannot be read: " + err.Error()}
	}
	own := whatsapp.Options{Order: opt.Dates, Title: opt.Title, Now: opt.Now}
	again := func() (io.ReadCloser, error) { return io.NopCloser(io.NewSectionReader(r, 0, size)), nil }
	text := string(begin)
	many, one := mailbox.Looks(strings.TrimPrefix(text, "\ufeff"))
	switch {
	case len(strings.TrimSpace(text)) == 0:
		return nil, &chat.Error{File: name, Text: "is empty: export it again"}
	case strings.HasPrefix(text, "PK"):
		return whatsapp.OpenZip(name, r, size, done, own)
	case transcript.Looks(text):
		return transcript.Open(name, again, done)
	case many:
		return mailbox.Open(name, r, size, true, done), nil
	case one || strings.EqualFold(filepath.Ext(name), ".eml"):
		return mailbox.Open(name, r, size, false, done), nil
	}
	x, err := whatsapp.OpenText(name, again, own)
	if err != nil {
		return nil, err
	}
	return &closing{x, done}, nil
}

// closing closes the file of a source that has none of its own.
type closing struct {
	chat.Source
	done func() error
}

func (c *closing) Close() error { return c.done() }

// Importable tells whether a file may be one that Open reads, by its name and first
// bytes; form says what it looks like.
func Importable(name string) (form string, ok bool) {
	file, err := os.Open(name)
	if err != nil {
		return "", false
	}
	defer file.Close()
	begin, err := io.ReadAll(io.LimitReader(file, sniff))
	if err != nil {
		return "", false
	}
	text := string(begin)
	many, one := mailbox.Looks(strings.TrimPrefix(text, "\ufeff"))
	switch {
	case strings.HasPrefix(text, "PK"):
		info, err := file.Stat()
		return "zip with a chat", err == nil && whatsapp.LooksZip(file, info.Size())
	case transcript.Looks(text):
		return "transcript", true
	case many:
		return "mailbox", true
	case one:
		return "mail message", true
	}
	return "chat", whatsapp.Looks(text)
}
