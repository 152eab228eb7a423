package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestGeneratedFilesAreFresh runs every go:generate line that calls this program
// and compares what it would write with what is committed.
func TestGeneratedFilesAreFresh(t *testing.T) {
	line := regexp.MustCompile(`(?m)^//go:generate go run hanaper/tools/embed -package (\w+) -out (\S+) (.+)$`)
	seen := 0
	for _, dir := range []string{"../../core/policy", "../../core/classify"} {
		files, err := filepath.Glob(dir + "/*.go")
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range line.FindAllStringSubmatch(string(src), -1) {
				seen++
				read := func(name string) ([]byte, error) { return os.ReadFile(filepath.Join(dir, name)) }
				want, err := Source(m[1], read, strings.Fields(m[3]))
				if err != nil {
					t.Fatal(err)
				}
				got, err := os.ReadFile(filepath.Join(dir, m[2]))
				if err != nil || !bytes.Equal(got, want) {
					t.Errorf("%s/%s is stale (%v): run go generate ./...", dir, m[2], err)
				}
			}
		}
	}
	if seen == 0 {
		t.Error("no go:generate line found")
	}
}

func TestLiteral(t *testing.T) {
	for _, s := range []string{"", "é\n", "a`b", "\xff\x00\"\\\r", "\ufeff"} {
		got, err := strconv.Unquote(literal([]byte(s)))
		if err != nil || got != s {
			t.Errorf("%q: %q, %v", s, got, err)
		}
	}
}
