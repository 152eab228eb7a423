package whole

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestWrite(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "x.json")
	for _, text := range []string{"one", "two"} {
		if err := Write(name, []byte(text), false); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(name); err != nil || string(got) != text {
			t.Errorf("%q %v, want %q", got, err, text)
		}
	}
	if err := Write(name, []byte("three"), true); !errors.Is(err, fs.ErrExist) {
		t.Errorf("over a file: %v", err)
	}
	if err := Write(filepath.Join(dir, "fresh"), []byte("x"), true); err != nil {
		t.Error(err)
	}
	if err := Write(filepath.Join(dir, "none", "x"), nil, false); err == nil {
		t.Error("written where there is no folder")
	}
	if all, err := os.ReadDir(dir); err != nil || len(all) != 2 {
		t.Errorf("left behind: %v %v", all, err)
	}
}
