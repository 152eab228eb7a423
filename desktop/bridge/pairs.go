package bridge

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"hanaper/desktop/whole"
)

// Pair is a browser profile's key.
type Pair struct {
	Key      string `json:"key"`      // base64 of 32 bytes
	Code     string `json:"code"`     // as the extension shows it
	Asked    string `json:"asked"`    // RFC 3339, when it first asked
	Approved string `json:"approved"` // RFC 3339, "" where nobody approved it yet
}

// Pairs are the keys that asked, and those that a person approved, in a file of the
// person's own settings. They are public keys: who reads the file learns nothing,
// who can write it can approve.
type Pairs struct{ File string }

// maxAsked is how many wait at most; more are a fault or an attempt to bury one.
const maxAsked = 20

// Code is a key in eight letters and digits, which a person compares: the first 40
// bits of its SHA-256.
func Code(key ed25519.PublicKey) string {
	sum := sha256.Sum256(key)
	s := base32.StdEncoding.EncodeToString(sum[:5])
	return s[:4] + "-" + s[4:]
}

// DefaultPairs is the file in the person's settings.
func DefaultPairs() (*Pairs, error) {
	dir, err := os.UserConfigDir()
	if err != nil {
		return nil, err
	}
	return &Pairs{filepath.Join(dir, "hanaper", "bridge.json")}, nil
}

// List gives all, those that wait last.
func (p *Pairs) List() ([]Pair, error) {
	raw, err := os.ReadFile(p.File)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var all []Pair
	if err := json.Unmarshal(raw, &all); err != nil {
		return nil, fmt.Errorf("%s: %w: remove it and approve your browsers again", p.File, err)
	}
	return all, nil
}

// Ask tells whether a key is approved, and remembers one that is not, so that the
// person can approve it.
func (p *Pairs) Ask(key ed25519.PublicKey, now time.Time) (approved bool, err error) {
	all, err := p.List()
	if err != nil {
		return false, err
	}
	text := base64.StdEncoding.EncodeToString(key)
	waiting := 0
	for _, one := range all {
		if one.Key == text {
			return one.Approved != "", nil
		}
		if one.Approved == "" {
			waiting++
		}
	}
	if waiting >= maxAsked {
		return false, fmt.Errorf("%d browsers wait to be approved: see hanaper bridge status", waiting)
	}
	return false, p.write(append(all, Pair{Key: text, Code: Code(key), Asked: now.Format(time.RFC3339)}))
}

// ErrCode: no key has that code.
var ErrCode = errors.New("no browser asked with that code: hanaper bridge status lists those that did")

// Approve lets the key with that code put records into the vault.
func (p *Pairs) Approve(code string, now time.Time) error {
	return p.change(code, func(all []Pair, i int) []Pair {
		all[i].Approved = now.Format(time.RFC3339)
		return all
	})
}

// Revoke forgets the key with that code; its records stay in the vault.
func (p *Pairs) Revoke(code string) error {
	return p.change(code, func(all []Pair, i int) []Pair { return slices.Delete(all, i, i+1) })
}

func (p *Pairs) change(code string, how func(all []Pair, i int) []Pair) error {
	all, err := p.List()
	if err != nil {
		return err
	}
	plain := func(s string) string {
		return strings.ToUpper(strings.ReplaceAll(strings.ReplaceAll(s, "-", ""), " ", ""))
	}
	i := slices.IndexFunc(all, func(one Pair) bool { return plain(one.Code) == plain(code) })
	if i < 0 {
		return ErrCode
	}
	return p.write(how(all, i))
}

func (p *Pairs) write(all []Pair) error {
	text, err := json.MarshalIndent(all, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(p.File), 0o700); err != nil {
		return err
	}
	return whole.Write(p.File, append(text, '\n'), false)
}
