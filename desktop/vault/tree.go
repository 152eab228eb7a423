package vault

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"fmt"

	"github.com/ncruces/go-sqlite3"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"hanaper/core/record"
	"hanaper/proof"
)

// The tree is RFC 6962's, by sumdb/tlog. An entry is three lines:
//
//	hanaper leaf v1
//	sha256:6b1f...            the record's id
//	<public key> <signature>  base64, of the record's detached signature
//
// A checkpoint is a signed note (C2SP tlog-checkpoint): origin, number of entries,
// root hash, each on a line, a blank line, the device's signature. The origin names
// the vault: hanaper.invalid/vault/ and its 32 hexadecimal digits.

func originOf(vault string) string { return "hanaper.invalid/vault/" + vault }

// leaf is the entry of a record; signature is 32 bytes of key and 64 of signature.
func leaf(id string, signature []byte) []byte {
	b64 := base64.StdEncoding
	return []byte("hanaper leaf v1\n" + id + "\n" + b64.EncodeToString(signature[:ed25519.PublicKeySize]) + " " +
		b64.EncodeToString(signature[ed25519.PublicKeySize:]) + "\n")
}

// Leaf is the tree's entry of a record with this id and signature, for those who
// check a proof.
func Leaf(id string, s *record.Signature) []byte {
	return []byte("hanaper leaf v1\n" + id + "\n" + s.PublicKey + " " + s.Value + "\n")
}

// Checkpoint is a signed statement of what the tree was; Log names the vault.
type Checkpoint struct {
	proof.Checkpoint
	Note string // the signed note
}

// OpenCheckpoint reads a checkpoint and checks its signature by one of the keys,
// each as VerifierKeys gives them.
func OpenCheckpoint(signed string, keys ...string) (*Checkpoint, error) {
	known, err := verifiers(keys)
	if err != nil {
		return nil, err
	}
	c, err := proof.ReadCheckpoint([]byte(signed), known)
	if err != nil {
		return nil, err
	}
	return &Checkpoint{c, signed}, nil
}

func verifiers(keys []string) (note.Verifiers, error) {
	var known []note.Verifier
	for _, k := range keys {
		v, err := note.NewVerifier(k)
		if err != nil {
			return nil, fmt.Errorf("%q is no verifier key", k)
		}
		known = append(known, v)
	}
	return note.VerifierList(known...), nil
}

// device is the signing key in force.
type device struct {
	name   string
	public ed25519.PublicKey
	key    ed25519.PrivateKey
}

func (c *conn) readDevice(id string) (device, error) {
	var d device
	var seed []byte
	found, err := c.one("SELECT name, public, seed FROM device WHERE seed IS NOT NULL ORDER BY n DESC LIMIT 1", nil, func(s *sqlite3.Stmt) {
		d.name, d.public, seed = s.ColumnText(0), s.ColumnBlob(1, nil), s.ColumnBlob(2, nil)
	})
	defer clear(seed)
	switch {
	case err != nil:
		return d, explain(err)
	case !found || len(d.public) != ed25519.PublicKeySize || len(seed) != ed25519.SeedSize:
		return d, fmt.Errorf("%w: the vault has no device key", ErrDamaged)
	case d.name != originOf(id):
		return d, fmt.Errorf("%w: %s is of another vault than %s", ErrDamaged, keyFile, databaseFile)
	}
	d.key = ed25519.NewKeyFromSeed(seed)
	return d, nil
}

// sign is the detached signature of a record by this device: key and signature.
func (d *device) sign(id string) []byte {
	value := ed25519.Sign(d.key, record.SignedBytes(id))
	return append(append([]byte{}, d.public...), value...)
}

// Signer signs a message with a device's key.
type Signer = func(message []byte) []byte

// WithDevice gives f this device's public key and lets it sign, for places that ask a
// device to show that the key is its own. A record is signed by Keep alone.
func (v *Vault) WithDevice(f func(public ed25519.PublicKey, sign Signer) error) error {
	return f(v.device.public, func(message []byte) []byte {
		return ed25519.Sign(v.device.key, message)
	})
}

// Name, KeyHash and Sign make the device a note.Signer.
func (d *device) Name() string { return d.name }

// KeyHash is that of the verifier key.
func (d *device) KeyHash() uint32 {
	v, err := note.NewVerifier(verifierKey(d.name, d.public))
	if err != nil {
		return 0 // the name is ours and the key has its length
	}
	return v.KeyHash()
}

// Sign signs a checkpoint.
func (d *device) Sign(msg []byte) ([]byte, error) {
	return ed25519.Sign(d.key, msg), nil
}

func verifierKey(name string, public ed25519.PublicKey) string {
	k, err := note.NewEd25519VerifierKey(name, public)
	if err != nil {
		return ""
	}
	return k
}

