//go:build unix

package vault

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// TestFullDisk limits the size of files: what was kept before stays, what did not
// fit is told and is not there, and after room was made it is kept.
func TestFullDisk(t *testing.T) {
	v := newVault(t)
	fill(t, v, 5, 5)
	limitFiles(t, 1<<20)
	want := map[string]bool{}
	n := 0
	var err error
	for ; n < 1000; n++ {
		json, file := crashRecord(n)
		var kept []Kept
		if kept, err = v.Keep(t.Context(), Item{Record: json, Files: []File{Content("f", file)}}); err != nil {
			break
		}
		want[kept[0].ID] = true
	}
	if !errors.Is(err, ErrFull) || n == 0 {
		t.Fatalf("after %d records: %v", n, err)
	}
	if _, total, err := v.Counts(t.Context()); err != nil || total != n+5 {
		t.Errorf("%d records, %v, not %d", total, err, n+5)
	}
	if rep := check(t, v); len(rep.Bad) > 0 {
		t.Errorf("with the disk full: %+v", rep.Bad)
	}
	limitFiles(t, 1<<30)
	json, file := crashRecord(n)
	kept, err := v.Keep(t.Context(), Item{Record: json, Files: []File{Content("f", file)}})
	if err != nil {
		t.Fatalf("after room was made: %v", err)
	}
	want[kept[0].ID] = true
	proveWhole(t, v.Dir(), want)
}

// TestTmpfs is the same on a file system that is really full.
func TestTmpfs(t *testing.T) {
	dir := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("no small file system can be mounted here (%v: %s); TestFullDisk limits the size of files instead", err, bytes.TrimSpace(out))
	}
	t.Cleanup(func() {
		if err := exec.Command("umount", dir).Run(); err != nil {
			t.Error(err)
		}
	})
	v, _, err := Create(t.Context(), filepath.Join(dir, "vault"), quick(testPassphrase))
	if err != nil {
		t.Fatal(err)
	}
	ballast := filepath.Join(dir, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 512<<10), 0o600); err != nil {
		t.Fatal(err)
	}
	want := map[string]bool{}
	n := 0
	for ; n < 1000; n++ {
		json, file := crashRecord(n)
		var kept []Kept
		if kept, err = v.Keep(t.Context(), Item{Record: json, Files: []File{Content("f", file)}}); err != nil {
			break
		}
		want[kept[0].ID] = true
	}
	if !errors.Is(err, ErrFull) || n == 0 {
		t.Fatalf("after %d records: %v", n, err)
	}
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	kept, err := v.Keep(t.Context(), item(n, "after room was made"))
	if err != nil {
		t.Fatalf("after room was made: %v", err)
	}
	want[kept[0].ID] = true
	v.Close()
	proveWhole(t, v.Dir(), want)
	t.Logf("%d records fitted", n)
}

// limitFiles sets how large this process may make files, and takes the limit away
// when the test ends. Beyond it a write fails with EFBIG.
func limitFiles(t *testing.T, bytes uint64) {
	t.Helper()
	var was syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &was); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: bytes, Max: was.Max}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = syscall.Setrlimit(syscall.RLIMIT_FSIZE, &was) })
}
