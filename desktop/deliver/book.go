package deliver

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"hanaper/desktop/whole"
)

// Book is the list of a person's destinations: a JSON file that holds settings
// and no secrets.
type Book struct {
	Path string // destinations.json
}

// DefaultBook is destinations.json in the folder HANAPER_CONFIG names, otherwise
// in hanaper in the system's folder for a person's settings.
func DefaultBook() (Book, error) {
	dir := os.Getenv("HANAPER_CONFIG")
	if dir == "" {
		base, err := os.UserConfigDir()
		if err != nil {
			return Book{}, err
		}
		dir = filepath.Join(base, "hanaper")
	}
	return Book{filepath.Join(dir, "destinations.json")}, nil
}

// List gives the destinations by name. A book that is not there is empty.
func (b Book) List() ([]Settings, error) {
	raw, err := os.ReadFile(b.Path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var all []Settings
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields() // a newer version's settings are not written away by this one
	if err := d.Decode(&all); err != nil {
		return nil, fmt.Errorf("%s: %w: correct it, or move it away and add the destinations anew", b.Path, err)
	}
	return all, nil
}

// Get finds a destination by its name.
func (b Book) Get(name string) (Settings, error) {
	all, err := b.List()
	if err != nil {
		return Settings{}, err
	}
	var names []string
	for _, s := range all {
		if s.Name == name {
			return s, nil
		}
		names = append(names, s.Name)
	}
	if len(names) == 0 {
		return Settings{}, failf(Setup, "there is no destination %q, nor any other", name)
	}
	return Settings{}, failf(Setup, "there is no destination %q, only %s", name, strings.Join(names, ", "))
}

// Put adds a destination, or replaces the one of its name.
func (b Book) Put(s Settings) error {
	all, err := b.List()
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(o Settings) bool { return o.Name == s.Name })
	return b.write(append(all, s))
}

// Remove takes a destination out of the list; what lies there stays there.
func (b Book) Remove(name string) error {
	all, err := b.List()
	if err != nil {
		return err
	}
	return b.write(slices.DeleteFunc(all, func(o Settings) bool { return o.Name == name }))
}

func (b Book) write(all []Settings) error {
	slices.SortFunc(all, func(x, y Settings) int { return strings.Compare(x.Name, y.Name) })
	raw, err := json.MarshalIndent(all, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(b.Path), 0o700); err != nil {
		return err
	}
	return whole.Write(b.Path, append(raw, '\n'), false)
}
