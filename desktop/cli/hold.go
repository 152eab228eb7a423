package cli

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"time"

	"hanaper/desktop/request"
	"hanaper/desktop/signed"
	"hanaper/desktop/vault"
)

func holdVerbs() []verb {
	return []verb{
		{"list", "list [--json]", "the holds, and what is stated of the vault as a whole", holdListHelp, holdList},
		{"state", "state none|held|unknown --by NAME", "state whether anything must stay as it is", holdStateHelp, holdState},
		{"release", "release --package FILE --receipt FILE", "end a request's hold with the officer's receipt", holdReleaseHelp, holdRelease},
	}
}

func runHold(env *Env, args []string) (int, error) { return runVerb(env, "hold", holdVerbs(), args) }

func holdHelp() string {
	return verbsHelp("hold", holdVerbs()) + `
Under a hold nothing is deleted, dropped or changed, and nothing suggests it. A request places its
own ('hanaper request run'). That there is none has to be stated, and counts for 30 days.
`
}

const holdListHelp = `  --vault DIR        the vault, otherwise the usual one
  --json             one hold a line, then the statement
`

func holdList(env *Env, args []string) (int, error) {
	var dir string
	var asJSON bool
	f := flag.NewFlagSet("hold list", flag.ContinueOnError)
	f.StringVar(&dir, "vault", "", "")
	f.BoolVar(&asJSON, "json", false, "")
	if rest, err := parse(f, args); err != nil {
		return 0, err
	} else if len(rest) > 0 {
		return 0, usagef("list takes flags only")
	}
	ctx, stop := interruptible()
	defer stop()
	v, err := env.openVault(ctx, dir)
	if err != nil {
		return 0, err
	}
	defer v.Close()
	all, err := v.Holds(ctx)
	if err != nil {
		return 0, err
	}
	state, err := v.HoldState(ctx)
	if err != nil {
		return 0, err
	}
	if asJSON {
		e := jsonTo(env.Stdout)
		for _, h := range all {
			if err := e.Encode(h); err != nil {
				return 0, err
			}
		}
		return ExitOK, e.Encode(map[string]string{"state": string(state)})
	}
	for _, h := range all {
		end := "in force"
		if !h.Lifted.IsZero() {
			end = "released " + h.Lifted.Format(time.DateOnly) + ": " + h.Receipt
		}
		if _, err := fmt.Fprintf(env.Stdout, "%s: %d records, placed %s by %s, %s\n", h.Name, h.Records, h.At.Format(time.DateOnly), h.By, end); err != nil {
			return 0, err
		}
	}
	_, err = fmt.Fprintf(env.Stdout, "over all other records: %s\n", state)
	return ExitOK, err
}

const holdStateHelp = `  --by NAME          who states it
  --vault DIR        the vault, otherwise the usual one
`

func holdState(env *Env, args []string) (int, error) {
	var by, dir string
	f := flag.NewFlagSet("hold state", flag.ContinueOnError)
	f.StringVar(&by, "by", "", "")
	f.StringVar(&dir, "vault", "", "")
	rest, err := paths(f, args, 1, "none, held or unknown")
	switch {
	case err != nil:
		return 0, err
	case len(rest) > 1 || rest[0] != "none" && rest[0] != "held" && rest[0] != "unknown":
		return 0, usagef("state one of none, held, unknown")
	case by == "":
		return 0, usagef("--by: who states it?")
	}
	ctx, stop := interruptible()
	defer stop()
	v, err := env.openVault(ctx, dir)
	if err != nil {
		return 0, err
	}
	defer v.Close()
	if err := v.StateHold(ctx, vault.HoldStatement{State: vault.HoldState(rest[0]), By: by, Source: "person", At: env.Now()}); err != nil {
		return 0, err
	}
	_, err = fmt.Fprintf(env.Stdout, "stated by %s: %s\n", by, rest[0])
	return ExitOK, err
}

const holdReleaseHelp = `Ends the hold of a request. The receipt must be for exactly this package, and the package whole.

  --package FILE     the package that was handed over
  --receipt FILE     the officer's receipt for it
  --officer KEY      refuse a receipt that is not signed by this public key (base64); repeat for
                     several
  --vault DIR        the vault, otherwise the usual one
`

func holdRelease(env *Env, args []string) (int, error) {
	var pkg, receipt, dir string
	var officers []string
	f := flag.NewFlagSet("hold release", flag.ContinueOnError)
	f.StringVar(&pkg, "package", "", "")
	f.StringVar(&receipt, "receipt", "", "")
	f.StringVar(&dir, "vault", "", "")
	f.Func("officer", "", many(&officers))
	rest, err := parse(f, args)
	switch {
	case err != nil:
		return 0, err
	case len(rest) > 0 || pkg == "" || receipt == "":
		return 0, usagef("release takes --package and --receipt")
	}
	raw, err := readNamed(receipt)
	if err != nil {
		return 0, err
	}
	r, err := request.OpenReceipt(raw)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", receipt, err)
	}
	if err := trusted(officers, r.Key); err != nil {
		return 0, fmt.Errorf("%s: %w", receipt, err)
	}
	ctx, stop := interruptible()
	defer stop()
	v, err := env.openVault(ctx, dir)
	if err != nil {
		return 0, err
	}
	defer v.Close()
	if err := request.Release(ctx, v, pkg, r, officers); err != nil {
		return 0, err
	}
	_, err = fmt.Fprintf(env.Stdout, "%s: released\n", r.Reference)
	return ExitOK, err
}

const requestReceiptHelp = `Checks the package and, where it is whole, writes the receipt for it.

  --by NAME          who receives it
  --key FILE         sign the receipt (hanaper pack keygen FILE)
  --out FILE         write it here, otherwise to standard output
`

func requestReceipt(env *Env, args []string) (int, error) {
	var by, keyFile, out string
	f := flag.NewFlagSet("request receipt", flag.ContinueOnError)
	f.StringVar(&by, "by", "", "")
	f.StringVar(&keyFile, "key", "", "")
	f.StringVar(&out, "out", "", "")
	names, err := paths(f, args, 1, "the package")
	if err != nil {
		return 0, err
	}
	p, err := request.Check(names[0])
	if err != nil {
		return ExitUnknown, err
	}
	if len(p.Problems) > 0 {
		return ExitAttention, errors.Join(showPackage(env, names[0], p), errors.New("no receipt for a package that is not whole"))
	}
	text, err := request.NewReceipt(p, by, env.Now())
	if err == nil && keyFile != "" {
		text, err = signWith(keyFile, signed.Receipt, text)
	}
	if err != nil {
		return 0, err
	}
	return ExitOK, writeOut(env, out, text)
}

// readNamed reads a file; the error names it.
func readNamed(name string) ([]byte, error) {
	raw, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, readError(err))
	}
	return raw, nil
}

func signWith(keyFile string, kind signed.Kind, document []byte) ([]byte, error) {
	raw, err := readNamed(keyFile)
	if err != nil {
		return nil, err
	}
	key, err := signed.ParseKey(raw)
	if err != nil {
		return nil, fmt.Errorf("%s %w", keyFile, err)
	}
	return signed.Sign(kind, document, key)
}

// writeOut writes a new file, or to standard output where none is named.
func writeOut(env *Env, name string, text []byte) error {
	if name == "" {
		_, err := env.Stdout.Write(text)
		return err
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	return errors.Join(err, f.Close())
}
