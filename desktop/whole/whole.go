// Package whole writes small files so that a crash leaves the old one or the new one.
package whole

import (
	"errors"
	"os"
	"path/filepath"
)

// Write puts data under another name, on the disk, and then gives it its name, mode
// 0600. fresh: the name must not exist (fs.ErrExist).
func Write(name string, data []byte, fresh bool) (err error) {
	f, err := os.CreateTemp(filepath.Dir(name), ".new-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name())
		}
	}()
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if !fresh {
		err = os.Rename(f.Name(), name)
	} else if err = os.Link(f.Name(), name); err == nil { // fails where name exists
		err = os.Remove(f.Name())
	}
	return errors.Join(err, SyncDir(filepath.Dir(name)))
}

// SyncDir puts a folder's new names on the disk; systems that cannot do so need not.
func SyncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	_ = d.Sync() // Windows refuses it, and so do some file systems
	return d.Close()
}
