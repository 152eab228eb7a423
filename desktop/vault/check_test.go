package vault

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ncruces/go-sqlite3"
	"golang.org/x/mod/sumdb/tlog"

	"hanaper/core/record"
)

func check(t *testing.T, v *Vault) *Report {
	t.Helper()
	rep, err := v.Check(t.Context(), CheckOptions{Signatures: true})
	if err != nil {
		t.Fatal(err)
	}
	return rep
}

func fill(t testing.TB, v *Vault, n, aCall int) {
	t.Helper()
	for from := 0; from < n; from += aCall {
		var items []Item
		for i := from; i < min(n, from+aCall); i++ {
			items = append(items, item(i, fmt.Sprintf("Message %d is about matter %d.", i, i%7)))
		}
		keep(t, v, items...)
	}
}

// TestCheckNamesTheFirst changes one thing in a good vault, with its key, and wants
// it named.
func TestCheckNamesTheFirst(t *testing.T) {
	other := newRecord(99, "another")
	for _, c := range []struct {
		name, sql string
		index     int64
		want      string
	}{
		{"nothing", "", 0, ""},
		{"a record changed", "UPDATE content SET json = CAST(replace(CAST(json AS TEXT), 'matter 5', 'matter 6') AS BLOB) WHERE seq = 12", 12, "its digest differs"},
		{"content deleted", "DELETE FROM content WHERE seq = 3", 3, "content is missing"},
		{"entry deleted", "PRAGMA foreign_keys=OFF; DELETE FROM record WHERE seq = 4", 4, "missing"},
		{"signature changed", "UPDATE content SET signature = CAST(substr(signature, 1, 40) || zeroblob(56) AS BLOB) WHERE seq = 7", 7, "signature"},
		{"record exchanged with its id", fmt.Sprintf("UPDATE record SET id = x'%s' WHERE seq = 9; UPDATE content SET json = CAST('%s' AS BLOB) WHERE seq = 9",
			other.ID()[7:], strings.ReplaceAll(string(other.Canonical()), "'", "''")), 9, "signature"},
		{"hash of the tree", fmt.Sprintf("UPDATE tree SET hash = zeroblob(32) WHERE n = %d", tlog.StoredHashIndex(0, 5)), 5, "hash"},
		{"hash above", fmt.Sprintf("UPDATE tree SET hash = zeroblob(32) WHERE n = %d", tlog.StoredHashIndex(2, 1)), -1, "entries 4 to 7"},
		{"checkpoint forged", "UPDATE checkpoint SET note = replace(note, char(10)||'20'||char(10), char(10)||'19'||char(10)) WHERE size = 20", -1, "checkpoint of 20"},
		{"last checkpoint deleted", "DELETE FROM checkpoint WHERE size = 23", -1, "no checkpoint covers entries 20 to 22"},
		{"last entries deleted", "PRAGMA foreign_keys=OFF; DELETE FROM record WHERE seq > 20; DELETE FROM content WHERE seq > 20", 21, "missing"},
		{"a record not in the index", "DELETE FROM words WHERE rowid = 2", -1, "full-text index"},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := newVault(t)
			fill(t, v, 23, 10)
			if err := v.tamper(c.sql); err != nil {
				t.Fatal(err)
			}
			rep := check(t, v)
			switch {
			case c.want == "":
				if len(rep.Bad) != 0 || rep.Records != 23 || rep.Checkpoints != 3 || rep.Checkpoint.Size != 23 || rep.Root != rep.Checkpoint.Root.String() {
					t.Errorf("%+v", rep)
				}
			case len(rep.Bad) == 0 || rep.Bad[0].Index != c.index || !strings.Contains(rep.Bad[0].Text, c.want):
				t.Errorf("%+v, not %d, %q", rep.Bad, c.index, c.want)
			}
		})
	}
}

// tamper runs SQL as somebody could who has the key.
func (v *Vault) tamper(sql string) error {
	c := <-v.writer
	defer func() { v.writer <- c }()
	defer c.Exec("PRAGMA foreign_keys=ON")
	return c.Exec(sql)
}

