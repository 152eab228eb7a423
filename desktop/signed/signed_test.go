package signed

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"strings"
	"testing"
)

func testKey(n byte) ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{n}, ed25519.SeedSize))
}

const document = `{"id":"dx-rules","text":"` + "words, and more words than a line has, so that there is something to change" + `"}`

func signedFile(t testing.TB) (file []byte, json string) {
	t.Helper()
	file, err := Sign(Pack, []byte(document), testKey(1))
	if err != nil {
		t.Fatal(err)
	}
	return file, document
}

func TestSign(t *testing.T) {
	file, json := signedFile(t)
	got, key, err := Open(Pack, file)
	if err != nil || string(got) != json || key != PublicText(testKey(1).Public().(ed25519.PublicKey)) {
		t.Fatalf("%v %s", err, key)
	}
	if _, _, err := Open(Request, file); err == nil {
		t.Error("the signature of a pack passes for that of a request")
	}
	// The first line alone, and JSON as an editor lays it out, are unsigned.
	for _, text := range []string{json, json + "\n", "{\n \"id\": \"x\"\n}\n"} {
		if _, key, err := Open(Pack, []byte(text)); err != nil || key != "" {
			t.Errorf("%.30q: %v %q", text, err, key)
		}
	}
	if _, err := Sign(Pack, []byte("{\n}"), testKey(1)); err == nil {
		t.Error("signed what is not canonical")
	}
}

// No byte of a signed pack can be changed without the signature failing, or the
// file ceasing to be one.
func TestSignedPackCannotBeChanged(t *testing.T) {
	file, json := signedFile(t)
	for i := 0; i < len(file); i++ {
		changed := bytes.Clone(file)
		changed[i] ^= 1
		got, key, err := Open(Pack, changed)
		if err == nil && key != "" && string(got) != json {
			t.Fatalf("byte %d changed and still signed", i)
		}
	}
	other := PublicText(testKey(2).Public().(ed25519.PublicKey))
	mine := PublicText(testKey(1).Public().(ed25519.PublicKey))
	for _, c := range []struct{ old, new, want string }{
		{mine, other, "does not fit"}, {mine, "AAAA", "names no Ed25519 key"}, {"Ed25519", "RSA", "names no Ed25519 key"}, {"dx-rules", "dy-rules", "does not fit"},
	} {
		if _, _, err := Open(Pack, []byte(strings.Replace(string(file), c.old, c.new, 1))); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.new, err)
		}
	}
	// Signing something else with the same key is no signature of a pack.
	value := base64.StdEncoding.EncodeToString(ed25519.Sign(testKey(1), []byte(json)))
	forged := json + "\n" + `{"algorithm":"Ed25519","public_key":"` + mine + `","value":"` + value + `"}`
	if _, _, err := Open(Pack, []byte(forged)); err == nil {
		t.Error("a signature of the bare JSON passes")
	}
}

func TestKeys(t *testing.T) {
	pem, err := EncodeKey(testKey(3))
	if err != nil {
		t.Fatal(err)
	}
	if key, err := ParseKey(pem); err != nil || !key.Equal(testKey(3)) {
		t.Errorf("%v", err)
	}
	for _, text := range []string{"", "hello", strings.Replace(string(pem), "PRIVATE", "PUBLIC", 2), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"} {
		if _, err := ParseKey([]byte(text)); err == nil {
			t.Errorf("%q is a key", text)
		}
	}
	for _, text := range []string{"", "AAAA", "!"} {
		if _, err := ParsePublic(text); err == nil {
			t.Errorf("%q is a public key", text)
		}
	}
}

func FuzzOpen(f *testing.F) {
	file, _ := signedFile(f)
	f.Add(file)
	f.Add([]byte("{}\n{}"))
	key := PublicText(testKey(1).Public().(ed25519.PublicKey))
	f.Fuzz(func(t *testing.T, b []byte) {
		got, by, err := Open(Pack, b)
		if err == nil && by == key && !bytes.HasPrefix(file, append(bytes.Clone(got), '\n')) {
			t.Fatalf("a signature was forged: %s", b)
		}
	})
}
