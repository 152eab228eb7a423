package main

import (
	"fmt"

	"hanaper/core/classify/internal/feat"
	"hanaper/core/classify/internal/net"
)

// natural reports whether e was not chosen for looking significant or not: mail
// and meeting chat drawn at random, personal and political messages, and all the
// written chats.
func natural(e *Example) bool {
	switch e.Sample {
	case "random", "chat", "personal", "political", "written":
		return e.File != "train.fr"
	}
	return false
}

// thresholdTable prints, for thresholds in steps of 0.05, precision and recall on
// the natural lines, and who would be interrupted for nothing.
func thresholdTable(all []Example, v *verdicts) {
	fmt.Printf("\nthresholds: precision and recall on lines as they come; share of benign lines at or above\n")
	fmt.Printf("%5s  %-16s %-16s %-16s  %-14s %-14s %-13s %-11s %s\n", "p", "mail, random", "chats en", "chats fr", "benign chats", "benign mail", "personal", "chats.neg", "personal, and not seen to be")
	for p := 5; p <= 95; p += 5 {
		at := float64(p) / 100
		fmt.Printf("%5.2f ", at)
		for _, set := range []string{"mail", "en", "fr"} {
			tp, called, pos := 0, 0, 0
			for i := range all {
				e := &all[i]
				if !natural(e) || (set == "mail") != (e.Sample == "random") || set != "mail" && (!e.Chat() || e.Lang != set) {
					continue
				}
				c := v.prob(e, net.Sig) >= at
				tp, called, pos = tp+b2i(c && e.Hard()), called+b2i(c), pos+b2i(e.Hard())
			}
			fmt.Printf(" %.2f / %.2f    ", float64(tp)/float64(max(called, 1)), float64(tp)/float64(pos))
		}
		for _, in := range []func(*Example) bool{
			func(e *Example) bool { return e.Chat() && e.Register == feat.Chat && e.Scope[0] >= 0.5 },
			func(e *Example) bool { return e.Sample == "random" && e.Scope[0] >= 0.5 },
			func(e *Example) bool { return e.Scope[1] >= 0.5 && natural(e) },
			func(e *Example) bool { return e.File == "chats.neg" },
			func(e *Example) bool {
				return e.Scope[1] >= 0.5 && natural(e) && v.prob(e, net.Scope) > v.prob(e, net.Scope+1)
			},
		} {
			n, over := 0, 0
			for i := range all {
				if e := &all[i]; in(e) && !e.Hard() {
					n++
					over += b2i(v.prob(e, net.Sig) >= at)
				}
			}
			fmt.Printf("  %d of %d", over, n)
		}
		fmt.Println()
	}
}
