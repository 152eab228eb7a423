// Package vault keeps records on this computer: encrypted, searchable, and in an
// append-only Merkle tree whose checkpoints this device signs.
//
// A vault is a folder of two files:
//
//	vault.db    SQLite, every page encrypted with Adiantum under the data key
//	vault.key   JSON: the data key, wrapped once for each way in (KeyFile)
//
// The cipher hides but does not authenticate (ruling 19). So every read recomputes
// the record's digest and compares it with its id, and Check proves the whole
// vault: records, files, tree and checkpoints.
//
// Life of a record: kept -> pending -> delivered -> closed, never back; over it
// lies a hold, which is none, held or unknown. Keep is durable when it returns and
// the same record may be kept again without effect. Several processes may have one
// vault open. A Vault may be used by several goroutines at once.
package vault

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// Names of the files in a vault's folder.
const (
	databaseFile = "vault.db"
	keyFile      = "vault.key"
)

// Errors a caller may want to tell apart, with errors.Is.
var (
	ErrNoVault  = errors.New("there is no vault here")
	ErrExists   = errors.New("there is already a vault here")
	ErrLocked   = errors.New("this does not open the vault")
	ErrNewer    = errors.New("the vault was written by a newer version of hanaper: update it")
	ErrNotFound = errors.New("no such record in the vault")
	ErrDamaged  = errors.New("damaged")
	ErrFull     = errors.New("the disk is full: make room and try again, nothing was changed")
	ErrClosed   = errors.New("the vault is closed")
	ErrHold     = errors.New("refused: it is not stated that no hold applies")
)

// Vault is an open vault.
type Vault struct {
	dir    string
	key    []byte // data key
	device device
	now    func() time.Time

	writer  chan *conn // holds the one connection that writes while nobody uses it
	readers chan *conn // nil stands for a connection yet to be opened
	closed  chan struct{}
	closing sync.Once
}

// Connections that read beside the one that writes: a search during a check.
const maxReaders = 2

// DefaultDir is the vault's folder where none is named: hanaper/vault in the
// folder the system has for a person's own data of programs on this machine.
func DefaultDir() (string, error) {
	base, err := dataDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(base, "hanaper", "vault"), nil
}

// Create makes a vault in dir, which may exist but must not hold one, and returns
// it with its recovery key: the words to write down, shown this once. unlock is
// how it opens from now on.
func Create(ctx context.Context, dir string, unlock Unlock) (*Vault, string, error) {
	if _, err := os.Lstat(filepath.Join(dir, keyFile)); err == nil {
		return nil, "", fmt.Errorf("%s: %w", dir, ErrExists)
	}
	if _, err := os.Lstat(filepath.Join(dir, databaseFile)); err == nil {
		return nil, "", fmt.Errorf("%s: %w, but its %s is missing", dir, ErrExists, keyFile)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, "", err
	}
	k, key, recovery, err := newKeyFile(unlock)
	if err != nil {
		return nil, "", err
	}
	// The key file first: a database without it would be lost.
	if err := k.write(dir, true); err != nil {
		return nil, "", err
	}
	v, err := open(ctx, dir, key, k.Vault)
	if err != nil {
		return nil, "", errors.Join(err, os.Remove(filepath.Join(dir, keyFile)))
	}
	return v, recovery, nil
}

// Open opens the vault in dir. Errors: ErrNoVault, ErrLocked, ErrNewer, ErrDamaged.
func Open(ctx context.Context, dir string, unlock Unlock) (*Vault, error) {
	k, err := readKeyFile(dir)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(filepath.Join(dir, databaseFile)); err != nil {
		return nil, fmt.Errorf("%s is there and %s is not: restore a backup; if the vault never held a record, delete the first and make a new vault (%w)", filepath.Join(dir, keyFile), databaseFile, err)
	}
	key, err := k.open(unlock)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", dir, err)
	}
	return open(ctx, dir, key, k.Vault)
}

// open opens or makes the database. id is the vault's, from its key file.
func open(ctx context.Context, dir string, key []byte, id string) (*Vault, error) {
	v := &Vault{dir: dir, key: key, now: time.Now, writer: make(chan *conn, 1), readers: make(chan *conn, maxReaders), closed: make(chan struct{})}
	c, err := v.connect(ctx)
	if err != nil {
		return nil, err
	}
	if err := c.migrate(ctx, id, v.now()); err != nil {
		return nil, errors.Join(err, c.Close())
	}
	if v.device, err = c.readDevice(id); err != nil {
		return nil, errors.Join(err, c.Close())
	}
	v.writer <- c
	for range maxReaders {
		v.readers <- nil
	}
	return v, nil
}

// Dir is the vault's folder.
func (v *Vault) Dir() string { return v.dir }

// Close waits for what is under way, closes the vault and zeroes its keys. Whatever
// is asked of it afterwards gives ErrClosed.
func (v *Vault) Close() (err error) {
	v.closing.Do(func() {
		close(v.closed)
		err = (<-v.writer).Close()
		for range maxReaders {
			if c := <-v.readers; c != nil {
				err = errors.Join(err, c.Close())
			}
		}
		clear(v.key)
		clear(v.device.key)
	})
	return err
}
