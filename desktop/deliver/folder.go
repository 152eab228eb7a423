package deliver

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"hanaper/desktop/whole"
)

// folder files records into a folder of this computer or of a mounted share.
type folder struct {
	path  string
	swept sync.Once
}

func openFolder(s Settings, _ access) (Destination, error) {
	if !filepath.IsAbs(s.Path) {
		return nil, failf(Setup, "the folder %q is not given from the root of the file system", s.Path)
	}
	return &folder{path: s.Path}, nil
}

func (f *folder) Readback() bool  { return true }
func (f *folder) Hosts() []string { return nil }
func (f *folder) Close() error    { return nil }

func (f *folder) Check(context.Context) error {
	info, err := os.Stat(f.path)
	if err != nil {
		return explain(err, Denied)
	}
	if !info.IsDir() {
		return failf(Missing, "%s is not a folder", f.path)
	}
	return nil
}

// Files under way have this before their names; one that is older than staleAfter
// was left by a process that was killed.
const (
	partPrefix = ".hanaper-"
	staleAfter = time.Hour
)

// sweep takes away what killed processes left.
func (f *folder) sweep() {
	entries, _ := os.ReadDir(f.path) // where it cannot be read, writing says why
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), partPrefix) || !e.Type().IsRegular() {
			continue
		}
		if info, err := e.Info(); err == nil && time.Since(info.ModTime()) > staleAfter {
			_ = os.Remove(filepath.Join(f.path, e.Name())) // the record itself is in the vault
		}
	}
}

func (f *folder) Put(ctx context.Context, item Item) (Receipt, error) {
	f.swept.Do(f.sweep)
	for _, name := range item.names() {
		if err := ctx.Err(); err != nil {
			return Receipt{}, explain(err, Interrupted)
		}
		err := f.write(name, item.EML)
		if errors.Is(err, fs.ErrExist) {
			found, err := f.Read(ctx, Receipt{Place: name})
			if err != nil {
				return Receipt{}, err
			}
			if _, err := item.Prove(found); err != nil {
				continue // another record's file, or one that was changed: it stays
			}
		} else if err != nil {
			return Receipt{}, f.explain(err)
		}
		return Receipt{Record: item.ID, Place: name}, nil
	}
	return Receipt{}, failf(Conflict, "every file name for the record is taken in %s", f.path)
}

// write makes a whole file or none: the name appears when every byte is on the
// disk, and an existing name is never taken (fs.ErrExist).
func (f *folder) write(name string, content []byte) (err error) {
	target := filepath.Join(f.path, name)
	if _, err := os.Lstat(target); err == nil {
		return fs.ErrExist
	}
	// Who may read the file is for the folder to say: CreateTemp would shut out
	// everybody else.
	tmp, err := os.OpenFile(filepath.Join(f.path, partPrefix+rand.Text()), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.Write(content)
	err = errors.Join(err, tmp.Sync(), tmp.Close())
	if err != nil {
		return err
	}
	if err := os.Link(tmp.Name(), target); err == nil || errors.Is(err, fs.ErrExist) {
		return errors.Join(err, whole.SyncDir(f.path))
	}
	// No hard links there (FAT, some shares): an exclusive create is not taken by
	// another, and a crash leaves a short file, which Put passes by next time.
	return copyExclusive(target, content)
}

func copyExclusive(target string, content []byte) error {
	file, err := os.OpenFile(target, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	_, err = io.Copy(file, bytes.NewReader(content))
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return errors.Join(err, os.Remove(target))
	}
	return nil
}

func (f *folder) Read(_ context.Context, r Receipt) ([]byte, error) {
	if !filepath.IsLocal(r.Place) {
		return nil, failf(Conflict, "the receipt names a file outside the folder: %q", r.Place)
	}
	raw, err := os.ReadFile(filepath.Join(f.path, r.Place))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, failf(Lost, "the folder %s does not have the record", f.path)
	}
	if err != nil {
		return nil, f.explain(err)
	}
	return raw, nil
}

// explain names the folder in place of the file, whose name has words of the
// subject in it.
func (f *folder) explain(err error) *Error {
	var why syscall.Errno
	if errors.As(err, &why) {
		err = why
	}
	return explain(fmt.Errorf("the folder %s: %w", f.path, err), Denied)
}