// VerifierKeys are the public keys of the checkpoints (C2SP signed-note), the one
// in force last. A vault that was restored has more than one.
func (v *Vault) VerifierKeys(ctx context.Context) (keys []string, err error) {
	err = v.read(ctx, func(c *conn) error {
		keys, err = c.verifierKeys()
		return err
	})
	return keys, err
}

func (c *conn) verifierKeys() (keys []string, err error) {
	err = c.each("SELECT name, public FROM device ORDER BY n", nil, func(s *sqlite3.Stmt) error {
		if public := s.ColumnRawBlob(1); len(public) == ed25519.PublicKeySize {
			keys = append(keys, verifierKey(s.ColumnText(0), bytes.Clone(public)))
		}
		return nil
	})
	return keys, err
}

// ReadHashes reads hashes of the tree by storage index.
func (c *conn) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, n := range indexes {
		size := 0
		_, err := c.one("SELECT hash FROM tree WHERE n = ?", []any{n}, func(s *sqlite3.Stmt) { size = copy(out[i][:], s.ColumnRawBlob(0)) })
		if err != nil {
			return nil, err
		}
		if size != tlog.HashSize {
			return nil, fmt.Errorf("%w: hash %d of the tree is missing", ErrDamaged, n)
		}
	}
	return out, nil
}

// size is the number of entries.
func (c *conn) size() (size int64, err error) {
	_, err = c.one("SELECT coalesce(max(seq)+1, 0) FROM record", nil, func(s *sqlite3.Stmt) { size = s.ColumnInt64(0) })
	return size, err
}

// frontier is the right edge of a tree: what further entries need.
type frontier struct {
	size  int64
	roots []tlog.Hash // by level: the root of the complete subtree that begins the level's last pair, where there is one
}

// add appends an entry and returns its hash and those of the subtrees it completes,
// the order of the storage index.
func (t *frontier) add(h tlog.Hash) []tlog.Hash {
	out := []tlog.Hash{h}
	level := 0
	for at := t.size; at&1 == 1; at >>= 1 {
		h = tlog.NodeHash(t.roots[level], h)
		out = append(out, h)
		level++
	}
	if level == len(t.roots) {
		t.roots = append(t.roots, h)
	} else {
		t.roots[level] = h
	}
	t.size++
	return out
}

// root is that of the whole tree.
func (t *frontier) root() (root tlog.Hash) {
	if t.size == 0 {
		root, _ = tlog.TreeHash(0, nil) // the empty tree's is fixed
		return root
	}
	first := true
	for level := 0; t.size>>level > 0; level++ {
		switch {
		case t.size>>level&1 == 0:
		case first:
			root, first = t.roots[level], false
		default:
			root = tlog.NodeHash(t.roots[level], root)
		}
	}
	return root
}

// frontier reads the right edge of the stored tree.
func (c *conn) frontier(size int64) (*frontier, error) {
	t := &frontier{size: size}
	for level := 0; size>>level > 0; level++ {
		t.roots = append(t.roots, tlog.Hash{})
		if size>>level&1 == 0 {
			continue // the next entry at this level begins a pair
		}
		hashes, err := c.ReadHashes([]int64{tlog.StoredHashIndex(level, size>>level-1)})
		if err != nil {
			return nil, err
		}
		t.roots[level] = hashes[0]
	}
	return t, nil
}

// grow appends an entry's hash and those it completes.
func (c *conn) grow(t *frontier, h tlog.Hash) error {
	at := tlog.StoredHashIndex(0, t.size)
	for i, h := range t.add(h) {
		if err := c.run("INSERT INTO tree VALUES(?,?)", at+int64(i), h[:]); err != nil {
			return err
		}
	}
	return nil
}

// signCheckpoint signs the tree as it is now.
func (v *Vault) signCheckpoint(c *conn, t *frontier) error {
	cp := proof.Checkpoint{Log: v.device.name, Size: t.size, Root: t.root()}
	signed, err := cp.Sign(&v.device)
	if err != nil {
		return err
	}
	return c.run("INSERT OR REPLACE INTO checkpoint VALUES(?,?)", t.size, string(signed))
}

// Checkpoint is the latest; nil where nothing was kept yet. Keep a copy elsewhere:
// against it Consistency shows that nothing was taken out since.
func (v *Vault) Checkpoint(ctx context.Context) (cp *Checkpoint, err error) {
	err = v.read(ctx, func(c *conn) error {
		cp, err = c.checkpoint()
		return err
	})
	return cp, err
}

func (c *conn) checkpoint() (*Checkpoint, error) {
	signed := ""
	if _, err := c.one("SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1", nil, func(s *sqlite3.Stmt) { signed = s.ColumnText(0) }); err != nil || signed == "" {
		return nil, err
	}
	keys, err := c.verifierKeys()
	if err != nil {
		return nil, err
	}
	return OpenCheckpoint(signed, keys...)
}
