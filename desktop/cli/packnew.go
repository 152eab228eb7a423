package cli

import (
	"flag"
	"fmt"
	"strings"

	"hanaper/core/policy"
	"hanaper/desktop/pack"
)

const newHelp = `Makes the folder DIR with the beginning of a rule book: pack.yaml, what it rests on (source.txt), and
its examples (examples.yaml). It is whole: lint and test find nothing. The folder's name is the
rule book's id. docs/write-a-pack.md goes on from there.

  --overlay ID       begin an overlay instead: what a department adds to the rule book ID
`

func packNew(env *Env, args []string) (int, error) {
	var base string
	f := flag.NewFlagSet("new", flag.ContinueOnError)
	f.StringVar(&base, "overlay", "", "")
	names, err := paths(f, args, 1, "the folder to make")
	if err != nil {
		return 0, err
	}
	if len(names) > 1 {
		return 0, usagef("new makes one folder")
	}
	if _, ok := policy.Bundled(base); base != "" && !ok {
		return 0, usagef("there is no pack %q; there are %s", base, strings.Join(policy.BundledIDs[:], ", "))
	}
	files, err := pack.New(names[0], base)
	if err != nil {
		return 0, err
	}
	for _, file := range files {
		fmt.Fprintln(env.Stdout, file)
	}
	fmt.Fprintf(env.Stdout, "next: change them, and after every step: hanaper pack lint %[1]s && hanaper pack test %[1]s\n", names[0])
	return ExitOK, nil
}
