// Command interruptions counts how often people would be interrupted for nothing:
// benign messages of the annotated ones, as they come, whose verdict is warn or
// more. The model's part is taken from answers given out of fold, so that nothing
// counts that it could have learnt by heart; markings, detectors and packs run here.
//
//	go run ./core/classify/train eval -labels ../shared/labels -answers build/bench/answers.jsonl
//	go run ./tools/interruptions -labels ../shared/labels -answers build/bench/answers.jsonl
//
// It prints a table and writes it as JSON (-out). The labels are not part of this
// repository; without them there is nothing to measure.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

// Share is how many of a group of messages were interrupted.
type Share struct {
	Pack        string         `json:"pack"`
	Device      string         `json:"device"`
	Group       string         `json:"group"`
	Messages    int            `json:"messages"`
	Interrupted int            `json:"interrupted"` // warn or more
	Noticed     int            `json:"noticed"`     // a notice, sending goes on
	Causes      map[string]int `json:"causes"`      // what the strongest reason pointed at
}

func main() {
	labels := flag.String("labels", "../shared/labels", "folder of the annotated messages")
	answers := flag.String("answers", "build/bench/answers.jsonl", "the model's out-of-fold answers (train eval -answers)")
	out := flag.String("out", "build/bench/interruptions.json", "where the figures go")
	flag.Parse()
	if err := run(*labels, *answers, *out); err != nil {
		fmt.Fprintln(os.Stderr, "interruptions:", err)
		os.Exit(1)
	}
}

func run(labels, answers, out string) error {
	messages, err := load(labels, answers)
	if err != nil {
		return err
	}
	shares, err := measure(messages)
	if err != nil {
		return err
	}
	for _, s := range shares {
		fmt.Printf("%-16s %-10s %-22s %5d of %5d  %6.2f %%  noticed %5d  %s\n",
			s.Pack, s.Device, s.Group, s.Interrupted, s.Messages, s.percent(), s.Noticed, causes(s.Causes))
	}
	data, err := json.MarshalIndent(shares, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(out), 0o755); err != nil {
		return err
	}
	return os.WriteFile(out, append(data, '\n'), 0o644)
}

func (s *Share) percent() float64 { return 100 * float64(s.Interrupted) / float64(max(s.Messages, 1)) }

func causes(m map[string]int) string {
	parts := make([]string, 0, len(m))
	for cause, n := range m {
		parts = append(parts, fmt.Sprintf("%s %d", cause, n))
	}
	sort.Strings(parts)
	return strings.Join(parts, ", ")
}
