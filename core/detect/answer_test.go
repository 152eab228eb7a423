package detect

import (
	"path/filepath"
	"testing"

	"hanaper/core/message"
)

// TestAnswer: a number is what the message before asked for.
func TestAnswer(t *testing.T) {
	for _, c := range []struct{ before, text, want string }{
		{"what is your NI number?", "AB 12 34 56", "uk-nino"},
		{"c'est quoi ton NAS ?", "c'est 130 692 544", "ca-sin"},
		{"your social please", "536904399", "us-ssn"},
		{"passport no for the booking?", "128034567", "passport-number"},
		{"and the date of birth", "11/02/1949", "date-of-birth"},
		{"your driver's license number?", "D1234567 here", "us-driver-licence"},
		{"NHS number?", "for the form I sent on Monday, with all the rest of it, 943 476 5870", ""}, // too late in the text
		{"the passport office called about the room and the chairs, who are coming over on Monday to see it, and then there is the matter of the lift, " +
			"which has been out since Friday", "128034567", ""}, // too early in the one before
		{"call me", "97965247", ""}, // words for telephones do not count
		{"", "128034567", ""},
	} {
		x := message.Normalize("body", c.text)
		got := ""
		for _, f := range ScanAnswer(c.before, &x) {
			if f.Class == ClassIdentifier || f.Detector == "date-of-birth" {
				got = f.Detector
			}
		}
		if got != c.want {
			t.Errorf("%q after %q: found %q, want %q", c.text, c.before, got, c.want)
		}
	}
}

// TestAnswersAlarm: in whole chats the message before adds no identifier to those
// that the text alone gives.
func TestAnswersAlarm(t *testing.T) {
	paths, err := filepath.Glob(shared(t, "labels") + "/chats.*.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	type line struct{ Chat, Text string }
	messages, more := 0, 0
	for _, path := range paths {
		var last line
		eachLine(t, path, func() any { return new(line) }, func(v any) {
			l := *v.(*line)
			x := message.Normalize("body", l.Text)
			if messages++; l.Chat == last.Chat {
				more += len(ScanAnswer(last.Text, &x)) - len(Scan(&x))
			}
			last = l
		})
	}
	t.Logf("%d messages, %d findings more because of the message before", messages, more)
	if more > 2 {
		t.Errorf("%d findings in %d messages because of the one before, at most 2 are bearable", more, messages)
	}
}
