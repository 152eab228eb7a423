package classify

import (
	"strings"
	"testing"
	"unicode/utf8"

	"hanaper/core/classify/internal/net"
	"hanaper/core/message"
)

// maxModel is the budget of the weights, in bytes.
const maxModel = 640 << 10

// judge classifies body as a chat's line or a mail.
func judge(body, title string, mail bool, context ...string) Result {
	b, s := message.Normalize("body", body), message.Normalize("title", title)
	in := Input{Body: &b, Subject: &s, Mail: mail}
	for _, c := range context {
		in.Context = append(in.Context, message.Message{Body: c})
	}
	return Judge(in)
}

// The embedded file is a model, and within its budget.
func TestModel(t *testing.T) {
	if model == nil {
		t.Fatal("model.bin is not a model file")
	}
	if len(file) > maxModel {
		t.Errorf("model.bin has %d bytes, the limit is %d", len(file), maxModel)
	}
	for _, file := range []string{file[:len(file)-1], file + "x", file[1:]} {
		if _, err := net.Parse(file); err == nil {
			t.Errorf("a model file with a byte too few or too many was read (%d bytes)", len(file))
		}
	}
}

// Of each pair, the first must be clearly likelier to be significant. The model
// was trained on messages like these: this shows that it is wired up the right
// way round, not how good it is (docs/model-card.md).
func TestDirection(t *testing.T) {
	for _, c := range []struct{ title, more, less string }{
		{"", "please send the revised letter to the Treasury today and tell them we will not accept the cut", "see you at 5"},
		{"Bridge repairs", "approved, go ahead with the contractor at 1.2m", "running late, 5 min"},
		{"Bridge repairs", "the contractor has pulled out, so the bridge stays closed until March", "anyone got the dial-in for later?"},
		{"Réparation du pont", "approuvé, on va de l'avant avec l'entrepreneur à 1,2 M$", "j'arrive dans 5 min"},
		{"Réparation du pont", "la ministre a décidé de fermer le pont jusqu'en mars", "quelqu'un a le lien pour tantôt?"},
		{"Winter plan", "Decision: we drop option 2 and fund the hospitals from reserves", "thanks, will read tonight"},
	} {
		more, less := judge(c.more, c.title, false), judge(c.less, c.title, false)
		if more.Significance < 2*less.Significance+500 {
			t.Errorf("%q has %d, %q has %d", c.more, more.Significance, c.less, less.Significance)
		}
	}
}

// Family talk is personal, office talk is business.
func TestScope(t *testing.T) {
	for _, c := range []struct{ title, body, want string }{
		{"Mum 💛", "love you, see you sunday for dinner xx", "personal"},
		{"Flood response group", "can the council confirm the shelter numbers for the 4pm briefing", "business"},
		{"Maman", "bonne fête maman, on soupe ensemble dimanche?", "personal"},
	} {
		if r := judge(c.body, c.title, false); r.Scope != c.want {
			t.Errorf("%q in %q is %s (%d), want %s", c.body, c.title, r.Scope, r.ScopeProb, c.want)
		}
	}
}

// A text without words, without known words, or in another script is not judged.
func TestUnknown(t *testing.T) {
	for _, body := range []string{"", "   ", "12:30", "?!", "qwrtz blorf xlkj vvvv", "Привет, как дела сегодня", "你好，今天下午开会", "مرحبا كيف حالك"} {
		if r := judge(body, "", false); r.Known || r.Scope != "unclear" || r.Significance != 0 || r.Words != nil {
			t.Errorf("%q gave %+v, want nothing known", body, r)
		}
	}
	if r := Judge(Input{}); r.Known {
		t.Error("a message without a body is known")
	}
	for _, body := range []string{"ok", "see you at 5", "à demain", "we agreed"} {
		if !judge(body, "", false).Known {
			t.Errorf("%q is not known", body)
		}
	}
}

// The words point at whole words of the body as it was given, in order, also
// where the plain form has other lengths.
func TestWords(t *testing.T) {
	body := "🙂 \u200bApprouvé\u200b : on signe l’entente à 2 M€ 🙂"
	r := judge(body, "Entente", false)
	if len(r.Words) == 0 || len(r.Words) > net.Tops {
		t.Fatalf("%d words, want 1 to %d", len(r.Words), net.Tops)
	}
	checkWords(t, body, r.Words)
	found := false
	for _, w := range r.Words {
		found = found || strings.Contains(body[w.Start:w.End], "Approuv")
	}
	if !found {
		t.Errorf("the words %v of %q leave out Approuvé", r.Words, body)
	}
}

func checkWords(t *testing.T, body string, words []message.Span) {
	t.Helper()
	end := 0
	for _, w := range words {
		if w.Field != "body" || w.Start < end || w.End <= w.Start || w.End > len(body) {
			t.Fatalf("span %+v of a body of %d bytes, after %d", w, len(body), end)
		}
		if utf8.ValidString(body) && !utf8.ValidString(body[w.Start:w.End]) {
			t.Fatalf("span %+v cuts a character", w)
		}
		end = w.End
	}
}

// FuzzJudge: any text gives probabilities in range and valid spans, and the same
// answer twice.
func FuzzJudge(f *testing.F) {
	f.Add("We agreed to close the site", "Estate", "earlier", true)
	f.Add("J'ai approuvé l'achat", "Pompes", "", false)
	f.Add("Jane_Doe: ... '' ' a'b' \xff\xfe 👩‍👩‍👧 ½ ﷽", "", "'", false)
	f.Fuzz(func(t *testing.T, body, title, context string, mail bool) {
		r := judge(body, title, mail, context)
		for _, p := range append(append([]Prob{r.ScopeProb, r.Significance}, r.Limbs[:]...), r.Acts[:]...) {
			if p > net.One {
				t.Fatalf("probability %d", p)
			}
		}
		checkWords(t, body, r.Words)
		if again := judge(body, title, mail, context); again.Significance != r.Significance || again.ScopeProb != r.ScopeProb {
			t.Fatal("two answers")
		}
	})
}

// BenchmarkJudge1KB judges a message of 1,024 bytes.
func BenchmarkJudge1KB(b *testing.B) {
	text := strings.Repeat("We agreed with the supplier that the second delivery moves to 14 March; please tell the board and revise the plan. ", 9)[:1024]
	body, title := message.Normalize("body", text), message.Normalize("title", "Delivery plan")
	in := Input{Body: &body, Subject: &title}
	b.SetBytes(1024)
	b.ReportAllocs()
	for b.Loop() {
		Judge(in)
	}
}
