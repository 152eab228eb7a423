package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"hanaper/desktop/vault"
)

func vaultVerbs() []verb {
	return []verb{
		{"init", "init [--passphrase]", "make a vault, and a recovery key to write down", vaultInitHelp, vaultInit},
		{"status", "status", "what is in it and how it opens", vaultStatusHelp, vaultStatus},
		{"check", "check [--signatures] [--reindex]", "prove every record, file and checkpoint", vaultCheckHelp, vaultCheck},
		{"backup", "backup DIR", "copy it into a folder, and check the copy", vaultBackupHelp, vaultBackup},
		{"restore", "restore DIR", "make a vault of a backup", vaultRestoreHelp, vaultRestore},
		{"passphrase", "passphrase [--keyring|--recovery]", "change how it opens", vaultPassphraseHelp, vaultPassphrase},
		{"show", "show ID", "write a record as a mail message (.eml)", vaultShowHelp, vaultShow},
		{"checkpoint", "checkpoint", "write the latest signed checkpoint, to be kept elsewhere", vaultCheckpointHelp, vaultCheckpoint},
		{"proof", "proof ID", "write a proof that a record is in the tree", vaultProofHelp, vaultProof},
	}
}

func runVault(env *Env, args []string) (int, error) { return runVerb(env, "vault", vaultVerbs(), args) }

// vaultHelp lists the verbs, for "hanaper help vault".
func vaultHelp() string {
	return verbsHelp("vault", vaultVerbs()) + `
The vault is a folder with an encrypted database. It opens with a key in the system's keyring, or
with a passphrase; and with the recovery key, which is shown once, when it is made.

  --vault DIR        the vault meant, otherwise HANAPER_VAULT, otherwise the usual one; goes with
                     every verb
  --json             write the result as JSON; goes with every verb that tells something

  HANAPER_PASSPHRASE, HANAPER_RECOVERY_KEY   open it with these, without asking

Exit codes: 0 done; 1 check: something is not as it was kept; 2 nothing was done; 3 the check
could not be ended.
'hanaper vault VERB --help' says more of each.
`
}

// vaultFlags go with every verb.
type vaultFlags struct {
	*flag.FlagSet
	dir    string
	asJSON bool
}

func newVaultFlags(verb string) *vaultFlags {
	f := &vaultFlags{FlagSet: flag.NewFlagSet(verb, flag.ContinueOnError)}
	f.StringVar(&f.dir, "vault", "", "")
	f.BoolVar(&f.asJSON, "json", false, "")
	return f
}

// arguments parses and demands exactly those named.
func (f *vaultFlags) arguments(args []string, names ...string) ([]string, error) {
	rest, err := parse(f.FlagSet, args)
	if err == nil && len(rest) != len(names) {
		err = usagef("takes %d arguments (%s), not %d", len(names), strings.Join(names, ", "), len(rest))
	}
	return rest, err
}

// with opens the vault, runs work, and closes it.
func (f *vaultFlags) with(env *Env, work func(context.Context, *vault.Vault) (int, error)) (int, error) {
	ctx, stop := interruptible()
	defer stop()
	v, err := env.openVault(ctx, f.dir)
	if err != nil {
		return 0, err
	}
	code, err := work(ctx, v)
	if errors.Is(err, context.Canceled) && ctx.Err() != nil {
		err = errors.New("interrupted: nothing was changed")
	}
	return code, errors.Join(err, v.Close())
}

const vaultInitHelp = `Makes an empty vault. It opens with a key in the system's keyring; with --passphrase, or where
HANAPER_PASSPHRASE is set, with a passphrase. The recovery key it prints is not stored anywhere: write
it down and keep it where you keep such things. Without it and the keyring or passphrase
nobody can read the vault again.

  --passphrase       ask for a passphrase instead of using the keyring
  --vault DIR        where, otherwise HANAPER_VAULT, otherwise the usual place
  --json             write folder, way in and recovery key as JSON
`

func vaultInit(env *Env, args []string) (int, error) {
	f := newVaultFlags("init")
	asked := f.Bool("passphrase", false, "")
	if _, err := f.arguments(args); err != nil {
		return 0, err
	}
	dir, err := vaultDir(f.dir)
	if err != nil {
		return 0, err
	}
	unlock, opens := vault.Keyring(), "keyring"
	if *asked || os.Getenv("HANAPER_PASSPHRASE") != "" {
		words, err := env.newPassphrase("HANAPER_PASSPHRASE")
		if err != nil {
			return 0, err
		}
		unlock, opens = vault.Passphrase(words), "passphrase"
	}
	ctx, stop := interruptible()
	defer stop()
	v, recovery, err := vault.Create(ctx, dir, unlock)
	if err != nil {
		return 0, err
	}
	if err := v.Close(); err != nil {
		return 0, err
	}
	if f.asJSON {
		return ExitOK, jsonTo(env.Stdout).Encode(map[string]string{"vault": dir, "opens_with": opens, "recovery_key": recovery})
	}
	fmt.Fprintf(env.Stdout, "made %s; it opens with the %s\n\n  recovery key: %s\n\nWrite it down now: it is shown this once.\n", printable(dir), opens, recovery)
	return ExitOK, nil
}

const vaultStatusHelp = `Tells how many records there are in each state, whether a hold is stated, how the vault opens,
its size, and the tree: entries, root, and the public keys of its checkpoints.

  --vault DIR        the vault meant
  --json             write it as JSON
`

