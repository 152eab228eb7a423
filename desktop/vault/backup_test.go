package vault

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ncruces/go-sqlite3"

	"hanaper/core/record"
)

func TestBackupAndRestore(t *testing.T) {
	v := newVault(t)
	fill(t, v, 20, 7)
	dir := t.TempDir()
	copied := filepath.Join(dir, "backup")
	steps := 0
	if err := v.Backup(t.Context(), copied, func(done, total int64) { steps++ }); err != nil || steps == 0 {
		t.Fatal(steps, err)
	}
	if err := v.Backup(t.Context(), copied, nil); err == nil {
		t.Error("a backup was written over another")
	}
	fill(t, v, 30, 30)
	at, _ := v.Checkpoint(t.Context())

	to := filepath.Join(dir, "restored")
	if _, err := Restore(t.Context(), copied, to, quick("wrong")); !errors.Is(err, ErrLocked) {
		t.Errorf("restored with a wrong passphrase: %v", err)
	}
	rep, err := Restore(t.Context(), copied, to, quick(testPassphrase))
	if err != nil || rep.Records != 20 {
		t.Fatal(rep, err)
	}
	if _, err := Restore(t.Context(), copied, to, quick(testPassphrase)); err == nil {
		t.Error("a vault was restored over another")
	}
	r := reopen(t, to)
	fill(t, r, 25, 25)
	if rep := check(t, r); len(rep.Bad) > 0 || rep.Records != 25 {
		t.Errorf("%+v", rep)
	}
	keys, _ := r.VerifierKeys(t.Context())
	if len(keys) != 2 || keys[0] == keys[1] {
		t.Errorf("keys %q", keys)
	}
	if err := r.Extends(t.Context(), at); !errors.Is(err, ErrTakenOut) {
		t.Errorf("a restored vault passed for the one that had gone on: %v", err)
	}

	// A damaged backup is not restored, and what was begun is taken away.
	raw, _ := os.ReadFile(filepath.Join(copied, databaseFile))
	raw[len(raw)/2] ^= 1
	if err := os.WriteFile(filepath.Join(copied, databaseFile), raw, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Restore(t.Context(), copied, filepath.Join(dir, "third"), quick(testPassphrase)); !errors.Is(err, ErrDamaged) {
		t.Errorf("a damaged backup: %v", err)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 2 {
		t.Errorf("left behind: %v", entries)
	}
}

func TestWays(t *testing.T) {
	v, recovery, err := Create(t.Context(), filepath.Join(t.TempDir(), "v"), quick("first"))
	if err != nil {
		t.Fatal(err)
	}
	v.Close()
	dir := v.Dir()
	if err := AddWay(dir, quick("wrong"), quick("second")); !errors.Is(err, ErrLocked) {
		t.Errorf("changed without the passphrase: %v", err)
	}
	if err := AddWay(dir, RecoveryKey(recovery), quick("second")); err != nil {
		t.Fatal(err)
	}
	fresh, err := NewRecoveryKey(dir, quick("second"))
	if err != nil {
		t.Fatal(err)
	}
	if err := DropWay(dir, quick("second"), quick("")); err == nil {
		t.Error("the last way in was dropped")
	}
	for _, c := range []struct {
		unlock Unlock
		opens  bool
	}{{quick("first"), false}, {quick("second"), true}, {RecoveryKey(recovery), false}, {RecoveryKey(fresh), true}} {
		v, err := Open(t.Context(), dir, c.unlock)
		if (err == nil) != c.opens {
			t.Errorf("%s %q: %v", c.unlock.kind, c.unlock.secret, err)
		}
		if err == nil {
			v.Close()
		}
	}
}

func TestPurge(t *testing.T) {
	v := newVault(t)
	shared, own := []byte("shared"), []byte("own")
	a, b := newRecord(1, "canary text"), newRecord(2, "b")
	a.Messages[0].Attachments = []record.Attachment{{Name: "s", Digest: digestOf(shared)}, {Name: "o", Digest: digestOf(own)}}
	b.Messages[0].Attachments = a.Messages[0].Attachments[:1]
	keep(t, v, Item{Record: a.Canonical(), Files: []File{Content("s", shared), Content("o", own)}}, Item{Record: b.Canonical(), Files: []File{Content("s", shared)}})
	id := a.ID()
	deliver := func() {
		t.Helper()
		if err := v.PutDelivery(t.Context(), Delivery{ID: id, Destination: "folder", State: StateDelivered, At: time.Now()}); err != nil {
			t.Fatal(err)
		}
	}
	state := func(h HoldState, age time.Duration) {
		t.Helper()
		if err := v.StateHold(t.Context(), HoldStatement{h, "Ann", "person", time.Now().Add(-age)}); err != nil {
			t.Fatal(err)
		}
	}
	refused := func(why string) {
		t.Helper()
		if err := v.Purge(t.Context(), id); err == nil {
			t.Errorf("purged although %s", why)
		}
	}
	refused("nothing is known of holds")
	state(HoldNone, 0)
	refused("it is not delivered")
	deliver()
	state(Held, 0)
	refused("everything is held")
	state(HoldNone, 31*24*time.Hour)
	refused("the statement is a month old")
	state(HoldNone, 0)
	if err := v.PlaceHold(t.Context(), "request 7", "ATIP", id); err != nil {
		t.Fatal(err)
	}
	refused("it is under a hold")
	if err := v.LiftHold(t.Context(), "request 7", ""); err == nil {
		t.Error("a hold was lifted without a receipt")
	}
	if err := v.LiftHold(t.Context(), "request 7", "sha256:..."); err != nil {
		t.Fatal(err)
	}
	if err := v.Purge(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	row, err := v.Get(t.Context(), id)
	if err != nil || !row.Purged || row.Head.Fields.Subject != "Matter 1" || len(row.Head.Messages) != 0 || row.State != StateDelivered {
		t.Errorf("%+v, %v", row, err)
	}
	err = v.read(t.Context(), func(c *conn) error {
		_, err := c.one("SELECT stub FROM record WHERE seq = 0", nil, func(s *sqlite3.Stmt) {
			if stub := s.ColumnText(0); strings.Contains(stub, "canary") || !strings.Contains(stub, "Matter 1") {
				t.Errorf("stub %s", stub)
			}
		})
		return err
	})
	if err != nil {
		t.Error(err)
	}
	if _, err := v.Read(t.Context(), id); !errors.Is(err, ErrPurged) {
		t.Errorf("read: %v", err)
	}
	if hits, _ := v.Search(t.Context(), Query{Text: "canary"}); len(hits) != 0 {
		t.Error("it is still found by its words")
	}
	if err := v.WriteFile(t.Context(), digestOf(own), &bytes.Buffer{}); !errors.Is(err, ErrNotFound) {
		t.Errorf("its own file: %v", err)
	}
	if err := v.WriteFile(t.Context(), digestOf(shared), &bytes.Buffer{}); err != nil {
		t.Errorf("the shared file: %v", err)
	}
	if rep := check(t, v); len(rep.Bad) > 0 || rep.Purged != 1 {
		t.Errorf("%+v", rep)
	}
	// Kept again it is the same entry, whose content stays dropped.
	if again := keep(t, v, Item{Record: a.Canonical(), Files: []File{Content("s", shared), Content("o", own)}}); again[0].New {
		t.Error("kept as a new entry")
	}
}
