package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"hanaper/core"
	"hanaper/desktop/bridge"
	"hanaper/desktop/vault"
)

func bridgeVerbs() []verb {
	return []verb{
		{"install", "install [--dir DIR] [--extension ID] [BROWSER...]", "tell browsers of this program", bridgeInstallHelp, bridgeInstall},
		{"remove", "remove [--dir DIR] [BROWSER...]", "take that back", bridgeRemoveHelp, bridgeRemove},
		{"status", "status [--json]", "which browsers know this program, and which profiles were approved", bridgeStatusHelp, bridgeStatus},
		{"approve", "approve CODE", "let a browser profile put records into the vault", bridgeApproveHelp, bridgeApprove},
		{"revoke", "revoke CODE", "no longer let it", bridgeRevokeHelp, bridgeRevoke},
	}
}

func runBridge(env *Env, args []string) (int, error) {
	return runVerb(env, "bridge", bridgeVerbs(), args)
}

func bridgeHelp() string {
	return verbsHelp("bridge", bridgeVerbs()) +
		"\nWith the bridge the extension puts records into this computer's vault. Three steps, once: install\n" +
		"it for your browser; choose \"This computer's vault\" in the extension's settings; approve the code\n" +
		"that is shown there. The browser starts this program by itself, and ends it.\n"
}

const bridgeInstallHelp = `Writes the file by which a browser finds this program. BROWSER is chromium, chrome, edge or firefox;
without one, each that is set up here.

  --dir DIR          the folder NativeMessagingHosts of a profile kept elsewhere
  --extension ID     the extension's id, where it is not the usual one
`

const bridgeRemoveHelp = `Removes that file. Records stay in the vault, approvals as they are.

  --dir DIR          as for install
`

const bridgeStatusHelp = `Lists the browsers that know this program, and the browser profiles that asked, with their codes.

  --json             write it as JSON
`

const bridgeApproveHelp = `Approves the browser profile whose code the extension shows. Compare it: the code is made of that
profile's key, and only records signed with that key are taken.
`

const bridgeRevokeHelp = `Forgets the browser profile with that code. What it put into the vault stays.
`

// browsers are those named, or those whose folder of settings is there.
func browsers(names []string, dir string) (out []*bridge.Browser, err error) {
	for i := range bridge.Browsers {
		b := &bridge.Browsers[i]
		if len(names) == 0 && dir == "" {
			at, err := b.Dir()
			if err != nil {
				return nil, err
			}
			if _, err := os.Stat(filepath.Dir(at)); err == nil {
				out = append(out, b)
			}
		}
		for _, n := range names {
			if n == b.ID {
				out = append(out, b)
			}
		}
	}
	switch {
	case len(out) < len(names):
		return nil, usagef("%s: a browser is chromium, chrome, edge or firefox", strings.Join(names, ", "))
	case dir != "" && len(out) != 1:
		return nil, usagef("--dir is for one browser: name it")
	case len(out) == 0:
		return nil, usagef("no browser is set up here: name one of chromium, chrome, edge, firefox")
	}
	return out, nil
}

func bridgeInstall(env *Env, args []string) (int, error) {
	f := flag.NewFlagSet("install", flag.ContinueOnError)
	dir, extension := f.String("dir", "", ""), f.String("extension", "", "")
	names, err := parse(f, args)
	if err != nil {
		return 0, err
	}
	all, err := browsers(names, *dir)
	if err != nil {
		return 0, err
	}
	program, err := os.Executable()
	if err != nil {
		return 0, err
	}
	for _, b := range all {
		file, err := b.Install(*dir, program, *extension)
		if err != nil {
			return 0, fmt.Errorf("%s: %w", b.Name, err)
		}
		fmt.Fprintf(env.Stdout, "%s: %s\n", b.Name, file)
	}
	fmt.Fprintln(env.Stdout, "next: in the extension's settings choose \"This computer's vault\", then 'hanaper bridge approve' with the code shown there")
	return ExitOK, nil
}

func bridgeRemove(env *Env, args []string) (int, error) {
	f := flag.NewFlagSet("remove", flag.ContinueOnError)
	dir := f.String("dir", "", "")
	names, err := parse(f, args)
	if err != nil {
		return 0, err
	}
	all, err := browsers(names, *dir)
	if err != nil {
		return 0, err
	}
	for _, b := range all {
		removed, err := b.Remove(*dir)
		if err != nil {
			return 0, fmt.Errorf("%s: %w", b.Name, err)
		}
		fmt.Fprintf(env.Stdout, "%s: %s\n", b.Name, map[bool]string{true: "removed", false: "was not installed"}[removed])
	}
	return ExitOK, nil
}

