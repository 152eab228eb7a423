package vault

import (
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"fmt"
	"runtime"
	"sync"

	"github.com/ncruces/go-sqlite3"
	"golang.org/x/mod/sumdb/tlog"

	"hanaper/core/record"
)

// Report is what Check found.
type Report struct {
	Records     int64       `json:"records"`     // entries of the tree
	Purged      int64       `json:"purged"`      // of these, stubs: only their place in the tree was checked
	Files       int         `json:"files"`       // attached files
	Checkpoints int         `json:"checkpoints"` //
	Root        string      `json:"root"`        // of the tree as recomputed, base64
	Bad         []Bad       `json:"bad"`         // in the order of the tree, what belongs to no entry last
	Checkpoint  *Checkpoint `json:"-"`           // the latest
}

// Bad is something that is not as it was kept.
type Bad struct {
	Index int64    `json:"index"`   // of the entry, -1 for none
	IDs   []string `json:"ids"`     // the records it concerns
	Text  string   `json:"problem"` //
}

// CheckOptions say how much is checked.
type CheckOptions struct {
	// Signatures are checked one by one too. Without it a signature counts as good
	// if it is the one that is in the tree: it was checked when the record was kept.
	Signatures bool
	// Progress is told every thousand entries.
	Progress func(done, total int64)
}

// Check proves the vault: every record and file has its digest, every entry and
// hash of the tree is that of its record, every checkpoint is signed and is the tree's.
// What is damaged is in the report and the rest is checked all the same; an error
// says that the check itself could not go on.
func (v *Vault) Check(ctx context.Context, o CheckOptions) (*Report, error) {
	rep := &Report{Bad: []Bad{}}
	err := v.read(ctx, func(c *conn) error {
		k := &checker{c: c, rep: rep, options: o}
		for _, step := range []func() error{k.begin, k.entries, k.files, k.words, k.pages} {
			if err := step(); err != nil {
				return err
			}
		}
		return nil
	})
	return rep, err
}

type checker struct {
	c           *conn
	rep         *Report
	options     CheckOptions
	size        int64
	keys        []string
	checkpoints map[int64]string
	tree        frontier // as recomputed
	proven      int64    // entries under the last good checkpoint
}

func (k *checker) bad(index int64, ids []string, format string, a ...any) {
	if ids == nil {
		ids = []string{}
	}
	k.rep.Bad = append(k.rep.Bad, Bad{index, ids, fmt.Sprintf(format, a...)})
}

// begin reads what the checkpoints say; a table that cannot be read is told.
func (k *checker) begin() (err error) {
	k.checkpoints = map[int64]string{}
	last := int64(0)
	err = k.c.each("SELECT size, note FROM checkpoint ORDER BY size", nil, func(s *sqlite3.Stmt) error {
		last = s.ColumnInt64(0)
		k.checkpoints[last] = s.ColumnText(1)
		return nil
	})
	if err = k.tolerate(err, "the checkpoints"); err != nil {
		return err
	}
	if k.keys, err = k.c.verifierKeys(); k.tolerate(err, "the device keys") != nil {
		return err
	}
	k.size, err = k.c.size()
	if err = k.tolerate(err, "the list of records"); err != nil {
		return err
	}
	k.size = max(k.size, last)
	k.rep.Checkpoints = len(k.checkpoints)
	return nil
}

// tolerate notes damage and lets the check go on; other errors end it.
func (k *checker) tolerate(err error, what string) error {
	if err != nil && isDamage(err) {
		k.bad(-1, nil, "%s: a page of the database is damaged (%v)", what, err)
		return nil
	}
	return err
}

// entry is one record with what the tables say of it.
type entry struct {
	seq             int64
	id              string
	purged          bool
	signature, json []byte
	stored          []tlog.Hash // what the tree has: its hash and those it completes; zero where that cannot be read
	problem         string
}

// some is how many entries are in memory at a time: at 4 MiB a record 1 GiB in
// the worst case, 300 KB in the usual one.
const some = 256

func (k *checker) entries() error {
	for from := int64(0); from < k.size; from += some {
		if k.options.Progress != nil {
			k.options.Progress(from, k.size)
		}
		batch, err := k.batch(from, min(from+some, k.size))
		if err != nil {
			return err
		}
		k.judge(batch)
		for i := range batch {
			k.place(&batch[i])
		}
	}
	if k.options.Progress != nil {
		k.options.Progress(k.size, k.size)
	}
	k.rep.Records = k.size
	if k.size > 0 {
		k.rep.Root = k.tree.root().String()
	}
	if k.size > 0 && k.checkpoints[k.size] == "" {
		k.bad(-1, nil, "no checkpoint covers entries %d to %d", k.proven, k.size-1)
	}
	return nil
}

const entryColumns = `SELECT r.seq, r.id, r.stub IS NOT NULL, c.signature, c.json FROM record r LEFT JOIN content c USING(seq) WHERE r.seq `

