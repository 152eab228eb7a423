package gateway

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"hanaper/core/canonical"
	"hanaper/core/record"
	"hanaper/proof"
)

const (
	// MaxFile bounds one file. In the Worker a file is in memory three times, of
	// 128 MiB that an isolate has, beside the Go instances.
	MaxFile = 16 << 20
	// MaxFiles bounds the files of one record: each is looked up before it is taken.
	MaxFiles = 64
	// promiseWithin is how long a record may wait for its place in the log.
	promiseWithin = 24 * time.Hour
)

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// Stored is a record as the blob holds it, canonical JSON.
type Stored struct {
	Record    canonical.Value
	Signature canonical.Value
	Received  time.Time
	Keeper    string // the subject that put it

	id     string
	record record.Record
	sig    *record.Signature
}

func (s *Stored) bytes() []byte {
	v := canonical.Texts("received", stamp(s.Received), "keeper", s.Keeper)
	v.Put("v", canonical.Num(1))
	v.Put("record", s.Record)
	v.Put("signature", s.Signature)
	return canonical.Append(nil, v)
}

// stored reads a record and proves that it is the one of that id.
func (g *Gateway) stored(ctx context.Context, t *tenant, id string) (*Stored, error) {
	raw, err := g.Blobs.Get(ctx, recordKey(t.ID, id))
	if err != nil {
		return nil, err
	}
	v, err := canonical.Parse(raw, canonical.Limits{})
	if err != nil {
		return nil, damaged(t, id, "it is no JSON")
	}
	s := &Stored{}
	if p := s.verify(v.Get("record"), v.Get("signature"), id); p != nil {
		return nil, damaged(t, id, p.Detail)
	}
	received, keeper := v.Get("received"), v.Get("keeper")
	if received == nil || keeper == nil {
		return nil, damaged(t, id, "received or keeper is missing")
	}
	s.Keeper = keeper.Str
	if s.Received, err = time.Parse(time.RFC3339, received.Str); err != nil {
		return nil, damaged(t, id, "received is no time")
	}
	return s, nil
}

// errDamaged is a blob that is not what was put there. Reading it again will not help.
var errDamaged = errors.New("the stored record is damaged")

func damaged(t *tenant, id, why string) error {
	return fmt.Errorf("%s: %w: %s", recordKey(t.ID, id), errDamaged, why)
}

// verify fills in s from a record and its signature, or says what is wrong with them.
func (s *Stored) verify(rec, sig *canonical.Value, id string) *Problem {
	if rec == nil || sig == nil {
		return problem(http.StatusUnprocessableEntity, "record", "the body must hold record and signature")
	}
	var d canonical.Decoder
	s.sig = record.DecodeSignature(&d, sig)
	s.record = record.Decode(&d, rec)
	s.Record, s.Signature, s.id = *rec, *sig, id
	rep := record.Verify(rec, nil, s.sig, nil)
	if !rep.OK || s.sig == nil || len(d.Errors) > 0 {
		p := problem(http.StatusUnprocessableEntity, "record", "this is no record as Hanaper keeps them; problems lists the places")
		p.Problems = rep.Problems
		return p
	}
	if rep.ID != id {
		return problem(http.StatusUnprocessableEntity, "digest", "the record is not the one of this address: its digest differs")
	}
	_, key := deviceID(s.sig.PublicKey)
	value, err := base64.StdEncoding.DecodeString(s.sig.Value)
	if key == nil || err != nil || !ed25519.Verify(key, record.SignedBytes(id), value) {
		return problem(http.StatusUnprocessableEntity, "signature", "the signature is not the device's over this record")
	}
	return nil
}

// putRecord stores a record, once, whatever happens afterwards: the receipt goes out
// only when blob and queue both have it.
func (c *call) putRecord() error {
	id := c.r.PathValue("id")
	if !isID(id) {
		return malformed("the address must end with the record's id: sha256: and 64 hexadecimal digits")
	}
	raw, err := io.ReadAll(http.MaxBytesReader(c.w, c.r.Body, canonical.MaxBytes))
	if err != nil {
		return bodyError(err)
	}
	v, err := canonical.Parse(raw, canonical.Limits{})
	if err != nil {
		return malformed("the body is no JSON: " + err.Error())
	}
	s := &Stored{Received: c.now(), Keeper: c.who.Subject}
	if p := s.verify(v.Get("record"), v.Get("signature"), id); p != nil {
		return p
	}
	if err := c.enrolled(s.sig.PublicKey); err != nil {
		return err
	}
	if err := c.haveFiles(&s.record); err != nil {
		return err
	}
	fresh, err := c.Blobs.Put(c.ctx(), recordKey(c.t.ID, id), s.bytes(), true)
	if err != nil {
		return err
	}
	status := http.StatusCreated
	if !fresh {
		status = http.StatusOK
		if s, err = c.stored(c.ctx(), c.t, id); err != nil {
			return err
		}
	}
	// Sent again each time: the first caller may have died between blob and queue.
	if err := c.Queue.Send(c.ctx(), c.t.ID, id); err != nil {
		return err
	}
	r, err := c.makeReceipt(s, false)
	if err != nil {
		return err
	}
	return c.json(status, r)
}