// TestCheckpointElsewhere: who has the key of the database and rewrites all of it,
// or puts an older copy in its place, is found out by a checkpoint kept elsewhere.
func TestCheckpointElsewhere(t *testing.T) {
	v := newVault(t)
	fill(t, v, 5, 5)
	before, err := v.Checkpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	fill(t, v, 12, 12)
	if err := v.Extends(t.Context(), before); err != nil {
		t.Errorf("a vault that grew: %v", err)
	}
	after, _ := v.Checkpoint(t.Context())
	proof, err := v.Consistency(t.Context(), before.Size, after.Size)
	if err != nil || tlog.CheckTree(proof, after.Size, after.Root, before.Size, before.Root) != nil {
		t.Errorf("consistency of %d and %d: %v", before.Size, after.Size, err)
	}
	younger := newVault(t)
	fill(t, younger, 3, 3)
	later := *after
	later.Origin = younger.device.name
	if err := younger.Extends(t.Context(), &later); !errors.Is(err, ErrTakenOut) {
		t.Errorf("a vault with fewer entries: %v", err)
	}
	fill(t, younger, 13, 13)
	later.Size = 12
	later.Root[0] ^= 1
	if err := younger.Extends(t.Context(), &later); !errors.Is(err, ErrTakenOut) {
		t.Errorf("a vault with other entries: %v", err)
	}
	if err := younger.Extends(t.Context(), after); err == nil {
		t.Error("a checkpoint of another vault was accepted")
	}
	keys, err := v.VerifierKeys(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := OpenCheckpoint(strings.Replace(after.Note, "\n12\n", "\n11\n", 1), keys...); err == nil {
		t.Error("a changed checkpoint was accepted")
	}
	others, _ := younger.VerifierKeys(t.Context())
	if _, err := OpenCheckpoint(after.Note, others...); err == nil {
		t.Error("a checkpoint by another key was accepted")
	}
}

func TestProof(t *testing.T) {
	v := newVault(t)
	fill(t, v, 13, 4)
	keys, _ := v.VerifierKeys(t.Context())
	for row, err := range v.All(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		p, err := v.Prove(t.Context(), row.ID)
		if err != nil {
			t.Fatal(err)
		}
		again, err := ParseProof(p.Text())
		if err != nil || again.Text() != p.Text() {
			t.Fatalf("%v\n%s", err, p.Text())
		}
		stored, err := v.Read(t.Context(), row.ID)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := again.Check(Leaf(row.ID, stored.Signature), keys...); err != nil {
			t.Errorf("entry %d: %v", row.Index, err)
		}
		again.Index ^= 1
		if _, err := again.Check(Leaf(row.ID, stored.Signature), keys...); err == nil {
			t.Errorf("entry %d passed for its neighbour", row.Index)
		}
		if _, err := p.Check(Leaf(row.ID, &record.Signature{}), keys...); err == nil {
			t.Errorf("entry %d passed with another signature", row.Index)
		}
	}
}

func FuzzParseProof(f *testing.F) {
	f.Add(proofHeader + "\nindex 3\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\nhanaper\n3\nAAAA\n")
	f.Add(proofHeader + "\nextra eA==\nindex 0\n\n")
	f.Fuzz(func(t *testing.T, s string) {
		p, err := ParseProof(s)
		if err != nil {
			return
		}
		again, err := ParseProof(p.Text())
		if err != nil || again.Text() != p.Text() {
			t.Errorf("%q became %q (%v)", s, p.Text(), err)
		}
		_, _ = p.Check([]byte("x"))
		_, _ = parseCheckpoint(s)
	})
}

func FuzzKeyFile(f *testing.F) {
	k, _, _, err := newKeyFile(quick("x"))
	if err != nil {
		f.Fatal(err)
	}
	dir := f.TempDir()
	if err := k.write(dir, true); err != nil {
		f.Fatal(err)
	}
	good, err := os.ReadFile(filepath.Join(dir, keyFile))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add(bytes.Replace(good, []byte(`"memory": 64`), []byte(`"memory": 65`), 1))
	f.Add(bytes.Replace(good, []byte(`"slots"`), []byte(`"Slots"`), 1))
	want, err := k.open(quick("x"))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		k := &KeyFile{}
		if k.parse(data) != nil {
			return
		}
		for i := range k.Slots {
			if a := k.Slots[i].Argon2; a != nil && (a.Memory > 1<<10 || a.Time > 2) {
				return // allowed, and slow
			}
		}
		if key, err := k.open(quick("x")); err == nil && !bytes.Equal(key, want) {
			t.Errorf("%q opens with another key", data)
		}
	})
}

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

func digestOf(b []byte) string { return fmt.Sprintf("sha256:%x", sha256.Sum256(b)) }

func attachment(name string, content []byte) record.Attachment {
	return record.Attachment{Name: name, Size: int64(len(content)), Digest: digestOf(content)}
}

// TestFrontier holds our tree against sumdb/tlog's at every size, also when it is
// read anew at each.
func TestFrontier(t *testing.T) {
	v := newVault(t)
	err := v.write(t.Context(), func(c *conn) error {
		for n := int64(0); n < 70; n++ {
			grown, err := c.frontier(n)
			if err != nil {
				return err
			}
			want, err := tlog.TreeHash(n, c)
			if err != nil {
				return err
			}
			if grown.root() != want {
				t.Errorf("size %d: root %v, not %v", n, grown.root(), want)
			}
			h := tlog.RecordHash([]byte(fmt.Sprint(n)))
			stored, err := tlog.StoredHashesForRecordHash(n, h, c)
			if err != nil {
				return err
			}
			if again, _ := c.frontier(n); !slices.Equal(again.add(h), stored) {
				t.Errorf("size %d: other hashes are to be stored", n)
			}
			if err := c.grow(grown, h); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
