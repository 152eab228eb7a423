package cli

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"hanaper/core"
	"hanaper/core/canonical"
	"hanaper/core/classify"
	"hanaper/core/message"
	"hanaper/core/policy"
)

// explain prints, under a verdict, what it rests on: the row of every decision table,
// what was seen, the model's figures beside the packs' thresholds, and the hint.
func (s *screen) explain(a *answer) {
	if a.why == nil {
		return
	}
	w := s.w.why
	fmt.Fprintf(s.out, "\n  %s\n", s.paint.as("1", w.title))
	for i := range a.why.Rows {
		s.row(&a.why.Rows[i])
	}
	s.seen(a)
	s.model(a)
	for _, v := range a.verdict.Advice {
		if v.TextID == core.HintID {
			fmt.Fprintf(s.out, "    %s%s%s (%s)\n", w.hint, w.is, printable(v.Text), places(v.Spans))
		}
	}
}

// row prints one row: where it stands, what it was asked, what follows, and the words
// of its clauses.
func (s *screen) row(r *policy.Traced) {
	w := s.w.why
	var facets []string
	for _, f := range r.Facets {
		facets = append(facets, f.Name+"="+f.Value)
	}
	fmt.Fprintf(s.out, "    %s\n", s.paint.as("36", fmt.Sprintf(w.row, r.Pack, r.Table, r.Row)))
	fmt.Fprintf(s.out, "      %s%s%s\n", w.when, w.is, strings.Join(facets, ", "))
	fmt.Fprintf(s.out, "      %s%s%s, %s, %s\n", w.then, w.is, r.Level.Permission, r.Level.Duty, r.Level.Action)
	if r.TextID == "" && r.Level == (policy.Level{}) {
		return
	}
	for _, id := range r.Clauses {
		para, text := s.clause(r.Pack, id)
		for _, line := range wrap(id+", "+printable(para)+w.is+printable(text), width-8) {
			fmt.Fprintf(s.out, "      %s\n", line)
		}
	}
}

