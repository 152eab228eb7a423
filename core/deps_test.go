package core_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// allowedInCore: everything core.wasm may be made of. A package not listed costs
// size or purity; the reason to add one belongs beside it.
var allowedInCore = map[string]string{
	"bytes":         "",
	"cmp":           "",
	"errors":        "sentinels",
	"math":          "number checks in canonical JSON",
	"math/bits":     "integer inference",
	"slices":        "",
	"sort":          "",
	"strconv":       "",
	"strings":       "",
	"sync":          "OnceValue of tables built on first use; no goroutine",
	"sync/atomic":   "the packs the operation install left behind",
	"unicode":       "",
	"unicode/utf16": "RFC 8785 order",
	"unicode/utf8":  "",
}

// boundaries: what may not import what, and why.
var boundaries = []struct{ from, to, why string }{
	{"desktop", "hanaper/wasm", "shells share the core and testdata, nothing else"},
	{"wasm/gateway", "hanaper/core/detect", "the gateway never judges text"},
	{"wasm/gateway", "hanaper/core/policy", "the gateway never judges text"},
	{"wasm/gateway", "hanaper/core/classify", "the gateway never judges text"},
	{"wasm/host", "hanaper/core", "the host runs core.wasm and must not judge by itself"},
	{"wasm", "hanaper/desktop", "shells share the core and testdata, nothing else"},
	{"core", "hanaper/desktop", "imports point down"},
	{"core", "hanaper/wasm", "imports point down"},
}

// forbiddenCalls would make two judgements of one draft differ.
var forbiddenCalls = regexp.MustCompile(`\b(time\.Now|time\.Since|os\.Getenv|rand\.[A-Z]\w*|go func)\b`)

// TestBoundaries reads the files itself: a child process's reads are not seen by
// the test cache, and the test would pass on stale results.
func TestBoundaries(t *testing.T) {
	seen := 0
	walk(t, func(path string, imports []string, text string) {
		seen++
		for _, imp := range imports {
			for _, b := range boundaries {
				if within(path, b.from) && (imp == b.to || strings.HasPrefix(imp, b.to+"/")) {
					t.Errorf("%s imports %s: %s", path, imp, b.why)
				}
			}
			if imp == "hanaper/core/coretest" {
				t.Errorf("%s imports coretest: only tests may", path)
			}
		}
		if !pure(path) {
			return
		}
		for _, imp := range imports {
			if _, ok := allowedInCore[imp]; !ok && !strings.HasPrefix(imp, "hanaper/core") {
				t.Errorf("%s imports %s, which core.wasm may not contain (see allowedInCore)", path, imp)
			}
		}
		if call := forbiddenCalls.FindString(text); call != "" {
			t.Errorf("%s uses %s: the core is pure, time and randomness arrive as arguments", path, call)
		}
	})
	if seen < 20 {
		t.Fatalf("only %d files seen: the walk is broken", seen)
	}
}

// pure: in the core, except trainers and suites, which are never linked into it.
func pure(path string) bool {
	return within(path, "core") && !within(path, "core/coretest") && !within(path, "core/classify/train")
}

func within(path, dir string) bool { return strings.HasPrefix(path, dir+"/") }

func walk(t *testing.T, f func(path string, imports []string, text string)) {
	t.Helper()
	root := os.DirFS("..")
	for _, top := range []string{"core", "wasm", "desktop"} {
		err := fs.WalkDir(root, top, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.IsDir() && (d.Name() == "testdata" || d.Name() == "node_modules") {
				return fs.SkipDir
			}
			if filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
				return nil
			}
			data, err := fs.ReadFile(root, path)
			if err != nil {
				return err
			}
			file, err := parser.ParseFile(token.NewFileSet(), path, data, parser.ImportsOnly)
			if err != nil {
				return err
			}
			var imports []string
			for _, s := range file.Imports {
				p, err := strconv.Unquote(s.Path.Value)
				if err != nil {
					return err
				}
				imports = append(imports, p)
			}
			f(path, imports, string(data))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
