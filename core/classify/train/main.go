// Command train makes core/classify/model.bin from the annotated messages, and
// measures it. Run from the repository's root:
//
//	go run ./core/classify/train train -labels ../shared/labels
//	go run ./core/classify/train texts -labels ../shared/labels
//	go run ./core/classify/train eval  -labels ../shared/labels
//	go run ./core/classify/train drift -labels ../shared/labels
//
// train makes the model from the annotated messages and what is kept of the teacher
// (kept.gz, numbers only): the same labels give the same bytes.
//
// texts writes what the teacher reads; ./task teach then runs the teacher and eval -keep,
// which writes kept.gz. eval trains eighteen models, each without the messages it is then
// asked about, and prints what docs/model-card.md quotes; -baseline adds the figures of
// the plain baseline in the same rounds, -shuffled those of a run on shuffled labels,
// -five leaves chats out in five folds with the rest and not a file at a time,
// -untaught leaves the teacher out, as does eval where it did not run; -answers FILE
// writes what the model says of every message, out of fold. drift measures the detector
// of drift (core/classify/drift) in the same way.
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

// options are what the command line says.
type options struct {
	labels, written, teacher, kept, out, answers   string
	keep, brief, five, baseline, shuffle, untaught bool
}

func run(args []string) error {
	if len(args) == 0 {
		return fmt.Errorf("say train, texts, eval or drift")
	}
	var o options
	fs := flag.NewFlagSet(args[0], flag.ExitOnError)
	fs.StringVar(&o.labels, "labels", "../shared/labels", "folder of the annotated messages")
	fs.StringVar(&o.written, "written", "testdata/classify", "folder of the project's own lines")
	fs.StringVar(&o.teacher, "teacher", "build/teacher", "texts, eval: where the teacher reads and writes")
	fs.StringVar(&o.kept, "kept", "core/classify/train/kept.gz", "what is kept of the teacher")
	fs.StringVar(&o.out, "out", "core/classify/model.bin", "train: where the model goes")
	fs.StringVar(&o.answers, "answers", "", "eval: also write what the model says of every labelled message, out of fold, to this file")
	fs.BoolVar(&o.keep, "keep", false, "eval: write what is kept, with the mixes and the calibration")
	fs.BoolVar(&o.brief, "brief", false, "eval: only the figures that matter most, while trying things")
	fs.BoolVar(&o.five, "five", false, "eval: chats in five folds with the rest, not a file at a time")
	fs.BoolVar(&o.baseline, "baseline", false, "eval: the baseline as well")
	fs.BoolVar(&o.shuffle, "shuffled", false, "eval: a run on shuffled labels as well")
	fs.BoolVar(&o.untaught, "untaught", false, "eval: without the teacher")
	if err := fs.Parse(args[1:]); err != nil {
		return err
	}
	all, err := load(o.labels, o.written)
	if err != nil {
		return err
	}
	pool, err := loadPool(o.labels, len(all))
	if err != nil {
		return err
	}
	switch args[0] {
	case "texts":
		return writeTexts(o.teacher, all, pool)
	case "train":
		return o.train(all, pool)
	case "eval":
		return o.eval(all, pool)
	case "drift":
		talks, err := driftTalks(all, lessonOf(all, pool), o.taught(all, pool))
		driftTable(talks)
		return err
	}
	return fmt.Errorf("%s: say train, texts, eval or drift", args[0])
}

func (o *options) train(all, pool []Example) error {
	k, err := readKept(o.kept, len(all)+len(pool))
	if err != nil {
		return err
	}
	l := lessonOf(all, pool)
	l.ex, l.said = pointers(all), k.Answers
	return os.WriteFile(o.out, l.fit().encode(k.Mix, k.Platt.curves()), 0o644)
}

// taught gives the teacher of a round, nil where the teacher did not run.
func (o *options) taught(all, pool []Example) func(round string) (teacher, error) {
	if _, err := os.Stat(o.teacher); err != nil && !o.untaught {
		fmt.Fprintf(os.Stderr, "train: no teacher in %s (./task teach makes it): going on without\n", o.teacher)
		o.untaught = true
	}
	if o.untaught {
		return nil
	}
	return func(round string) (teacher, error) { return readTeacher(o.teacher, round, len(all)+len(pool)) }
}

func (o *options) eval(all, pool []Example) error {
	taught := o.taught(all, pool)
	v, err := outOfFold(all, splits(all, o.five), lessonOf(all, pool), taught, true)
	if err != nil {
		return err
	}
	if o.answers != "" {
		if err := writeAnswers(o.answers, all, v); err != nil {
			return err
		}
	}
	if o.brief {
		brief(all, v)
		return nil
	}
	if o.keep {
		said, err := readTeacher(o.teacher, "all", len(all)+len(pool))
		if err != nil {
			return err
		}
		if err := (&kept{v.mix, v.platt, said}).write(o.kept); err != nil {
			return err
		}
	}
	evaluate(all, v, o.baseline)
	if o.shuffle {
		return evaluateShuffled(all)
	}
	return nil
}

// lessonOf is a lesson without examples and teacher, with the features of everything.
func lessonOf(all, pool []Example) lesson {
	l := lesson{pool: pointers(pool), cache: map[*Example]*features{}}
	for _, e := range pointers(all, pool) {
		f := e.learnt()
		l.cache[e] = &f
	}
	return l
}

func evaluate(all []Example, v *verdicts, base bool) {
	names := []string{"model", "model, calibrated on the lines scored"}
	pooled := v.pooled(all)
	scores := []func(*Example) float64{
		func(e *Example) float64 { return v.prob(e, net.Sig) },
		func(e *Example) float64 { return pooled[e] },
	}
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
	v, err := outOfFold(s, splits(s, false), lessonOf(s, nil), nil, false)
	if err != nil {
		return err
	}
	significanceTable(s, []string{"shuffled labels"}, []func(*Example) float64{func(e *Example) float64 { return float64(v.raw[e].Logit[net.Sig]) }})
	return nil
}
