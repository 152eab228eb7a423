package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"hanaper/desktop/pack"
	"hanaper/desktop/signed"
)

// sourceOf gives the YAML of a rule book: the file itself, or pack.yaml in a folder.
func sourceOf(name string) string {
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		return filepath.Join(name, "pack.yaml")
	}
	return name
}

// readSource reads a rule book's file, and says what to name where there is none.
func readSource(file string) ([]byte, error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		err = fmt.Errorf("%s: %w: name a pack.yaml or a folder with one; hanaper pack new begins one", file, readError(err))
	}
	return raw, err
}

// readPack gives the JSON of a rule book from a folder, its YAML, or a compiled or
// signed file; key is the signer's, "" where there is none.
func readPack(name string, compile func(file string, raw []byte) (*pack.Compiled, error)) (text []byte, key string, err error) {
	file := sourceOf(name)
	raw, err := readSource(file)
	if err != nil {
		return nil, "", err
	}
	if ext := strings.ToLower(filepath.Ext(file)); ext == ".yaml" || ext == ".yml" {
		c, err := compile(file, raw)
		if err != nil {
			return nil, "", err
		}
		return c.JSON, "", nil
	}
	if text, key, err = signed.Open(signed.Pack, raw); err != nil {
		err = fmt.Errorf("%s: %w", file, err)
	}
	return text, key, err
}

// checked compiles and lints a rule book.
func checked(name string) (file string, c *pack.Compiled, err error) {
	file = sourceOf(name)
	raw, err := readSource(file)
	if err != nil {
		return file, nil, err
	}
	if c, err = pack.Check(file, raw); err == nil {
		err = c.SourceFaults(file)
	}
	return file, c, err
}

// withExamples is checked, with the rule book's examples: it must have some.
func withExamples(name string) (file string, c *pack.Compiled, all []pack.Example, err error) {
	if file, c, err = checked(name); err != nil {
		return file, nil, nil, err
	}
	if all, err = pack.Examples(filepath.Dir(file)); err == nil && len(all) == 0 {
		err = fmt.Errorf("%s: has no examples: write them to %s", file, filepath.Join(filepath.Dir(file), "examples.yaml"))
	}
	return file, c, all, err
}

// eachPack runs f for every path and tells what is wrong with each.
func eachPack(env *Env, names []string, f func(name string) error) int {
	code := ExitOK
	for _, name := range names {
		if err := f(name); err != nil {
			tell(env, err)
			code = ExitUsage
		}
	}
	return code
}

// eachChecked is eachPack for rule books that lint finds nothing wrong with.
func eachChecked(env *Env, names []string, f func(file string, c *pack.Compiled) error) int {
	return eachPack(env, names, func(name string) error {
		file, c, err := checked(name)
		if err != nil {
			return err
		}
		return f(file, c)
	})
}

// tell says on standard error what is wrong, one fault a line.
func tell(env *Env, err error) {
	for _, line := range strings.Split(err.Error(), "\n") {
		fmt.Fprintf(env.Stderr, "hanaper: %s\n", line)
	}
}

// jsonTo writes JSON lines as people read them: without escapes for HTML.
func jsonTo(w io.Writer) *json.Encoder {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e
}
