package importer

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"
)

// A folder is listed, then each file that comes once it is whole; nothing of it is
// read into records.
func TestWatch(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("a.txt", exported)
	write("bad.zip", "PK\x03\x04 no zip")
	write("notes.txt", "nothing that could be imported\n")
	write(".hidden.txt", exported)
	var got []string
	tick := make(chan time.Time)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error)
	go func() {
		done <- Watch(ctx, dir, tick, func(f Found) error { got = append(got, filepath.Base(f.Name)+" "+f.Form); return nil })
	}()
	tick <- clock // it has looked once
	write("b.eml", "From: a@b.example\nTo: c@d.example\n")
	tick <- clock
	write("b.eml", "From: a@b.example\nTo: c@d.example\n\nmore\n") // still being written
	for range 4 {
		tick <- clock
	}
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if want := []string{"a.txt chat", "b.eml mail message"}; !reflect.DeepEqual(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if err := Watch(context.Background(), filepath.Join(dir, "none"), nil, nil); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}
