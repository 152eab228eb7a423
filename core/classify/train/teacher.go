package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"hanaper/core/classify/internal/net"
)

// The teacher (teacher/teacher.py) reads the texts and the rounds that writeTexts wrote,
// and says of every text how likely it is to be significant and of each scope. For each
// round it learnt only from what the round's model learns from.

// answers is what the teacher says of a text: significance, then the scopes; logits in
// sixteenths.
const answers = 1 + net.Scopes

// teacher is what it said of every text, by Example.Index.
type teacher []byte

func (t teacher) prob(e *Example, k int) float32 {
	return float32(sigmoid(float64(int8(t[e.Index*answers+k])) / 16))
}

func (t teacher) sig(e *Example) float32          { return t.prob(e, 0) }
func (t teacher) scope(e *Example, k int) float32 { return t.prob(e, 1+k) }

// readTeacher reads the answers of one round, of n texts.
func readTeacher(folder, round string, n int) (teacher, error) {
	file := filepath.Join(folder, fileOf(round)+".bin")
	b, err := os.ReadFile(file)
	if err == nil && len(b) != n*answers {
		err = fmt.Errorf("%s has %d bytes, want %d: run ./task teach anew", file, len(b), n*answers)
	}
	return b, err
}

func fileOf(round string) string { return strings.ReplaceAll(round, " ", "-") }

// poolStep: of the unannotated messages that are no mail, each poolStep-th is taken.
const poolStep = 6

// loadPool reads the unannotated messages, whose answers come after those of the n
// annotated ones.
func loadPool(dir string, n int) ([]Example, error) {
	f, err := os.Open(filepath.Join(dir, "unlabelled.jsonl.gz"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	var out []Example
	s := bufio.NewScanner(z)
	s.Buffer(nil, 1<<20)
	for line := 0; s.Scan(); line++ {
		var r row
		if err := json.Unmarshal(s.Bytes(), &r); err != nil {
			return nil, fmt.Errorf("unlabelled.jsonl.gz, line %d: %w", line+1, err)
		}
		if r.Source == "us-foia-mail" || line%poolStep == 0 {
			e := r.example("pool")
			e.Index, e.Group = n+len(out), -1
			out = append(out, e)
		}
	}
	return out, s.Err()
}

// taughtText is a text as the teacher reads it.
type taughtText struct {
	Text     string    `json:"text"`
	Subject  string    `json:"subject"`
	Register int       `json:"register"`
	Sig      *float32  `json:"sig,omitempty"`
	Scope    []float32 `json:"scope,omitempty"`
	Kinds    []float32 `json:"kinds,omitempty"`
	Weight   float32   `json:"weight,omitempty"`
}

// taughtWritten is what a line written for the project counts for the teacher.
const taughtWritten = 0.6

// writeTexts writes texts.jsonl and rounds.json for the teacher. The round "all" is
// learnt from every annotated message.
func writeTexts(folder string, all, pool []Example) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	for _, e := range pointers(all, pool) {
		t := taughtText{Text: e.Text.Norm, Subject: e.Subject.Norm, Register: int(e.Register)}
		if !e.Pool() {
			t.Sig, t.Scope, t.Weight = &e.Sig, e.Scope[:], 1
			t.Kinds = append(e.Limbs[:len(e.Limbs):len(e.Limbs)], e.Acts[:]...)
		}
		if e.Written() {
			t.Weight = taughtWritten
		}
		if err := enc.Encode(t); err != nil {
			return err
		}
	}
	if err := os.WriteFile(filepath.Join(folder, "texts.jsonl"), out.Bytes(), 0o644); err != nil {
		return err
	}
	rounds := map[string][]int{}
	for _, s := range append(splits(all, false), split{name: "all", train: pointers(all)}) {
		if !strings.HasPrefix(s.name, "written") {
			rounds[fileOf(s.name)] = indices(s.train)
		}
	}
	for _, s := range splits(all, true) {
		if strings.HasPrefix(s.name, "fold") {
			fold := s.test[0].Fold
			rounds[fileOf(s.name)] = indices(slices.DeleteFunc(s.train, func(e *Example) bool { return e.Written() && e.Fold == fold }))
		}
	}
	b, err := json.Marshal(rounds)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, "rounds.json"), b, 0o644)
}

func pointers(sets ...[]Example) (out []*Example) {
	for _, s := range sets {
		for i := range s {
			out = append(out, &s[i])
		}
	}
	return out
}

func indices(ex []*Example) []int {
	out := make([]int, len(ex))
	for i, e := range ex {
		out[i] = e.Index
	}
	return out
}

// kept is what the trainer keeps of a run of the teacher: with the annotated messages it
// gives the same model anew. Answers has those of the round "all".
type kept struct {
	Mix     mixes
	Platt   *platts
	Answers []byte
}

func (k *kept) write(file string) error {
	b, err := json.Marshal(k)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	z, _ := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if _, err := z.Write(b); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	return os.WriteFile(file, out.Bytes(), 0o644)
}

func readKept(file string, n int) (*kept, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	b, err := io.ReadAll(z)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	var k kept
	if err := json.Unmarshal(b, &k); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	if len(k.Answers) != n*answers || k.Platt == nil {
		return nil, fmt.Errorf("%s speaks of %d texts, the labels have %d: run ./task teach anew", file, len(k.Answers)/answers, n)
	}
	return &k, nil
}
