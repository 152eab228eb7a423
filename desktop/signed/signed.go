// Package signed is how documents that people hand to each other are signed: rule
// books, requests to search, receipts. A file has two lines. The first is the
// document as canonical JSON (RFC 8785); the second the signature, as records carry
// theirs:
//
//	{"id":"dept-x",...}
//	{"algorithm":"Ed25519","public_key":"<base64 of 32 bytes>","value":"<base64 of 64 bytes>"}
//
// Signed are the bytes "hanaper KIND v1", a line feed, and the first line without its
// line feed. A file of the first line alone is the same document, unsigned.
package signed

import (
	"bytes"
	"crypto/ed25519"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"strings"
)

// Kind is what a signature is for; one for a pack is none for a request.
type Kind string

// The kinds of document.
const (
	Pack    Kind = "pack"    // a rule book
	Request Kind = "request" // a request to search
	Receipt Kind = "receipt" // what releases a hold
)

// prefix stands before what is signed.
func (k Kind) prefix() string { return "hanaper " + string(k) + " v1\n" }

// signature is the second line.
type signature struct {
	Algorithm string `json:"algorithm"`
	PublicKey string `json:"public_key"`
	Value     string `json:"value"`
}

// Sign makes the file of a signed document from its canonical JSON.
func Sign(kind Kind, canonicalJSON []byte, key ed25519.PrivateKey) ([]byte, error) {
	line := bytes.TrimSuffix(canonicalJSON, []byte("\n"))
	if bytes.IndexByte(line, '\n') >= 0 {
		return nil, errors.New("not canonical JSON: it has more than one line")
	}
	value := ed25519.Sign(key, append([]byte(kind.prefix()), line...))
	second, err := json.Marshal(signature{"Ed25519", PublicText(key.Public().(ed25519.PublicKey)), base64.StdEncoding.EncodeToString(value)})
	if err != nil {
		return nil, err
	}
	return fmt.Appendf(nil, "%s\n%s\n", line, second), nil
}

// Open splits the file of a document into its JSON and the public key that signed it,
// "" where it is not signed. A signature that does not fit is an error.
func Open(kind Kind, file []byte) (document []byte, publicKey string, err error) {
	line, rest, _ := bytes.Cut(file, []byte("\n"))
	if rest = bytes.TrimSpace(rest); len(rest) == 0 {
		return line, "", nil
	}
	var sig signature
	d := json.NewDecoder(bytes.NewReader(rest))
	d.DisallowUnknownFields()
	if err := d.Decode(&sig); err != nil || d.More() || sig.Value == "" {
		return file, "", nil // JSON over several lines, as an editor lays it out: not signed
	}
	key, err := ParsePublic(sig.PublicKey)
	if err != nil || sig.Algorithm != "Ed25519" {
		return nil, "", errors.New("line 2: the signature names no Ed25519 key")
	}
	value, err := base64.StdEncoding.DecodeString(sig.Value)
	if err != nil || !ed25519.Verify(key, append([]byte(kind.prefix()), line...), value) {
		return nil, "", errors.New("line 2: the signature does not fit: the file was changed after it was signed, or signed as something else; get it again from who made it")
	}
	return line, sig.PublicKey, nil
}

// PublicText is a public key as settings and signatures write it: base64 of its 32
// bytes.
func PublicText(key ed25519.PublicKey) string { return base64.StdEncoding.EncodeToString(key) }

// ParsePublic reads PublicText.
func ParsePublic(text string) (ed25519.PublicKey, error) {
	key, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text))
	if err != nil || len(key) != ed25519.PublicKeySize {
		return nil, errors.New("is no public key: base64 of 32 bytes, as hanaper pack keygen prints it") // never the text: it may be the private key
	}
	return key, nil
}

// keyBlock is the PEM type of PKCS #8, which openssl writes too
// (openssl genpkey -algorithm ed25519).
const keyBlock = "PRIVATE KEY"

// EncodeKey writes a signing key as PKCS #8 in PEM.
func EncodeKey(key ed25519.PrivateKey) ([]byte, error) {
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, err
	}
	return pem.EncodeToMemory(&pem.Block{Type: keyBlock, Bytes: der}), nil
}

// ParseKey reads EncodeKey.
func ParseKey(file []byte) (ed25519.PrivateKey, error) {
	block, _ := pem.Decode(file)
	if block == nil || block.Type != keyBlock {
		return nil, errors.New("is no private key in PEM (PKCS #8): make one with 'hanaper pack keygen'")
	}
	any, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, err
	}
	key, ok := any.(ed25519.PrivateKey)
	if !ok {
		return nil, errors.New("is no Ed25519 key: make one with 'hanaper pack keygen'")
	}
	return key, nil
}
