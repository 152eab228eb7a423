package cli

import (
	"context"
	"errors"
	"fmt"

	"hanaper/desktop/vault"
)

const vaultBackupHelp = `Copies the vault, as it is at one moment, into the folder DIR, which must not exist, and checks the
copy. Others may go on writing meanwhile. The backup is encrypted as the vault is, and opens with its
passphrase or recovery key; keep one away from this computer.

  --vault DIR        the vault meant
  --json             write the result as JSON
`

func vaultBackup(env *Env, args []string) (int, error) {
	f := newVaultFlags("backup")
	rest, err := f.arguments(args, "DIR")
	if err != nil {
		return 0, err
	}
	return f.with(env, func(ctx context.Context, v *vault.Vault) (int, error) {
		if err := v.Backup(ctx, rest[0], env.counter("copied %d of %d pages")); err != nil {
			return 0, err
		}
		if f.asJSON {
			return ExitOK, jsonTo(env.Stdout).Encode(map[string]string{"vault": v.Dir(), "backup": rest[0]})
		}
		fmt.Fprintf(env.Stdout, "%s: backed up into %s, and the copy was checked\n", printable(v.Dir()), printable(rest[0]))
		return ExitOK, nil
	})
}

const vaultRestoreHelp = `Makes a vault of the backup in DIR, after checking it. There must be none in its place. The new
vault opens as the backup does and signs with a key of its own. A keyring of another computer cannot open it: give
HANAPER_PASSPHRASE or HANAPER_RECOVERY_KEY, and afterwards 'hanaper vault passphrase --keyring'.

  --vault DIR        where, otherwise HANAPER_VAULT, otherwise the usual place
  --json             write the report of the check as JSON
`

func vaultRestore(env *Env, args []string) (int, error) {
	f := newVaultFlags("restore")
	rest, err := f.arguments(args, "DIR")
	if err != nil {
		return 0, err
	}
	dir, err := vaultDir(f.dir)
	if err != nil {
		return 0, err
	}
	unlock, err := env.unlock(rest[0])
	if err != nil {
		return 0, err
	}
	ctx, stop := interruptible()
	defer stop()
	rep, err := vault.Restore(ctx, rest[0], dir, unlock)
	if err != nil {
		return 0, err
	}
	return showCheck(env, f.asJSON, dir, rep)
}

const vaultPassphraseHelp = `Sets the passphrase, or another one, asked for twice or taken from HANAPER_NEW_PASSPHRASE. What
opened the vault before does so no more, except the recovery key. Records are not encrypted anew, and a
backup opens with what it opened with when it was made.

  --keyring          open it with the system's keyring from now on, not with a passphrase
  --recovery         make a new recovery key instead; the old one opens it no more
  --vault DIR        the vault meant
  --json             write the result as JSON
`

func vaultPassphrase(env *Env, args []string) (int, error) {
	f := newVaultFlags("passphrase")
	toKeyring, recovery := f.Bool("keyring", false, ""), f.Bool("recovery", false, "")
	if _, err := f.arguments(args); err != nil {
		return 0, err
	}
	if *toKeyring && *recovery {
		return 0, usagef("--keyring and --recovery exclude each other")
	}
	dir, err := vaultDir(f.dir)
	if err != nil {
		return 0, err
	}
	with, err := env.unlock(dir)
	if err != nil {
		return 0, err
	}
	out := map[string]string{"vault": dir}
	switch {
	case *recovery:
		out["recovery_key"], err = vault.NewRecoveryKey(dir, with)
	case *toKeyring:
		out["opens_with"] = "keyring"
		err = exchange(dir, with, vault.Keyring(), vault.Passphrase(""))
	default:
		var words string
		if words, err = env.newPassphrase("HANAPER_NEW_PASSPHRASE"); err != nil {
			return 0, err
		}
		out["opens_with"] = "passphrase"
		err = exchange(dir, with, vault.Passphrase(words), vault.Keyring())
	}
	switch {
	case err != nil:
		return 0, err
	case f.asJSON:
		return ExitOK, jsonTo(env.Stdout).Encode(out)
	case *recovery:
		fmt.Fprintf(env.Stdout, "%s\n\n  recovery key: %s\n\nWrite it down now: it is shown this once. The one before opens nothing any more.\n", printable(dir), out["recovery_key"])
	default:
		fmt.Fprintf(env.Stdout, "%s opens with the %s\n", printable(dir), out["opens_with"])
	}
	return ExitOK, nil
}

// exchange lets the vault open by to instead of by from.
func exchange(dir string, with, to, from vault.Unlock) error {
	if err := vault.AddWay(dir, with, to); err != nil {
		return err
	}
	return vault.DropWay(dir, to, from)
}

const vaultShowHelp = `Writes a record, after comparing its digest, to standard output: a mail message with the record, its
signature and its files, the same bytes each time.

  --vault DIR        the vault meant
`

func vaultShow(env *Env, args []string) (int, error) {
	f := newVaultFlags("show")
	rest, err := f.arguments(args, "ID")
	if err != nil {
		return 0, err
	}
	return f.with(env, func(ctx context.Context, v *vault.Vault) (int, error) {
		eml, err := v.EML(ctx, rest[0])
		if err != nil {
			return 0, err
		}
		_, err = env.Stdout.Write(eml)
		return ExitOK, err
	})
}

const vaultCheckpointHelp = `Writes the latest checkpoint (C2SP tlog-checkpoint): the number of entries and the root of the tree,
signed by this vault's key. Keep it where the vault is not: 'hanaper verify --vault DIR --checkpoint FILE' shows
with it that nothing was taken out or changed since.

  --vault DIR        the vault meant
  --json             write origin, size, root, note and keys as JSON
`

func vaultCheckpoint(env *Env, args []string) (int, error) {
	f := newVaultFlags("checkpoint")
	if _, err := f.arguments(args); err != nil {
		return 0, err
	}
	return f.with(env, func(ctx context.Context, v *vault.Vault) (int, error) {
		cp, err := v.Checkpoint(ctx)
		if err != nil {
			return 0, err
		}
		if cp == nil {
			return 0, errors.New("nothing was kept yet, so there is no checkpoint")
		}
		if !f.asJSON {
			_, err = fmt.Fprint(env.Stdout, cp.Note)
			return ExitOK, err
		}
		keys, err := v.VerifierKeys(ctx)
		if err != nil {
			return 0, err
		}
		return ExitOK, jsonTo(env.Stdout).Encode(map[string]any{"origin": cp.Log, "size": cp.Size, "root": cp.Root.String(), "note": cp.Note, "keys": keys})
	})
}

const vaultProofHelp = `Writes a proof (C2SP tlog-proof) that a record is in the tree of the latest checkpoint. With it and
the checkpoint's key anybody can check the record without the vault:
'hanaper verify --proof FILE --log-key KEY record.eml'.

  --vault DIR        the vault meant
`

func vaultProof(env *Env, args []string) (int, error) {
	f := newVaultFlags("proof")
	rest, err := f.arguments(args, "ID")
	if err != nil {
		return 0, err
	}
	return f.with(env, func(ctx context.Context, v *vault.Vault) (int, error) {
		p, err := v.Prove(ctx, rest[0])
		if err != nil {
			return 0, err
		}
		_, err = fmt.Fprint(env.Stdout, p.Text())
		return ExitOK, err
	})
}
