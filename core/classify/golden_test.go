package classify

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"testing"

	"hanaper/core/message"
)

var update = flag.Bool("update", false, "write the golden files anew")

const goldenFile = "../../testdata/classify/golden.jsonl"

// golden is a line of the golden file: a message and the integers the model must
// give for it on every host.
type golden struct {
	Body    string   `json:"body"`
	Title   string   `json:"title"`
	Mail    bool     `json:"mail"`
	Context []string `json:"context,omitempty"`
	Want    want     `json:"want"`
}

type want struct {
	Known        bool     `json:"known"`
	Scope        string   `json:"scope"`
	ScopeProb    Prob     `json:"scope_prob"`
	Significance Prob     `json:"significance"`
	Limbs        [2]Prob  `json:"limbs"`
	Acts         [6]Prob  `json:"acts"`
	Words        [][2]int `json:"words"`
}

func wantOf(r Result) want {
	w := want{r.Known, r.Scope, r.ScopeProb, r.Significance, r.Limbs, r.Acts, [][2]int{}}
	for _, s := range r.Words {
		w.Words = append(w.Words, [2]int{s.Start, s.End})
	}
	return w
}

// Every message of the golden file gets the integers that stand there.
func TestGolden(t *testing.T) {
	file, err := os.ReadFile(goldenFile)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	n := 0
	for _, line := range bytes.Split(bytes.TrimSpace(file), []byte("\n")) {
		var g golden
		if err := json.Unmarshal(line, &g); err != nil {
			t.Fatal(err)
		}
		g.Want = wantOf(judge(g.Body, g.Title, g.Mail, g.Context...))
		if err := enc.Encode(g); err != nil {
			t.Fatal(err)
		}
		n++
		if got := bytes.TrimSpace(out.Bytes()); !*update && !bytes.HasSuffix(got, line) {
			t.Errorf("line %d\n got %s\nwant %s", n, bytes.TrimSpace(got[bytes.LastIndexByte(got, '\n')+1:]), line)
		}
	}
	if n < 50 {
		t.Errorf("%d messages, want at least 50", n)
	}
	if *update {
		if err := os.WriteFile(goldenFile, out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// What a title or earlier messages say is seen.
func TestContextCounts(t *testing.T) {
	body := message.Normalize("body", "yes")
	one := Judge(Input{Body: &body, Context: []message.Message{{Body: "love you, dinner at mum's on sunday?"}}})
	two := Judge(Input{Body: &body, Context: []message.Message{{Body: "shall the council sign the contract for the shelter?"}}})
	if one.Scope == two.Scope && one.ScopeProb == two.ScopeProb {
		t.Errorf("both contexts give %s %d", one.Scope, one.ScopeProb)
	}
}
