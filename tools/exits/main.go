// Command exits writes docs/exits.md and its table in SECURITY.md: every way text
// leaves Hanaper (extension/exits.json, desktop/exits.json).
package main

//go:generate go run hanaper/tools/exits ../..

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// exit is a row: what the person presses, where text goes then, and which.
type exit struct {
	Button  string `json:"button"`
	To      string `json:"to"`
	Carries string `json:"carries"`
	// Text is message (words of messages that were kept), own (words the person
	// typed into a form) or none.
	Text string `json:"text"`
	// Test is "file: name" in TypeScript or "package:TestName" in Go.
	Test string `json:"test"`
	// Verbs are the commands of the program that this row stands for.
	Verbs []string `json:"verbs"`
}

// part is a program and its rows' file.
type part struct{ title, file string }

var parts = []part{{"The extension", "extension/exits.json"}, {"The program `hanaper`", "desktop/exits.json"}}

const (
	begin = "<!-- exits: written by go generate ./tools/exits -->\n"
	end   = "<!-- end of exits -->\n"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: exits ROOT")
		os.Exit(2)
	}
	if err := write(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "exits:", err)
		os.Exit(1)
	}
}

func write(root string) error {
	files, err := render(root)
	if err != nil {
		return err
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(root, name), []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// render gives the text of each file that holds the table.
func render(root string) (map[string]string, error) {
	var all strings.Builder
	for _, p := range parts {
		rows, err := read(filepath.Join(root, p.file))
		if err != nil {
			return nil, err
		}
		all.WriteString("\n### " + p.title + "\n\n" + table(rows))
	}
	security, err := os.ReadFile(filepath.Join(root, "SECURITY.md"))
	if err != nil {
		return nil, err
	}
	before, rest, ok := strings.Cut(string(security), begin)
	_, after, closed := strings.Cut(rest, end)
	if !ok || !closed {
		return nil, errors.New("SECURITY.md: the two comments around the table of exits are missing")
	}
	return map[string]string{
		"docs/exits.md": head + all.String(),
		"SECURITY.md":   before + begin + all.String() + "\n" + end + after,
	}, nil
}

const head = `# Every exit

Each way text leaves Hanaper, one row each. Text leaves only by a button that names where
it goes and shows what goes; there is no telemetry and nothing is sent by itself. "Text"
says what of it is somebody's words: of messages that were kept, the person's own, or none.
A test finds no other way out in the extension's sources, and one puts canaries into every
place words can stand and looks at what each exit lets through.

This file is generated: edit ` + "`extension/exits.json`" + ` or ` + "`desktop/exits.json`" + `, then
` + "`go generate ./tools/exits`" + `.
`

func read(file string) (map[string]exit, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	rows := map[string]exit{}
	if err := json.Unmarshal(data, &rows); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return rows, nil
}

func table(rows map[string]exit) string {
	words := map[string]string{"message": "of kept messages", "own": "the person’s own", "none": "none"}
	var b strings.Builder
	b.WriteString("| exit | what is pressed | where it goes | what goes | text | test |\n|---|---|---|---|---|---|\n")
	for _, id := range slices.Sorted(maps.Keys(rows)) {
		r := rows[id]
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | `%s` |\n", id, r.Button, r.To, r.Carries, words[r.Text], r.Test)
	}
	return b.String()
}
