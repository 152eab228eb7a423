package cli

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"hanaper/core/policy"
	"hanaper/desktop/pack"
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
	text, err := pack.EncodeKey(private)
	if err != nil {
		return 0, err
	}
	f, err := os.OpenFile(names[0], os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return 0, usagef("%w: a key is never written over another file", err)
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
	_, err = fmt.Fprintf(env.Stdout, "%s\n", pack.PublicText(public))
	return ExitOK, err
}

const signHelp = `Checks each rule book, runs its examples, compiles it and signs it: writes ID-VERSION.pack.jsonl beside
its pack.yaml. A rule book whose examples fail is not signed.

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
		return 0, usagef("--key: %w", err)
	}
	key, err := pack.ParseKey(raw)
	if err != nil {
		return 0, usagef("--key: %s %w", keyFile, err)
	}
	return eachPack(env, names, func(name string) error { return signOne(env, name, out, key) }), nil
}

func signOne(env *Env, name, out string, key ed25519.PrivateKey) error {
	file, c, err := checked(name)
	if err != nil {
		return err
	}
	all, err := pack.Examples(filepath.Dir(file))
	if err != nil {
		return err
	}
	for i := range all {
		if faults := all[i].Run(c.Pack, policy.Bundled); len(faults) > 0 {
			return fmt.Errorf("%s: not signed: its example %q fails: %s", file, all[i].Name, faults[0])
		}
	}
	signed, err := pack.Sign(c.JSON, key)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	if out == "" {
		out = filepath.Dir(file)
	}
	target := filepath.Join(out, c.Pack.ID+"-"+c.Pack.Version+pack.Extension)
	if err := os.WriteFile(target, signed, 0o644); err != nil {
		return err
	}
	if back, err := os.ReadFile(target); err != nil || !bytes.Equal(back, signed) {
		return fmt.Errorf("%s: what was read back is not what was written", target)
	}
	_, err = fmt.Fprintf(env.Stdout, "%s: signed by %s, %d examples hold\n", target, pack.PublicText(key.Public().(ed25519.PublicKey)), len(all))
	return err
}
