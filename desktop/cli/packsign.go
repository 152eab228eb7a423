package cli

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"hanaper/core/policy"
	"hanaper/desktop/pack"
	"hanaper/desktop/signed"
)

const keygenHelp = `Makes a key for signing rule books and writes it to FILE (PKCS #8 in PEM, readable by you alone; an
Ed25519 key of openssl does as well). The public key is printed: administrators name it in the
policy, "trusted_keys": [{"key": "...", "name": "...", "may": ["pack"]}]. Keep FILE off shared disks.
`

func packKeygen(env *Env, args []string) (int, error) {
	names, err := paths(flag.NewFlagSet("keygen", flag.ContinueOnError), args, 1, "the file for the key")
	if err != nil {
		return 0, err
	}
	if len(names) > 1 {
		return 0, usagef("keygen makes one key")
	}
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return 0, err
	}
	text, err := signed.EncodeKey(private)
	if err != nil {
		return 0, err
	}
	f, err := os.OpenFile(names[0], os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return 0, fmt.Errorf("%s is there already: a key is never written over another file", names[0])
	}
	if err != nil {
		return 0, err
	}
	if _, err = f.Write(text); err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return 0, err
	}
	_, err = fmt.Fprintf(env.Stdout, "%s\n", signed.PublicText(public))
	return ExitOK, err
}

const signHelp = `Checks each rule book, tests it as "pack test" does, compiles it and signs it: writes
ID-VERSION.pack.jsonl beside its pack.yaml. A rule book without examples, or whose examples fail or
hold without the clause they name, is not signed.

  --key FILE         the signing key (hanaper pack keygen FILE)
  --out DIR          write the signed files here

The file has two lines: the rule book's canonical JSON (RFC 8785), and
{"algorithm":"Ed25519","public_key":"...","value":"..."}, base64. Signed are the bytes
"hanaper pack v1", a line feed, and the first line without its line feed.
`

func packSign(env *Env, args []string) (int, error) {
	var keyFile, out string
	f := flag.NewFlagSet("sign", flag.ContinueOnError)
	f.StringVar(&keyFile, "key", "", "")
	f.StringVar(&out, "out", "", "")
	names, err := paths(f, args, 1, "the rule books to sign")
	if err != nil {
		return 0, err
	}
	if keyFile == "" {
		return 0, usagef("--key names the file of the signing key")
	}
	raw, err := os.ReadFile(keyFile)
	if err != nil {
		return 0, fmt.Errorf("--key: %s: %w", keyFile, readError(err))
	}
	key, err := signed.ParseKey(raw)
	if err != nil {
		return 0, fmt.Errorf("--key: %s %w", keyFile, err)
	}
	return eachPack(env, names, func(name string) error { return signOne(env, name, out, key) }), nil
}

// signedExtension ends the name of a signed pack.
const signedExtension = ".pack.jsonl"

func signOne(env *Env, name, out string, key ed25519.PrivateKey) error {
	file, c, all, err := withExamples(name)
	if err != nil {
		return err
	}
	proof := pack.Prove(c.Pack, all, policy.Bundled)
	if faults := append(proof.Failed, proof.Vain...); len(faults) > 0 {
		return fmt.Errorf("%s\n%s: not signed", strings.Join(faults, "\n"), file)
	}
	text, err := signed.Sign(signed.Pack, c.JSON, key)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	if out == "" {
		out = filepath.Dir(file)
	}
	target := filepath.Join(out, c.Pack.ID+"-"+c.Pack.Version+signedExtension)
	if err := os.WriteFile(target, text, 0o644); err != nil {
		return err
	}
	if back, err := os.ReadFile(target); err != nil || !bytes.Equal(back, text) {
		return fmt.Errorf("%s: what was read back is not what was written", target)
	}
	_, err = fmt.Fprintf(env.Stdout, "%s: signed by %s, %d examples hold\n", target, signed.PublicText(key.Public().(ed25519.PublicKey)), len(all))
	return err
}
