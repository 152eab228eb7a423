package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"hanaper/core/classify/internal/feat"
	"hanaper/core/message"
)

// Example is one annotated message. The targets are probabilities, averaged
// over its annotations.
type Example struct {
	ID, File, Source, Sample, Lang string
	Thread, From                   string // of a chat
	Group                          int    // folds never split a group
	Register                       feat.Register
	Context                        [feat.Contexts]string // earlier messages of the chat, latest first, in their plain form
	Text, Subject                  message.Text
	Scope                          [4]float32 // in the order of scopes
	Sig                            float32
	Limbs                          [2]float32
	Acts                           [6]float32 // in the order of classify.Acts
	Sure                           bool       // every annotator was sure
	Votes                          float32    // share of the annotators who called it significant
	Index                          int        // of its answer in what the teacher says
	Fold                           int
}

// Hard is the yes or no that is scored: at least half of its annotators called it
// significant.
func (e *Example) Hard() bool { return e.Votes >= 0.5 }

// Chat reports whether e comes from one of the chats written for the project.
func (e *Example) Chat() bool { return strings.HasPrefix(e.File, "chats.") }

// Written reports whether e is a line of testdata/classify/written.jsonl or home.jsonl:
// it is learnt from, and neither calibrates nor counts in the figures.
func (e *Example) Written() bool { return e.File == "written" || e.File == "home" }

// Pool reports whether e is an unannotated message: what is known of it is what the
// teacher says.
func (e *Example) Pool() bool { return e.File == "pool" }

// scopes is the order of Example.Scope; actLetters that of Example.Acts.
const (
	scopes     = "bpou"
	actLetters = "DAPQCX"
)

type annotation struct{ Scope, Duty, Acts, Sure string }

type row struct {
	ID, Source, Sample, Subject, Text string
	Chat, Title, Channel, From, Lang  string
	N                                 int
	Annotations                       []annotation
	Scope, Duty, Acts, Sure           string
}

// soft is how likely a message so judged is significant.
func (a annotation) soft() float32 {
	switch {
	case a.Duty == "S" && a.Sure == "h":
		return 1
	case a.Duty == "S":
		return 0.7
	case a.Duty == "R" && a.Sure != "h":
		return 0.15
	}
	return 0
}

// load reads every labelled file of dir and the files written for the project, in a
// fixed order, and sets the groups.
func load(dir, written string) ([]Example, error) {
	files, err := filepath.Glob(filepath.Join(dir, "chats.*.jsonl"))
	if err != nil {
		return nil, err
	}
	sort.Strings(files)
	files = append([]string{filepath.Join(dir, "train.jsonl"), filepath.Join(dir, "train.fr.jsonl")}, files...)
	files = append(files, filepath.Join(written, "written.jsonl"), filepath.Join(written, "home.jsonl"))
	var all []Example
	g := newGrouper()
	for _, f := range files {
		err := eachLine(f, func(line []byte) error {
			var r row
			if err := json.Unmarshal(line, &r); err != nil {
				return err
			}
			e := r.example(filepath.Base(f))
			g.add(len(all), &r, &e)
			e.remember(all)
			all = append(all, e)
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f, err)
		}
	}
	for i := range all {
		all[i].Index = i
		all[i].Group = g.find(i)
		all[i].Fold = foldOf(all[i].Group)
	}
	return all, nil
}

func (r *row) example(file string) Example {
	e := Example{ID: r.ID, File: strings.TrimSuffix(file, ".jsonl"), Thread: r.Chat, From: r.From, Source: r.Source, Sample: r.Sample, Lang: r.Lang, Sure: true}
	subject, field := r.Subject, "subject"
	if r.Chat != "" {
		e.ID = fmt.Sprintf("%s/%d", r.Chat, r.N)
		r.Annotations = []annotation{{r.Scope, r.Duty, r.Acts, r.Sure}}
		subject, field = r.Title, "title"
	}
	if e.Lang == "" {
		e.Lang = "en"
		if file == "train.fr.jsonl" {
			e.Lang = "fr"
		}
	}
	switch {
	case e.Written():
		e.Sample = "twins"
	case e.Sample == "":
		e.Sample = "written"
	}
	e.Text, e.Subject = message.Normalize("body", r.Text), message.Normalize(field, subject)
	e.Register = feat.RegisterOf(e.Text.Norm, r.Channel == "mail" || r.Chat == "" && (r.Source == "us-foia-mail" || r.Source == ""))
	for _, a := range r.Annotations {
		e.add(a, 1/float32(len(r.Annotations)))
	}
	return e
}

// add gives the annotation a the weight w in the targets.
func (e *Example) add(a annotation, w float32) {
	p := a.soft()
	e.Sig += w * p
	e.Sure = e.Sure && a.Sure == "h"
	if a.Duty == "S" {
		e.Votes += w
	}
	e.Scope[strings.Index(scopes, a.Scope)] += w
	var limb [2]bool
	for i, l := range actLetters {
		if strings.ContainsRune(a.Acts, l) {
			e.Acts[i] += w * p
			limb[b2i(l == 'C')] = true
		}
	}
	for i := range limb {
		if limb[i] {
			e.Limbs[i] += w * p
		}
	}
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

func eachLine(file string, do func([]byte) error) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	s := bufio.NewScanner(f)
	s.Buffer(nil, 1<<20)
	for n := 1; s.Scan(); n++ {
		if len(bytes.TrimSpace(s.Bytes())) == 0 {
			continue
		}
		if err := do(s.Bytes()); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	return s.Err()
}

// remember takes the messages before e from the end of all.
func (e *Example) remember(all []Example) {
	for k := range e.Context {
		i := len(all) - 1 - k
		if i < 0 || !e.Chat() || all[i].Thread != e.Thread {
			return
		}
		e.Context[k] = all[i].Text.Norm
	}
}

// input is what the model sees of e, with or without the messages before it.
func (e *Example) input(context bool) feat.Input {
	in := feat.Input{Body: e.Text.Norm, Subject: e.Subject.Norm, Register: e.Register}
	if context {
		in.Context = e.Context
	}
	return in
}
