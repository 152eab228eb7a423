package deliver

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestFolder(t *testing.T) {
	dir := t.TempDir()
	suite(t, place{
		open: func(t *testing.T) Destination {
			return mustOpen(t, Settings{Name: "share", Kind: "folder", Path: dir}, "")
		},
		count: func(t *testing.T, item Item) int { return countFiles(t, dir, item) },
		take:  func(t *testing.T, r Receipt) error { return os.Remove(filepath.Join(dir, r.Place)) },
	})
	if hidden, _ := filepath.Glob(filepath.Join(dir, ".hanaper-*")); len(hidden) > 0 {
		t.Errorf("left behind: %v", hidden)
	}
}

// countFiles counts the files below dir that hold the record, without those under
// way.
func countFiles(t *testing.T, dir string, item Item) (n int) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(d.Name(), partPrefix) { // a part is swept away
			return err
		}
		raw, err := os.ReadFile(path)
		if bytes.Contains(raw, []byte(item.MessageID())) { // to prove every file would take long
			if _, not := item.Prove(raw); not == nil {
				n++
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// What is there under the record's name and is something else stays.
func TestFolderOverwritesNothing(t *testing.T) {
	dir := t.TempDir()
	d := mustOpen(t, Settings{Name: "share", Kind: "folder", Path: dir}, "")
	item := makeItem(t, "Taken name", "Body.")
	for _, name := range item.names()[:3] {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("something else"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	r, err := d.Put(context.Background(), item)
	if err != nil || r.Place != item.names()[3] {
		t.Fatalf("%+v %v", r, err)
	}
	for _, name := range item.names() {
		if name != r.Place {
			_ = os.WriteFile(filepath.Join(dir, name), []byte("something else"), 0o600)
		}
	}
	other := item
	other.EML = bytes.Replace(other.EML, []byte("Body."), []byte("Bode."), 1)
	if err := os.WriteFile(filepath.Join(dir, r.Place), other.EML, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = d.Put(context.Background(), item)
	wantTrouble(t, err, Conflict)
	for _, name := range item.names() {
		if raw, _ := os.ReadFile(filepath.Join(dir, name)); string(raw) != "something else" && name != r.Place {
			t.Errorf("%s was overwritten", name)
		}
	}
}

func TestFolderTroubles(t *testing.T) {
	item := makeItem(t, "Troubles", "Body.")
	gone := mustOpen(t, Settings{Name: "share", Kind: "folder", Path: filepath.Join(t.TempDir(), "not", "there")}, "")
	_, err := gone.Put(context.Background(), item)
	wantTrouble(t, err, Missing)
	wantTrouble(t, gone.Check(context.Background()), Missing)
	_, err = Open(Settings{Name: "share", Kind: "folder", Path: "relative"}, nil)
	wantTrouble(t, err, Setup)
	d := mustOpen(t, Settings{Name: "share", Kind: "folder", Path: t.TempDir()}, "")
	_, err = d.Read(context.Background(), Receipt{Place: "../../etc/passwd"})
	wantTrouble(t, err, Conflict)
}

// What a killed process left is taken away when it is old; nothing else is.
func TestFolderSweeps(t *testing.T) {
	dir := t.TempDir()
	old := time.Now().Add(-2 * staleAfter)
	for _, name := range []string{".hanaper-OLD", ".hanaper-NEW", "old.eml"} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
		if name != ".hanaper-NEW" {
			if err := os.Chtimes(path, old, old); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, err := mustOpen(t, Settings{Name: "share", Kind: "folder", Path: dir}, "").Put(context.Background(), makeItem(t, "Sweep", "Body.")); err != nil {
		t.Fatal(err)
	}
	var left []string
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		left = append(left, e.Name())
	}
	if len(left) != 3 || left[0] != ".hanaper-NEW" {
		t.Errorf("%v", left)
	}
}

// A disk that is full leaves no short file behind. /dev/full is one that always
// is; the same error from a real file system goes the same way.
func TestFolderFull(t *testing.T) {
	dir := t.TempDir()
	item := makeItem(t, "Full", "Body.", file("plan.pdf", "application/pdf", 6<<20))
	d := mustOpen(t, Settings{Name: "share", Kind: "folder", Path: dir}, "")
	if err := limitFiles(4<<20, func() error { _, err := d.Put(context.Background(), item); return err }); err == nil {
		t.Fatal("more was written than the limit allows")
	} else {
		wantTrouble(t, err, Full)
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) > 0 {
		t.Errorf("%v %v", left, err)
	}
	if job := deliverOne(t, d, item); job.State != Delivered {
		t.Errorf("with room again: %+v", job)
	}
}

// limitFiles lets no file grow over n bytes while f runs: a write then ends with
// EFBIG, as on a file system without room. n is for every file of the process: more
// than the test's own log has.
func limitFiles(n uint64, f func() error) error {
	var before syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &before); err != nil {
		return err
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: n, Max: before.Max}); err != nil {
		return err
	}
	defer syscall.Setrlimit(syscall.RLIMIT_FSIZE, &before)
	return f()
}
