package cli

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

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
		return 0, usageError{err}
	}
	b, err := anyPack(names[1])
	if err != nil {
		return 0, usageError{err}
	}
	code := ExitOK
	e := json.NewEncoder(env.Stdout)
	e.SetEscapeHTML(false)
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
	file := sourceOf(name)
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	if ext := strings.ToLower(filepath.Ext(file)); ext == ".yaml" || ext == ".yml" {
		c, err := pack.Compile(file, raw, policy.BundledJSON)
		if err != nil {
			return nil, err
		}
		return c.Pack, nil
	}
	text, _, err := pack.Open(raw)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	p, err := policy.Load(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return p, nil
}
