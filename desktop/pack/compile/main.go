// Command compile checks packs and writes pack.json beside each pack.yaml:
//
//	go run hanaper/desktop/pack/compile DIR...
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"hanaper/desktop/pack"
)

func main() {
	failed := len(os.Args) < 2
	for _, dir := range os.Args[1:] {
		if err := compile(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			failed = true
		}
	}
	if failed {
		os.Exit(1)
	}
}

func compile(dir string) error {
	file := filepath.Join(dir, "pack.yaml")
	in, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	c, err := pack.Check(file, in)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "pack.json"), c.JSON, 0o644)
}
