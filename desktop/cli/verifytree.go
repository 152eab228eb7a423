package cli

import (
	"context"
	"fmt"
	"io"
	"os"

	"hanaper/desktop/vault"
	"hanaper/proof"
)

// checkProof demands that a record is in the tree of a checkpoint.
func (c *verifyFlags) checkProof(env *Env, r *verifyReport) error {
	text, err := readNote(env, c.proof)
	if err != nil {
		return err
	}
	if r.Signed == nil {
		r.Problem("", "a proof is of a signed record, and this one has no valid signature")
		return nil
	}
	p, err := proof.ParseInclusion(text)
	if err == nil {
		_, err = vault.CheckProof(p, vault.Leaf(r.ID, r.Signed), c.logKeys...)
	}
	if err != nil {
		r.Problem("", err.Error())
	}
	return nil
}

// checkpointReport is what verify says of a checkpoint, and a line of its JSON.
type checkpointReport struct {
	Checkpoint string `json:"checkpoint"` // the file
	OK         bool   `json:"ok"`
	Origin     string `json:"origin"`
	Size       int64  `json:"size"`    // entries
	Root       string `json:"root"`    // base64
	Problem    string `json:"problem"` // "" where it is good
}

// tree checks a checkpoint, a vault, or one against the other.
func (c *verifyFlags) tree(env *Env, files []string) (int, error) {
	switch {
	case len(files) > 0:
		return 0, usagef("--vault and --checkpoint take no FILE")
	case c.proof != "":
		return 0, usagef("--proof goes with a FILE, not with --vault or --checkpoint")
	case c.vault == "" && len(c.logKeys) == 0:
		return 0, usagef("--checkpoint needs the --log-key of who signed it, or the --vault it is of")
	}
	ctx, stop := interruptible()
	defer stop()
	if c.vault == "" {
		return c.savedCheckpoint(ctx, env, nil)
	}
	v, err := env.openVault(ctx, c.vault)
	if err != nil {
		return 0, err
	}
	defer v.Close()
	code := ExitOK
	if c.checkpoint != "" {
		if code, err = c.savedCheckpoint(ctx, env, v); err != nil {
			return code, err
		}
	}
	rep, err := v.Check(ctx, vault.CheckOptions{Progress: env.counter("checked %d of %d")})
	if err != nil {
		return ExitUnknown, err
	}
	whole, err := showCheck(env, c.asJSON, c.vault, rep)
	return max(code, whole), err
}

// savedCheckpoint checks a checkpoint by itself, or against the vault it is of.
func (c *verifyFlags) savedCheckpoint(ctx context.Context, env *Env, v *vault.Vault) (int, error) {
	text, err := readNote(env, c.checkpoint)
	if err != nil {
		return 0, err
	}
	keys := c.logKeys
	if v != nil && len(keys) == 0 {
		if keys, err = v.VerifierKeys(ctx); err != nil {
			return 0, err
		}
	}
	r := checkpointReport{Checkpoint: c.checkpoint}
	cp, err := vault.OpenCheckpoint(text, keys...)
	if err == nil {
		r.Origin, r.Size, r.Root = cp.Log, cp.Size, cp.Root.String()
		if v != nil {
			err = v.Extends(ctx, cp)
		}
	}
	code := ExitOK
	if r.OK = err == nil; !r.OK {
		r.Problem, code = err.Error(), ExitAttention
	}
	if c.asJSON {
		return code, jsonTo(env.Stdout).Encode(r)
	}
	w := words[c.lang]
	if r.OK {
		fmt.Fprintf(env.Stdout, "%s: %s\n", printable(r.Checkpoint), w.good)
	} else {
		fmt.Fprintf(env.Stdout, "%s: %s\n  %s\n", printable(r.Checkpoint), w.bad, printable(r.Problem))
	}
	if r.Root != "" {
		fmt.Fprintf(env.Stdout, "  %s\n  %d, root %s\n", printable(r.Origin), r.Size, r.Root)
	}
	return code, nil
}

// maxNote is far beyond a proof of 63 hashes and a checkpoint.
const maxNote = 1 << 20

func readNote(env *Env, name string) (string, error) {
	in := env.Stdin
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return "", readError(err)
		}
		defer f.Close()
		in = f
	}
	raw, err := io.ReadAll(io.LimitReader(in, maxNote+1))
	if err != nil {
		return "", readError(err)
	}
	if len(raw) > maxNote {
		return "", fmt.Errorf("%s: is larger than %d bytes: no proof or checkpoint", name, maxNote)
	}
	return string(raw), nil
}
