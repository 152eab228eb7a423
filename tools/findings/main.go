// Command findings prints what the detectors find, for comparisons with other
// programs: a line {"text":"..."} in, a line [{"detector","start","end",
// "confidence","reason"}] out, offsets in bytes of UTF-8, confidence per mille.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"hanaper/core/detect"
	"hanaper/core/message"
)

type finding struct {
	Detector   string `json:"detector"`
	Start      int    `json:"start"`
	End        int    `json:"end"`
	Confidence int    `json:"confidence"`
	Reason     string `json:"reason"`
}

func main() {
	if err := run(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "findings:", err)
		os.Exit(1)
	}
}

func run(in io.Reader, out io.Writer) error {
	lines := json.NewDecoder(bufio.NewReader(in))
	write := json.NewEncoder(out)
	for n := 1; ; n++ {
		var line struct{ Text string }
		if err := lines.Decode(&line); err == io.EOF {
			return nil
		} else if err != nil {
			return fmt.Errorf("line %d: %w (each line is {\"text\":\"...\"})", n, err)
		}
		found := []finding{}
		text := message.Normalize("body", line.Text)
		for _, f := range detect.Scan(&text) {
			found = append(found, finding{f.Detector, f.Span.Start, f.Span.End, f.Confidence, f.Reason})
		}
		if err := write.Encode(found); err != nil {
			return err
		}
	}
}
