// Command train makes core/classify/model.bin from the annotated messages, and
// measures it. Run from the repository's root:
//
//	go run ./core/classify/train eval  -labels ../shared/labels
//	go run ./core/classify/train train -labels ../shared/labels -out core/classify/model.bin
//
// The same labels give the same bytes.
package main

import (
	"flag"
	"fmt"
	"os"

	"hanaper/core/classify/internal/net"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) == 0 {
		return fmt.Errorf("say eval or train")
	}
	fs := flag.NewFlagSet(args[0], flag.ExitOnError)
	dir := fs.String("labels", "../shared/labels", "folder of the annotated messages")
	out := fs.String("out", "core/classify/model.bin", "where the model goes")
	fs.Parse(args[1:])
	all, err := load(*dir)
	if err != nil {
		return err
	}
	cache := map[*Example]*features{}
	every := make([]*Example, len(all))
	for i := range all {
		e := &all[i]
		f := featuresOf(e.Text.Norm, e.Subject.Norm, e.Mail)
		cache[e], every[i] = &f, e
	}
	raw, err := outOfFold(all, cache)
	if err != nil {
		return err
	}
	switch args[0] {
	case "eval":
		significance(all, func(e *Example) float64 { return sigmoid(float64(raw[e].Logit[net.Sig]) / net.Unit) })
	case "train":
		return os.WriteFile(*out, fit(every, cache).encode(calibrate(all, raw)), 0o644)
	}
	return nil
}
