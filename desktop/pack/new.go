package pack

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"hanaper/core/canonical"
	"hanaper/core/policy"
)

// The beginnings of a rule book and of an overlay: whole, so that lint and test
// find nothing before the first change.
//
//go:embed template
var templates embed.FS

// sourceFile stands beside pack.yaml: what the rules say, word for word.
const sourceFile = "source.txt"

var packID = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// New writes the beginning of a rule book into a folder that does not exist yet,
// or with base the beginning of an overlay upon that rule book. The folder's name
// is the pack's id. It returns the files it wrote.
func New(dir, base string) (files []string, err error) {
	id := filepath.Base(filepath.Clean(dir))
	if !packID.MatchString(id) {
		return nil, fmt.Errorf("%q is no id: small letters and digits, words joined by -", id)
	}
	if _, ok := policy.Bundled(id); ok {
		return nil, fmt.Errorf("%s is the id of a pack that comes with hanaper: choose another", id)
	}
	switch err := os.Mkdir(dir, 0o755); {
	case errors.Is(err, fs.ErrExist):
		return nil, fmt.Errorf("%s is there already: choose another name", dir)
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%s: make its parent folder first", dir)
	case err != nil:
		return nil, err
	}
	from := "template/pack"
	if base != "" {
		from = "template/overlay"
	}
	source, err := templates.ReadFile(path.Join(from, sourceFile))
	if err != nil {
		return nil, err
	}
	fill := strings.NewReplacer("{ID}", id, "{BASE}", base, "{DIGEST}", digest(source))
	entries, err := fs.ReadDir(templates, from)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		text, err := templates.ReadFile(path.Join(from, e.Name()))
		if err != nil {
			return files, err
		}
		file := filepath.Join(dir, e.Name())
		if err := os.WriteFile(file, []byte(fill.Replace(string(text))), 0o644); err != nil {
			return files, err
		}
		files = append(files, file)
	}
	return files, nil
}

func digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// SourceFaults tells where source.txt beside a pack's YAML, if it is there, has
// another digest than the pack names. The error is Problems.
func (c *Compiled) SourceFaults(file string) error {
	b, err := os.ReadFile(filepath.Join(filepath.Dir(file), sourceFile))
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		return err
	}
	v, err := canonical.Parse(c.JSON, canonical.Limits{Bytes: policy.MaxPackBytes})
	if err != nil {
		return err
	}
	if got := digest(b); got != v.Get("source").Get("sha256").Str {
		return c.at.problems(canonical.Problems{{Path: "source.sha256",
			Msg: sourceFile + " has changed: if you meant it, write " + got}})
	}
	return nil
}
