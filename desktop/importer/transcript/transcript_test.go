package transcript

import (
	"context"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"

	"hanaper/core/message"
	"hanaper/desktop/importer/chat"
)

const example = `Transcript: Team North
# written down by hand
Channel: signal
To: Ann Example <ann@dept.example>; +44 7700 900456
Zone: +01:00
Subject: Lease

2026-11-22 14:03 Ann Example: The lease is approved.
  Please sign today.

    Two spaces more.
  [file: lease.pdf]
# a remark
2026-11-22 14:05:09 +44 7700 900456: Done.
2026-11-22 14:06 Bob:
`

func open(s string) (*Transcript, error) {
	return Open("t.txt", func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(s)), nil }, func() error { return nil })
}

func read(s string) (info chat.Info, all []*chat.Message, err error) {
	t, err := open(s)
	if err != nil {
		return info, nil, err
	}
	err = t.Read(context.Background(), func(m *chat.Message) error { all = append(all, m); return nil }, nil)
	return t.Info(), all, err
}

func TestTranscript(t *testing.T) {
	info, all, err := read(example)
	if err != nil {
		t.Fatal(err)
	}
	if want := (chat.Info{File: "t.txt", Form: "transcript", Channel: "signal", Method: "transcript", Title: "Team North", Zone: "+01:00"}); info != want {
		t.Errorf("%+v", info)
	}
	bob := message.Party{Name: "+44 7700 900456", Address: "+447700900456"}
	annMail := message.Party{Name: "Ann Example", Address: "ann@dept.example"}
	want := []*chat.Message{
		{Number: 1, Line: 8, Kind: chat.Text, From: annMail, To: []message.Party{bob}, Subject: "Lease", At: chat.Time{Date: "2026-11-22", Clock: "14:03", Zone: "+01:00"},
			Body: "The lease is approved.\nPlease sign today.\n\n  Two spaces more.", Attachments: []chat.Attachment{{Name: "lease.pdf", Missing: true}}},
		{Number: 2, Line: 14, Kind: chat.Text, From: bob, To: []message.Party{annMail}, Subject: "Lease", At: chat.Time{Date: "2026-11-22", Clock: "14:05:09", Zone: "+01:00"}, Body: "Done."},
		{Number: 3, Line: 15, Kind: chat.Text, From: message.Party{Name: "Bob"}, To: []message.Party{annMail, bob}, Subject: "Lease", At: chat.Time{Date: "2026-11-22", Clock: "14:06", Zone: "+01:00"}},
	}
	if !reflect.DeepEqual(all, want) {
		for i := range all {
			t.Errorf("%+v", *all[i])
		}
	}
}

func TestFaults(t *testing.T) {
	for text, want := range map[string]string{
		"Transcript: x\nnonsense\n":                            "t.txt:2: a line of the head is",
		"Transcript: x\nColour: red\n":                         `t.txt:2: there is no "Colour"`,
		"Transcript: x\nChannel: pigeon\n":                     `t.txt:2: there is no channel "pigeon": write one of whatsapp`,
		"Transcript: x\nZone: Paris\n":                         "t.txt:2: the zone is an offset",
		"Transcript: x\n\nhello\n":                             "t.txt:3: neither a message",
		"Transcript: x\n\n2026-02-30 14:03 Ann: x\n":           "t.txt:3: 2026-02-30 14:03 is no date and time",
		"Transcript: x\n\n2026-02-03 14:03 Ann: x\n\xff\n":     "t.txt:4: column 1: not UTF-8",
		"Transcript: x\n\n2026-02-03 14:03 Ann: x\nand then\n": "t.txt:4: neither a message",
		"Transcript: x\n\n  2026-02-03 14:03 Ann: indented\n":  "t.txt:3: neither a message",
	} {
		if _, _, err := read(text); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// FuzzTranscript: what was read, written down again in the same form, reads the same.
func FuzzTranscript(f *testing.F) {
	f.Add(example)
	f.Add("transcript:\n\n2026-11-22T14:03 a: b\n\tc\n   \n d")
	f.Fuzz(func(t *testing.T, s string) {
		if !Looks(s) {
			return
		}
		info, all, err := read(s)
		if err != nil {
			return
		}
		b := &strings.Builder{}
		fmt.Fprintf(b, "Transcript: %s\nChannel: %s\n", info.Title, info.Channel)
		if info.Zone != "" {
			fmt.Fprintf(b, "Zone: %s\n", info.Zone)
		}
		b.WriteByte('\n')
		for _, m := range all {
			first, more, _ := strings.Cut(m.Body, "\n")
			fmt.Fprintf(b, "%s %s %s: %s\n", m.At.Date, m.At.Clock, m.From.Name, first)
			if more != "" {
				fmt.Fprintf(b, "  %s\n", strings.ReplaceAll(more, "\n", "\n  "))
			}
			for _, a := range m.Attachments {
				fmt.Fprintf(b, "  [file: %s]\n", a.Name)
			}
			m.To, m.Subject, m.Line, m.From.Address = nil, "", 0, ""
		}
		_, again, err := read(b.String())
		if err != nil || len(again) != len(all) {
			t.Fatalf("%v: %d messages, then %d\n%s", err, len(all), len(again), b)
		}
		for i, m := range again {
			m.Line, m.From.Address = 0, ""
			if strings.HasPrefix(all[i].Body, "\n") || strings.Contains(all[i].From.Name, "<") || all[i].From.Name == "" {
				continue // text that stands on no first line moves up
			}
			if !reflect.DeepEqual(m, all[i]) {
				t.Fatalf("message %d\n%+v\n%+v\n%s", i, *all[i], *m, b)
			}
		}
	})
}
