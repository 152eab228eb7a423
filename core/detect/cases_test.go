package detect

import (
	"encoding/json"
	"flag"
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var casesFile = flag.String("cases", "", "where TestWriteCases writes what the benchmark asks us and our peers")

// benchCase is a text in which a detector of a kind must find these places, byte
// offsets. Sets: suite (other projects' cases), keys (made up, one for each form an
// issuer has), examples (ours), chat (messages for speed only, no kind).
type benchCase struct {
	Set  string   `json:"set"`
	Kind string   `json:"kind"`
	Text string   `json:"text"`
	Want [][2]int `json:"want"`
}

// TestWriteCases writes the cases for tools/bench; the file is never committed.
func TestWriteCases(t *testing.T) {
	if *casesFile == "" {
		t.Skip("skipped: no -cases FILE; tools/bench asks for it")
	}
	var out []benchCase
	suite := func(cases []suiteCase) {
		for _, c := range cases {
			out = append(out, benchCase{"suite", c.kind, c.text, c.want})
		}
	}
	t.Run("presidio", func(t *testing.T) { cases, _ := presidioCases(t); suite(cases) })
	t.Run("stdnum", func(t *testing.T) { cases, _ := stdnumCases(t); suite(cases) })
	out = append(out, keyCases()...)
	for _, e := range allExamples(t) {
		if e.id == "attachment-name" {
			continue // a name, not a text
		}
		c := benchCase{"examples", e.id, e.text, [][2]int{}}
		for _, s := range e.want {
			c.Want = append(c.Want, [2]int{s.Start, s.End})
		}
		out = append(out, c)
	}
	t.Run("chats", func(t *testing.T) {
		paths, err := filepath.Glob(shared(t, "labels") + "/chats.*.jsonl")
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			n := 0
			eachLine(t, path, func() any { return new(benchCase) }, func(v any) {
				if n++; n%32 == 0 { // one in 32: the slowest peer takes 8 ms a message
					out = append(out, benchCase{Set: "chat", Text: v.(*benchCase).Text})
				}
			})
		}
	})
	if out[len(out)-1].Set != "chat" { // they are not at hand: our examples are timed instead
		for _, c := range out {
			out = append(out, benchCase{Set: "chat", Text: c.Text})
		}
	}
	var b strings.Builder
	for _, c := range out {
		line, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(append(line, '\n'))
	}
	if err := os.WriteFile(*casesFile, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

// keyCases are a key of every form in a sentence, and the same one short of its
// least length, which is none.
func keyCases() (out []benchCase) {
	r := rand.New(rand.NewSource(2))
	add := func(key string, found bool) {
		const before, after = "the old key was ", " can somebody turn it off?"
		c := benchCase{"keys", "api-key", before + key + after, [][2]int{}}
		if found {
			c.Want = append(c.Want, [2]int{len(before), len(before) + len(key)})
		}
		out = append(out, c)
	}
	for _, f := range keyForms {
		add(f.prefix+madeUp(r, f.alphabet, f.min), true)
		if f.min > 12 {
			add(f.prefix+madeUp(r, f.alphabet, f.min/2), false)
		}
	}
	return out
}
