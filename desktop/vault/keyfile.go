package vault

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"hanaper/desktop/whole"
)

// KeyFile is vault.key: the data key, wrapped by AES-256-GCM under one key for
// each way in. It holds nothing secret; without it the database cannot be opened.
type KeyFile struct {
	V     int    `json:"v"`     // 1
	Vault string `json:"vault"` // 32 hexadecimal digits, drawn when the vault was made
	Slots []Slot `json:"slots"` // one of each kind at most
}

// Slot is one way in. What is derived how stands beside it, and is authenticated
// with it: a slot with other parameters does not open.
type Slot struct {
	Kind   string  `json:"kind"`             // keyring, passphrase or recovery
	Argon2 *Argon2 `json:"argon2,omitempty"` // of a passphrase
	Salt   []byte  `json:"salt,omitempty"`   // of a passphrase or recovery key
	Nonce  []byte  `json:"nonce"`            // 12 bytes
	Key    []byte  `json:"key"`              // the wrapped data key and its tag, 48 bytes
}

const (
	kindKeyring    = "keyring"
	kindPassphrase = "passphrase"
	kindRecovery   = "recovery"
)

const keySize = 32 // bytes: AES-256 for wrapping, and what Adiantum takes

// newKeyFile draws a data key and wraps it for unlock and for a recovery key.
func newKeyFile(unlock Unlock) (k *KeyFile, key []byte, recovery string, err error) {
	id := make([]byte, 16)
	rand.Read(id)
	key = make([]byte, keySize)
	rand.Read(key)
	k = &KeyFile{V: 1, Vault: hex.EncodeToString(id)}
	if err := k.put(unlock, key); err != nil {
		return nil, nil, "", err
	}
	recovery = newRecoveryKey()
	if err := k.put(RecoveryKey(recovery), key); err != nil {
		return nil, nil, "", err
	}
	return k, key, recovery, nil
}

// put adds the slot of unlock, in place of one of its kind.
func (k *KeyFile) put(unlock Unlock, key []byte) error {
	s := Slot{Kind: unlock.kind}
	wrapping, err := unlock.newKey(k.Vault, &s)
	if err != nil {
		return err
	}
	defer clear(wrapping)
	box, err := gcm(wrapping)
	if err != nil {
		return err
	}
	s.Nonce = make([]byte, box.NonceSize())
	rand.Read(s.Nonce)
	if s.Key = box.Seal(nil, s.Nonce, key, k.bound(s)); err != nil {
		return err
	}
	k.drop(s.Kind)
	k.Slots = append(k.Slots, s)
	return nil
}

func (k *KeyFile) drop(kind string) {
	var rest []Slot
	for _, s := range k.Slots {
		if s.Kind != kind {
			rest = append(rest, s)
		}
	}
	k.Slots = rest
}

// open is the data key.
func (k *KeyFile) open(unlock Unlock) ([]byte, error) {
	for _, s := range k.Slots {
		if s.Kind != unlock.kind {
			continue
		}
		wrapping, err := unlock.key(k.Vault, &s)
		if err != nil {
			return nil, err
		}
		defer clear(wrapping)
		box, err := gcm(wrapping)
		if err != nil {
			return nil, err
		}
		key, err := box.Open(nil, s.Nonce, s.Key, k.bound(s))
		if err != nil {
			return nil, fmt.Errorf("%w: %s", ErrLocked, wrong[s.Kind])
		}
		return key, nil
	}
	return nil, fmt.Errorf("%w: %s", ErrLocked, absent[unlock.kind])
}

var wrong = map[string]string{
	kindKeyring:    "the key in the system's keyring is another vault's",
	kindPassphrase: "the passphrase is another one",
	kindRecovery:   "the recovery key is another vault's, or has been replaced",
}

var absent = map[string]string{
	kindKeyring:    "it is not set up for the system's keyring: give the passphrase or the recovery key",
	kindPassphrase: "it has no passphrase: it opens with the system's keyring or the recovery key",
	kindRecovery:   "it has no recovery key",
}

// bound is what a slot's key is bound to: the vault, the kind and the derivation.
func (k *KeyFile) bound(s Slot) []byte {
	s.Nonce, s.Key = nil, nil
	b, _ := json.Marshal(s) // strings, numbers and bytes always marshal
	return append([]byte("hanaper vault key v1\n"+k.Vault+"\n"), b...)
}

func gcm(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// maxKeyFile is far beyond three slots: what is larger is no key file.
const maxKeyFile = 64 << 10

func readKeyFile(dir string) (*KeyFile, error) {
	name := filepath.Join(dir, keyFile)
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%s: %w: 'hanaper vault init' makes one", dir, ErrNoVault)
	case err != nil:
		return nil, err
	case info.Size() > maxKeyFile:
		return nil, fmt.Errorf("%s: is no key file: %d bytes", name, info.Size())
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	k := &KeyFile{}
	if err := k.parse(data); err != nil {
		return nil, fmt.Errorf("%s: %w: %w: take the one of a backup", name, ErrDamaged, err)
	}
	return k, nil
}

func (k *KeyFile) parse(data []byte) error {
	if err := json.Unmarshal(data, k); err != nil {
		return err
	}
	if id, err := hex.DecodeString(k.Vault); err != nil || len(id) != 16 {
		return errors.New("vault is not 32 hexadecimal digits")
	}
	if k.V != 1 {
		return fmt.Errorf("%w (v is %d)", ErrNewer, k.V)
	}
	for _, s := range k.Slots {
		if len(s.Nonce) != 12 || len(s.Key) != keySize+16 {
			return fmt.Errorf("slot %s has a nonce of %d and a key of %d bytes, not 12 and 48", s.Kind, len(s.Nonce), len(s.Key))
		}
		if s.Argon2 != nil {
			if err := s.Argon2.check(); err != nil {
				return err
			}
		}
	}
	return nil
}

// write puts the file in place whole or not at all. fresh: it must not exist.
func (k *KeyFile) write(dir string, fresh bool) (err error) {
	data, err := json.MarshalIndent(k, "", "  ")
	if err != nil {
		return err
	}
	return whole.Write(filepath.Join(dir, keyFile), append(data, '\n'), fresh)
}
