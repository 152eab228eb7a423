package cli

import (
	"flag"
	"fmt"

	"hanaper/core/policy"
	"hanaper/desktop/pack"
)

const diffHelp = `Says what changed from A to B: clauses, cells (for which messages), thresholds, words, people, texts;
and whether a change is stricter or weaker. A and B are each the id of a bundled rule book, a folder,
a pack.yaml, or a compiled or signed pack. Exit code 1 where something became weaker.

  --json             write one change a line: kind, place, clause, what, effect
`

func packDiff(env *Env, args []string) (int, error) {
	var asJSON bool
	f := flag.NewFlagSet("diff", flag.ContinueOnError)
	f.BoolVar(&asJSON, "json", false, "")
	names, err := paths(f, args, 2, "the two rule books to compare")
	if err != nil {
		return 0, err
	}
	if len(names) > 2 {
		return 0, usagef("diff compares two rule books")
	}
	a, err := anyPack(names[0])
	if err != nil {
		return 0, err
	}
	b, err := anyPack(names[1])
	if err != nil {
		return 0, err
	}
	code := ExitOK
	e := jsonTo(env.Stdout)
	changes := pack.Diff(a, b)
	for _, c := range changes {
		if c.Effect == "weaker" {
			code = ExitAttention
		}
		if asJSON {
			err = e.Encode(c)
		} else {
			_, err = fmt.Fprintln(env.Stdout, changeLine(&c))
		}
		if err != nil {
			return code, err
		}
	}
	if len(changes) == 0 && !asJSON {
		_, err = fmt.Fprintln(env.Stdout, "no difference")
	}
	return code, err
}

func changeLine(c *pack.Change) string {
	line := c.Kind + " " + c.Place + ": " + c.What
	if c.Clause != "" && c.Clause != c.Place {
		line += " (" + c.Clause + ")"
	}
	if c.Effect != "" {
		line += " [" + c.Effect + "]"
	}
	return printable(line)
}

// anyPack reads a rule book from wherever one may be; an overlay comes with the
// bundled rule book it adds to.
func anyPack(name string) (*policy.Pack, error) {
	if p, ok := policy.Bundled(name); ok {
		return p, nil
	}
	text, _, err := readPack(name, func(file string, raw []byte) (*pack.Compiled, error) {
		return pack.Compile(file, raw, policy.BundledJSON)
	})
	if err != nil {
		return nil, err
	}
	p, err := policy.Load(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return p, nil
}
