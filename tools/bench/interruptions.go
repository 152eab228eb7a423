package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

const (
	beginInterruptions = "<!-- interruptions: written by ./task bench -- -update -->"
	endInterruptions   = "<!-- end of interruptions -->"

	answersFile       = "build/bench/answers.jsonl"
	interruptionsFile = "build/bench/interruptions.json"
)

// share is a line of tools/interruptions' output.
type share struct {
	Pack, Device, Group            string
	Messages, Interrupted, Noticed int
}

func (s *share) percent() float64 { return 100 * float64(s.Interrupted) / float64(max(s.Messages, 1)) }

// interruptions measures how often benign messages are stopped, where the labelled
// ones are at hand (HANAPER_SHARED, else ../shared). The model's answers out of
// fold take half a minute of processor time; they are kept until the model changes.
func interruptions() ([]Row, error) {
	shares, err := measuredShares()
	if err != nil || shares == nil {
		return nil, err
	}
	var rows []Row
	for _, s := range shares {
		budget := 0.0
		switch {
		case s.Device != "managed":
			continue
		case s.Group == "all benign":
			budget = 2
		case s.Group == "personal":
			budget = 0.2
		default:
			continue
		}
		rows = append(rows, Row{Name: "interrupted for nothing, " + s.Pack + ", " + s.Group, Value: s.percent(), Unit: "%", Budget: budget, AtMost: true, Check: true})
	}
	return rows, nil
}

func measuredShares() ([]share, error) {
	shared := os.Getenv("HANAPER_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "shared")
	}
	labels := filepath.Join(shared, "labels")
	if _, err := os.Stat(filepath.Join(labels, "train.jsonl")); err != nil {
		fmt.Println("interruptions: not measured, no labelled messages in", labels)
		return nil, nil
	}
	if err := os.MkdirAll(filepath.Dir(answersFile), 0o755); err != nil {
		return nil, err
	}
	if modified(answersFile).Before(modified("core/classify/model.bin")) {
		if err := quietly("go", "run", "./core/classify/train", "eval", "-brief", "-labels", labels, "-answers", answersFile); err != nil {
			return nil, err
		}
	}
	if err := quietly("go", "run", "./tools/interruptions", "-labels", labels, "-answers", answersFile, "-out", interruptionsFile); err != nil {
		return nil, err
	}
	data, err := os.ReadFile(interruptionsFile)
	if err != nil {
		return nil, err
	}
	var shares []share
	return shares, json.Unmarshal(data, &shares)
}

// modified is when a file was written, the beginning of time where it is not there.
func modified(file string) time.Time {
	info, err := os.Stat(file)
	if err != nil {
		return time.Time{}
	}
	return info.ModTime()
}

func quietly(name string, args ...string) error {
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, out)
	}
	return nil
}

// interruptionsTable is the table of all packs and devices for README.md, "" where
// nothing was measured.
func interruptionsTable() (string, error) {
	shares, err := measuredShares()
	if err != nil || shares == nil {
		return "", err
	}
	var b strings.Builder
	head, line := "\n\n| rule book | device |", "\n|---|---|"
	for i := range shares {
		if shares[i].Pack != shares[0].Pack || shares[i].Device != shares[0].Device {
			break
		}
		head += fmt.Sprintf(" %s (%d) |", shares[i].Group, shares[i].Messages)
		line += "---|"
	}
	b.WriteString(head + line)
	for i := range shares {
		s := &shares[i]
		if i == 0 || s.Pack != shares[i-1].Pack || s.Device != shares[i-1].Device {
			fmt.Fprintf(&b, "\n| %s | %s |", s.Pack, s.Device)
		}
		fmt.Fprintf(&b, " %d, %.2f %% |", s.Interrupted, s.percent())
	}
	return b.String() + "\n\n", nil
}
