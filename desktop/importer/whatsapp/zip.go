package whatsapp

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"hanaper/desktop/importer/chat"
)

// Limits of a zip. WhatsApp puts 10,000 messages with their files into one.
const (
	maxDirectory = 64 << 20 // bytes of its list of files, which is held in memory
	maxText      = 2 << 30  // bytes of the chat, unpacked: 40,000 messages of the greatest length
	maxRatio     = 200      // unpacked to packed, from minRatio on: text shrinks to a tenth, zeros to a thousandth
	minRatio     = 16 << 20
)

// OpenZip reads an export with its files. Nothing is unpacked to the disk.
func OpenZip(file string, r io.ReaderAt, size int64, done func() error, opt Options) (*Export, error) {
	z, err := readList(r, size)
	if err != nil {
		return nil, &chat.Error{File: file, Text: "not a zip that can be read: " + err.Error() + ": export the chat again"}
	}
	text, notes, err := choose(file, z)
	if err != nil {
		return nil, err
	}
	if opt.Title == "" {
		if opt.Title = titleOf(text.Name); opt.Title == "" {
			opt.Title = titleOf(file)
		}
	}
	x := &Export{open: func() (io.ReadCloser, error) { return unpack(file, text) }, done: done}
	x.media, x.sizes = map[string]func() (io.ReadCloser, error){}, map[string]int64{}
	for _, f := range z.File {
		if name := path.Base(f.Name); f != text && safe(f.Name) {
			x.media[name] = f.Open
			x.sizes[name] = int64(f.UncompressedSize64)
		}
	}
	x.info = chat.Info{File: file + ":" + text.Name, Channel: "whatsapp", Method: "export", Title: opt.Title}
	if err := x.survey(opt); err != nil {
		return nil, err
	}
	x.unsafe = notes
	return x, nil
}

// readList reads the zip's list of files, which may be so large at most.
func readList(r io.ReaderAt, size int64) (*zip.Reader, error) {
	list := &rationed{r: r, left: maxDirectory}
	z, err := zip.NewReader(list, size)
	list.left = -1 // the list is read; from here on files are
	return z, err
}

// LooksZip tells whether a zip has a text in it, as an export does.
func LooksZip(r io.ReaderAt, size int64) bool {
	z, err := readList(r, size)
	if err != nil {
		return false
	}
	_, _, err = choose("", z)
	return err == nil
}

// choose finds the chat among the files: the one text, or the one that is called as
// WhatsApp calls it.
func choose(file string, z *zip.Reader) (text *zip.File, unsafe []chat.Note, err error) {
	named := false
	for _, f := range z.File {
		switch {
		case strings.HasSuffix(f.Name, "/") && safe(strings.TrimSuffix(f.Name, "/")): // a folder
		case !safe(f.Name):
			unsafe = append(unsafe, chat.Note{Text: fmt.Sprintf("%q in the zip has a path that leads elsewhere: not read", f.Name)})
		case !strings.EqualFold(path.Ext(f.Name), ".txt") || strings.HasPrefix(f.Name, "__MACOSX/"):
		case !named && (path.Base(f.Name) == "_chat.txt" || titleOf(f.Name) != ""):
			text, named = f, true
		case text == nil:
			text = f
		}
	}
	if text == nil {
		return nil, nil, &chat.Error{File: file, Text: "no chat in the zip: it has no .txt file"}
	}
	return text, unsafe, nil
}

// safe: a name that stays inside. Nothing is written, but such a zip was not made
// by WhatsApp, and what it names is not looked for.
func safe(name string) bool {
	return name != "" && !strings.ContainsAny(name, "\\\x00") && path.Clean("/"+name) == "/"+name
}

func unpack(file string, f *zip.File) (io.ReadCloser, error) {
	r, err := f.Open()
	if err != nil {
		return nil, &chat.Error{File: file, Text: f.Name + " cannot be unpacked: " + err.Error()}
	}
	return &unpacking{ReadCloser: r, packed: int64(f.CompressedSize64)}, nil
}

// unpacking stops a text that unpacks to far more than texts do.
type unpacking struct {
	io.ReadCloser
	packed, n int64
}

var errBomb = errors.New("it unpacks to far more than a chat does: this is no export of WhatsApp")

func (u *unpacking) Read(p []byte) (int, error) {
	n, err := u.ReadCloser.Read(p)
	u.n += int64(n)
	if u.n > maxText || u.n > minRatio && u.n > maxRatio*u.packed {
		return 0, errBomb
	}
	return n, err
}

// rationed lets only so many bytes be read; -1 for any number.
type rationed struct {
	r    io.ReaderAt
	left int64
}

func (l *rationed) ReadAt(p []byte, off int64) (int, error) {
	if l.left >= 0 {
		if l.left -= int64(len(p)); l.left < 0 {
			return 0, errors.New("its list of files is too large")
		}
	}
	return l.r.ReadAt(p, off)
}
