// Package coretest holds the conformance suites every host of the core must pass.
package coretest

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// Call runs one operation on the host under test.
type Call func(op string, request []byte) ([]byte, error)

// Vectors runs every example in dir (testdata/vectors/*.txtar) through call and
// compares the results byte for byte. An example's first line says in a sentence
// what it shows; its files are OPERATION.request.json and OPERATION.result.json, or,
// where there are several, OPERATION-NAME.request.json and so on.
// With update true, results are written instead: only the native core may do that.
func Vectors(t *testing.T, dir string, update bool, call Call) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no vectors in %s (%v)", dir, err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) { vector(t, file, update, call) })
	}
}

func vector(t *testing.T, file string, update bool, call Call) {
	ar, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if first, _, _ := strings.Cut(string(ar.Comment), "\n"); !strings.HasSuffix(first, ".") {
		t.Errorf("%s: the first line must say in a sentence what the example shows", file)
	}
	results := map[string][]byte{}
	for _, f := range ar.Files {
		if name, ok := strings.CutSuffix(f.Name, ".result.json"); ok {
			results[name] = bytes.TrimSpace(f.Data)
		}
	}
	ran := 0
	out := &txtar.Archive{Comment: ar.Comment}
	for _, f := range ar.Files {
		op, ok := strings.CutSuffix(f.Name, ".request.json")
		if !ok {
			continue
		}
		ran++
		name := op
		op, _, _ = strings.Cut(name, "-")
		got, err := call(op, bytes.TrimSpace(f.Data))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		out.Files = append(out.Files, f, txtar.File{Name: name + ".result.json", Data: append(got, '\n')})
		if !update && !bytes.Equal(got, results[name]) {
			t.Errorf("%s: %s differs\n got %s\nwant %s", filepath.Base(file), name, got, results[name])
		}
	}
	if ran == 0 || !update && ran != len(results) {
		t.Errorf("%s: %d requests, %d results", file, ran, len(results))
	}
	if update {
		if err := os.WriteFile(file, txtar.Format(out), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
