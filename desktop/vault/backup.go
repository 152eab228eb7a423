package vault

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/zalando/go-keyring"

	"hanaper/desktop/whole"
)

// A backup is a folder with the two files of a vault and the latest checkpoint as
// text. It opens with the passphrase or recovery key of its vault.
const checkpointFile = "checkpoint.txt"

// pagesAtOnce is how much is copied before others may write: 4 MiB.
const pagesAtOnce = 1024

// Backup copies the vault, as it is at one moment, into the folder to, which must
// not exist; others may go on writing. The copy is checked before it gets its name.
func (v *Vault) Backup(ctx context.Context, to string, progress func(done, total int64)) (err error) {
	part, err := newPart(to)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(part))
		}
	}()
	if err := copyFile(filepath.Join(v.dir, keyFile), filepath.Join(part, keyFile)); err != nil {
		return err
	}
	if err := v.copyDatabase(ctx, filepath.Join(part, databaseFile), progress); err != nil {
		return fmt.Errorf("copying the database: %w", err)
	}
	rep, err := checkCopy(ctx, part, v.key, v.device.name)
	if err != nil {
		return err
	}
	if rep.Checkpoint != nil {
		if err := whole.Write(filepath.Join(part, checkpointFile), []byte(rep.Checkpoint.Note), true); err != nil {
			return err
		}
	}
	return errors.Join(os.Rename(part, to), whole.SyncDir(filepath.Dir(to)))
}

// newPart makes the folder that becomes to once it is whole.
func newPart(to string) (string, error) {
	if _, err := os.Lstat(to); err == nil {
		return "", fmt.Errorf("%s is there already: name a folder that is not", to)
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return "", err
	}
	return os.MkdirTemp(filepath.Dir(to), ".part-*") // mode 0700
}

func (v *Vault) copyDatabase(ctx context.Context, file string, progress func(done, total int64)) error {
	c, err := v.take(ctx, v.readers)
	if err != nil {
		return err
	}
	defer func() { v.readers <- c }()
	if c == nil {
		if c, err = v.connect(ctx); err != nil {
			return err
		}
	}
	// The copy's connection is opened first: it sets the checksums up.
	to, err := openDatabase(ctx, file, v.key)
	if err != nil {
		return err
	}
	if err := to.Close(); err != nil {
		return err
	}
	b, err := c.BackupInit("main", uri(file)+"&hexkey="+hex.EncodeToString(v.key))
	if err != nil {
		return explain(err)
	}
	for done := false; !done; {
		if err = ctx.Err(); err != nil {
			break
		}
		if done, err = b.Step(pagesAtOnce); err != nil {
			break
		}
		if progress != nil {
			progress(int64(b.PageCount()-b.Remaining()), int64(b.PageCount()))
		}
	}
	return explain(errors.Join(err, b.Close()))
}

// checkCopy proves a copy before it is relied on.
func checkCopy(ctx context.Context, dir string, key []byte, origin string) (*Report, error) {
	v, err := open(ctx, dir, append([]byte{}, key...), origin[len(originOf("")):])
	if err != nil {
		return nil, err
	}
	rep, err := v.Check(ctx, CheckOptions{})
	err = errors.Join(err, v.Close())
	if err == nil && len(rep.Bad) > 0 {
		err = fmt.Errorf("%w: %d places, the first: %s", ErrDamaged, len(rep.Bad), rep.Bad[0].Text)
	}
	return rep, err
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}

// Restore makes a vault in dir, which must hold none, of a backup. It is checked
// first. The new vault signs with a key of its own, so that two copies that go on
// apart can be told apart; the old key's checkpoints stay good. with opens the
// backup; the system's keyring of another machine cannot.
func Restore(ctx context.Context, backup, dir string, with Unlock) (rep *Report, err error) {
	k, err := readKeyFile(backup)
	if err != nil {
		return nil, err
	}
	key, err := k.open(with)
	if err != nil {
		return nil, err
	}
	defer clear(key)
	if entries, err := os.ReadDir(dir); err == nil && len(entries) == 0 {
		if err := os.Remove(dir); err != nil {
			return nil, err
		}
	}
	part, err := newPart(dir)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(part))
		}
	}()
	for _, name := range []string{databaseFile, keyFile} {
		if err := copyFile(filepath.Join(backup, name), filepath.Join(part, name)); err != nil {
			return nil, err
		}
	}
	if rep, err = checkCopy(ctx, part, key, originOf(k.Vault)); err != nil {
		return rep, err
	}
	if err := renewDevice(ctx, part, append([]byte{}, key...), k.Vault, rep.Records); err != nil {
		return rep, err
	}
	return rep, errors.Join(os.Rename(part, dir), whole.SyncDir(filepath.Dir(dir)))
}

func renewDevice(ctx context.Context, dir string, key []byte, id string, size int64) error {
	v, err := open(ctx, dir, key, id)
	if err != nil {
		return err
	}
	err = v.write(ctx, func(c *conn) error { return c.newDevice(id, size) })
	return errors.Join(err, v.Close())
}

// Ways are the kinds of unlocking a vault is set up for: keyring, passphrase,
// recovery.
func Ways(dir string) (kinds []string, err error) {
	k, err := readKeyFile(dir)
	if err != nil {
		return nil, err
	}
	for _, s := range k.Slots {
		kinds = append(kinds, s.Kind)
	}
	return kinds, nil
}

// AddWay lets a vault open by to from now on, in place of what there was of that
// kind: a new passphrase ends the old one. The data key stays, so a backup made
// before opens with what it opened with then.
func AddWay(dir string, with, to Unlock) error {
	return changeWays(dir, with, func(k *KeyFile, key []byte) error { return k.put(to, key) })
}

// NewRecoveryKey replaces the recovery key and returns it, this once.
func NewRecoveryKey(dir string, with Unlock) (string, error) {
	fresh := newRecoveryKey()
	return fresh, AddWay(dir, with, RecoveryKey(fresh))
}

// DropWay ends the way in of unlock's kind; the last but the recovery key stays.
func DropWay(dir string, with, drop Unlock) error {
	return changeWays(dir, with, func(k *KeyFile, _ []byte) error {
		before := len(k.Slots)
		k.drop(drop.kind)
		for _, s := range k.Slots {
			if s.Kind == kindRecovery {
				continue
			}
			if drop.kind == kindKeyring && len(k.Slots) < before {
				_ = keyring.Delete(keyringService, keyringAccount+k.Vault) // it opens nothing any more
			}
			return nil
		}
		return errors.New("then only the recovery key would open it: set a passphrase or the keyring first")
	})
}

func changeWays(dir string, with Unlock, change func(*KeyFile, []byte) error) error {
	k, err := readKeyFile(dir)
	if err != nil {
		return err
	}
	key, err := k.open(with)
	if err != nil {
		return err
	}
	defer clear(key)
	if err := change(k, key); err != nil {
		return err
	}
	return k.write(dir, false)
}
