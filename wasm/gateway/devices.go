package gateway

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
)

// Device is a key that a person signs records with, enrolled by them when they signed
// in. It is a blob, not a row: a record is accepted while the index is away.
type Device struct {
	ID        string `json:"id"`         // hexadecimal SHA-256 of the public key
	PublicKey string `json:"public_key"` // base64 of 32 bytes, Ed25519
	Name      string `json:"name"`       // for its owner
	Subject   string `json:"subject"`    // whose it is
	Enrolled  string `json:"enrolled"`   // RFC 3339
	Revoked   string `json:"revoked"`    // RFC 3339; "" while it is good
}

// maxSmall bounds the bodies of everything that is neither record nor file.
const maxSmall = 1 << 20

// body reads JSON into v and refuses names it does not know.
func (c *call) body(v any) error {
	d := json.NewDecoder(http.MaxBytesReader(c.w, c.r.Body, maxSmall))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		if large := (*http.MaxBytesError)(nil); errors.As(err, &large) {
			return err
		}
		return malformed("the body is not the JSON this address takes: " + err.Error())
	}
	if _, err := d.Token(); err != io.EOF {
		return malformed("there is text after the JSON")
	}
	return nil
}

// EnrolBytes is what a device signs to show that it holds its key. log is the name
// of the tenant's log, subject the token's.
func EnrolBytes(log, subject string) []byte {
	return []byte("hanaper device v1\n" + log + "\n" + subject)
}

// deviceID of a public key in base64; key is nil where it is none.
func deviceID(text string) (string, ed25519.PublicKey) {
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(raw) != ed25519.PublicKeySize {
		return "", nil
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:]), raw
}

func (c *call) enrol() error {
	var in struct {
		PublicKey string `json:"public_key"`
		Name      string `json:"name"`
		Signature string `json:"signature"`
	}
	if err := c.body(&in); err != nil {
		return err
	}
	id, key := deviceID(in.PublicKey)
	if key == nil || len(in.Name) > 200 {
		return malformed("public_key must be the base64 of an Ed25519 key, 32 bytes, and name at most 200 bytes")
	}
	signature, err := base64.StdEncoding.DecodeString(in.Signature)
	if err != nil || !ed25519.Verify(key, EnrolBytes(c.t.Log, c.who.Subject), signature) {
		return problem(http.StatusUnprocessableEntity, "signature", "signature must be the device's over \"hanaper device v1\", the log's name and your subject, each on a line")
	}
	d := Device{ID: id, PublicKey: in.PublicKey, Name: in.Name, Subject: c.who.Subject, Enrolled: stamp(c.now())}
	raw, err := json.Marshal(d)
	if err != nil {
		return err
	}
	stored, err := c.Blobs.Put(c.ctx(), deviceKey(c.t.ID, id), raw, true)
	if err != nil {
		return err
	}
	if stored {
		return c.json(http.StatusCreated, d)
	}
	old, err := c.device(c.ctx(), c.t, id)
	if err != nil {
		return err
	}
	if old.Subject != c.who.Subject || old.Revoked != "" {
		return problem(http.StatusConflict, "device", "this key belongs to somebody else or was taken back; make a new one")
	}
	return c.json(http.StatusOK, old)
}

func (g *Gateway) device(ctx context.Context, t *tenant, id string) (Device, error) {
	var d Device
	raw, err := g.Blobs.Get(ctx, deviceKey(t.ID, id))
	if err == nil {
		err = json.Unmarshal(raw, &d)
	}
	return d, err
}

// devices lists one's own, for an administrator all.
func (c *call) devices() error {
	out := struct {
		Devices []Device `json:"devices"`
		Next    string   `json:"next"`
	}{Devices: []Device{}}
	prefix := deviceKey(c.t.ID, "")
	p, err := c.page()
	if err != nil {
		return err
	}
	keys, err := c.Blobs.List(c.ctx(), prefix, prefix+p.after, p.limit)
	if err != nil {
		return err
	}
	for _, key := range keys {
		d, err := c.device(c.ctx(), c.t, key[len(prefix):])
		if err != nil {
			return err
		}
		if d.Subject == c.who.Subject || c.who.Roles&Administrator != 0 {
			out.Devices = append(out.Devices, d)
		}
	}
	if len(keys) == p.limit {
		out.Next = keys[len(keys)-1][len(prefix):]
	}
	return c.json(http.StatusOK, out)
}

// revoke takes a key back: records that arrive signed with it are refused from now on.
func (c *call) revoke() error {
	id := c.r.PathValue("device")
	if !isID(idPrefix + id) {
		return notFound("this device")
	}
	d, err := c.device(c.ctx(), c.t, id)
	if errors.Is(err, ErrNotFound) || err == nil && d.Subject != c.who.Subject && c.who.Roles&Administrator == 0 {
		return notFound("this device")
	}
	if err != nil {
		return err
	}
	if d.Revoked == "" {
		d.Revoked = stamp(c.now())
		raw, err := json.Marshal(d)
		if err != nil {
			return err
		}
		if _, err := c.Blobs.Put(c.ctx(), deviceKey(c.t.ID, id), raw, false); err != nil {
			return err
		}
	}
	return c.json(http.StatusOK, d)
}
