// Hanaper on the command line: go build -o build/hanaper ./desktop. It needs no
// cgo and no GTK; docs/cli.md describes it.
package main

import (
	"fmt"
	"os"
	"time"

	"golang.org/x/term"

	"hanaper/desktop/cli"
)

func main() {
	os.Exit(cli.Main(os.Args[1:], cli.Env{
		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Now: time.Now,
		Color:    isTerminal(os.Stdout) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb",
		Progress: isTerminal(os.Stderr),
		Secret:   secret(),
	}))
}

// secret asks for a passphrase without showing it, where a person is there to ask.
func secret() func(string) (string, error) {
	if !isTerminal(os.Stdin) {
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
