package cli

import (
	"errors"
	"flag"
	"fmt"
	"strings"
)

// verb is one thing that a command with several does: hanaper COMMAND VERB.
type verb struct {
	name, use, short, details string
	run                       func(env *Env, args []string) (int, error)
}

// runVerb runs the verb of the command that args begin with.
func runVerb(env *Env, command string, verbs []verb, args []string) (int, error) {
	if len(args) == 0 {
		return 0, usagef("say what to do: %s", verbNames(verbs))
	}
	for _, v := range verbs {
		if v.name != args[0] {
			continue
		}
		code, err := v.run(env, args[1:])
		var usage usageError
		switch {
		case errors.Is(err, flag.ErrHelp):
			fmt.Fprintf(env.Stdout, "hanaper %s %s\n\n%s", command, v.use, v.details)
			return ExitOK, nil
		case errors.As(err, &usage):
			fmt.Fprintf(env.Stderr, "hanaper %s %s: %v\n'hanaper %[1]s %[2]s --help' says more\n", command, v.name, err)
			return ExitUsage, nil
		case err != nil: // something else is at fault, not the command line
			tell(env, err)
			return max(code, ExitUsage), nil
		}
		return code, nil
	}
	if strings.TrimLeft(args[0], "-") == "help" || args[0] == "-h" {
		return 0, flag.ErrHelp
	}
	return 0, usagef("there is no %q; there are %s", args[0], verbNames(verbs))
}

func verbNames(verbs []verb) string {
	var names []string
	for _, v := range verbs {
		names = append(names, v.name)
	}
	return strings.Join(names, ", ")
}

// verbsHelp lists the verbs of a command.
func verbsHelp(command string, verbs []verb) string {
	b := &strings.Builder{}
	for _, v := range verbs {
		fmt.Fprintf(b, "  hanaper %s %-42s %s\n", command, v.use, v.short)
	}
	return b.String()
}
