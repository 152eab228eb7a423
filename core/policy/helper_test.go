package policy

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hanaper/core/classify"
	"hanaper/core/detect"
	"hanaper/core/marking"
	"hanaper/core/message"
)

var update = flag.Bool("update", false, "write the golden files")

const now = "2026-11-22T10:00:00Z"

const (
	uk = "uk-nccc-2023"
	ca = "ca-im-protocol"
	nc = "us-nc-030319"
)

var bundled = map[string]*Pack{}

// packs loads bundled packs, once each. With HANAPER_SWITCH_OFF=UK-10a in the
// environment every row that cites the clause says nothing: see TestSwitchedOff.
func packs(t testing.TB, ids ...string) (out []*Pack) {
	t.Helper()
	for _, id := range ids {
		if bundled[id] == nil {
			p, ok := Bundled(id)
			if !ok {
				t.Fatalf("no bundled pack %s", id)
			}
			switchOff(p, os.Getenv("HANAPER_SWITCH_OFF"))
			bundled[id] = p
		}
		out = append(out, bundled[id])
	}
	return out
}

func switchOff(p *Pack, clause string) (rows int) {
	for i := range p.Tables {
		for r := range p.Tables[i].Rows {
			if row := &p.Tables[i].Rows[r]; clause != "" && contains(row.Clauses, clause) {
				*row = Row{When: row.When}
				rows++
			}
		}
	}
	return rows
}

// in is a business message in a work chat on WhatsApp, on a managed device; the
// options change it.
func in(options ...func(*Input)) Input {
	i := Input{
		Draft: message.Draft{Channel: "whatsapp", Device: message.DeviceManaged, ChatScope: message.ScopeWork,
			Hold: message.HoldUnknown, Body: "see you at the meeting then"},
		Class: classify.Result{Scope: "business", ScopeProb: 9000, Significance: 100, Known: true},
	}
	for _, o := range options {
		o(&i)
	}
	return i
}

func device(d message.Device) func(*Input)  { return func(i *Input) { i.Draft.Device = d } }
func chat(s message.ChatScope) func(*Input) { return func(i *Input) { i.Draft.ChatScope = s } }
func hold(h message.Hold) func(*Input)      { return func(i *Input) { i.Draft.Hold = h } }
func channel(id string) func(*Input)        { return func(i *Input) { i.Draft.Channel = id } }
func account(a string) func(*Input)         { return func(i *Input) { i.Draft.Account = a } }
func timer(s int64) func(*Input)            { return func(i *Input) { i.Draft.TimerS = s } }
func body(s string) func(*Input)            { return func(i *Input) { i.Draft.Body = s } }
func said(s string) func(*Input) {
	return func(i *Input) {
		i.Draft.Body = s
		i.Texts = append(i.Texts, message.Normalize("body", s))
	}
}
func class(s string) func(*Input) { return func(i *Input) { i.Class.Scope = s } }
func significant(p classify.Prob) func(*Input) {
	return func(i *Input) {
		i.Class.Significance = p
		i.Class.Words = []message.Span{{Field: "body", Start: 0, End: 3}}
	}
}

func unknownText(i *Input) {
	i.Class = classify.Result{Scope: "unclear"}
	i.Draft.Body = "Zatwierdzam podpisanie umowy z dostawcą do piątku."
}

func act(n int) func(*Input) { return func(i *Input) { i.Class.Acts[n] = 9000 } }

func marked(m marking.Marking) func(*Input) {
	return func(i *Input) {
		m.Span = message.Span{Field: "body", Start: 0, End: len(m.Tier)}
		m.Confidence = 950
		i.Markings = append(i.Markings, m)
	}
}

func doubtful(m marking.Marking) func(*Input) {
	return func(i *Input) {
		marked(m)(i)
		i.Markings[len(i.Markings)-1].Confidence = 600
	}
}

var (
	official  = marking.Marking{Scheme: "uk", Tier: "OFFICIAL", Rank: marking.RankOfficial}
	sensitive = marking.Marking{Scheme: "uk", Tier: "OFFICIAL-SENSITIVE", Rank: marking.RankProtected, Sensitive: true}
	secret    = marking.Marking{Scheme: "uk", Tier: "SECRET", Rank: marking.RankSecret, Sensitive: true}
	topSecret = marking.Marking{Scheme: "uk", Tier: "TOP SECRET", Rank: marking.RankTopSecret, Sensitive: true}
	protected = marking.Marking{Scheme: "ca", Tier: "PROTECTED B", Rank: marking.RankProtected, Sensitive: true}
)

func found(id string, class detect.Class, confidence int) func(*Input) {
	return func(i *Input) {
		n := 40 * len(i.Findings)
		i.Findings = append(i.Findings, detect.Finding{Detector: id, Class: class, Confidence: confidence,
			Span: message.Span{Field: "body", Start: n, End: n + 10}, Reason: "context"})
	}
}

func to(addresses ...string) func(*Input) {
	return func(i *Input) {
		for _, a := range addresses {
			i.Draft.To = append(i.Draft.To, message.Party{Address: a})
		}
	}
}

func everybody(i *Input) { i.Draft.MembersComplete = true }

func levelOf(v Verdict) string { return v.Permission + " " + v.Duty + " " + v.Action }

// speaks checks that every reason has its words, all parameters filled in.
func speaks(t *testing.T, name string, v *Verdict) {
	t.Helper()
	for _, r := range v.Reasons {
		if r.Text == "" || strings.ContainsAny(r.Text, "{}") {
			t.Errorf("%s: %s says %q", name, r.TextID, r.Text)
		}
	}
}

// expect checks the level and that the first reason cites the clause.
func expect(t *testing.T, name string, v Verdict, level, clause string) {
	t.Helper()
	if got := levelOf(v); got != level {
		t.Errorf("%s: %s, want %s", name, got, level)
	}
	first := ""
	if len(v.Reasons) > 0 {
		first = v.Reasons[0].Clause
	}
	speaks(t, name, &v)
	if clause != "*" && first != clause {
		t.Errorf("%s: first reason cites %q, want %q", name, first, clause)
	}
}

func words(v Verdict) string {
	var all []string
	for _, r := range v.Reasons {
		all = append(all, r.Text)
	}
	for _, a := range v.Advice {
		all = append(all, a.Text)
	}
	return strings.Join(all, "\n")
}

// golden compares with a file in testdata/policy, or writes it under -update.
func golden(t *testing.T, name, got string) {
	t.Helper()
	goldenAt(t, filepath.Join("..", "..", "testdata", "policy", name), got)
}

func goldenAt(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) == got {
		return
	}
	g, w := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			t.Fatalf("%s, line %d:\n got %s\nwant %s\n(go test -update writes it anew)", file, i+1, g[i], w[i])
		}
	}
	t.Fatalf("%s has %d lines, want %d", file, len(w), len(g))
}
