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

	"golang.org/x/mod/sumdb/tlog"

	"hanaper/core/record"
	"hanaper/proof"
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
	path, err := v.Consistency(t.Context(), before.Size, after.Size)
	if err != nil || tlog.CheckTree(path, after.Size, after.Root, before.Size, before.Root) != nil {
		t.Errorf("consistency of %d and %d: %v", before.Size, after.Size, err)
	}
	younger := newVault(t)
	fill(t, younger, 3, 3)
	later := *after
	later.Log = younger.device.name
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
		again, err := proof.ParseInclusion(p.Text())
		if err != nil || again.Text() != p.Text() {
			t.Fatalf("%v\n%s", err, p.Text())
		}
		stored, err := v.Read(t.Context(), row.ID)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := CheckProof(again, Leaf(row.ID, stored.Signature), keys...); err != nil {
			t.Errorf("entry %d: %v", row.Index, err)
		}
		again.Index ^= 1
		if _, err := CheckProof(again, Leaf(row.ID, stored.Signature), keys...); err == nil {
			t.Errorf("entry %d passed for its neighbour", row.Index)
		}
		if _, err := CheckProof(p, Leaf(row.ID, &record.Signature{}), keys...); err == nil {
			t.Errorf("entry %d passed with another signature", row.Index)
		}
	}
}

func FuzzKeyFile(f *testing.F) {
	good, err := os.ReadFile(filepath.Join("testdata", "v1", keyFile)) // the same in every process of a fuzz run
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add(bytes.Replace(good, []byte(`"memory": 64`), []byte(`"memory": 65`), 1))
	f.Add(bytes.Replace(good, []byte(`"slots"`), []byte(`"Slots"`), 1))
	k := &KeyFile{}
	if err := k.parse(good); err != nil {
		f.Fatal(err)
	}
	want, err := k.open(quick(testPassphrase))
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
		if key, err := k.open(quick(testPassphrase)); err == nil && !bytes.Equal(key, want) {
			t.Errorf("%q opens with another key", data)
		}
	})
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