// vaultState is what status tells.
type vaultState struct {
	Vault     string         `json:"vault"`
	Records   int            `json:"records"`
	States    map[string]int `json:"states"`
	Hold      string         `json:"hold"`
	OpensWith []string       `json:"opens_with"`
	Bytes     int64          `json:"bytes"`
	Entries   int64          `json:"entries"`
	Root      string         `json:"root"` // base64; "" while empty
	Keys      []string       `json:"keys"` // C2SP verifier keys, the one in force last
}

func vaultStatus(env *Env, args []string) (int, error) {
	f := newVaultFlags("status")
	if _, err := f.arguments(args); err != nil {
		return 0, err
	}
	return f.with(env, func(ctx context.Context, v *vault.Vault) (int, error) {
		s, err := stateOf(ctx, v)
		if err != nil {
			return 0, err
		}
		if f.asJSON {
			return ExitOK, jsonTo(env.Stdout).Encode(s)
		}
		fmt.Fprintf(env.Stdout, "%s\n  records: %d", printable(s.Vault), s.Records)
		for state := vault.StateKept; state <= vault.StateClosed; state++ {
			if n := s.States[state.String()]; n > 0 {
				fmt.Fprintf(env.Stdout, ", %d %s", n, state)
			}
		}
		fmt.Fprintf(env.Stdout, "\n  hold: %s\n  opens with: %s\n  size: %.1f MB\n  tree: %d entries %s\n", s.Hold, strings.Join(s.OpensWith, ", "), float64(s.Bytes)/1e6, s.Entries, s.Root)
		for _, k := range s.Keys {
			fmt.Fprintf(env.Stdout, "  checkpoint key: %s\n", k)
		}
		return ExitOK, nil
	})
}

func stateOf(ctx context.Context, v *vault.Vault) (s vaultState, err error) {
	s = vaultState{Vault: v.Dir(), States: map[string]int{}}
	states, total, err := v.Counts(ctx)
	if err != nil {
		return s, err
	}
	s.Records = total
	for state, n := range states {
		s.States[state.String()] = n
	}
	hold, err := v.HoldState(ctx)
	if err != nil {
		return s, err
	}
	s.Hold = string(hold)
	if s.OpensWith, err = vault.Ways(v.Dir()); err != nil {
		return s, err
	}
	files, err := os.ReadDir(v.Dir())
	if err != nil {
		return s, err
	}
	for _, file := range files {
		if info, err := os.Stat(filepath.Join(v.Dir(), file.Name())); err == nil {
			s.Bytes += info.Size()
		}
	}
	if s.Keys, err = v.VerifierKeys(ctx); err != nil {
		return s, err
	}
	cp, err := v.Checkpoint(ctx)
	if err == nil && cp != nil {
		s.Entries, s.Root = cp.Size, cp.Root.String()
	}
	return s, err
}

const vaultCheckHelp = `Proves the vault: recomputes the digest of every record and attached file, the whole tree, and
every checkpoint with its signature. What is not as it was kept is named, the first entry first, and
everything else is checked all the same. 'hanaper verify --vault' does the same.

  --signatures       check the signature of every record anew too; otherwise that it is the one
                     that was checked when the record was kept
  --reindex          afterwards make the full-text index anew from the records
  --vault DIR        the vault meant
  --json             write the report as JSON
`

func vaultCheck(env *Env, args []string) (int, error) {
	f := newVaultFlags("check")
	signatures, reindex := f.Bool("signatures", false, ""), f.Bool("reindex", false, "")
	if _, err := f.arguments(args); err != nil {
		return 0, err
	}
	return f.with(env, func(ctx context.Context, v *vault.Vault) (int, error) {
		if *reindex {
			left, err := v.Reindex(ctx, env.counter("indexed %d of %d"))
			if err != nil {
				return 0, err
			}
			if left > 0 {
				fmt.Fprintf(env.Stderr, "hanaper: %d damaged records are not in the index\n", left)
			}
		}
		rep, err := v.Check(ctx, vault.CheckOptions{Signatures: *signatures, Progress: env.counter("checked %d of %d")})
		if err != nil {
			return ExitUnknown, err
		}
		return showCheck(env, f.asJSON, v.Dir(), rep)
	})
}

// showCheck tells what Check found.
func showCheck(env *Env, asJSON bool, dir string, rep *vault.Report) (int, error) {
	code := ExitOK
	if len(rep.Bad) > 0 {
		code = ExitAttention
	}
	if asJSON {
		return code, jsonTo(env.Stdout).Encode(struct {
			Vault string `json:"vault"`
			OK    bool   `json:"ok"`
			*vault.Report
		}{dir, code == ExitOK, rep})
	}
	verdict := map[int]string{ExitOK: "good", ExitAttention: "not good"}[code]
	fmt.Fprintf(env.Stdout, "%s: %s: %d records, %d files, %d checkpoints\n", printable(dir), verdict, rep.Records, rep.Files, rep.Checkpoints)
	for _, b := range rep.Bad {
		if b.Index >= 0 {
			fmt.Fprintf(env.Stdout, "  entry %d: %s\n", b.Index, printable(b.Text))
		} else {
			fmt.Fprintf(env.Stdout, "  %s\n", printable(b.Text))
		}
		for _, id := range b.IDs {
			fmt.Fprintf(env.Stdout, "    %s\n", id)
		}
	}
	if rep.Root != "" {
		fmt.Fprintf(env.Stdout, "  root %s\n", rep.Root)
	}
	return code, nil
}
