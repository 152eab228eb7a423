// Package proof is how a log of records is written down, so that anybody can check
// it with a public key and no network.
//
// A log is an append-only Merkle tree (RFC 6962 hashing) of record ids: the leaf of
// a record is its id as text, "sha256:" and 64 hexadecimal digits. A checkpoint
// names the log, its size and its root hash, and is signed with Ed25519 (C2SP
// tlog-checkpoint, signed-note):
//
//	records.ministry.example/log
//	2
//	CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
//
//	— records.ministry.example/log Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
//
// Tiles and entries are laid out as C2SP tlog-tiles has it; an inclusion proof is a
// C2SP tlog-proof. The claim is "not changed since it was kept", and no more.
package proof

import (
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Leaf is the hash of a record's leaf. id is the record's.
func Leaf(id string) tlog.Hash { return tlog.RecordHash([]byte(id)) }

// Checkpoint is what a log says of itself at one moment.
type Checkpoint struct {
	Log  string // the log's name: a host and a path without scheme
	Size int64  // leaves
	Root tlog.Hash
}

// Text is the checkpoint without its signature.
func (c Checkpoint) Text() string {
	return c.Log + "\n" + strconv.FormatInt(c.Size, 10) + "\n" + c.Root.String() + "\n"
}

// Sign returns the checkpoint as a signed note.
func (c Checkpoint) Sign(s note.Signer) ([]byte, error) {
	return note.Sign(&note.Note{Text: c.Text()}, s)
}

// ReadCheckpoint reads a checkpoint that one of the known keys has signed. An error
// says that none has, or that it speaks of a log that key is not named after.
func ReadCheckpoint(signed []byte, known note.Verifiers) (Checkpoint, error) {
	n, err := note.Open(signed, known)
	if err != nil {
		return Checkpoint{}, fmt.Errorf("checkpoint: %w", err)
	}
	return parseCheckpoint(n.Text, n.Sigs[0].Name)
}

// OpenCheckpoint is ReadCheckpoint of the log whose key is v.
func OpenCheckpoint(signed []byte, v note.Verifier) (Checkpoint, error) {
	return ReadCheckpoint(signed, note.VerifierList(v))
}

func parseCheckpoint(text, log string) (Checkpoint, error) {
	lines := strings.Split(text, "\n")
	if len(lines) < 4 { // extension lines may follow
		return Checkpoint{}, errors.New("checkpoint: it needs three lines: log, size, root hash")
	}
	if lines[0] != log {
		return Checkpoint{}, fmt.Errorf("checkpoint: it is of the log %q, expected %q", lines[0], log)
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || strconv.FormatInt(size, 10) != lines[1] {
		return Checkpoint{}, fmt.Errorf("checkpoint: %q is no size", lines[1])
	}
	root, err := tlog.ParseHash(lines[2])
	if err != nil {
		return Checkpoint{}, fmt.Errorf("checkpoint: %q is no root hash", lines[2])
	}
	return Checkpoint{Log: lines[0], Size: size, Root: root}, nil
}

// signer signs notes with an Ed25519 key held as such; note.NewSigner takes only its
// own text form.
type signer struct {
	note.Verifier
	key ed25519.PrivateKey
}

func (s signer) Sign(msg []byte) ([]byte, error) { return ed25519.Sign(s.key, msg), nil }

// NewSigner signs as name with the key of a 32-byte seed.
func NewSigner(name string, seed []byte) (note.Signer, error) {
	if len(seed) != ed25519.SeedSize {
		return nil, fmt.Errorf("the signing key of %s must be %d bytes, it has %d", name, ed25519.SeedSize, len(seed))
	}
	key := ed25519.NewKeyFromSeed(seed)
	text, err := note.NewEd25519VerifierKey(name, key.Public().(ed25519.PublicKey))
	if err != nil {
		return nil, err
	}
	v, err := note.NewVerifier(text)
	if err != nil {
		return nil, err
	}
	return signer{v, key}, nil
}

// VerifierKey is the text by which others know the signer: name, key hash, key.
func VerifierKey(s note.Signer) (string, error) {
	own, ok := s.(signer)
	if !ok {
		return "", errors.New("not a signer of this package")
	}
	return note.NewEd25519VerifierKey(own.Name(), own.key.Public().(ed25519.PublicKey))
}

// inclusionHeader is the first line of a C2SP tlog-proof.
const inclusionHeader = "c2sp.org/tlog-proof@v1"

// Inclusion shows that a leaf is at Index in the tree of a signed checkpoint. As text
// it is a C2SP tlog-proof:
//
//	c2sp.org/tlog-proof@v1
//	index 4711
//	<base64 of a hash, one a line>
//
//	<the checkpoint>
type Inclusion struct {
	Index      int64 // from 0
	Hashes     tlog.RecordProof
	Checkpoint string // signed note
}

// Text writes the proof.
func (p *Inclusion) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\nindex %d\n", inclusionHeader, p.Index)
	for _, h := range p.Hashes {
		b.WriteString(h.String() + "\n")
	}
	return b.String() + "\n" + p.Checkpoint
}

// mostHashes is the height of a tree of 2^63 leaves.
const mostHashes = 63

// ParseInclusion reads what Text writes; a line "extra ..." is passed over.
func ParseInclusion(text string) (*Inclusion, error) {
	head, signed, ok := strings.Cut(text, "\n\n")
	lines := strings.Split(head, "\n")
	if !ok || len(lines) < 2 || lines[0] != inclusionHeader {
		return nil, errors.New("inclusion proof: its first line must be " + inclusionHeader + ", and a checkpoint must follow")
	}
	lines = lines[1:]
	if strings.HasPrefix(lines[0], "extra ") && len(lines) > 1 {
		lines = lines[1:]
	}
	number, ok := strings.CutPrefix(lines[0], "index ")
	index, err := strconv.ParseInt(number, 10, 64)
	if !ok || err != nil || strconv.FormatInt(index, 10) != number || index < 0 {
		return nil, fmt.Errorf("inclusion proof: %q is no index", lines[0])
	}
	if lines = lines[1:]; len(lines) > mostHashes {
		return nil, fmt.Errorf("inclusion proof: %d hashes, the limit is %d", len(lines), mostHashes)
	}
	p := &Inclusion{Index: index, Checkpoint: signed}
	for _, line := range lines {
		raw, err := base64.StdEncoding.Strict().DecodeString(line)
		if err != nil || len(raw) != tlog.HashSize {
			return nil, fmt.Errorf("inclusion proof: %q is no hash", line)
		}
		p.Hashes = append(p.Hashes, tlog.Hash(raw))
	}
	return p, nil
}

// Check shows that the leaf of this hash is in the tree of the checkpoint, which one
// of the known keys has signed.
func (p *Inclusion) Check(leaf tlog.Hash, known note.Verifiers) (Checkpoint, error) {
	c, err := ReadCheckpoint([]byte(p.Checkpoint), known)
	if err != nil {
		return c, err
	}
	if p.Index >= c.Size {
		return c, fmt.Errorf("inclusion proof: index %d is outside a log of %d", p.Index, c.Size)
	}
	if err := tlog.CheckRecord(p.Hashes, c.Size, c.Root, p.Index, leaf); err != nil {
		return c, fmt.Errorf("inclusion proof: the record is not in the tree of this checkpoint, at index %d", p.Index)
	}
	return c, nil
}

// CheckInclusion verifies a proof as text for a record's id with the log's key and
// returns the leaf's index and the checkpoint it is proven against.
func CheckInclusion(text, id string, v note.Verifier) (int64, Checkpoint, error) {
	p, err := ParseInclusion(text)
	if err != nil {
		return 0, Checkpoint{}, err
	}
	c, err := p.Check(Leaf(id), note.VerifierList(v))
	return p.Index, c, err
}
