package importer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"time"

	"hanaper/core/record"
	"hanaper/desktop/letter"
)

// Folder is a store of .eml files, as hanaper verify reads them and the extension
// writes them.
type Folder struct {
	dir   string
	names map[string][]string // files that were there before, by day
}

// A file is written under a name that begins so. One that is older than leftover was
// left by an import that was cut short; its record is made again.
const (
	beside   = ".hanaper-"
	leftover = time.Hour
)

// OpenFolder uses a folder, which must be there.
func OpenFolder(dir string) (*Folder, error) {
	all, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("%w: make the folder first", err)
	}
	f := &Folder{dir, map[string][]string{}}
	for _, e := range all {
		if info, err := e.Info(); err == nil && strings.HasPrefix(e.Name(), beside) && time.Since(info.ModTime()) > leftover {
			if err := os.Remove(filepath.Join(dir, e.Name())); err != nil {
				return nil, err
			}
		}
		if name := e.Name(); strings.EqualFold(filepath.Ext(name), ".eml") && len(name) > len("2026-11-22") {
			day := name[:len("2026-11-22")]
			f.names[day] = append(f.names[day], name)
		}
	}
	return f, nil
}

// Day reads the files whose name begins with the day. One that holds no record is
// none of ours.
func (f *Folder) Day(ctx context.Context, channel, date string) iter.Seq2[*record.Record, error] {
	return func(yield func(*record.Record, error) bool) {
		for _, name := range f.names[date] {
			raw, err := os.ReadFile(filepath.Join(f.dir, name))
			if err != nil && !yield(nil, err) {
				return
			}
			report, err := letter.Check(raw)
			if err != nil || report.Record == nil || report.Record.Channel != channel {
				continue
			}
			if !yield(report.Record, ctx.Err()) {
				return
			}
		}
	}
}

// Keep writes a file for each record, and waits for the disk.
func (f *Folder) Keep(ctx context.Context, items []Item) error {
	for i := range items {
		if err := ctx.Err(); err != nil {
			return err
		}
		eml, err := items[i].eml()
		if err != nil {
			return err
		}
		if err := f.write(items[i].Record.FileName(), eml); err != nil {
			return err
		}
	}
	dir, err := os.Open(f.dir)
	if err != nil {
		return err
	}
	defer dir.Close()
	return dir.Sync()
}

func (it *Item) eml() ([]byte, error) {
	var files []record.File
	for _, file := range it.Files {
		r, err := file.Open()
		if err != nil {
			return nil, err
		}
		content, err := io.ReadAll(io.LimitReader(r, maxRecordFiles+1))
		r.Close()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file.Name, err)
		}
		files = append(files, record.File{Name: file.Name, Type: file.Type, Content: content})
	}
	return record.EML(&it.Record, nil, files...), nil
}

// names tried where another file has the record's name: a different record with the
// same first digits of its id.
const tries = 9

// write never overwrites: a file is written beside, and then linked to its name.
func (f *Folder) write(name string, content []byte) error {
	tmp, err := os.CreateTemp(f.dir, beside+"*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.Write(content)
	err = errors.Join(err, tmp.Sync(), tmp.Close())
	for i := 1; err == nil && i <= tries; i++ {
		try := name
		if i > 1 {
			try = fmt.Sprintf("%s-%d.eml", strings.TrimSuffix(name, ".eml"), i)
		}
		err := os.Link(tmp.Name(), filepath.Join(f.dir, try))
		if !errors.Is(err, fs.ErrExist) {
			return err
		}
		if there, err := os.ReadFile(filepath.Join(f.dir, try)); err == nil && bytes.Equal(there, content) {
			return nil
		}
	}
	if err == nil {
		err = fmt.Errorf("%s: %d files have that name: choose another folder", filepath.Join(f.dir, name), tries)
	}
	return err
}
