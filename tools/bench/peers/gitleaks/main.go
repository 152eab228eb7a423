// Command gitleaks runs the gitleaks library over the benchmark's messages: the
// same lines in, the same answer out as tools/bench/peers/run.mjs.
//
//	gitleaks CASES ROUNDS
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/rs/zerolog"
	"github.com/zricethezav/gitleaks/v8/detect"
)

// finding is a kind and a place in bytes.
type finding struct {
	Kind  string `json:"kind"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}

func main() {
	zerolog.SetGlobalLevel(zerolog.Disabled)
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(path, times string) error {
	rounds, err := strconv.Atoi(times)
	if err != nil {
		return err
	}
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	d, err := detect.NewDetectorDefaultConfig()
	if err != nil {
		return err
	}
	var texts, chats []string
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var c struct{ Set, Text string }
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			return err
		}
		texts = append(texts, c.Text)
		if c.Set == "chat" {
			chats = append(chats, c.Text)
		}
	}
	out := struct {
		Findings [][]finding `json:"findings"`
		Micros   float64     `json:"micros"`
	}{Findings: make([][]finding, len(texts))}
	for i, text := range texts {
		out.Findings[i] = []finding{}
		for _, f := range d.DetectString(text) {
			if at := strings.Index(text, f.Secret); at >= 0 {
				out.Findings[i] = append(out.Findings[i], finding{f.RuleID, at, at + len(f.Secret)})
			}
		}
	}
	best := time.Hour
	for range rounds {
		start := time.Now()
		for _, text := range chats {
			d.DetectString(text)
		}
		best = min(best, time.Since(start))
	}
	out.Micros = float64(best.Nanoseconds()) / 1000 / float64(max(1, len(chats)))
	return json.NewEncoder(os.Stdout).Encode(out)
}
