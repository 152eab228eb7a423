// Hanaper on the command line: go build -o build/hanaper ./desktop. It needs no
// cgo and no GTK; docs/cli.md describes it. Built by ./task window it opens its window
// where it is started without arguments.
package main

import (
	"fmt"
	"os"
	"time"

	"golang.org/x/term"

	"hanaper/desktop/cli"
	"hanaper/desktop/window"
)

func main() {
	if len(os.Args) == 1 && window.Available {
		os.Exit(openWindow())
	}
	os.Exit(cli.Main(os.Args[1:], cli.Env{
		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Now: time.Now,
		Color:    isTerminal(os.Stdout) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb",
		Progress: isTerminal(os.Stderr),
		Secret:   secret(),
	}))
}

// openWindow shows the window until it is closed.
func openWindow() int {
	opt, err := window.UsualOptions()
	if err == nil {
		err = window.Run(opt)
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "hanaper: %v\n", err)
		return cli.ExitUsage
	}
	return cli.ExitOK
}

// secret asks for a passphrase without showing it, where a person is there to ask.
func secret() func(string) (string, error) {
	if !term.IsTerminal(int(os.Stdin.Fd())) {
		return nil
	}
	return func(prompt string) (string, error) {
		fmt.Fprint(os.Stderr, prompt)
		defer fmt.Fprintln(os.Stderr)
		words, err := term.ReadPassword(int(os.Stdin.Fd()))
		return string(words), err
	}
}

func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
