// Package pack compiles a rule pack from YAML, which people write, to canonical
// JSON, which the core reads, and proves that its tables are complete and
// unambiguous. Every problem names file and line.
package pack

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"hanaper/core/canonical"
	"hanaper/core/policy"
)

// Problem is one thing wrong with a pack's source.
type Problem struct {
	File string
	Line int    // from 1; of the nearest member above, where the place itself is missing
	Path string // tables[0].rows[3].when.scope
	Msg  string
}

func (p Problem) Error() string {
	at := p.File + ":" + strconv.Itoa(p.Line) + ": "
	if p.Path == "" {
		return at + p.Msg
	}
	return at + p.Path + ": " + p.Msg
}

// Problems is an error that prints every problem on a line of its own.
type Problems []Problem

func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i := range p {
		lines[i] = p[i].Error()
	}
	return strings.Join(lines, "\n")
}

// Compiled is a pack that compiled and loaded.
type Compiled struct {
	JSON []byte // RFC 8785, ends with a newline; of an overlay: what it is expanded to
	Pack *policy.Pack
	at   source
	over *overlay // where the source is one
}

// Find gives a pack by its id, for examples.
type Find func(id string) (*policy.Pack, bool)

// Sources gives a rule book's JSON by its id, for overlays.
type Sources func(id string) ([]byte, bool)

// source remembers where each path stood.
type source struct {
	file  string
	lines map[string]int
}

// Compile turns YAML into a pack. An overlay is expanded with its rule book, which
// sources gives. The error is Problems.
func Compile(file string, in []byte, sources Sources) (*Compiled, error) {
	v, src, err := parseYAML(file, in)
	if err != nil {
		return nil, err
	}
	out := &Compiled{at: src}
	if of := v.Get("overlay"); of != nil {
		base, ok := sources(of.Str)
		if !ok {
			return nil, Problems{{File: file, Line: src.line("overlay"), Path: "overlay", Msg: "there is no rule book " + strconv.Quote(of.Str) + " to add to"}}
		}
		written := v
		o, p, found := expand(base, &written)
		if len(found) > 0 {
			return nil, src.problems(found)
		}
		out.Pack, out.over, v = p, o, o.out
	}
	out.JSON = append(canonical.Append(nil, v), '\n')
	if out.over == nil {
		if out.Pack, err = policy.Load(out.JSON); err != nil {
			return nil, src.problems(err)
		}
	}
	return out, nil
}

// parseYAML parses one YAML document, which may be JSON.
func parseYAML(file string, in []byte) (canonical.Value, source, error) {
	src := source{file: file, lines: map[string]int{"": 1}}
	dec := yaml.NewDecoder(bytes.NewReader(in))
	var doc, more yaml.Node
	if err := dec.Decode(&doc); err != nil {
		return canonical.Value{}, src, Problems{syntaxProblem(file, err)}
	}
	if dec.Decode(&more) == nil {
		return canonical.Value{}, src, Problems{{File: file, Line: more.Line, Msg: "a second document in the file"}}
	}
	c := compiler{source: src}
	v := c.value(doc.Content[0], "", 0)
	if len(c.problems) > 0 {
		return v, src, c.problems
	}
	return v, src, nil
}

// Check compiles and lints. Overlays add to bundled rule books: see CheckOn.
func Check(file string, in []byte) (*Compiled, error) { return CheckOn(file, in, policy.BundledJSON) }

// CheckOn is Check for overlays of rule books that sources gives.
func CheckOn(file string, in []byte, sources Sources) (*Compiled, error) {
	c, err := Compile(file, in, sources)
	if err != nil {
		return nil, err
	}
	var found canonical.Problems
	if c.over != nil {
		found = c.over.lint(c.Pack)
	} else {
		found = Lint(c.Pack)
	}
	if len(found) > 0 {
		return c, c.at.problems(found)
	}
	return c, nil
}

