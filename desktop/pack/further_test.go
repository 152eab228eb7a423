package pack

import (
	"crypto/sha256"
	"encoding/hex"
	"path/filepath"
	"strings"
	"testing"

	"hanaper/core/policy"
)

// The packs beside the bundled ones: lint finds nothing, what they quote stands in
// their source, and their examples hold, need every row and fail without it.
func TestFurtherPacks(t *testing.T) {
	dirs, err := filepath.Glob(filepath.Join("..", "..", "packs", "*", "pack.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if len(dirs) < 2 {
		t.Fatalf("only %d packs in packs/", len(dirs))
	}
	for _, file := range dirs {
		dir := filepath.Dir(file)
		c, err := Check(file, read(t, file))
		if err != nil {
			t.Errorf("%v", err)
			continue
		}
		if c.Pack.ID != filepath.Base(dir) {
			t.Errorf("%s holds the pack %s", dir, c.Pack.ID)
		}
		if !strings.Contains(c.Pack.Source.Title, "worked example") {
			t.Errorf("%s does not say that it is a worked example", c.Pack.ID)
		}
		if _, ok := policy.Bundled(c.Pack.ID); ok {
			t.Errorf("%s is bundled as well", c.Pack.ID)
		}
		quoted(t, c.Pack, read(t, dir, "source.txt"))
		all, err := Examples(dir)
		if err != nil {
			t.Errorf("%v", err)
			continue
		}
		proof := Prove(c.Pack, all, policy.Bundled)
		for _, line := range append(append(proof.Failed, proof.Vain...), proof.Idle...) {
			t.Errorf("%s: %s", c.Pack.ID, line)
		}
		t.Logf("%s: %d examples show %d clauses", c.Pack.ID, proof.Ran, len(proof.Clauses))
	}
}

// quoted holds a pack against its source: the digest is the file's, and a clause
// stands in it word for word, unless its place says that it is told in substance.
func quoted(t *testing.T, p *policy.Pack, source []byte) {
	t.Helper()
	sum := sha256.Sum256(source)
	if got := hex.EncodeToString(sum[:]); got != p.Source.SHA256 {
		t.Errorf("%s: source.txt has the digest %s, the pack names %s", p.ID, got, p.Source.SHA256)
	}
	text := plain(string(source))
	for _, c := range p.Clauses {
		if !strings.Contains(c.Para, "in substance") && !strings.Contains(text, plain(c.Text)) {
			t.Errorf("%s: %s is not in source.txt: %s", p.ID, c.ID, c.Text)
		}
	}
}