// bodyError: a body that broke off is the caller's network, not our storage.
func bodyError(err error) error {
	if large := (*http.MaxBytesError)(nil); errors.As(err, &large) {
		return err
	}
	return malformed("the body broke off; send it again")
}

// enrolled checks that the signing device is the caller's and good.
func (c *call) enrolled(publicKey string) error {
	id, _ := deviceID(publicKey)
	d, err := c.device(c.ctx(), c.t, id)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	if err != nil || d.Subject != c.who.Subject || d.Revoked != "" {
		return problem(http.StatusForbidden, "device", "the record is signed by a device that is not enrolled for you; enrol it at /v1/devices")
	}
	return nil
}

// haveFiles: a record is taken when the files it names are there, so that what was
// receipted is whole.
func (c *call) haveFiles(r *record.Record) error {
	digests := fileDigests(r)
	if len(digests) > MaxFiles {
		return problem(http.StatusUnprocessableEntity, "files", "the record has more files than the gateway takes")
	}
	var missing []string
	for _, d := range digests {
		there, err := c.Blobs.Has(c.ctx(), fileKey(c.t.ID, d))
		if err != nil {
			return err
		}
		if !there {
			missing = append(missing, d)
		}
	}
	if missing != nil {
		p := problem(http.StatusConflict, "files", "put these files first, at /v1/files/{digest}, then the record again")
		p.Missing = missing
		return p
	}
	return nil
}

// fileDigests are those of a record's files that were kept with it, each once.
func fileDigests(r *record.Record) (out []string) {
	seen := map[string]bool{"": true}
	for i := range r.Messages {
		for _, a := range r.Messages[i].Attachments {
			if !seen[a.Digest] {
				seen[a.Digest] = true
				out = append(out, a.Digest)
			}
		}
	}
	return out
}

func (c *call) putFile() error {
	digest := c.r.PathValue("digest")
	if !isID(digest) {
		return malformed("the address must end with the file's digest: sha256: and 64 hexadecimal digits")
	}
	raw, err := io.ReadAll(http.MaxBytesReader(c.w, c.r.Body, MaxFile))
	if err != nil {
		return bodyError(err)
	}
	sum := sha256.Sum256(raw)
	if digest != idPrefix+hex.EncodeToString(sum[:]) {
		return problem(http.StatusUnprocessableEntity, "digest", "the file is not the one of this address: its digest differs")
	}
	fresh, err := c.Blobs.Put(c.ctx(), fileKey(c.t.ID, digest), raw, true)
	if err != nil {
		return err
	}
	status := http.StatusOK
	if fresh {
		status = http.StatusCreated
	}
	return c.json(status, struct {
		Digest string `json:"digest"`
		Size   int    `json:"size"`
	}{digest, len(raw)})
}

// Receipt is what a keeper gets: the signed promise, and the proof once there is one.
type Receipt struct {
	ID       string `json:"id"`
	Log      string `json:"log"`
	Received string `json:"received"` // RFC 3339
	Promise  string `json:"promise"`  // signed note, see proof.Receipt
	Index    *int64 `json:"index"`    // place in the log, from 0; null until it has one
	Proof    string `json:"proof"`    // C2SP tlog-proof; "" until then
}

// makeReceipt signs the promise; with look it adds the proof where there is one.
func (c *call) makeReceipt(s *Stored, look bool) (Receipt, error) {
	p := proof.Receipt{Log: c.t.Log, ID: s.id, Received: s.Received, By: s.Received.Add(promiseWithin)}
	signed, err := p.Sign(c.t.signer)
	r := Receipt{ID: s.id, Log: c.t.Log, Received: stamp(s.Received), Promise: signed}
	if err != nil || !look {
		return r, err
	}
	r.Index, r.Proof, err = c.prove(c.ctx(), c.t, s.id)
	return r, err
}

func (c *call) receipt() error {
	id := c.r.PathValue("id")
	if !isID(id) {
		return notFound("this record")
	}
	s, err := c.stored(c.ctx(), c.t, id)
	if errors.Is(err, ErrNotFound) || err == nil && s.Keeper != c.who.Subject && c.who.Roles&(Officer|Auditor) == 0 {
		return notFound("this record")
	}
	if err != nil {
		return err
	}
	r, err := c.makeReceipt(s, true)
	if err != nil {
		return err
	}
	return c.json(http.StatusOK, r)
}
