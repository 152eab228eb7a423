package deliver

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/zalando/go-keyring"
)

// Keyring keeps passwords, tokens and keys in the system's keyring (Secret
// Service, macOS Keychain, Windows Credential Manager). Where there is none, as on
// a server, HANAPER_SECRET_NAME in the environment stands for the secret of the
// destination NAME, its name in capitals with _ for all that is no letter or digit.
type Keyring struct{}

// Service and account prefix in the keyring; the vault's key has another account.
const (
	keyringService = "hanaper"
	keyringAccount = "destination "
)

// InEnvironment tells whether the environment has the secret.
func (Keyring) InEnvironment(destination string) bool {
	return os.Getenv(secretVariable(destination)) != ""
}

// Get fetches a secret; the environment goes before the keyring.
func (Keyring) Get(destination string) (string, error) {
	if secret := os.Getenv(secretVariable(destination)); secret != "" {
		return secret, nil
	}
	secret, err := keyring.Get(keyringService, keyringAccount+destination)
	switch {
	case errors.Is(err, keyring.ErrNotFound):
		return "", fmt.Errorf("the keyring has no password or token for %q", destination)
	case err != nil:
		return "", noKeyring(destination, err)
	}
	return secret, nil
}

// Set keeps a secret, in place of an earlier one.
func (Keyring) Set(destination, secret string) error {
	if err := keyring.Set(keyringService, keyringAccount+destination, secret); err != nil {
		return noKeyring(destination, err)
	}
	return nil
}

// Delete forgets a secret; one that is not there is no error.
func (Keyring) Delete(destination string) error {
	err := keyring.Delete(keyringService, keyringAccount+destination)
	if err == nil || errors.Is(err, keyring.ErrNotFound) {
		return nil
	}
	return noKeyring(destination, err)
}

func noKeyring(destination string, err error) error {
	return fmt.Errorf("the system's keyring does not answer (%w): unlock it, or set %s", err, secretVariable(destination))
}

func secretVariable(destination string) string {
	return "HANAPER_SECRET_" + strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
			return r
		}
		return '_'
	}, destination)
}
