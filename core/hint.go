package core

import (
	"slices"
	"sort"
	"strings"

	"hanaper/core/canonical"
	"hanaper/core/detect"
	"hanaper/core/marking"
	"hanaper/core/message"
	"hanaper/core/policy"
)

// HintID is the text id of a hint: the text belongs to no pack, since the packs'
// join decides whether the rest may go.
const HintID = "HINT"

// maxHints is the number of candidates that are judged again in full: a hint is a
// kindness and may make a stop, which is rare, twice as costly again, not more.
const maxHints = 2

// hint says what could be taken out of a stopped draft before sending so that it is
// stopped no more. It is decided twice: with the findings left out, which costs
// little, and by judging the draft without the words, so that it is never wrong.
// ok is false where the draft is not stopped, or for another cause.
func hint(in *policy.Input, set *policy.Settings, packs []*policy.Pack, at string, v *policy.Verdict) (h policy.Advice, ok bool) {
	domains, tried := Protected(set, packs), 0
	for _, c := range candidates(in, v) {
		less := policy.Decide(c.without(), packs, *set, at)
		if !free(&less) {
			continue
		}
		if tried++; tried > maxHints {
			break
		}
		spans := c.spans()
		rest := Cut(&in.Draft, spans)
		seen := Inspect(&rest, domains)
		watch(&seen, set.Drift)
		if again := policy.Decide(seen, packs, *set, at); free(&again) {
			return policy.Advice{Kind: "edit", TextID: HintID, Text: c.text(packs, set.Language), Spans: spans}, true
		}
	}
	return h, false
}

// free: sent without waiting, on a channel where it may be sent.
func free(v *policy.Verdict) bool {
	switch v.Permission {
	case "permitted", "permitted_with_regard", "care":
		return v.Action == "allow" || v.Action == "notice"
	}
	return false
}

func stops(r *policy.Reason) bool {
	return r.Action == "warn" || r.Action == "justify" || r.Action == "block"
}

// maxSingles is the number of findings up to which each is tried by itself.
const maxSingles = 8

// candidate is what may be taken out together.
type candidate struct {
	in        *policy.Input
	detectors []string // all findings of these, or
	only      int      // with one detector: the finding of that number alone; -1 for all
	markings  bool
}

// candidates are, the least first: each finding behind a stop, all of one detector,
// all markings, all those findings, and both. None where a stop has another cause.
// Nobody is told how to send the rest of what is marked SECRET.
func candidates(in *policy.Input, v *policy.Verdict) (out []candidate) {
	all := candidate{in: in, only: -1}
	for i := range v.Reasons {
		switch r := &v.Reasons[i]; {
		case !stops(r):
		case r.Detector == "marking":
			all.markings = true
		case !slices.ContainsFunc(in.Findings, func(f detect.Finding) bool { return f.Detector == r.Detector }):
			return nil
		case !slices.Contains(all.detectors, r.Detector):
			all.detectors = append(all.detectors, r.Detector)
		}
	}
	if h, _ := marking.Highest(in.Markings); all.markings && h.Rank >= marking.RankSecret {
		return nil
	}
	n := 0
	for i, f := range in.Findings {
		if slices.Contains(all.detectors, f.Detector) && n < maxSingles {
			out = append(out, candidate{in, []string{f.Detector}, i, false})
			n++
		}
	}
	for _, d := range all.detectors {
		if n > 1 {
			out = append(out, candidate{in, []string{d}, -1, false})
		}
	}
	if len(all.detectors) > 1 {
		out = append(out, candidate{in, all.detectors, -1, false})
	}
	if all.markings {
		out = append(out, candidate{in, nil, -1, true})
	}
	if all.markings && len(all.detectors) > 0 {
		out = append(out, all)
	}
	return out
}

// takes tells whether the candidate takes the i-th finding out.
func (c *candidate) takes(i int) bool {
	if c.only >= 0 {
		return c.only == i
	}
	return slices.Contains(c.detectors, c.in.Findings[i].Detector)
}

// without is the input with the candidate not seen.
func (c *candidate) without() policy.Input {
	out := *c.in
	out.Findings = nil
	for i, f := range c.in.Findings {
		if !c.takes(i) {
			out.Findings = append(out.Findings, f)
		}
	}
	if c.markings {
		out.Markings = nil
	}
	return out
}

// spans are the places to take out, in the order of the fields and of the text.
func (c *candidate) spans() (out []message.Span) {
	for i, f := range c.in.Findings {
		if c.takes(i) {
			out = append(out, f.Span)
		}
	}
	for i := range c.in.Markings {
		if c.markings {
			out = append(out, c.in.Markings[i].Span)
		}
	}
	sort.SliceStable(out, func(i, k int) bool {
		if out[i].Field != out[k].Field {
			return out[i].Field < out[k].Field
		}
		return out[i].Start < out[k].Start
	})
	return out
}

// Cut is the draft without the words at spans; a span in a file's name takes the
// whole file out.
func Cut(d *message.Draft, spans []message.Span) message.Draft {
	out := *d
	out.Body, out.Subject = cut(d.Body, "body", spans), cut(d.Subject, "subject", spans)
	out.Attachments = nil
	for i, a := range d.Attachments {
		name := canonical.Index("attachments", i) + ".name"
		if !slices.ContainsFunc(spans, func(s message.Span) bool { return s.Field == name }) {
			out.Attachments = append(out.Attachments, a)
		}
	}
	return out
}

func cut(text, field string, spans []message.Span) string {
	out, from := "", 0
	for _, s := range spans {
		if s.Field != field || s.End <= from {
			continue
		}
		out += text[from:max(from, s.Start)]
		from = s.End
	}
	return out + text[from:]
}

// hintWords are the parts of a hint's text, in one language.
var hintWords = map[string]struct{ before, like, marked, label, file, files, and, after string }{
	"en": {"Before sending: take out ", "what looks like ", "what is marked ", " (not the label alone)", "the file pointed at", "the files pointed at", " and ", ", and the rest may be sent here."},
	"fr": {"Avant l’envoi : retirez ", "ce qui ressemble à ", "ce qui porte la marque ", " (pas la marque seule)", "le fichier désigné", "les fichiers désignés", " et ", ", et le reste peut être envoyé ici."},
}

func (c *candidate) text(packs []*policy.Pack, language string) string {
	w, ok := hintWords[language]
	if !ok {
		w = hintWords["en"]
	}
	var parts, files []string
	for i, f := range c.in.Findings {
		if !c.takes(i) {
			continue
		}
		part := w.like + policy.Label(packs, &f, language)
		if strings.HasPrefix(f.Span.Field, "attachments") {
			files, part = append(files, f.Span.Field), w.file
		}
		if !slices.Contains(parts, part) {
			parts = append(parts, part)
		}
	}
	if at := slices.Index(parts, w.file); at >= 0 && len(slices.Compact(files)) > 1 {
		parts[at] = w.files
	}
	if m, ok := marking.Highest(c.in.Markings); ok && c.markings {
		parts = append(parts, w.marked+m.In(language)+w.label)
	}
	return w.before + strings.Join(parts, w.and) + w.after
}
