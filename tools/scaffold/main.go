// Command scaffold starts a new detector or channel: the files, and their place in
// the lists. What it writes compiles and fails its tests until it is filled in.
//
//	scaffold detector fr-nir
//	scaffold channel signal
package main

import (
	"fmt"
	"os"
	"regexp"
	"strings"
)

func main() {
	if len(os.Args) != 3 || !regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`).MatchString(os.Args[2]) {
		fail("usage: scaffold detector|channel ID (lower case, words joined by -)")
	}
	switch id := os.Args[2]; os.Args[1] {
	case "detector":
		detector(id)
	case "channel":
		channel(id)
	default:
		fail("detector or channel, not " + os.Args[1])
	}
}

func fail(msg string) {
	fmt.Fprintln(os.Stderr, "scaffold:", msg)
	os.Exit(1)
}

func detector(id string) {
	name := camel(id)
	create("core/detect/"+id+".go", strings.NewReplacer("ID", id, "NAME", name, "FUNC", "find"+strings.ToUpper(name[:1])+name[1:]).Replace(`package detect

// NAME finds ... (what, and how it is written).
//
// SOURCE: the statute, standard or register the rules come from.
//
// Hit: "...". Near miss: "...".
var NAME = detector{
	id: "ID", class: ClassIdentifier,
	source: "",
	about:  "",
	words:  "", // context words, English and French
	find:   FUNC,
}

func FUNC(in *input) {
	for i := range in.groups { // runs of digits; in.joined puts neighbours together
		_ = i
	}
}
`))
	create("testdata/detect/"+id+".txtar", "One sentence: what is found, and what is not.\n-- hit --\nwrite «what is found» in its sentence\n-- miss --\na near miss\n")
	replace("core/detect/list.go", "\t&attachmentName,\n", "\t&"+name+",\n\t&attachmentName,\n")
	fmt.Println("now: its slow twin in core/detect/oracle_*_test.go, and an entry under detectors: in the packs that use it")
}

func channel(id string) {
	name := camel(id)
	create("extension/channel/"+id+".ts", strings.NewReplacer("ID", id, "NAME", name).Replace(`// ID: what the page looks like, seen when and where. The only code with its
// selectors: several anchors a fact, a comment each.

import type { Channel } from "./types.ts";

export function NAME(): Channel {
  throw new Error("ID: every fact of Channel, and \"unknown\" where the page is not understood");
}
`))
	if err := os.MkdirAll("testdata/dom/"+id, 0o755); err != nil {
		fail(err.Error())
	}
	replace("extension/channel/registry.ts", "import type { Channel }", "import { "+name+" } from \"./"+id+".ts\";\nimport type { Channel }")
	replace("extension/channel/registry.ts", "= [", "= ["+name+", ")
	fmt.Println("now: its hosts in extension/manifest.mjs, its id in core/message/channels.go, dated fixtures in testdata/dom/" + id +
		", a stand-in in extension/test/stage and its entry in extension/test/standins.ts, which the conformance suite reads")
}

func create(file, text string) {
	if _, err := os.Stat(file); err == nil {
		fail(file + " is there already")
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		fail(err.Error())
	}
	fmt.Println("wrote", file)
}

func replace(file, old, by string) {
	data, err := os.ReadFile(file)
	if err == nil && !strings.Contains(string(data), old) {
		err = fmt.Errorf("%s: %q is not in it", file, old)
	}
	if err == nil {
		err = os.WriteFile(file, []byte(strings.Replace(string(data), old, by, 1)), 0o644)
	}
	if err != nil {
		fail(err.Error())
	}
	fmt.Println("changed", file)
}

func camel(id string) string {
	parts := strings.Split(id, "-")
	for i := range parts[1:] {
		parts[i+1] = strings.ToUpper(parts[i+1][:1]) + parts[i+1][1:]
	}
	return strings.Join(parts, "")
}
