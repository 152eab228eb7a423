package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"strings"
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

// The teacher of a round learns from no message that the round's model is asked about, nor
// from one in a group with it.
func TestTeacherIsOutOfFold(t *testing.T) {
	var all []Example
	for i := 0; i < 400; i++ {
		e := Example{File: "train", Lang: "en", Group: i / 2, Index: i, Fold: foldOf(i / 2)}
		switch {
		case i >= 350:
			e.File = "written"
		case i >= 200:
			e.File = fmt.Sprint("chats.", i/50)
		}
		all = append(all, e)
	}
	folder := t.TempDir()
	if err := writeTexts(folder, all, nil); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(folder + "/rounds.json")
	if err != nil {
		t.Fatal(err)
	}
	var rounds map[string][]int
	if err := json.Unmarshal(b, &rounds); err != nil {
		t.Fatal(err)
	}
	for _, mixed := range []bool{false, true} {
		for _, s := range splits(all, mixed) {
			learnt := rounds[fileOf(strings.Replace(s.name, "written", "fold", 1))]
			if len(learnt) == 0 {
				t.Errorf("no teacher for %s", s.name)
			}
			groups := map[int]bool{}
			for _, i := range learnt {
				groups[all[i].Group] = true
			}
			for _, e := range s.test {
				if groups[e.Group] {
					t.Errorf("%s: the teacher learnt from group %d", s.name, e.Group)
				}
			}
		}
	}
	if len(rounds["all"]) != len(all) {
		t.Errorf("the last teacher learns from %d of %d", len(rounds["all"]), len(all))
	}
}

// What is kept comes back as it was, and is refused for other labels.
func TestKept(t *testing.T) {
	file := t.TempDir() + "/kept.gz"
	k := kept{plainMixes(), &platts{}, bytes.Repeat([]byte{3, 0, 255, 1, 128}, 2)}
	if err := k.write(file); err != nil {
		t.Fatal(err)
	}
	got, err := readKept(file, 2)
	if err != nil || got.Mix != k.Mix || !bytes.Equal(got.Answers, k.Answers) {
		t.Errorf("%v, %v", got, err)
	}
	if _, err := readKept(file, 3); err == nil {
		t.Error("answers about two texts were taken for three")
	}
	e := Example{Index: 1}
	if p := teacher(k.Answers).scope(&e, 1); p >= 0.5 {
		t.Errorf("a logit below zero gives %v", p)
	}
}

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

// Annotations become soft targets as the description that came with
// the annotations says; they are not part of this repository.
func TestSoftTargets(t *testing.T) {
	var e Example
	e.Sure = true
	e.add(annotation{"b", "S", "DC", "l"}, 0.5)
	e.add(annotation{"b", "R", "", "l"}, 0.5)
	if !near(float64(e.Sig), float64(float32(0.425))) || !e.Hard() || e.Sure || e.Scope[0] != 1 {
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
	l := lessonOf(all, nil)
	l.ex = pointers(all)
	one := l.fit().encode(plainMixes(), plainCurves())
	if two := l.fit().encode(plainMixes(), plainCurves()); !bytes.Equal(one, two) {
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

// What is kept of the teacher and the annotated messages give the model that is shipped.
func TestReproduces(t *testing.T) {
	dir := labels(t)
	if testing.Short() {
		t.Skip("trains the model: not with -short")
	}
	out := t.TempDir() + "/model.bin"
	err := run([]string{"train", "-labels", dir, "-written", "../../../testdata/classify", "-kept", "kept.gz", "-out", out})
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("../model.bin")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("model.bin is not what ./task train makes of the labels")
	}
}

// labels is the folder of the annotated messages; where it is absent the test is skipped.
func labels(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("HANAPER_SHARED")
	if dir == "" {
		dir = "../../../../shared"
	}
	if _, err := os.Stat(dir + "/labels/train.jsonl"); err != nil {
		t.Skip("the annotated messages are not here: ", err)
	}
	return dir + "/labels"
}

// Cross-validation on the annotated messages keeps what the model card says, with
// room for change, also without the teacher. It takes minutes: only with HANAPER_CV=1 and
// the labels.
func TestCrossValidation(t *testing.T) {
	if os.Getenv("HANAPER_CV") == "" {
		t.Skip("takes minutes: set HANAPER_CV=1 to run it")
	}
	all, err := load(labels(t), "../../../testdata/classify")
	if err != nil {
		t.Fatal(err)
	}
	v, err := outOfFold(all, splits(all, false), lessonOf(all, nil), nil, true)
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
	}{{"real messages", real, 0.60}, {"chats", chats, 0.82}} {
		if ap := averagePrecision(c.set.score, c.set.pos); ap < c.min {
			t.Errorf("%s: average precision %.3f, want at least %.2f", c.name, ap, c.min)
		}
	}
}
