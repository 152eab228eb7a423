package main

import (
	"fmt"
	"math"
	"slices"
	"sort"

	"hanaper/core/classify/drift"
	"hanaper/core/classify/internal/net"
)

// talk is a sequence of messages under the drift detector. from is the place of the
// first message after the change, len(p) where there is none.
type talk struct {
	set  string
	file string
	lang string
	from int
	who  []string
	p    []int // probability of business in 1/10,000, out of fold, in the order of the messages
}

// turned gives the place where a chat turns from personal or political to business:
// three messages or more without business, then a message of business of which the next
// two have another. ok is false where it does not.
func turned(chat []*Example) (from int, ok bool) {
	business := func(i int) bool { return i < len(chat) && chat[i].Scope[0] >= 0.5 }
	for i := range chat {
		if business(i) {
			return i, i >= 3 && (business(i+1) || business(i+2))
		}
	}
	return len(chat), false
}

// driftTalks gives every sequence there is: chats that drift, personal chats that do
// not, personal chats with a business chat of the same held-out file after them, and
// personal text messages with short mails and lines of meetings after them. Of a
// spliced pair the second half is the one whose messages are nearest in length; its
// title stays that of the first.
func driftTalks(all []Example, l lesson, taught func(round string) (teacher, error)) ([]talk, error) {
	var out []talk
	for _, s := range splits(all, false) {
		m, err := l.model(s, taught)
		if err != nil {
			return nil, err
		}
		score := func(e *Example, title string) int {
			in := e.input(false)
			in.Subject = title
			z := m.Run(in).Logit[net.Scope]
			return int(math.Round(10000 * sigmoid(float64(z)/net.Unit)))
		}
		switch {
		case s.test[0].Chat():
			out = append(out, chatTalks(s.test, score)...)
		case !s.test[0].Written():
			out = append(out, realTalks(s.test, score)...)
		}
	}
	return out, nil
}

// chatsOf cuts a file of chats into its chats.
func chatsOf(file []*Example) (out [][]*Example) {
	for i, e := range file {
		if i == 0 || file[i-1].Thread != e.Thread {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], e)
	}
	return out
}

type scorer func(e *Example, title string) int

func newTalk(set string, chat []*Example, from int, title string, score scorer) talk {
	t := talk{set: set, file: chat[0].File, lang: chat[0].Lang, from: from}
	for _, e := range chat {
		t.p, t.who = append(t.p, score(e, title)), append(t.who, e.From)
	}
	return t
}

func chatTalks(file []*Example, score scorer) (out []talk) {
	var personal, business [][]*Example
	for _, c := range chatsOf(file) {
		from, ok := turned(c)
		switch title := c[0].Subject.Norm; {
		case ok:
			out = append(out, newTalk("drifting chats", c, from, title, score))
		case from == len(c) && len(c) >= 3:
			out = append(out, newTalk("personal chats", c, from, title, score))
			personal = append(personal, c)
		case from == 0 && len(c) >= 3:
			business = append(business, c)
		}
	}
	for _, a := range personal {
		if len(business) == 0 {
			break
		}
		nearest := 0
		for k, b := range business {
			if math.Abs(length(b)-length(a)) < math.Abs(length(business[nearest])-length(a)) {
				nearest = k
			}
		}
		both := append(slices.Clone(a), business[nearest]...)
		business = slices.Delete(business, nearest, nearest+1)
		out = append(out, newTalk("spliced chats", both, len(a), a[0].Subject.Norm, score))
	}
	return out
}

// length is the mean length of the messages, in bytes.
func length(chat []*Example) float64 {
	n := 0
	for _, e := range chat {
		n += len(e.Text.Norm)
	}
	return float64(n) / float64(len(chat))
}

// realTalks splices personal text messages with business of like length, half a talk
// of each.
func realTalks(fold []*Example, score scorer) (out []talk) {
	const half = 10
	var personal, business []*Example
	for _, e := range fold {
		switch {
		case e.Source == "sms" && e.Scope[1] >= 0.5:
			personal = append(personal, e)
		case (e.Source == "us-foia-mail" || e.Source == "meeting-chat") && e.Lang == "en" && e.Scope[0] >= 0.5:
			business = append(business, e)
		}
	}
	sort.SliceStable(business, func(i, k int) bool { return len(business[i].Text.Norm) < len(business[k].Text.Norm) })
	for ; len(personal) >= half; personal = personal[half:] {
		both := slices.Clone(personal[:half])
		for _, e := range personal[:half] {
			k, _ := slices.BinarySearchFunc(business, len(e.Text.Norm), func(b *Example, n int) int { return len(b.Text.Norm) - n })
			k = min(k, len(business)-1)
			both = append(both, business[k])
			business = slices.Delete(business, k, k+1)
		}
		out = append(out, newTalk("spliced real messages", both, half, "", score))
	}
	return out
}

// outcome of the detector on a set of talks.
type outcome struct {
	personal int   // messages before the change
	alarms   int   // of them, how many raised an alarm
	delay    []int // for each talk that turns: messages from the change to the alarm, the first being 1; never is late
}

// late is the delay of a change that was never seen.
const late = 99

func (o *outcome) add(t *talk) {
	var s drift.State
	found := 0
	for i, p := range t.p {
		was := s.Drifted()
		s = s.Next(p)
		switch {
		case i < t.from:
			o.personal++
			o.alarms += b2i(s.Drifted() && !was)
		case s.Drifted() && found == 0:
			found = i - t.from + 1
		}
	}
	if t.from < len(t.p) {
		if found == 0 {
			found = late
		}
		o.delay = append(o.delay, found)
	}
}

func (o *outcome) within(n int) (k int) {
	for _, d := range o.delay {
		k += b2i(d <= n)
	}
	return k
}

// driftTable prints delays and false alarms of every set.
func driftTable(talks []talk) {
	sets := map[string]*outcome{}
	var names []string
	for i := range talks {
		t := &talks[i]
		for _, name := range []string{t.set, t.set + ", " + t.lang} {
			if sets[name] == nil {
				sets[name] = &outcome{}
				names = append(names, name)
			}
			sets[name].add(t)
		}
	}
	sort.Strings(names)
	fmt.Printf("\n%-28s %9s %7s  %-20s %7s %8s %8s %8s %7s\n", "drift", "personal", "alarms", "alarms in 500", "changes", "in 3", "in 6", "in 10", "median")
	for _, n := range names {
		o := sets[n]
		slices.Sort(o.delay)
		median := "-"
		if len(o.delay) > 0 {
			median = fmt.Sprint(o.delay[len(o.delay)/2])
		}
		lo, hi := wilson(o.alarms, o.personal)
		fmt.Printf("%-28s %9d %7d  %4.1f [%.1f, %.1f] %14d %8d %8d %8d %7s\n", n, o.personal, o.alarms,
			500*float64(o.alarms)/float64(max(1, o.personal)), 500*lo, 500*hi, len(o.delay), o.within(3), o.within(6), o.within(10), median)
	}
}

// wilson is the 95 % interval of a share.
func wilson(k, n int) (lo, hi float64) {
	if n == 0 {
		return 0, 1
	}
	const z = 1.96
	p, m := float64(k)/float64(n), float64(n)
	mid, half := (p+z*z/(2*m))/(1+z*z/m), z*math.Sqrt(p*(1-p)/m+z*z/(4*m*m))/(1+z*z/m)
	return max(0, mid-half), mid + half
}
