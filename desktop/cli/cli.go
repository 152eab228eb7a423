// Package cli is the command line: it reads files, calls the core, and puts the
// answers into words, JSON lines or SARIF. It decides nothing itself.
package cli

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"hanaper/core"
)

// Exit codes, the same for every command. Where several apply the highest of
// 3, 1, 0 counts; 2 says that nothing was done.
const (
	ExitOK        = 0 // check: all may go, silently or with a notice; verify: all records are good
	ExitAttention = 1 // check: a verdict of warn, justify or block; verify: a record with a problem
	ExitUsage     = 2 // the command line, the settings or a pack is wrong
	ExitUnknown   = 3 // some input could not be read or judged
)

// Env is the world outside.
type Env struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Now            func() time.Time
	Color          bool // standard output shows colours
	Progress       bool // standard error is a terminal, which shows how far a long command has come
	// Secret asks at the terminal for what must not be seen; nil where there is none.
	Secret func(prompt string) (string, error)
}

type command struct {
	name, use, short string
	run              func(env *Env, args []string) (int, error)
}

func commands() []command {
	return []command{
		{"check", "check [flags] [FILE...]", "judge messages: may they be sent, must they be kept", runCheck},
		{"verify", "verify [flags] [FILE...]", "check kept records, checkpoints, a whole vault", runVerify},
		{"import", "import [flags] FILE...", "bring in exported chats, mail and transcripts: look, judge, keep", runImport},
		{"deliver", "deliver [flags] [RECORD...]", "take records to their destinations, read them back, compare", runDeliver},
		{"export", "export --as FORM --out PATH [flags] [RECORD...]", "write records out: mail files, mbox, list, bag, package, PDF", runExport},
		{"destination", "destination VERB ...", "add, list, test or remove the places records go", runDestination},
		{"search", "search [flags] [WORDS...]", "find records in the vault", runSearch},
		{"vault", "vault VERB ...", "the records on this computer: make, check, back up", runVault},
		{"bridge", "bridge VERB ...", "connect the extension with this computer's vault", runBridge},
		{"request", "request VERB ...", "answer a request for records: search, certificate, package, receipt", runRequest},
		{"hold", "hold VERB ...", "see, state and release holds", runHold},
		{"packs", "packs [flags] [ID]", "list the rule books, or the clauses of one", runPacks},
		{"pack", "pack VERB ...", "check, test or compile a rule book of your own", runPack},
		{"version", "version", "say which version this is", runVersion},
		{"help", "help [COMMAND]", "explain a command", runHelp},
	}
}

// usageError is a mistake on the command line; it is answered with ExitUsage.
type usageError struct{ error }

func usagef(format string, a ...any) error { return usageError{fmt.Errorf(format, a...)} }

// Main runs one command and returns its exit code.
func Main(args []string, env Env) int {
	if len(args) == 0 {
		fmt.Fprint(env.Stderr, overview())
		return ExitUsage
	}
	if startedByBrowser(args) {
		code, err := serveBrowser(&env)
		if err != nil {
			fmt.Fprintf(env.Stderr, "hanaper bridge: %v\n", err)
		}
		return code
	}
	name := strings.TrimLeft(args[0], "-")
	if name == "h" {
		name = "help"
	}
	for _, c := range commands() {
		if c.name != name {
			continue
		}
		code, err := c.run(&env, args[1:])
		if errors.Is(err, flag.ErrHelp) {
			fmt.Fprint(env.Stdout, helpText(name))
			return ExitOK
		}
		if err != nil {
			fmt.Fprintf(env.Stderr, "hanaper %s: %v\n", name, err)
			var usage usageError
			if errors.As(err, &usage) {
				fmt.Fprintf(env.Stderr, "run 'hanaper help %s' for its flags\n", name)
				return ExitUsage
			}
			return max(code, ExitUsage)
		}
		return code
	}
	fmt.Fprintf(env.Stderr, "hanaper: there is no command %q\n%s", args[0], overview())
	return ExitUsage
}

// many is a flag that may be given several times.
func many(to *[]string) func(string) error {
	return func(s string) error {
		*to = append(*to, s)
		return nil
	}
}

// parse reads flags wherever they stand among the arguments, which it returns;
// everything after -- is an argument.
func parse(f *flag.FlagSet, args []string) ([]string, error) {
	f.SetOutput(io.Discard)
	f.Usage = func() {}
	var literal, rest []string
	for i, a := range args {
		if a == "--" {
			args, literal = args[:i], args[i+1:]
			break
		}
	}
	for {
		if err := f.Parse(args); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				return nil, err
			}
			return nil, usageError{err}
		}
		if args = f.Args(); len(args) == 0 {
			return append(rest, literal...), nil
		}
		rest, args = append(rest, args[0]), args[1:]
	}
}

func runVersion(env *Env, args []string) (int, error) {
	if len(args) > 0 {
		return 0, usagef("version takes no arguments")
	}
	build := ""
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				build = ", " + s.Value[:min(12, len(s.Value))]
			}
		}
	}
	fmt.Fprintf(env.Stdout, "hanaper %s (%s, %s/%s%s)\n", core.Version, runtime.Version(), runtime.GOOS, runtime.GOARCH, build)
	return ExitOK, nil
}

func runHelp(env *Env, args []string) (int, error) {
	if len(args) == 0 {
		fmt.Fprint(env.Stdout, overview())
		return ExitOK, nil
	}
	text := helpText(args[0])
	if text == "" {
		return 0, usagef("there is no command %q", args[0])
	}
	fmt.Fprint(env.Stdout, text)
	return ExitOK, nil
}
