package vault

import (
	"context"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"hanaper/proof"
)

// CheckProof shows that an entry (see Leaf) is in the tree of the proof's checkpoint,
// at its place, and that one of the keys has signed the checkpoint.
func CheckProof(p *proof.Inclusion, entry []byte, keys ...string) (*Checkpoint, error) {
	known, err := verifiers(keys)
	if err != nil {
		return nil, err
	}
	c, err := p.Check(tlog.RecordHash(entry), known)
	if err != nil {
		return nil, err
	}
	return &Checkpoint{c, p.Checkpoint}, nil
}

// Prove shows that a record is in the tree of the latest checkpoint. Errors:
// ErrNotFound.
func (v *Vault) Prove(ctx context.Context, id string) (p *proof.Inclusion, err error) {
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
		p = &proof.Inclusion{Index: seq, Hashes: hashes, Checkpoint: cp.Note}
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
		case old.Log != v.device.name:
			return fmt.Errorf("the checkpoint is of another vault: %s", old.Log)
		case cp == nil || cp.Size < old.Size:
			return fmt.Errorf("%w (it had %d entries)", ErrTakenOut, old.Size)
		case old.Size == 0:
			return nil
		}
		path, err := c.consistency(old.Size, cp.Size)
		if err != nil {
			return err
		}
		if tlog.CheckTree(path, cp.Size, cp.Root, old.Size, old.Root) != nil {
			return ErrTakenOut
		}
		return nil
	})
}
