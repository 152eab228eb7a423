package main

import (
	"os"
	"path/filepath"
	"testing"
)

// A benign message that is stopped counts, and nothing else does: not one to be
// kept, not one whose number an annotator noted, not one drawn for its looks.
func TestCounts(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return file
	}
	write("train.jsonl", `{"id":"a","source":"us-foia-mail","sample":"random","text":"OFFICIAL-SENSITIVE: see you at ten","annotations":[{"scope":"b","duty":"R","sure":"h"}]}
{"id":"b","source":"us-foia-mail","sample":"random","text":"see you at ten","annotations":[{"scope":"p","duty":"N","sure":"h"}]}
{"id":"c","source":"us-foia-mail","sample":"random","text":"OFFICIAL-SENSITIVE: it is decided","annotations":[{"scope":"b","duty":"S","sure":"l"}]}
{"id":"d","source":"us-foia-mail","sample":"active","text":"OFFICIAL-SENSITIVE: see you","annotations":[{"scope":"b","duty":"R","sure":"h"}]}
`)
	write("chats.x.jsonl", `{"chat":"x","title":"Team","channel":"whatsapp","n":1,"text":"we cancel the tender","scope":"b","duty":"R","sure":"l","identifiers":[]}
{"chat":"x","title":"Team","channel":"whatsapp","n":2,"text":"his Social Security number is 219-09-9998","scope":"b","duty":"R","sure":"h","identifiers":["us-ssn"]}
`)
	answers := write("answers.jsonl", `{"id":"a","file":"train","class":{"Scope":"business","ScopeProb":9000,"Known":true}}
{"id":"b","file":"train","class":{"Scope":"personal","ScopeProb":9000,"Significance":9900,"Known":true}}
{"id":"c","file":"train","class":{"Scope":"business","ScopeProb":9000,"Known":true}}
{"id":"d","file":"train","class":{"Scope":"business","ScopeProb":9000,"Known":true}}
{"id":"x/1","file":"chats.x","class":{"Scope":"unclear","ScopeProb":5000,"Significance":9900,"Known":true}}
{"id":"x/2","file":"chats.x","class":{"Scope":"business","ScopeProb":9000,"Known":true}}
`)
	messages, err := load(dir, answers)
	if err != nil {
		t.Fatal(err)
	}
	shares, err := measure(messages)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][3]int{ // messages, interrupted on a managed and on an unmanaged device
		all: {3, 1, 2}, mail: {2, 1, 1}, chats: {1, 0, 1}, atWork: {1, 0, 1}, personal: {1, 0, 0},
	}
	for _, s := range shares {
		if s.Pack != "uk-nccc-2023" || s.Device == "unknown" {
			continue
		}
		n := want[s.Group][1]
		if s.Device == "unmanaged" {
			n = want[s.Group][2]
		}
		if s.Messages != want[s.Group][0] || s.Interrupted != n {
			t.Errorf("%s, %s: %d of %d, want %d of %d", s.Device, s.Group, s.Interrupted, s.Messages, n, want[s.Group][0])
		}
	}
	if _, err := load(dir, write("none.jsonl", "")); err == nil {
		t.Error("messages without an answer are let by")
	}
}