// bridgeState is "bridge status --json".
type bridgeState struct {
	Browsers []bridgeBrowser `json:"browsers"`
	Profiles []bridge.Pair   `json:"profiles"`
}

type bridgeBrowser struct {
	ID      string `json:"id"`
	Program string `json:"program"` // that it starts, "" where it is not installed
	Here    bool   `json:"here"`    // it is this one
}

func bridgeStatus(env *Env, args []string) (int, error) {
	f := flag.NewFlagSet("status", flag.ContinueOnError)
	asJSON := f.Bool("json", false, "")
	rest, err := parse(f, args)
	switch {
	case err != nil:
		return 0, err
	case len(rest) > 0:
		return 0, usagef("status takes no arguments")
	}
	state := bridgeState{Profiles: []bridge.Pair{}}
	here, err := os.Executable()
	if err != nil {
		return 0, err
	}
	for i := range bridge.Browsers {
		program, err := bridge.Browsers[i].Status("")
		if err != nil {
			return 0, err
		}
		state.Browsers = append(state.Browsers, bridgeBrowser{bridge.Browsers[i].ID, program, program == here})
	}
	pairs, err := bridge.DefaultPairs()
	if err != nil {
		return 0, err
	}
	list, err := pairs.List()
	if err != nil {
		return 0, err
	}
	state.Profiles = append(state.Profiles, list...)
	if *asJSON {
		return ExitOK, jsonTo(env.Stdout).Encode(state)
	}
	for _, b := range state.Browsers {
		says := "not installed"
		if b.Program != "" {
			if says = "starts " + b.Program; !b.Here {
				says += ", which is not this program: install again"
			}
		}
		fmt.Fprintf(env.Stdout, "%-9s %s\n", b.ID, printable(says))
	}
	for _, p := range state.Profiles {
		says := "waits since " + p.Asked + ": hanaper bridge approve " + p.Code
		if p.Approved != "" {
			says = "approved " + p.Approved
		}
		fmt.Fprintf(env.Stdout, "%s %s\n", printable(p.Code), printable(says))
	}
	return ExitOK, nil
}

func bridgeApprove(env *Env, args []string) (int, error) {
	return bridgeChange(args, func(p *bridge.Pairs, code string) error {
		if err := p.Approve(code, env.Now()); err != nil {
			return err
		}
		fmt.Fprintln(env.Stdout, "approved: go back to the extension and press \"Try again\"")
		return nil
	})
}

func bridgeRevoke(env *Env, args []string) (int, error) {
	return bridgeChange(args, func(p *bridge.Pairs, code string) error {
		if err := p.Revoke(code); err != nil {
			return err
		}
		fmt.Fprintln(env.Stdout, "revoked: that browser profile puts nothing into the vault any more")
		return nil
	})
}

func bridgeChange(args []string, change func(p *bridge.Pairs, code string) error) (int, error) {
	rest, err := paths(flag.NewFlagSet("bridge", flag.ContinueOnError), args, 1, "the code the extension shows")
	if err != nil {
		return 0, err
	}
	pairs, err := bridge.DefaultPairs()
	if err != nil {
		return 0, err
	}
	err = change(pairs, strings.Join(rest, ""))
	if errors.Is(err, bridge.ErrCode) {
		err = usageError{err}
	}
	return ExitOK, err
}

// startedByBrowser tells whether a browser started the program: Chromium gives the
// extension's origin, Firefox the manifest's path and the extension's id.
func startedByBrowser(args []string) bool {
	return strings.HasPrefix(args[0], "chrome-extension://") || len(args) > 1 && filepath.Base(args[0]) == bridge.Name+".json"
}

// serveBrowser answers the browser until it closes the connection.
func serveBrowser(env *Env) (int, error) {
	pairs, err := bridge.DefaultPairs()
	if err != nil {
		return ExitUnknown, err
	}
	quiet := *env
	quiet.Secret = nil // nobody sits at a terminal, though there may be one
	var open *vault.Vault
	h := bridge.Host{Version: core.Version, Pairs: pairs, Now: env.Now}
	h.Open = func(ctx context.Context) (bridge.Records, error) {
		v, err := quiet.openVault(ctx, "")
		switch {
		case errors.Is(err, vault.ErrNoVault):
			return nil, fmt.Errorf("%w: %w", bridge.ErrNoVault, err)
		case err != nil:
			return nil, fmt.Errorf("%w: %w", bridge.ErrLocked, err)
		}
		open = v
		return bridge.Vault{V: v}, nil
	}
	err = h.Serve(context.Background(), env.Stdin, env.Stdout)
	if open != nil {
		err = errors.Join(err, open.Close())
	}
	if err != nil {
		return ExitUnknown, err
	}
	return ExitOK, nil
}
