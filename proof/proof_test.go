package proof

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const testLog = "records.ministry.example/log"

func testSigner(t testing.TB) note.Signer {
	t.Helper()
	s, err := NewSigner(testLog, bytes.Repeat([]byte{7}, 32))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func verifier(t testing.TB) note.Verifier {
	t.Helper()
	text, err := VerifierKey(testSigner(t))
	if err != nil {
		t.Fatal(err)
	}
	v, err := note.NewVerifier(text)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func testID(i int) string { return fmt.Sprintf("sha256:%064x", i) }

type files map[string][]byte

func (f files) fetch(path string) ([]byte, error) {
	if data, ok := f[path]; ok {
		return data, nil
	}
	return nil, errors.New("not there")
}

// grow appends to a log in batches of the given sizes.
func grow(t testing.TB, sizes ...int) (Checkpoint, files, []string) {
	t.Helper()
	store, c, all := files{}, Checkpoint{Log: testLog}, []string(nil)
	for _, n := range sizes {
		var ids []string
		for range n {
			ids = append(ids, testID(len(all)+len(ids)))
		}
		edge := all[len(all)/TileWidth*TileWidth:]
		next, written, err := Extend(c, edge, ids, store.fetch)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range written {
			store[f.Path] = f.Data
		}
		c, all = next, append(all, ids...)
	}
	return c, store, all
}

// The root does not depend on how the leaves were batched, and is the one a plain
// recursive RFC 6962 tree has.
func TestExtendHasThePlainRoot(t *testing.T) {
	for _, sizes := range [][]int{{1}, {2, 3}, {255, 1, 1}, {256}, {300, 300, 7}, {1, 256, 600}, {65536, 1}} {
		c, store, all := grow(t, sizes...)
		if want := plainRoot(all); c.Root != want {
			t.Errorf("%v: root %v, want %v", sizes, c.Root, want)
		}
		n := int64(0)
		err := Entries(c, store.fetch, func(i int64, id string) error {
			if i != n || id != all[i] {
				t.Fatalf("%v: entry %d is %s", sizes, i, id)
			}
			n++
			return nil
		})
		if err != nil || n != c.Size {
			t.Errorf("%v: %d of %d entries: %v", sizes, n, c.Size, err)
		}
	}
}

func plainRoot(ids []string) tlog.Hash {
	if len(ids) == 1 {
		return Leaf(ids[0])
	}
	k := 1
	for k*2 < len(ids) {
		k *= 2
	}
	return tlog.NodeHash(plainRoot(ids[:k]), plainRoot(ids[k:]))
}

func TestPathsAreThoseOfC2SP(t *testing.T) {
	for want, tile := range map[string]tlog.Tile{
		"tile/0/x001/x234/067":      {H: 8, L: 0, N: 1234067, W: 256},
		"tile/1/000.p/8":            {H: 8, L: 1, N: 0, W: 8},
		"tile/entries/x001/000.p/1": {H: 8, L: -1, N: 1000, W: 1},
	} {
		if got := TilePath(tile); got != want {
			t.Errorf("%v: %s, want %s", tile, got, want)
		}
	}
}

func TestInclusion(t *testing.T) {
	c, store, all := grow(t, 300, 20)
	signed, err := c.Sign(testSigner(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range []int64{0, 255, 256, 319} {
		hashes, err := tlog.ProveRecord(c.Size, i, Hashes(c, store.fetch))
		if err != nil {
			t.Fatal(err)
		}
		text := (&Inclusion{i, hashes, string(signed)}).Text()
		at, against, err := CheckInclusion(text, all[i], verifier(t))
		if err != nil || at != i || against != c {
			t.Errorf("%d: index %d, %v", i, at, err)
		}
		if _, _, err := CheckInclusion(text, testID(9999), verifier(t)); err == nil {
			t.Error("another record was proven with it")
		}
		changed := strings.Replace(text, fmt.Sprintf("index %d\n", i), fmt.Sprintf("index %d\n", i^1), 1)
		if _, _, err := CheckInclusion(changed, all[i], verifier(t)); err == nil {
			t.Error("another index was proven with it")
		}
	}
}

func TestEntriesFindWhatWasChanged(t *testing.T) {
	c, store, _ := grow(t, 300)
	for path := range store {
		good := store[path]
		bad := bytes.Clone(good)
		bad[len(bad)-1] ^= 1
		store[path] = bad
		if err := Entries(c, store.fetch, func(int64, string) error { return nil }); err == nil {
			t.Errorf("a changed byte in %s was not seen", path)
		}
		store[path] = good
	}
}

func TestReceipt(t *testing.T) {
	r := Receipt{Log: testLog, ID: testID(1), Received: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)}
	r.By = r.Received.Add(24 * time.Hour)
	signed, err := r.Sign(testSigner(t))
	if err != nil {
		t.Fatal(err)
	}
	got, err := OpenReceipt(signed, verifier(t))
	if err != nil || got != r {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := OpenReceipt(strings.Replace(signed, "T09", "T08", 1), verifier(t)); err == nil {
		t.Error("a changed time was accepted")
	}
	if _, err := NewSigner(testLog, []byte("short")); err == nil {
		t.Error("a short key was taken")
	}
}

// A parser of what a stranger sends fails with an error and accepts nothing that
// was not signed.
func FuzzCheckInclusion(f *testing.F) {
	c, store, all := grow(f, 5)
	signed, err := c.Sign(testSigner(f))
	if err != nil {
		f.Fatal(err)
	}
	hashes, err := tlog.ProveRecord(c.Size, 3, Hashes(c, store.fetch))
	if err != nil {
		f.Fatal(err)
	}
	good := (&Inclusion{3, hashes, string(signed)}).Text()
	f.Add(good)
	f.Add("c2sp.org/tlog-proof@v1\nindex 0\n\n")
	f.Add("")
	v := verifier(f)
	f.Fuzz(func(t *testing.T, text string) {
		if i, got, err := CheckInclusion(text, all[3], v); err == nil && (i != 3 || got != c) {
			t.Errorf("proven at %d of %+v with %q", i, got, text)
		}
		OpenReceipt(text, v)
		ReadBundle([]byte(text))
	})
}

func FuzzParseInclusion(f *testing.F) {
	f.Add(inclusionHeader + "\nindex 3\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\nhanaper\n3\nAAAA\n")
	f.Add(inclusionHeader + "\nextra eA==\nindex 0\n\n")
	f.Fuzz(func(t *testing.T, s string) {
		p, err := ParseInclusion(s)
		if err != nil {
			return
		}
		again, err := ParseInclusion(p.Text())
		if err != nil || again.Text() != p.Text() {
			t.Errorf("%q became %q (%v)", s, p.Text(), err)
		}
		_, _ = p.Check(Leaf("x"), note.VerifierList())
		_, _ = parseCheckpoint(s, "hanaper")
	})
}