// batch reads entries from up to, one by one where a page is damaged.
func (k *checker) batch(from, to int64) ([]entry, error) {
	out := make([]entry, to-from)
	for i := range out {
		out[i] = entry{seq: from + int64(i), problem: "it is missing"}
	}
	read := func(s *sqlite3.Stmt) error {
		e := &out[s.ColumnInt64(0)-from]
		e.id, e.purged, e.problem = "sha256:"+hex.EncodeToString(s.ColumnRawBlob(1)), s.ColumnBool(2), ""
		e.signature, e.json = s.ColumnBlob(3, nil), s.ColumnBlob(4, nil)
		return nil
	}
	err := k.c.each(entryColumns+"BETWEEN ? AND ?", []any{from, to - 1}, read)
	if err != nil && !isDamage(err) {
		return nil, err
	}
	if err != nil {
		for seq := from; seq < to; seq++ {
			if err := k.one(&out[seq-from], read); err != nil {
				return nil, err
			}
		}
	}
	return out, k.storedHashes(out)
}

// storedHashes reads what the tree has for a batch.
func (k *checker) storedHashes(batch []entry) error {
	first := tlog.StoredHashIndex(0, batch[0].seq)
	all := make([]tlog.Hash, tlog.StoredHashIndex(0, batch[len(batch)-1].seq+1)-first)
	err := k.c.each("SELECT n, hash FROM tree WHERE n >= ? AND n < ?", []any{first, first + int64(len(all))}, func(s *sqlite3.Stmt) error {
		copy(all[s.ColumnInt64(0)-first][:], s.ColumnRawBlob(1))
		return nil
	})
	if err != nil && !isDamage(err) {
		return err
	}
	if err != nil {
		for i := range all {
			if hashes, err := k.c.ReadHashes([]int64{first + int64(i)}); err == nil {
				all[i] = hashes[0]
			} else if !isDamage(err) && !errors.Is(err, ErrDamaged) {
				return err
			}
		}
	}
	for i := range batch {
		e := &batch[i]
		e.stored = all[tlog.StoredHashIndex(0, e.seq)-first : tlog.StoredHashIndex(0, e.seq+1)-first]
	}
	return nil
}

// one reads an entry by itself.
func (k *checker) one(e *entry, read func(*sqlite3.Stmt) error) error {
	err := k.c.each(entryColumns+"= ?", []any{e.seq}, read)
	if err == nil {
		return nil
	}
	if !isDamage(err) {
		return err
	}
	e.problem = "its page in the database is damaged"
	_, err = k.c.one("SELECT id FROM record WHERE seq = ?", []any{e.seq}, func(s *sqlite3.Stmt) { e.id = "sha256:" + hex.EncodeToString(s.ColumnRawBlob(0)) })
	if err != nil && !isDamage(err) {
		return err
	}
	return nil
}

// judge compares digests, and signatures where wanted, on all processors.
func (k *checker) judge(batch []entry) {
	share := (len(batch) + runtime.GOMAXPROCS(0) - 1) / runtime.GOMAXPROCS(0)
	var workers sync.WaitGroup
	for from := 0; from < len(batch); from += share {
		workers.Go(func() {
			for i := from; i < min(from+share, len(batch)); i++ {
				batch[i].judge(k.options.Signatures)
			}
		})
	}
	workers.Wait()
}

func (e *entry) judge(signatures bool) {
	switch {
	case e.problem != "":
		return
	case e.signature == nil:
		e.problem = "its content is missing"
		return
	}
	if e.purged {
		e.json = nil
	} else if e.problem = wrongContent(e.id, e.json, e.signature); e.problem != "" {
		return
	}
	if len(e.signature) != ed25519.PublicKeySize+ed25519.SignatureSize {
		e.problem = "its signature is cut short"
	} else if signatures && !ed25519.Verify(e.signature[:ed25519.PublicKeySize], record.SignedBytes(e.id), e.signature[ed25519.PublicKeySize:]) {
		e.problem = "its signature does not fit"
	}
}

// place puts an entry into the recomputed tree and compares its hash, those it
// completes, and the checkpoint made after it.
func (k *checker) place(e *entry) {
	h := e.stored[0]
	if e.problem == "" {
		h = tlog.RecordHash(leaf(e.id, e.signature))
		switch e.stored[0] {
		case h:
		case tlog.Hash{}:
			e.problem = "its hash in the tree is missing or damaged"
		default:
			e.problem = "it is not the entry of the tree: record or signature were exchanged after it was kept"
		}
	}
	if e.problem != "" {
		k.bad(e.seq, e.ids(), "%s", e.problem)
	}
	if e.purged {
		k.rep.Purged++
	}
	for level, h := range k.tree.add(h) {
		if level > 0 && e.stored[level] != h {
			k.bad(-1, nil, "the tree: the hash over entries %d to %d is missing, damaged or not theirs", e.seq+1-1<<level, e.seq)
		}
	}
	if signed := k.checkpoints[k.tree.size]; signed != "" {
		k.checkpoint(k.tree.size, signed)
	}
}

func (e *entry) ids() []string {
	if e.id == "" {
		return nil
	}
	return []string{e.id}
}

func (k *checker) checkpoint(size int64, signed string) {
	cp, err := OpenCheckpoint(signed, k.keys...)
	switch {
	case err != nil:
		k.bad(-1, nil, "the checkpoint of %d entries: %v", size, err)
	case cp.Size != size:
		k.bad(-1, nil, "the checkpoint of %d entries is of %d", size, cp.Size)
	case cp.Root != k.tree.root():
		k.bad(-1, nil, "the checkpoint of %d entries is not that of these records: the first that was changed is one of the entries %d to %d", size, k.proven, size-1)
	default:
		k.proven = size
		k.rep.Checkpoint = cp
	}
}
