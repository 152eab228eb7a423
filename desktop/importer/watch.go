package importer

import (
	"context"
	"os"
	"path/filepath"
	"time"
)

// Found is a file that may be imported.
type Found struct {
	Name string    `json:"file"`
	Form string    `json:"form"` // what it looks like: chat, mailbox
	Size int64     `json:"size"` // bytes
	Time time.Time `json:"time"` // when it was last written
}

// Watch calls found for every file in dir that may be imported: those that are
// there, and at each tick those that came or changed since. A file that is still
// being written waits until a tick finds it unchanged. It imports nothing, and ends
// with the context's error, or after the first look where tick is nil.
func Watch(ctx context.Context, dir string, tick <-chan time.Time, found func(Found) error) error {
	type state struct {
		size int64
		time time.Time
		told bool
	}
	known := map[string]state{}
	for first := true; ; first = false {
		entries, err := os.ReadDir(dir)
		if err != nil {
			return err
		}
		now := map[string]state{}
		for _, e := range entries {
			info, err := e.Info()
			if err != nil || !info.Mode().IsRegular() || e.Name()[0] == '.' {
				continue
			}
			was, seen := known[e.Name()]
			is := state{info.Size(), info.ModTime(), false}
			if seen && was.size == is.size && was.time.Equal(is.time) || first {
				if is.told = true; !was.told {
					path := filepath.Join(dir, e.Name())
					if form, ok := Importable(path); ok {
						if err := found(Found{path, form, is.size, is.time}); err != nil {
							return err
						}
					}
				}
			}
			now[e.Name()] = is
		}
		known = now
		if tick == nil {
			return nil
		}
		select {
		case <-tick:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
