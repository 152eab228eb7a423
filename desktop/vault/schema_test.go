package vault

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ncruces/go-sqlite3"
)

var update = flag.Bool("update", false, "write testdata of the present schema version, where there is none")

// TestReleasedVersions opens a vault of every schema version there has been: its
// records are there, found and proven, and more can be kept. testdata/vN is such a
// vault, and ids.txt the ids in it; once written they are never changed.
func TestReleasedVersions(t *testing.T) {
	present := filepath.Join("testdata", fmt.Sprintf("v%d", len(migrations)))
	if _, err := os.Stat(present); *update && err != nil {
		writeFixture(t, present)
	}
	for n := 1; n <= len(migrations); n++ {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			from := filepath.Join("testdata", fmt.Sprintf("v%d", n))
			dir := t.TempDir()
			for _, name := range []string{databaseFile, keyFile} {
				if err := copyFile(filepath.Join(from, name), filepath.Join(dir, name)); err != nil {
					t.Fatalf("%v: a released version needs its vault: go test ./desktop/vault -run Released -update", err)
				}
			}
			raw, err := os.ReadFile(filepath.Join(from, "ids.txt"))
			if err != nil {
				t.Fatal(err)
			}
			ids := map[string]bool{}
			for _, id := range strings.Fields(string(raw)) {
				ids[id] = true
			}
			v := reopen(t, dir)
			if hits, err := v.Search(t.Context(), Query{Text: "reunion"}); err != nil || len(hits) != len(ids) {
				t.Errorf("found %d of %d, %v", len(hits), len(ids), err)
			}
			keep(t, v, item(1000, "kept by the present version"))
			v.Close()
			proveWhole(t, dir, ids)
		})
	}
}

func writeFixture(t *testing.T, dir string) {
	t.Helper()
	v, _, err := Create(t.Context(), dir, quick(testPassphrase))
	if err != nil {
		t.Fatal(err)
	}
	var ids string
	for n := range 4 {
		r := newRecord(n, "Réunion reportée.")
		file := []byte("a file")
		r.Messages[0].Attachments = append(r.Messages[0].Attachments, attachment("f", file))
		keep(t, v, Item{Record: r.Canonical(), Files: []File{Content("f", file)}})
		ids += r.ID() + "\n"
	}
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "ids.txt"), []byte(ids), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestNewerVersion(t *testing.T) {
	v := newVault(t)
	if err := v.tamper(fmt.Sprintf("INSERT INTO version VALUES(%d, 'later')", len(migrations)+1)); err != nil {
		t.Fatal(err)
	}
	v.Close()
	if _, err := Open(t.Context(), v.Dir(), quick(testPassphrase)); !errors.Is(err, ErrNewer) {
		t.Errorf("a vault of a newer version: %v", err)
	}
}

// TestMigration brings a vault forward by a migration to come; one that fails leaves
// it as it was.
func TestMigration(t *testing.T) {
	v := newVault(t)
	fill(t, v, 3, 3)
	v.Close()
	released := migrations
	defer func() { migrations = released }()
	migrations = append(released[:len(released):len(released)], "CREATE TABLE later(n INTEGER); INSERT INTO later SELECT seq FROM record; SELECT nonsense")
	if _, err := Open(t.Context(), v.Dir(), quick(testPassphrase)); err == nil {
		t.Fatal("opened although the migration failed")
	}
	migrations[len(released)] = "CREATE TABLE later(n INTEGER); INSERT INTO later SELECT seq FROM record"
	for range 2 { // the second time there is nothing to do
		v = reopen(t, v.Dir())
		n := 0
		err := v.read(t.Context(), func(c *conn) error {
			_, err := c.one("SELECT count(*) FROM later", nil, func(s *sqlite3.Stmt) { n = s.ColumnInt(0) })
			return err
		})
		if err != nil || n != 3 {
			t.Errorf("%d rows, %v", n, err)
		}
		v.Close()
	}
}
