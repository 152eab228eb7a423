package native

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"hanaper/wasm/gateway"
)

// Folder is a gateway.Blobs of one file a blob. A key is its path; a folder that
// would hold too many files is divided by the first letters of their names, in
// folders that end with "~", which no key does.
type Folder struct{ dir string }

// OpenFolder makes the folder where it is not there.
func OpenFolder(dir string) (*Folder, error) {
	return &Folder{dir}, os.MkdirAll(dir, 0o700)
}

// divide is how many first letters of a name choose its folder: two of a digest, the
// day of an event; 0 for the rest.
func divide(key, name string) int {
	switch {
	case len(name) == 64:
		return 2
	case strings.HasPrefix(key, "audit/") && len(name) > 10:
		return 10
	}
	return 0
}

func (f *Folder) path(key string) string {
	i := strings.LastIndexByte(key, '/') + 1
	folder, name := key[:i], key[i:]
	if n := divide(key, name); n > 0 {
		folder += name[:n] + "~/"
	}
	return filepath.Join(f.dir, filepath.FromSlash(folder+name))
}

// Get implements gateway.Blobs.
func (f *Folder) Get(_ context.Context, key string) ([]byte, error) {
	data, err := os.ReadFile(f.path(key))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, gateway.ErrNotFound
	}
	return data, err
}

// Has implements gateway.Blobs.
func (f *Folder) Has(_ context.Context, key string) (bool, error) {
	_, err := os.Stat(f.path(key))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// Put implements gateway.Blobs: the file is whole and on the disk before it has its
// name, and the name is on the disk before Put returns.
func (f *Folder) Put(_ context.Context, key string, data []byte, once bool) (bool, error) {
	path := f.path(key)
	dir := filepath.Dir(path)
	if err := f.makeDir(dir); err != nil {
		return false, err
	}
	temp, err := os.CreateTemp(dir, "~new-*")
	if err != nil {
		return false, err
	}
	defer os.Remove(temp.Name())
	_, err = temp.Write(data)
	if err == nil {
		err = temp.Sync()
	}
	if err := errors.Join(err, temp.Close()); err != nil {
		return false, err
	}
	if !once {
		err = os.Rename(temp.Name(), path)
	} else if err = os.Link(temp.Name(), path); errors.Is(err, fs.ErrExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return true, syncDir(dir)
}

// makeDir makes dir and what is above it, each on the disk before what it holds.
func (f *Folder) makeDir(dir string) error {
	if _, err := os.Stat(dir); err == nil || dir == f.dir {
		return err
	}
	parent := filepath.Dir(dir)
	if err := f.makeDir(parent); err != nil {
		return err
	}
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return syncDir(parent)
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// List implements gateway.Blobs.
func (f *Folder) List(_ context.Context, prefix, after string, limit int) (out []string, err error) {
	top := prefix[:strings.LastIndexByte(prefix, '/')+1]
	err = f.walk(top, filepath.Join(f.dir, filepath.FromSlash(top)), func(key string) bool {
		if key > after && strings.HasPrefix(key, prefix) {
			out = append(out, key)
		}
		return len(out) < limit
	}, func(folder string) bool {
		// Whole folders before after, or without the prefix, are left out.
		return (folder >= after || strings.HasPrefix(after, folder)) && (strings.HasPrefix(folder, prefix) || strings.HasPrefix(prefix, folder))
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return out, err
}

var errEnough = errors.New("enough")

// walk calls file for every key below folder in the order of their bytes until it
// says no, leaving out the folders that want does not.
func (f *Folder) walk(folder, dir string, file, want func(string) bool) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	sortName := func(e os.DirEntry) string {
		if e.IsDir() && !strings.HasSuffix(e.Name(), "~") {
			return e.Name() + "/"
		}
		return e.Name()
	}
	slices.SortFunc(entries, func(a, b os.DirEntry) int { return strings.Compare(sortName(a), sortName(b)) })
	for _, e := range entries {
		name := e.Name()
		switch {
		case strings.HasPrefix(name, "~new-"): // a Put that did not end
		case e.IsDir():
			below, part := folder, strings.TrimSuffix(name, "~")
			if part == name {
				below += name + "/"
			}
			if (part != name && want(folder+part)) || (part == name && want(below)) {
				if err := f.walk(below, filepath.Join(dir, name), file, want); err != nil {
					return err
				}
			}
		case !file(folder + name):
			return errEnough
		}
	}
	return nil
}
