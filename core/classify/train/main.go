// Command train makes core/classify/model.bin from the annotated messages, and
// measures it. Run from the repository's root:
//
//	go run ./core/classify/train eval  -labels ../shared/labels
//	go run ./core/classify/train train -labels ../shared/labels -out core/classify/model.bin
//
// eval trains eighteen models, each without the messages it is then asked about,
// and prints what docs/model-card.md quotes; -baseline adds the figures of the
// plain baseline in the same rounds, -shuffled those of a run on shuffled labels,
// -five leaves chats out in five folds with the rest and not a file at a time;
// -answers FILE writes what the model says of every message, out of fold.
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
	if len(args) == 0 || args[0] != "eval" && args[0] != "train" && args[0] != "drift" {
		return fmt.Errorf("say eval, train or drift")
	}
	fs := flag.NewFlagSet(args[0], flag.ExitOnError)
	dir := fs.String("labels", "../shared/labels", "folder of the annotated messages")
	written := fs.String("written", "testdata/classify/written.jsonl", "the project's own lines")
	out := fs.String("out", "core/classify/model.bin", "train: where the model goes")
	short := fs.Bool("brief", false, "eval: only the two figures that matter most, while trying things")
	five := fs.Bool("five", false, "eval: chats in five folds with the rest, not a file at a time")
	base := fs.Bool("baseline", false, "eval: the baseline as well")
	answers := fs.String("answers", "", "eval: also write what the model says of every labelled message, out of fold, to this file")
	shuffle := fs.Bool("shuffled", false, "eval: a run on shuffled labels as well")
	if err := fs.Parse(args[1:]); err != nil {
		return err
	}
	all, err := load(*dir, *written)
	if err != nil {
		return err
	}
	if args[0] == "drift" {
		talks, err := driftTalks(all, featuresOfAll(all))
		driftTable(talks)
		return err
	}
	v, err := outOfFold(all, splits(all, *five && args[0] == "eval"), featuresOfAll(all), true)
	if err != nil {
		return err
	}
	if args[0] == "train" {
		every := make([]*Example, len(all))
		for i := range all {
			every[i] = &all[i]
		}
		return os.WriteFile(*out, fit(every, featuresOfAll(all)).encode(v.mix, v.cal), 0o644)
	}
	if *answers != "" {
		if err := writeAnswers(*answers, all, v); err != nil {
			return err
		}
	}
	if *short {
		brief(all, v)
		return nil
	}
	evaluate(all, v, *base)
	if *shuffle {
		return evaluateShuffled(all)
	}
	return nil
}

func featuresOfAll(all []Example) map[*Example]*features {
	out := make(map[*Example]*features, len(all))
	for i := range all {
		f := all[i].learnt()
		out[&all[i]] = &f
	}
	return out
}

func evaluate(all []Example, v *verdicts, base bool) {
	names := []string{"model"}
	scores := []func(*Example) float64{func(e *Example) float64 { return v.prob(e, net.Sig) }}
	if base {
		b := baselineScores(all)
		names, scores = append(names, "baseline"), append(scores, func(e *Example) float64 { return b[e] })
	}
	significanceTable(all, names, scores)
	kindTable(all, v)
	scopeTable(all, v)
	calibrationTable(all, v)
	thresholdTable(all, v)
}

func evaluateShuffled(all []Example) error {
	s := shuffled(all)
	v, err := outOfFold(s, splits(s, false), featuresOfAll(s), false)
	if err != nil {
		return err
	}
	significanceTable(s, []string{"shuffled labels"}, []func(*Example) float64{func(e *Example) float64 { return float64(v.raw[e].Logit[net.Sig]) }})
	return nil
}
