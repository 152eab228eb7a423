package classify

import (
	"strings"
	"testing"

	"hanaper/core/message"
)

func judge(body, title string, mail bool) Result {
	b, s := message.Normalize("body", body), message.Normalize("title", title)
	return Judge(Input{Body: &b, Subject: &s, Mail: mail})
}

// A decision is likelier to be significant than a greeting.
func TestDirection(t *testing.T) {
	high := judge("please send the revised letter to the Treasury today and tell them we will not accept the cut", "", false)
	low := judge("see you at 5", "", false)
	if high.Significance < 5000 || low.Significance > 500 {
		t.Errorf("significance %d and %d, want at least 5000 and at most 500", high.Significance, low.Significance)
	}
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
