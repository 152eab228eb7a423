package vault

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// Proof shows that an entry is in the tree of a checkpoint. As text it is C2SP's
// tlog-proof:
//
//	c2sp.org/tlog-proof@v1
//	index 4711
//	<base64 of a hash, one a line>
//
//	<the checkpoint>
type Proof struct {
	Index      int64
	Hashes     tlog.RecordProof
	Checkpoint string // signed note
}

const proofHeader = "c2sp.org/tlog-proof@v1"

// Text writes the proof.
func (p *Proof) Text() string {
	var b strings.Builder
	b.WriteString(proofHeader + "\nindex " + strconv.FormatInt(p.Index, 10) + "\n")
	for _, h := range p.Hashes {
		b.WriteString(h.String() + "\n")
	}
	return b.String() + "\n" + p.Checkpoint
}

// ParseProof reads what Text writes; a line "extra ..." is passed over.
func ParseProof(text string) (*Proof, error) {
	head, checkpoint, ok := strings.Cut(text, "\n\n")
	lines := strings.Split(head, "\n")
	if !ok || lines[0] != proofHeader {
		return nil, errors.New("proof: it does not begin with " + proofHeader + ", or has no checkpoint")
	}
	lines = lines[1:]
	if len(lines) > 0 && strings.HasPrefix(lines[0], "extra ") {
		lines = lines[1:]
	}
	if len(lines) == 0 {
		return nil, errors.New("proof: no index")
	}
	digits, _ := strings.CutPrefix(lines[0], "index ")
	index, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || index < 0 || lines[0] != "index "+strconv.FormatInt(index, 10) {
		return nil, fmt.Errorf("proof: %q is no index", lines[0])
	}
	const most = 63 // a tree of 2^63 entries
	p := &Proof{Index: index, Checkpoint: checkpoint}
	if lines = lines[1:]; len(lines) > most {
		return nil, fmt.Errorf("proof: %d hashes, the limit is %d", len(lines), most)
	}
	for _, line := range lines {
		raw, err := base64.StdEncoding.Strict().DecodeString(line)
		if err != nil || len(raw) != tlog.HashSize {
			return nil, fmt.Errorf("proof: %q is no hash", line)
		}
		p.Hashes = append(p.Hashes, tlog.Hash(raw))
	}
	return p, nil
}

// Check shows that the entry (see Leaf) is at Index in the tree of the checkpoint,
// which one of the keys has signed.
func (p *Proof) Check(entry []byte, keys ...string) (*Checkpoint, error) {
	cp, err := OpenCheckpoint(p.Checkpoint, keys...)
	if err != nil {
		return nil, err
	}
	if err := tlog.CheckRecord(p.Hashes, cp.Size, cp.Root, p.Index, tlog.RecordHash(entry)); err != nil {
		return nil, errors.New("proof: the record is not in the tree of this checkpoint, at this place")
	}
	return cp, nil
}

// Prove shows that a record is in the tree of the latest checkpoint. Errors:
// ErrNotFound.
func (v *Vault) Prove(ctx context.Context, id string) (p *Proof, err error) {
	err = v.read(ctx, func(c *conn) error {
		seq, err := c.seqOf(id)
		if err != nil {
			return err
		}
		cp, err := c.checkpoint()
		if err != nil {
			return err
		}
		if cp == nil || seq >= cp.Size {
			return fmt.Errorf("%w: no checkpoint covers %s", ErrDamaged, id)
		}
		hashes, err := tlog.ProveRecord(cp.Size, seq, c)
		p = &Proof{Index: seq, Hashes: hashes, Checkpoint: cp.Note}
		return err
	})
	return p, err
}

// Consistency proves that the tree of newSize entries begins with that of oldSize
// (RFC 6962, section 2.1.2): tlog.CheckTree checks it.
func (v *Vault) Consistency(ctx context.Context, oldSize, newSize int64) (p tlog.TreeProof, err error) {
	err = v.read(ctx, func(c *conn) error {
		p, err = c.consistency(oldSize, newSize)
		return err
	})
	return p, err
}

func (c *conn) consistency(oldSize, newSize int64) (tlog.TreeProof, error) {
	switch size, err := c.size(); {
	case err != nil:
		return nil, err
	case oldSize < 1 || oldSize > newSize || newSize > size:
		return nil, fmt.Errorf("there is no proof from %d to %d entries: the vault has %d", oldSize, newSize, size)
	}
	return tlog.ProveTree(newSize, oldSize, c)
}

// ErrTakenOut: the vault is not a continuation of a checkpoint it once had.
var ErrTakenOut = errors.New("the vault does not continue this checkpoint: entries were taken out or changed since, or an older copy was put in its place")

// Extends shows that the vault holds every entry that it held at the checkpoint,
// unchanged, and in the same order. Errors: ErrTakenOut.
func (v *Vault) Extends(ctx context.Context, old *Checkpoint) error {
	return v.read(ctx, func(c *conn) error {
		cp, err := c.checkpoint()
		if err != nil {
			return err
		}
		switch {
		case old.Origin != v.device.name:
			return fmt.Errorf("the checkpoint is of another vault: %s", old.Origin)
		case cp == nil || cp.Size < old.Size:
			return fmt.Errorf("%w (it had %d entries)", ErrTakenOut, old.Size)
		case old.Size == 0:
			return nil
		}
		proof, err := c.consistency(old.Size, cp.Size)
		if err != nil {
			return err
		}
		if tlog.CheckTree(proof, cp.Size, cp.Root, old.Size, old.Root) != nil {
			return ErrTakenOut
		}
		return nil
	})
}
