package main

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"testing"

	"hanaper/core/classify/internal/feat"
	"hanaper/core/classify/internal/net"
	"hanaper/core/message"
)

func near(a, b float64) bool { return math.Abs(a-b) < 1e-9 }

// The measures give what they give by hand.
func TestMeasures(t *testing.T) {
	score := []float64{0.9, 0.8, 0.7, 0.6}
	pos := []bool{true, false, true, false}
	if got, want := averagePrecision(score, pos), (1+2.0/3)/2; !near(got, want) {
		t.Errorf("average precision %v, want %v", got, want)
	}
	if f1, at, want := first2(bestF1(score, pos)); !near(f1, want) || at != 0.7 {
		t.Errorf("best F1 %v at %v, want %v at 0.7", f1, at, want)
	}
	if got := auc(score, pos); !near(got, 0.75) {
		t.Errorf("area %v, want 0.75", got)
	}
	if got := auc([]float64{1, 1}, []bool{true, false}); !near(got, 0.5) {
		t.Errorf("area of a tie %v, want 0.5", got)
	}
	if got := calibrationError([]float64{0.5, 0.5}, []float64{1, 1}); !near(got, 0.5) {
		t.Errorf("calibration error %v, want 0.5", got)
	}
}

func first2(f1, at float64) (float64, float64, float64) { return f1, at, 0.8 }

// A thread, a translation pair and a near-duplicate stay in one group.
func TestGroups(t *testing.T) {
	rows := []row{
		{ID: "a", Subject: "Re: Bridge", Text: "one"},
		{ID: "b", Subject: "FW: RE: bridge", Text: "two"},
		{ID: "c", Subject: "Pont", Text: "deux"},
		{ID: "b", Subject: "Le pont", Text: "deux"},
		{ID: "d", Text: "so the first of these ten or more words is here for all"},
		{ID: "e", Text: "Well: the first of these ten or more words is here, for you"},
		{ID: "f", Text: "one"},
	}
	g := newGrouper()
	for i := range rows {
		g.add(i, &rows[i], nil)
	}
	for _, c := range []struct {
		i, j int
		same bool
	}{{0, 1, true}, {1, 3, true}, {4, 5, true}, {0, 2, false}, {0, 6, false}, {0, 4, false}} {
		if got := g.find(c.i) == g.find(c.j); got != c.same {
			t.Errorf("rows %d and %d in one group: %v, want %v", c.i, c.j, got, c.same)
		}
	}
}

// Annotations become soft targets as labels/README.md says.
func TestSoftTargets(t *testing.T) {
	var e Example
	e.Sure = true
	e.add(annotation{"b", "S", "DC", "l"}, 0.5)
	e.add(annotation{"b", "R", "", "l"}, 0.5)
	if !near(float64(e.Sig), float64(float32(0.425))) || e.Hard() || e.Sure || e.Scope[0] != 1 {
		t.Errorf("significance %v, hard %v, sure %v, scope %v", e.Sig, e.Hard(), e.Sure, e.Scope)
	}
	if e.Limbs[0] != 0.35 || e.Limbs[1] != 0.35 || e.Acts[0] != 0.35 || e.Acts[1] != 0 {
		t.Errorf("limbs %v, acts %v", e.Limbs, e.Acts)
	}
}

// toy makes messages in which one word decides.
func toy() []Example {
	var out []Example
	for i := 0; i < 200; i++ {
		e := Example{File: "chats.toy", Lang: "en", Group: i, Scope: [4]float32{1}}
		word := "lunch"
		if i%4 == 0 {
			word, e.Sig, e.Limbs[0], e.Acts[0] = "approved", 1, 1, 1
		}
		e.Text = message.Normalize("body", fmt.Sprintf("the plan %d is %s by item %d", i%7, word, i%13))
		out = append(out, e)
	}
	return out
}

// The same messages give the same bytes, and the model learns the word.
func TestFit(t *testing.T) {
	if testing.Short() {
		t.Skip("trains a model: not with -short")
	}
	all := toy()
	var ex []*Example
	for i := range all {
		ex = append(ex, &all[i])
	}
	one := fit(ex, featuresOfAll(all)).encode(plainMixes(), plainCurves())
	if two := fit(ex, featuresOfAll(all)).encode(plainMixes(), plainCurves()); !bytes.Equal(one, two) {
		t.Error("two runs gave two models")
	}
	m, err := net.Parse(string(one))
	if err != nil {
		t.Fatal(err)
	}
	yes := m.Run(feat.Input{Body: "the plan is approved"}).Logit[net.Sig]
	no := m.Run(feat.Input{Body: "the plan is lunch"}).Logit[net.Sig]
	if yes < no+net.Unit {
		t.Errorf("approved %d, lunch %d: want at least %d between them", yes, no, net.Unit)
	}
}

// What written lines alone have is learnt apart, and nothing of it is kept.
func TestOwnPrior(t *testing.T) {
	e := toy()[0]
	e.Subject = message.Normalize("title", "Duty desk")
	plain := e.learnt()
	e.File = "written"
	own := e.learnt()
	count := 0
	for _, h := range own.all {
		count += b2i(h == ownFeature)
	}
	if count != ownPrior || len(own.all) >= len(plain.all)+ownPrior {
		t.Errorf("%d own features of %d, want %d and no title", count, len(own.all), ownPrior)
	}
	x := []sample{{own.all, norm(len(own.all)), e.Register, 1, 1}}
	if w := (schedule{10, 4, 0.1, 0}).fit(x, 1).w[ownFeature&(1<<10-1)]; w != 0 {
		t.Errorf("the own feature keeps the weight %v", w)
	}
}

// Cross-validation on the annotated messages keeps what the model card says, with
// room for change. It takes minutes: only with HANAPER_CV=1 and the labels.
func TestCrossValidation(t *testing.T) {
	dir := os.Getenv("HANAPER_SHARED")
	if dir == "" {
		dir = "../../../../shared"
	}
	if os.Getenv("HANAPER_CV") == "" {
		t.Skip("takes minutes: set HANAPER_CV=1 to run it")
	}
	if _, err := os.Stat(dir + "/labels/train.jsonl"); err != nil {
		t.Skip("the annotated messages are not here: ", err)
	}
	all, err := load(dir+"/labels", "../../../testdata/classify/written.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	v, err := outOfFold(all, splits(all, false), featuresOfAll(all), true)
	if err != nil {
		t.Fatal(err)
	}
	var real, chats scored
	for i := range all {
		e := &all[i]
		switch {
		case e.File == "train":
			real.add(e, v.prob(e, net.Sig), 0, e.Hard())
		case e.Chat() && e.File != "chats.neg":
			chats.add(e, v.prob(e, net.Sig), 0, e.Hard())
		}
	}
	for _, c := range []struct {
		name string
		set  scored
		min  float64
	}{{"real messages", real, 0.53}, {"chats", chats, 0.82}} {
		if ap := averagePrecision(c.set.score, c.set.pos); ap < c.min {
			t.Errorf("%s: average precision %.3f, want at least %.2f", c.name, ap, c.min)
		}
	}
}