// syntaxProblem reads the line out of the parser's message ("yaml: line 3: ...");
// it has no other way to tell.
func syntaxProblem(file string, err error) Problem {
	msg, line := strings.TrimPrefix(err.Error(), "yaml: "), 1
	if rest, ok := strings.CutPrefix(msg, "line "); ok {
		if n, text, ok := strings.Cut(rest, ": "); ok {
			if number, err := strconv.Atoi(n); err == nil {
				line, msg = number, text
			}
		}
	}
	return Problem{File: file, Line: line, Msg: msg}
}

// problemsUnder is problems for a document that was read as a member called name.
func (s source) problemsUnder(name string, err error) Problems {
	out := s.problems(err)
	for i := range out {
		out[i].Path = strings.TrimPrefix(out[i].Path, name)
		out[i].Line = s.line(out[i].Path)
	}
	return out
}

func (s source) problems(err error) Problems {
	var list canonical.Problems
	if !errors.As(err, &list) {
		return Problems{{File: s.file, Line: 1, Msg: err.Error()}}
	}
	out := make(Problems, len(list))
	for i, p := range list {
		out[i] = Problem{File: s.file, Line: s.line(p.Path), Path: p.Path, Msg: p.Msg}
	}
	return out
}

// line finds the place or the nearest one around it.
func (s source) line(path string) int {
	for {
		if n, ok := s.lines[path]; ok {
			return n
		}
		cut := strings.LastIndexAny(path, ".[")
		if cut < 0 {
			return s.lines[""]
		}
		path = path[:cut]
	}
}

type compiler struct {
	source
	problems Problems
}

func (c *compiler) fail(n *yaml.Node, path, format string, args ...any) {
	c.problems = append(c.problems, Problem{c.file, n.Line, path, fmt.Sprintf(format, args...)})
}

func (c *compiler) value(n *yaml.Node, path string, depth int) canonical.Value {
	if _, ok := c.lines[path]; !ok {
		c.lines[path] = n.Line
	}
	if depth > canonical.MaxDepth {
		c.fail(n, path, "nested too deeply")
		return canonical.Value{}
	}
	switch n.Kind {
	case yaml.AliasNode:
		return c.value(n.Alias, path, depth+1)
	case yaml.MappingNode:
		return c.mapping(n, path, depth)
	case yaml.SequenceNode:
		list := make([]canonical.Value, len(n.Content))
		for i, e := range n.Content {
			list[i] = c.value(e, canonical.Index(path, i), depth+1)
		}
		return canonical.List(list)
	}
	return c.scalar(n, path)
}

func (c *compiler) mapping(n *yaml.Node, path string, depth int) canonical.Value {
	out := canonical.Fields()
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, at := n.Content[i], canonical.Join(path, n.Content[i].Value)
		if key.Kind != yaml.ScalarNode || key.Tag == "!!merge" {
			c.fail(key, path, "a name must be plain text")
			continue
		}
		if out.Get(key.Value) != nil {
			c.fail(key, at, "stands twice, first on line %d", c.lines[at])
			continue
		}
		c.lines[at] = key.Line
		out.Obj = append(out.Obj, canonical.F(key.Value, c.value(n.Content[i+1], at, depth+1)))
	}
	return out
}

// scalar keeps dates as the text they were written in.
func (c *compiler) scalar(n *yaml.Node, path string) canonical.Value {
	switch n.Tag {
	case "!!str", "!!timestamp":
		return canonical.Str(n.Value)
	case "!!null":
		return canonical.Value{}
	case "!!bool":
		return canonical.Flag(n.Value == "true" || n.Value == "True" || n.Value == "TRUE")
	case "!!int", "!!float":
		if f, err := strconv.ParseFloat(n.Value, 64); err == nil {
			return canonical.Num(f)
		}
	}
	c.fail(n, path, "%q is no text, number, true or false", n.Value)
	return canonical.Value{}
}
