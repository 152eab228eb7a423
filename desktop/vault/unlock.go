package vault

import (
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/zalando/go-keyring"
	"golang.org/x/crypto/argon2"
)

// Unlock is a way into a vault: Keyring, Passphrase or RecoveryKey.
type Unlock struct {
	kind   string
	secret string
	cost   Argon2 // of a new passphrase slot
}

// Keyring opens with a key that the system's keyring keeps (Secret Service,
// macOS Keychain, Windows Credential Manager).
func Keyring() Unlock { return Unlock{kind: kindKeyring} }

// Passphrase opens with words that the person knows.
func Passphrase(words string) Unlock {
	return Unlock{kind: kindPassphrase, secret: words, cost: defaultCost}
}

// RecoveryKey opens with what Create returned; spaces, hyphens and case do not
// matter.
func RecoveryKey(key string) Unlock { return Unlock{kind: kindRecovery, secret: key} }

// leastPassphrase is as many characters as a passphrase must have; Argon2id makes
// each guess cost a fifth of a second.
const leastPassphrase = 12

// CheckPassphrase refuses words that are too short to be a new passphrase.
func CheckPassphrase(words string) error {
	if n := utf8.RuneCountInString(words); n < leastPassphrase {
		return fmt.Errorf("the passphrase has %d characters: take %d or more, some words for instance", n, leastPassphrase)
	}
	return nil
}

// Argon2 are the parameters of Argon2id (RFC 9106).
type Argon2 struct {
	Time    uint32 `json:"time"`    // passes
	Memory  uint32 `json:"memory"`  // KiB
	Threads uint8  `json:"threads"` // lanes
}

// defaultCost is the second choice of RFC 9106, section 4, for where 2 GiB is too
// much: a fifth of a second.
var defaultCost = Argon2{Time: 3, Memory: 64 << 10, Threads: 4}

// check bounds what a key file may make this machine do: 1 GiB, 64 passes.
func (a *Argon2) check() error {
	if a.Time < 1 || a.Time > 64 || a.Memory < 8*uint32(a.Threads) || a.Memory > 1<<20 || a.Threads < 1 {
		return fmt.Errorf("argon2 parameters %d, %d, %d are out of bounds", a.Time, a.Memory, a.Threads)
	}
	return nil
}

// Service and account prefix of the vault's key in the system's keyring.
const (
	keyringService = "hanaper"
	keyringAccount = "vault "
)

// newKey is the wrapping key of a slot to be made; it writes into s how to derive
// it again.
func (u Unlock) newKey(vault string, s *Slot) ([]byte, error) {
	switch u.kind {
	case kindKeyring:
		// One that is there is kept: the slot in the key file may still be its.
		if key, err := u.key(vault, s); err == nil {
			return key, nil
		}
		key := make([]byte, keySize)
		rand.Read(key)
		if err := keyring.Set(keyringService, keyringAccount+vault, base64.StdEncoding.EncodeToString(key)); err != nil {
			return nil, fmt.Errorf("the system's keyring does not take the key: use a passphrase instead (hanaper vault init --passphrase) (%w)", err)
		}
		return key, nil
	case kindPassphrase:
		if u.secret == "" {
			return nil, errors.New("the passphrase is empty")
		}
		cost := u.cost
		s.Argon2 = &cost
	}
	s.Salt = make([]byte, 16)
	rand.Read(s.Salt)
	return u.key(vault, s)
}

// key is the wrapping key of slot s.
func (u Unlock) key(vault string, s *Slot) ([]byte, error) {
	switch u.kind {
	case kindKeyring:
		text, err := keyring.Get(keyringService, keyringAccount+vault)
		if errors.Is(err, keyring.ErrNotFound) {
			return nil, fmt.Errorf("%w: the system's keyring has no key of it: give the passphrase or the recovery key", ErrLocked)
		} else if err != nil {
			return nil, fmt.Errorf("%w: the system's keyring does not answer: give the passphrase or the recovery key (%w)", ErrLocked, err)
		}
		key, err := base64.StdEncoding.DecodeString(text)
		if err != nil || len(key) != keySize {
			return nil, fmt.Errorf("%w: the system's keyring holds no key under %q", ErrLocked, keyringAccount+vault)
		}
		return key, nil
	case kindPassphrase:
		if s.Argon2 == nil {
			return nil, fmt.Errorf("%w: %s has no argon2 parameters", ErrDamaged, keyFile)
		}
		return argon2.IDKey([]byte(u.secret), s.Salt, s.Argon2.Time, s.Argon2.Memory, s.Argon2.Threads, keySize), nil
	case kindRecovery:
		bits, err := readRecoveryKey(u.secret)
		if err != nil {
			return nil, err
		}
		return hkdf.Key(sha256.New, bits, s.Salt, "hanaper vault recovery v1", keySize)
	}
	return nil, errors.New("no way in was chosen")
}

// A recovery key is 160 random bits in Crockford's base 32, which has no I, L, O
// or U, and four digits by which a slip of the pen is seen:
// 9 groups of 4, "7Q2K-....".
const (
	recoveryBytes = 20
	checkDigits   = 4
)

var crockford = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

func newRecoveryKey() string {
	bits := make([]byte, recoveryBytes)
	rand.Read(bits)
	digits := crockford.EncodeToString(bits) + checkOf(bits)
	var groups []string
	for ; digits != ""; digits = digits[4:] {
		groups = append(groups, digits[:4])
	}
	return strings.Join(groups, "-")
}

func checkOf(bits []byte) string {
	sum := sha256.Sum256(bits)
	return crockford.EncodeToString(sum[:])[:checkDigits]
}

func readRecoveryKey(s string) ([]byte, error) {
	s = strings.NewReplacer(" ", "", "-", "", "I", "1", "L", "1", "O", "0").Replace(strings.ToUpper(strings.TrimSpace(s)))
	const digits = recoveryBytes * 8 / 5
	if len(s) != digits+checkDigits {
		return nil, fmt.Errorf("%w: a recovery key has %d characters, this one %d", ErrLocked, digits+checkDigits, len(s))
	}
	bits, err := crockford.DecodeString(s[:digits])
	if err != nil || checkOf(bits) != s[digits:] {
		return nil, fmt.Errorf("%w: the recovery key has a slip in it: compare each group with what was written down", ErrLocked)
	}
	return bits, nil
}
