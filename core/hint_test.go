package core_test

import (
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"hanaper/core"
	"hanaper/core/canonical"
	"hanaper/core/message"
	"hanaper/core/policy"
)

var order = map[string]int{"allow": 0, "notice": 1, "unknown": 2, "warn": 3, "justify": 4, "block": 5}

// hintOf gives a verdict's hint.
func hintOf(v *policy.Verdict) *policy.Advice {
	for i := range v.Advice {
		if v.Advice[i].TextID == core.HintID {
			return &v.Advice[i]
		}
	}
	return nil
}

// applied judges a draft, and again as its hint says, with plain code of its own for
// cutting. It reports whether there was a hint.
func applied(t *testing.T, d message.Draft, set *policy.Settings, at string) bool {
	t.Helper()
	v := core.Evaluate(&d, set, at)
	h := hintOf(&v)
	if h == nil {
		return false
	}
	if order[v.Action] < order["warn"] || h.Kind != "edit" || len(h.Spans) == 0 {
		t.Fatalf("a hint %+v with action %s", h, v.Action)
	}
	want := "Before sending: "
	if set.Language == "fr" {
		want = "Avant l’envoi : "
	}
	if !strings.HasPrefix(h.Text, want) || strings.ContainsAny(h.Text, "{}") {
		t.Fatalf("the hint says %q", h.Text)
	}
	less := d
	less.Attachments = append([]message.Attachment(nil), d.Attachments...)
	for i := len(h.Spans) - 1; i >= 0; i-- { // from the end, so that earlier places stay
		switch s := h.Spans[i]; s.Field {
		case "body":
			less.Body = less.Body[:s.Start] + less.Body[s.End:]
		case "subject":
			less.Subject = less.Subject[:s.Start] + less.Subject[s.End:]
		default:
			for n := range less.Attachments {
				if s.Field == canonical.Index("attachments", n)+".name" {
					less.Attachments = append(less.Attachments[:n:n], less.Attachments[n+1:]...)
					break
				}
			}
		}
	}
	again := core.Evaluate(&less, set, at)
	if order[again.Action] > order["notice"] || again.Permission == "prohibited" || again.Permission == "exceptional_only" {
		t.Fatalf("%q\nwithout %v (%s) is %q:\n%s, %s, not allow or notice", d.Body, h.Spans, h.Text, less.Body, again.Action, again.Permission)
	}
	return true
}

// The hint of every vector that has one is true, and none stands where taking words
// out would not help.
func TestHintsOfVectors(t *testing.T) {
	files, err := filepath.Glob("../testdata/vectors/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no vectors")
	}
	hints := 0
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range txtar.Parse(raw).Files {
			if !strings.HasSuffix(f.Name, "evaluate.request.json") && f.Name != "evaluate.request.json" {
				continue
			}
			v, err := canonical.Parse(f.Data, canonical.Limits{})
			if err != nil || v.Get("draft") == nil {
				continue // a vector of bad input
			}
			var d, s canonical.Decoder
			draft := message.DecodeDraft(&d, v.Get("draft"))
			set := policy.DecodeSettings(&s, v.Get("settings"))
			if d.Err(false) != nil || s.Err(false) != nil {
				continue
			}
			at := ""
			if a := v.Get("at"); a != nil {
				at = a.Str
			}
			for _, set.Language = range []string{"en", "fr"} {
				if applied(t, draft, &set, at) {
					hints++
				}
			}
		}
	}
	if hints < 20 {
		t.Errorf("%d hints in all vectors, want at least 20", hints)
	}
}

// hintParts make drafts of which some part stops: numbers of people, secrets, links,
// markings, plain talk, and what joins when its neighbour goes.
var hintParts = []string{"see you at the gate", "her NI number is AB 12 34 56 C", "SSN 078-05-1120", "my SIN is 046 454 286",
	"card 4111 1111 1111 1111", "the wifi password is Plum-Tart-99", "http://user@203.0.113.9/x", "OFFICIAL-SENSITIVE", "PROTECTED B",
	"SECRET", "NHS no 943 476 5919", "we approve the contract with the port from 1 May", "8", "12", " ", "call 07700 900123",
	"driver licence S123-4567-8901 Ontario", "merci, à demain", "IBAN GB82 WEST 1234 5698 7654 32", "(confidential)"}

// Random drafts under every bundled pack: where there is a hint it is true.
func TestHintsAreTrue(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	pick := func(of ...string) string { return of[r.Intn(len(of))] }
	hints, n := 0, 6000
	if testing.Short() {
		n = 600
	}
	for range n {
		var body []string
		for range 1 + r.Intn(5) {
			body = append(body, hintParts[r.Intn(len(hintParts))])
		}
		d := message.Draft{Channel: pick("whatsapp", "gmail", "sms", ""), Body: strings.Join(body, pick(" ", ", ", ".\n", "")),
			Device: message.Device(pick("managed", "unmanaged")), ChatScope: message.ChatScope(pick("work", "mixed", "unset", "personal")),
			Hold: message.Hold(pick("none", "held", "unknown"))}
		if r.Intn(4) == 0 {
			d.Subject = hintParts[r.Intn(len(hintParts))]
		}
		for range r.Intn(3) {
			d.Attachments = append(d.Attachments, message.Attachment{Name: pick("minutes.pdf", "invoice.pdf.exe", "macro.docm", "SECRET plan.docx")})
		}
		set := policy.Settings{Packs: [][]string{{"uk-nccc-2023"}, {"ca-im-protocol"}, {"us-nc-030319"}, {"uk-nccc-2023", "us-nc-030319"}}[r.Intn(4)],
			Language: pick("en", "fr")}
		if applied(t, d, &set, "2026-11-22T10:00:00Z") {
			hints++
		}
	}
	if hints < n/20 {
		t.Errorf("%d hints in %d drafts: the test sees too little", hints, n)
	}
	t.Logf("%d hints in %d drafts", hints, n)
}

// No hint where something else stops, and none on what is SECRET.
func TestNoHint(t *testing.T) {
	set := policy.Settings{Packs: []string{"uk-nccc-2023"}}
	for _, body := range []string{"SECRET the site moves in May", "see you at 5"} {
		d := message.Draft{Channel: "whatsapp", Device: message.DeviceUnmanaged, ChatScope: message.ScopeWork, Body: body}
		v := core.Evaluate(&d, &set, "2026-11-22T10:00:00Z")
		if h := hintOf(&v); h != nil {
			t.Errorf("%q: %+v", body, h)
		}
	}
}
