package cli

import (
	"crypto/ed25519"
	"flag"
	"fmt"
	"os"

	"hanaper/desktop/deliver"
	"hanaper/desktop/vault"
)

// signIn lets the person sign in with a browser.
func signIn(env *Env, s *deliver.Settings, secrets deliver.Keyring) error {
	if s.Scope == "" {
		s.Scope = "openid offline_access"
	}
	ctx, stop := interruptible()
	defer stop()
	return deliver.SignIn(ctx, *s, secrets, func(address, code string) {
		fmt.Fprintf(env.Stderr, "to sign in, open %s and compare or type the code %s\n", printable(address), printable(code))
	})
}

const destinationEnrolHelp = `A gateway takes records only of devices it knows. This tells it the key with which this computer's
vault signs what is kept here.

  --vault DIR        the vault, otherwise the usual one
`

func destinationEnrol(env *Env, args []string) (int, error) {
	var dir string
	f := flag.NewFlagSet("destination enrol", flag.ContinueOnError)
	f.StringVar(&dir, "vault", "", "")
	names, err := paths(f, args, 1, "the gateway")
	if err != nil {
		return 0, err
	}
	book, err := deliver.DefaultBook()
	if err != nil {
		return 0, err
	}
	all, err := deliver.OpenAll(book, deliver.Keyring{})
	if err != nil {
		return 0, err
	}
	to := all[names[0]]
	if to == nil {
		return 0, fmt.Errorf("there is no destination %q: hanaper destination list names them", names[0])
	}
	defer to.Close()
	ctx, stop := interruptible()
	defer stop()
	v, err := env.openVault(ctx, dir)
	if err != nil {
		return 0, err
	}
	defer v.Close()
	computer, err := os.Hostname()
	if err != nil {
		computer = "desktop"
	}
	err = v.WithDevice(func(public ed25519.PublicKey, sign vault.Signer) error {
		return deliver.Enrol(ctx, to, computer, public, sign)
	})
	if err != nil {
		return 0, err
	}
	_, err = fmt.Fprintf(env.Stdout, "%s knows this computer now\n", printable(names[0]))
	return ExitOK, err
}