// wrap cuts a text at spaces into lines of at most that many characters where its
// words allow it; those after the first stand two characters in.
func wrap(text string, most int) (lines []string) {
	line := ""
	for _, word := range strings.Fields(text) {
		if line != "" && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > most {
			lines, line = append(lines, line), " "
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return append(lines, line)
}

// clause gives a clause's paragraph, and its words as the source has them.
func (s *screen) clause(pack, id string) (para, text string) {
	for _, p := range s.judge.packs {
		if c, ok := p.Clause(id); ok && p.ID == pack {
			if s.judge.settings.Language == "fr" && c.ParaFR != "" {
				return c.ParaFR, c.Text
			}
			return c.Para, c.Text
		}
	}
	return "", ""
}

func (s *screen) seen(a *answer) {
	w := s.w.why
	in := &a.why.Seen
	if len(in.Findings)+len(in.Markings) == 0 {
		fmt.Fprintf(s.out, "    %s\n", w.nothing)
	}
	for i := range in.Findings {
		f := &in.Findings[i]
		fmt.Fprintf(s.out, "    %s\n", fmt.Sprintf(w.found, policy.Label(s.judge.packs, f, s.judge.settings.Language),
			s.words(a, f.Span), place(f.Span), f.Detector+", "+f.Reason, percent(f.Confidence, 1000)))
	}
	for i := range in.Markings {
		m := &in.Markings[i]
		fmt.Fprintf(s.out, "    %s\n", fmt.Sprintf(w.found, m.In(s.judge.settings.Language), s.words(a, m.Span), place(m.Span), "marking", percent(m.Confidence, 1000)))
	}
}

// words are the text at a span, as much as fits a line.
func (s *screen) words(a *answer, at message.Span) string {
	const most = 48 // characters
	text, _ := s.field(&a.draft, at.Field)
	if at.End > len(text) || at.Start > at.End {
		return ""
	}
	cut := []rune(text[at.Start:at.End])
	if len(cut) > most {
		cut = append(cut[:most:most], '…')
	}
	return printable(string(cut))
}

func place(at message.Span) string {
	return at.Field + " " + strconv.Itoa(at.Start) + "-" + strconv.Itoa(at.End)
}

func places(spans []message.Span) string {
	var out []string
	for _, at := range spans {
		out = append(out, place(at))
	}
	return strings.Join(out, ", ")
}

func percent(n, of int) string { return strconv.Itoa((n*100+of/2)/of) + " %" }

// model prints the probabilities beside the thresholds, and the words that moved them.
func (s *screen) model(a *answer) {
	w, c := s.w.why, &a.why.Seen.Class
	if !c.Known {
		fmt.Fprintf(s.out, "    %s\n", w.unread)
		return
	}
	fmt.Fprintf(s.out, "    %s\n", fmt.Sprintf(w.scope, c.Scope, percent(int(c.ScopeProb), 10000)))
	fmt.Fprintf(s.out, "    %s\n", fmt.Sprintf(w.significance, percent(int(c.Significance), 10000)))
	for _, p := range s.judge.packs {
		t := &p.Thresholds
		fmt.Fprintf(s.out, "      %s\n", fmt.Sprintf(w.thresholds, p.ID, percent(int(t.Consider), 10000), percent(int(t.Capture), 10000),
			percent(int(t.Stop), 10000), percent(int(t.Scope), 10000), percent(int(t.Act), 10000)))
	}
	var parts []string
	for i, p := range c.Limbs {
		parts = append(parts, classify.Limbs[i]+" "+percent(int(p), 10000))
	}
	for i, p := range c.Acts {
		parts = append(parts, classify.Acts[i]+" "+percent(int(p), 10000))
	}
	fmt.Fprintf(s.out, "      %s%s%s\n", w.kinds, w.is, strings.Join(parts, ", "))
	var moved []string
	for _, x := range a.why.Words {
		moved = append(moved, fmt.Sprintf("%s %+.2f", s.words(a, x.Span), x.Weight))
	}
	if len(moved) > 0 {
		fmt.Fprintf(s.out, "      %s%s%s\n", w.moved, w.is, strings.Join(moved, ", "))
	}
}

// encodeExplanation is the member explain that --jsonl --explain adds to a verdict.
func encodeExplanation(e *core.Explanation, packs []*policy.Pack) canonical.Value {
	prob := func(n, of int) canonical.Value { return canonical.Num(float64(n) / float64(of)) }
	out := canonical.Texts()
	out.Put("rows", canonical.ListOf(e.Rows, func(r *policy.Traced) canonical.Value {
		v := canonical.Texts("pack", r.Pack, "table", r.Table, "permission", r.Level.Permission.String(), "duty", r.Level.Duty.String(),
			"action", r.Level.Action.String(), "text_id", r.TextID)
		v.Put("row", canonical.Num(float64(r.Row)))
		facets := canonical.Texts()
		for _, f := range r.Facets {
			facets.Put(f.Name, canonical.Str(f.Value))
		}
		v.Put("facets", facets)
		v.Put("clauses", canonical.List(clausesOf(packs, r)))
		return v
	}))
	var found []canonical.Value
	add := func(detector, reason string, confidence int, at message.Span) {
		v := canonical.Texts("detector", detector, "reason", reason)
		v.Put("confidence", prob(confidence, 1000))
		v.Put("span", encodeSpan(at))
		found = append(found, v)
	}
	for _, f := range e.Seen.Findings {
		add(f.Detector, f.Reason, f.Confidence, f.Span)
	}
	for _, m := range e.Seen.Markings {
		add("marking", m.String(), m.Confidence, m.Span)
	}
	out.Put("findings", canonical.List(found))
	out.Put("words", canonical.ListOf(e.Words, func(w *core.Weight) canonical.Value {
		return canonical.Fields(canonical.F("span", encodeSpan(w.Span)), canonical.F("weight", canonical.Num(w.Weight)))
	}))
	model := canonical.Texts()
	for i, p := range e.Seen.Class.Limbs {
		model.Put(classify.Limbs[i], prob(int(p), 10000))
	}
	for i, p := range e.Seen.Class.Acts {
		model.Put(classify.Acts[i], prob(int(p), 10000))
	}
	out.Put("probabilities", model)
	out.Put("thresholds", thresholdsOf(packs))
	return out
}

func clausesOf(packs []*policy.Pack, r *policy.Traced) (out []canonical.Value) {
	for _, p := range packs {
		for _, id := range r.Clauses {
			if c, ok := p.Clause(id); ok && p.ID == r.Pack {
				out = append(out, canonical.Texts("id", c.ID, "para", c.Para, "text", c.Text))
			}
		}
	}
	return out
}

func thresholdsOf(packs []*policy.Pack) canonical.Value {
	out := canonical.Texts()
	for _, p := range packs {
		v := canonical.Texts()
		for _, t := range []struct {
			name string
			p    uint16
		}{{"consider", p.Thresholds.Consider}, {"capture", p.Thresholds.Capture}, {"stop", p.Thresholds.Stop}, {"scope", p.Thresholds.Scope}, {"act", p.Thresholds.Act}} {
			v.Put(t.name, canonical.Num(float64(t.p)/10000))
		}
		out.Put(p.ID, v)
	}
	return out
}

func encodeSpan(s message.Span) canonical.Value {
	v := canonical.Texts("field", s.Field)
	v.Put("start", canonical.Num(float64(s.Start)))
	v.Put("end", canonical.Num(float64(s.End)))
	return v
}

// whyWords are the words of --explain, in one language; is stands between what is
// spoken of and what is said of it.
type whyWords struct {
	title, row, when, then, found, nothing, unread, scope, significance, thresholds, kinds, moved, hint, is string
}

var whyEnglish = whyWords{
	title: "why", row: "%s, table %s, row %d", when: "asked", then: "follows",
	found: "seen: %s “%s” (%s; %s; sure: %s)", nothing: "seen: no number, secret, link or marking",
	unread: "the model could not read this text", scope: "about: %s (%s)", significance: "significant with a probability of %s",
	thresholds: "%s: consider from %s, keep from %s, stop from %s; scope sure from %s, acts named from %s",
	kinds:      "limbs and acts", moved: "words, and what each adds to the log-odds of significant", hint: "otherwise", is: ": ",
}

var whyFrench = whyWords{
	title: "pourquoi", row: "%s, table %s, ligne %d", when: "demandé", then: "il s’ensuit",
	found: "vu : %s « %s » (%s ; %s ; sûr à %s)", nothing: "vu : ni numéro, ni secret, ni lien, ni marquage",
	unread: "le modèle n’a pas pu lire ce texte", scope: "sujet : %s (%s)", significance: "important avec une probabilité de %s",
	thresholds: "%s : à considérer dès %s, à conserver dès %s, arrêt dès %s ; sujet sûr dès %s, actes nommés dès %s",
	kinds:      "volets et actes", moved: "mots, et ce que chacun ajoute aux log-cotes d’important", hint: "sinon", is: " : ",
}
