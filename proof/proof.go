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

// OpenCheckpoint reads a signed checkpoint. An error says that the signature is not
// that of v, or that it is no checkpoint of the log v is named after.
func OpenCheckpoint(signed []byte, v note.Verifier) (Checkpoint, error) {
	n, err := note.Open(signed, note.VerifierList(v))
	if err != nil {
		return Checkpoint{}, fmt.Errorf("checkpoint: %w", err)
	}
	return parseCheckpoint(n.Text, v.Name())
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

// Inclusion writes the proof that the leaf at index is in the tree of the signed
// checkpoint, as a C2SP tlog-proof.
func Inclusion(index int64, hashes tlog.RecordProof, checkpoint []byte) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\nindex %d\n", inclusionHeader, index)
	for _, h := range hashes {
		b.WriteString(h.String() + "\n")
	}
	b.WriteString("\n")
	b.Write(checkpoint)
	return b.String()
}

// CheckInclusion verifies a tlog-proof for a record's id with the log's key and
// returns the leaf's index, from 0, and the checkpoint it is proven against.
func CheckInclusion(text, id string, v note.Verifier) (int64, Checkpoint, error) {
	head, signed, ok := strings.Cut(text, "\n\n")
	lines := strings.Split(head, "\n")
	if !ok || len(lines) < 2 || lines[0] != inclusionHeader {
		return 0, Checkpoint{}, errors.New("inclusion proof: its first line must be " + inclusionHeader)
	}
	lines = lines[1:]
	if strings.HasPrefix(lines[0], "extra ") && len(lines) > 1 {
		lines = lines[1:]
	}
	number, ok := strings.CutPrefix(lines[0], "index ")
	index, err := strconv.ParseInt(number, 10, 64)
	if !ok || err != nil || strconv.FormatInt(index, 10) != number || index < 0 {
		return 0, Checkpoint{}, fmt.Errorf("inclusion proof: %q is no index", lines[0])
	}
	var hashes tlog.RecordProof
	for _, line := range lines[1:] {
		raw, err := base64.StdEncoding.DecodeString(line)
		if err != nil || len(raw) != tlog.HashSize {
			return 0, Checkpoint{}, fmt.Errorf("inclusion proof: %q is no hash", line)
		}
		hashes = append(hashes, tlog.Hash(raw))
	}
	c, err := OpenCheckpoint([]byte(signed), v)
	if err != nil {
		return 0, c, err
	}
	if index >= c.Size {
		return 0, c, fmt.Errorf("inclusion proof: index %d is outside a log of %d", index, c.Size)
	}
	if err := tlog.CheckRecord(hashes, c.Size, c.Root, index, Leaf(id)); err != nil {
		return 0, c, fmt.Errorf("inclusion proof: %w: the record is not at index %d of this log", err, index)
	}
	return index, c, nil
}
