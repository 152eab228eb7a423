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

	"hanaper/core/classify"
	"hanaper/core/message"
)

// labelled is one benign message, what the model said of it out of fold, and the
// groups it counts in.
type labelled struct {
	draft  message.Draft
	class  classify.Result
	groups []string
}

// The groups. Random mail and personal messages are as they come; the chats were
// written for the project.
const (
	all      = "all benign"
	mail     = "mail drawn at random"
	chats    = "work chats, written"
	atWork   = "the same, set to work"
	personal = "personal"
)

type row struct {
	ID, Source, Sample, Subject, Text string
	Chat, Title, Channel              string
	N                                 int
	Identifiers                       []string
	Annotations                       []struct{ Scope, Duty, Sure string }
	Scope, Duty, Sure                 string
}

// load reads the labels and joins the answers to them by file and id.
func load(labels, answers string) ([]labelled, error) {
	said, err := readAnswers(answers)
	if err != nil {
		return nil, err
	}
	files, err := filepath.Glob(filepath.Join(labels, "chats.*.jsonl"))
	if err != nil {
		return nil, err
	}
	sort.Strings(files)
	var out []labelled
	for _, file := range append([]string{filepath.Join(labels, "train.jsonl")}, files...) {
		name := strings.TrimSuffix(filepath.Base(file), ".jsonl")
		var before []message.Message
		chat := ""
		err := eachLine(file, func(line []byte) error {
			var r row
			if err := json.Unmarshal(line, &r); err != nil {
				return err
			}
			if r.Chat != chat {
				chat, before = r.Chat, nil
			}
			m := r.labelled(before)
			if r.Chat != "" {
				before = append(before, message.Message{Direction: "unknown", Body: r.Text})
			}
			class, ok := said[name+" "+m.draft.ID]
			if !ok {
				return fmt.Errorf("no answer to %s", m.draft.ID)
			}
			if m.class = class; len(m.groups) > 0 {
				out = append(out, m)
			}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
	}
	return out, nil
}

func readAnswers(file string) (map[string]classify.Result, error) {
	out := map[string]classify.Result{}
	err := eachLine(file, func(line []byte) error {
		var a struct {
			ID, File string
			Class    classify.Result
		}
		if err := json.Unmarshal(line, &a); err != nil {
			return err
		}
		out[a.File+" "+a.ID] = a.Class
		return nil
	})
	return out, err
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

// maxBefore is how many earlier messages a page shows the judgement.
const maxBefore = 4

func (r *row) labelled(before []message.Message) labelled {
	m := labelled{draft: message.Draft{ID: r.ID, Channel: r.channel(), Title: r.Title, Subject: r.Subject, Body: r.Text,
		ChatScope: message.ScopeUnset, Hold: message.HoldUnknown}}
	if r.Chat != "" {
		m.draft.ID = fmt.Sprintf("%s/%d", r.Chat, r.N)
		m.draft.Context = before[max(0, len(before)-maxBefore):]
	}
	if r.benign() && r.natural() {
		m.groups = r.groups()
	}
	return m
}

func (r *row) channel() string {
	switch {
	case r.Channel != "":
		return r.Channel
	case r.Source == "us-foia-mail":
		return "mail"
	case r.Source == "sms":
		return "sms"
	case r.Source == "political-post":
		return "x"
	}
	return "slack" // meeting chat
}

// natural: not chosen for looking significant or not.
func (r *row) natural() bool {
	switch r.Sample {
	case "random", "chat", "personal", "political":
		return true
	}
	return r.Chat != ""
}

// benign: not to be kept, as most of its annotators see it (a mean target below 0.5);
// a line of a written chat has one annotator, who also noted numbers and passwords:
// to ask about those is right, so such a line is not benign.
func (r *row) benign() bool {
	if r.Chat != "" {
		return r.Duty != "S" && len(r.Identifiers) == 0
	}
	soft := 0.0
	for _, a := range r.Annotations {
		switch {
		case a.Duty == "S" && a.Sure == "h":
			soft++
		case a.Duty == "S":
			soft += 0.7
		case a.Duty == "R" && a.Sure != "h":
			soft += 0.15
		}
	}
	return soft < 0.5*float64(len(r.Annotations))
}

func (r *row) groups() []string {
	scope := r.Scope
	if r.Chat == "" {
		scope = r.Annotations[0].Scope
	}
	groups := []string{all}
	switch {
	case scope == "p":
		groups = append(groups, personal)
	case r.Chat != "" && scope == "b":
		groups = append(groups, chats, atWork)
	}
	if r.Sample == "random" {
		groups = append(groups, mail)
	}
	return groups
}
