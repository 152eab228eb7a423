package cli

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"hanaper/core/policy"
	"hanaper/desktop/pack"
)

func packVerbs() []verb {
	return []verb{
		{"lint", "lint PATH...", "check rule books: complete, unambiguous, no loose ends", lintHelp, packLint},
		{"test", "test [--json] DIR...", "run the examples a rule book carries, and switch its rules off", testHelp, packTest},
		{"diff", "diff [--json] A B", "say what changed between two rule books", diffHelp, packDiff},
		{"coverage", "coverage [--json] [--status S] [ID...]", "list every requirement and how far it is met", coverageHelp, packCoverage},
		{"keygen", "keygen FILE", "make a key for signing rule books", keygenHelp, packKeygen},
		{"sign", "sign --key FILE [--out DIR] DIR...", "check, test, compile and sign rule books", signHelp, packSign},
		{"compile", "compile DIR...", "write pack.json beside each pack.yaml", compileHelp, packCompile},
		{"new", "new [--overlay ID] DIR", "begin a rule book, or what a department adds to one", newHelp, packNew},
	}
}

func runPack(env *Env, args []string) (int, error) {
	return runVerb(env, "pack", packVerbs(), args)
}

// packHelp is for "hanaper help pack".
func packHelp() string {
	return verbsHelp("pack", packVerbs()) +
		"\nA rule book is a folder with pack.yaml, and its examples in examples.yaml or examples/*.yaml.\n" +
		"'hanaper pack VERB --help' says more of each.\n"
}

// paths parses flags and demands at least so many arguments.
func paths(f *flag.FlagSet, args []string, atLeast int, what string) ([]string, error) {
	rest, err := parse(f, args)
	if err == nil && len(rest) < atLeast {
		err = usagef("name %s", what)
	}
	return rest, err
}

const lintHelp = `Compiles each rule book (a pack.yaml, or a folder with one) and proves its tables complete and
unambiguous. Every fault is told with file and line. Exit code 2 where there is any.
`

func packLint(env *Env, args []string) (int, error) {
	names, err := paths(flag.NewFlagSet("lint", flag.ContinueOnError), args, 1, "the rule books to check")
	if err != nil {
		return 0, err
	}
	return eachChecked(env, names, func(file string, c *pack.Compiled) error {
		fmt.Fprintf(env.Stdout, "%s: good: %s\n", file, summary(c.Pack))
		if missing := pack.Unnamed(c.Pack); len(missing) > 0 {
			fmt.Fprintf(env.Stdout, "  named in general words: %s\n", strings.Join(missing, ", "))
		}
		return nil
	}), nil
}

func summary(p *policy.Pack) string {
	name := p.ID + " " + p.Version
	if p.Of != "" {
		name += " on " + p.Of
	}
	return fmt.Sprintf("%s, %d tables, %d clauses", name, len(p.Tables), len(p.Clauses))
}

const compileHelp = `Checks each folder's pack.yaml and writes pack.json beside it: the canonical JSON (RFC 8785) that
the core reads and that is signed.
`

func packCompile(env *Env, args []string) (int, error) {
	names, err := paths(flag.NewFlagSet("compile", flag.ContinueOnError), args, 1, "the rule books to compile")
	if err != nil {
		return 0, err
	}
	return eachChecked(env, names, func(file string, c *pack.Compiled) error {
		file = filepath.Join(filepath.Dir(file), "pack.json")
		if err := os.WriteFile(file, c.JSON, 0o644); err != nil {
			return err
		}
		_, err := fmt.Fprintf(env.Stdout, "%s: good: %s\n", file, summary(c.Pack))
		return err
	}), nil
}

const testHelp = `Runs the examples in a rule book's folder (examples.yaml, examples/*.yaml). Then every clause the
examples name is switched off in turn: one of its examples must fail, or it does not show the
clause. Rows that no example needs are listed; they are no fault.

  --json             write one line for each rule book: ran, failed, clauses, vain, idle

Exit code 1 where an example fails or shows nothing, 2 where a file is wrong.
`

// packProof is a line of "pack test --json".
type packProof struct {
	Pack    string              `json:"pack"`
	Version string              `json:"version"`
	Ran     int                 `json:"ran"`
	Failed  []string            `json:"failed"`
	Clauses map[string][]string `json:"clauses"` // proven, by the examples named
	Vain    []string            `json:"vain"`    // clauses whose examples hold without them, and where the first stands
	Idle    []string            `json:"idle"`    // rows no example needs
}

func packTest(env *Env, args []string) (int, error) {
	var asJSON bool
	f := flag.NewFlagSet("test", flag.ContinueOnError)
	f.BoolVar(&asJSON, "json", false, "")
	names, err := paths(f, args, 1, "the folders to test")
	if err != nil {
		return 0, err
	}
	good := ExitOK
	code := eachPack(env, names, func(name string) error {
		_, c, all, err := withExamples(name)
		if err != nil {
			return err
		}
		proof := pack.Prove(c.Pack, all, policy.Bundled)
		if len(proof.Failed)+len(proof.Vain) > 0 {
			good = ExitAttention
		}
		return showProof(env.Stdout, c.Pack, &proof, asJSON)
	})
	return max(code, good), nil
}

func showProof(out io.Writer, p *policy.Pack, proof *pack.Proof, asJSON bool) error {
	if asJSON {
		return jsonTo(out).Encode(packProof{p.ID, p.Version, proof.Ran, some(proof.Failed), proof.Clauses, some(proof.Vain), some(proof.Idle)})
	}
	for _, line := range proof.Failed {
		fmt.Fprintf(out, "%s\n", line)
	}
	for _, line := range proof.Vain {
		fmt.Fprintf(out, "%s\n", line)
	}
	if len(proof.Idle) > 0 {
		fmt.Fprintf(out, "rows no example needs: %s\n", strings.Join(proof.Idle, ", "))
	}
	_, err := fmt.Fprintf(out, "%s %s: %d examples, %d failed; %d clauses shown, %d not\n", p.ID, p.Version, proof.Ran, len(proof.Failed),
		len(proof.Clauses), len(proof.Vain))
	return err
}

// some makes an absent list an empty one, for JSON.
func some(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
