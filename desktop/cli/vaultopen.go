package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"hanaper/desktop/vault"
)

// vaultDir is the folder of the vault meant: dir, or HANAPER_VAULT, or the usual one.
func vaultDir(dir string) (string, error) {
	if dir != "" {
		return dir, nil
	}
	return vault.UsualDir()
}

// openVault opens the vault in dir, "" for the one meant otherwise.
func (env *Env) openVault(ctx context.Context, dir string) (*vault.Vault, error) {
	dir, err := vaultDir(dir)
	if err != nil {
		return nil, err
	}
	unlock, err := env.unlock(dir)
	if err != nil {
		return nil, err
	}
	return vault.Open(ctx, dir, unlock)
}

// unlock is how a vault is to be opened: what the environment says, else the
// system's keyring where the vault is set up for it, else a passphrase that is asked
// for.
func (env *Env) unlock(dir string) (vault.Unlock, error) {
	ways, err := vault.Ways(dir)
	if err != nil {
		return vault.Unlock{}, err
	}
	if words := os.Getenv("HANAPER_PASSPHRASE"); words != "" {
		return vault.Passphrase(words), nil
	}
	if key := os.Getenv("HANAPER_RECOVERY_KEY"); key != "" {
		return vault.RecoveryKey(key), nil
	}
	if slices.Contains(ways, "keyring") {
		return vault.Keyring(), nil
	}
	words, err := env.ask("passphrase: ")
	return vault.Passphrase(words), err
}

// ask asks for a passphrase at the terminal.
func (env *Env) ask(prompt string) (string, error) {
	if env.Secret == nil {
		return "", errors.New("no terminal to ask for the passphrase: put it into HANAPER_PASSPHRASE")
	}
	return env.Secret(prompt)
}

// newPassphrase is the passphrase to be set: that of variable, or asked for twice.
func (env *Env) newPassphrase(variable string) (string, error) {
	words := os.Getenv(variable)
	if words == "" {
		var again string
		var err error
		if words, err = env.ask("new passphrase: "); err != nil {
			return "", err
		}
		if again, err = env.ask("once more: "); err != nil {
			return "", err
		}
		if words != again {
			return "", errors.New("the two are not the same: nothing was changed")
		}
	}
	return words, vault.CheckPassphrase(words)
}

// counter tells on the terminal how far a command has come, at most once a second;
// when it is done the line is wiped away.
func (env *Env) counter(words string) func(done, total int64) {
	last := env.Now()
	shown := false
	return func(done, total int64) {
		switch now := env.Now(); {
		case !env.Progress:
		case done == total && shown:
			fmt.Fprint(env.Stderr, "\r\x1b[K")
		case done < total && now.Sub(last) >= time.Second:
			last, shown = now, true
			fmt.Fprintf(env.Stderr, "\r"+words, done, total)
		}
	}
}
