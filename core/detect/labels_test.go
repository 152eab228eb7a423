package detect

import (
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"hanaper/core/message"
)

// labelKinds are the words of the labels for our detectors. Kinds we have no
// detector for are counted apart.
var labelKinds = map[string]string{
	"phone": "phone", "email": "email-address", "us-ssn": "us-ssn", "us-driver-licence": "us-driver-licence",
	"credit-card": "payment-card", "password": "password", "secret": "api-key", "dob": "date-of-birth",
}

// decidedLabels are labelled messages in which we mean to find nothing; the key
// is a part of the message, which is ours.
var decidedLabels = map[string]string{
	"987-65-4321":        "no SSN begins with 9: found as us-itin, whose form it has",
	"987-65-4329":        "no SSN begins with 9: found as us-itin, whose form it has",
	"666-41-0083":        "area 666 was never issued",
	"4242 4242":          "half a card number, told over two messages",
	"yes its 4471# then": "the word that names it is in another message",
}

// TestLabels measures recall and precision on the chats that say what is in them.
func TestLabels(t *testing.T) {
	type line struct {
		Text        string
		Identifiers []string
	}
	counts, unlike := map[string]*tally{}, map[string]int{}
	for _, kind := range labelKinds {
		counts[kind] = &tally{}
	}
	eachLine(t, shared(t, "labels/chats.nc.jsonl"), func() any { return new(line) }, func(v any) {
		l := v.(*line)
		x := message.Normalize("body", l.Text)
		got := map[string]bool{}
		for _, f := range Scan(&x) {
			got[f.Detector] = true
		}
		for _, id := range l.Identifiers {
			kind := labelKinds[id]
			switch {
			case kind == "":
				unlike[id]++
			case got[kind]:
				counts[kind].hit++
			default:
				counts[kind].missed++
				why := decidedWhy(l.Text)
				if why == "" {
					t.Errorf("%s: not found in %q", kind, l.Text)
				}
				t.Logf("%s: %q: not found: %s", kind, l.Text, why)
			}
		}
		for kind := range got {
			if !slices.ContainsFunc(l.Identifiers, func(id string) bool { return labelKinds[id] == kind || id == "us-ssn" && kind == "us-itin" }) {
				if counts[kind] != nil {
					counts[kind].wrong++
				}
				t.Errorf("%s: found in %q, not labelled", kind, l.Text)
			}
		}
	})
	report(t, counts)
	t.Logf("labels without a detector: %v (link: labelled are all links, we report the risky ones)", unlike)
}

func decidedWhy(text string) string {
	for part, why := range decidedLabels {
		if strings.Contains(text, part) {
			return why
		}
	}
	return ""
}

// TestAlarms counts findings per 1,000 messages, which are nearly all without
// any: what the interruptions rest on. It prints counts, never the text.
func TestAlarms(t *testing.T) {
	paths, err := filepath.Glob(shared(t, "labels") + "/chats.*.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	paths = append(paths, shared(t, "labels/train.jsonl"), shared(t, "labels/train.fr.jsonl"))
	type line struct{ Text string }
	for _, path := range paths {
		messages, counts := 0, map[string]int{}
		eachLine(t, path, func() any { return new(line) }, func(v any) {
			x := message.Normalize("body", v.(*line).Text)
			messages++
			for _, f := range Scan(&x, testProtected...) {
				counts[f.Detector]++
			}
		})
		var out []string
		identifiers := 0
		for _, d := range list {
			if n := counts[d.id]; n > 0 {
				out = append(out, d.id+" "+perThousand(n, messages))
				if d.class == ClassIdentifier || d.class == ClassSecret {
					identifiers += n
				}
			}
		}
		t.Logf("%s: %d messages, findings per 1,000: %s", filepath.Base(path), messages, strings.Join(out, ", "))
		if limit := 5; filepath.Base(path) == "train.jsonl" && identifiers*1000 > limit*messages {
			t.Errorf("%s: %d identifiers and secrets in mail that has next to none, the limit is %d per 1,000", path, identifiers, limit)
		}
	}
}

func perThousand(n, of int) string {
	return strconv.FormatFloat(1000*float64(n)/float64(of), 'f', 1, 64)
}
