// Command switches switches features off, one after another, and sees that a test
// misses each (ruling 23): for every line of core/policy/coverage/switches.tsv it
// changes one place in a copy of the repository and runs one test, which must fail.
// Run it at the top of the repository; -every N takes each Nth line only.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// copyDir is where the changed copy stands; it is made anew by every run.
const copyDir = "build/switches"

func main() {
	every := flag.Int("every", 1, "take each Nth line only")
	only := flag.String("only", "", "take this row only")
	flag.Parse()
	if err := run(*every, *only); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(every int, only string) error {
	all, err := Read(".")
	if err != nil {
		return err
	}
	if err := mirror(); err != nil {
		return err
	}
	off, missed := 0, []string{}
	for i, s := range all {
		if i%every != 0 || only != "" && s.ID != only {
			continue
		}
		off++
		noticed, out, err := s.try(copyDir)
		if err != nil {
			return fmt.Errorf("%s: %w\n%s", s.ID, err, out)
		}
		if !noticed {
			missed = append(missed, fmt.Sprintf("%s switched off in %s: %s still passes", s.ID, s.File, s.Test))
		}
	}
	fmt.Printf("%d of %d features switched off, %d noticed\n", off, len(all), off-len(missed))
	if len(missed) > 0 {
		return errors.New(strings.Join(missed, "\n"))
	}
	return nil
}

// mirror copies what the repository tracks, as it stands, and what tests need of
// what is built.
func mirror() error {
	out, err := exec.Command("git", "ls-files", "-z").Output()
	if err != nil {
		return fmt.Errorf("git ls-files: %w (run it at the top of the repository)", err)
	}
	if err := os.RemoveAll(copyDir); err != nil {
		return err
	}
	for _, name := range append(strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00"), "build/core.wasm") {
		data, err := os.ReadFile(name)
		if errors.Is(err, os.ErrNotExist) {
			continue // removed and not yet committed
		}
		if err != nil {
			return err
		}
		to := filepath.Join(copyDir, name)
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return err
		}
		info, err := os.Stat(name)
		if err != nil {
			return err
		}
		if err := os.WriteFile(to, data, info.Mode().Perm()); err != nil {
			return err
		}
	}
	modules, err := filepath.Abs("node_modules")
	if err != nil {
		return err
	}
	return os.Symlink(modules, filepath.Join(copyDir, "node_modules"))
}

// try switches the feature off in the copy, runs the test and switches it on again.
// An error tells that nothing could be seen: the test did not run.
func (s *Switch) try(root string) (noticed bool, out string, err error) {
	path := filepath.Join(root, filepath.FromSlash(s.File))
	before, err := os.ReadFile(path)
	if err != nil {
		return false, "", err
	}
	if err := os.WriteFile(path, []byte(strings.Replace(string(before), s.Find, s.Replace, 1)), 0o644); err != nil {
		return false, "", err
	}
	defer func() { err = errors.Join(err, os.WriteFile(path, before, 0o644)) }()
	cmd, failed := exec.Command("node", "extension/test/unit/run.mjs", strings.TrimPrefix(s.Test, "extension/test/unit/")), "\nnot ok "
	if folder, name, ok := strings.Cut(s.Test, ":"); ok {
		cmd, failed = exec.Command("go", "test", "-short", "-count=1", "-run=^"+name+"$", "./"+folder), "--- FAIL: "+name
	}
	cmd.Dir = root
	raw, err := cmd.CombinedOutput()
	out = string(raw)
	if err != nil && !strings.Contains("\n"+out, failed) {
		return false, out, fmt.Errorf("%s did not run: %w", s.Test, err)
	}
	noticed, err = err != nil, nil
	return noticed, out, err
}
