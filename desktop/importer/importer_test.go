package importer

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"hanaper/core"
	"hanaper/core/message"
	"hanaper/core/policy"
	"hanaper/core/record"
	"hanaper/desktop/importer/chat"
	"hanaper/desktop/letter"
)

var clock = time.Date(2026, 11, 22, 14, 3, 0, 0, time.UTC)

const exported = `25/04/2024, 21:10 - Messages and calls are end-to-end encrypted.
25/04/2024, 21:15 - Ann Example: I approve the lease, sign it today.
25/04/2024, 21:15 - Bob: ok
25/04/2024, 21:15 - Bob: ok
25/04/2024, 21:16 - Bob: This message was deleted
25/04/2024, 21:17 - Ann Example: see the plan
IMG-1.jpg
28/06/2024, 09:00 - Ann Example: IMG-1.jpg (file attached)
the plan
28/06/2024, 09:01 - Bob: <Media omitted>
28/06/2024, 09:02 - Bob: thanks <This message was edited>
`

func verdict(d *message.Draft) policy.Verdict {
	return core.Evaluate(d, &policy.Settings{}, "2026-11-22T14:03:00Z")
}

func paste(t testing.TB, text string) chat.Source {
	t.Helper()
	src, err := Paste("WhatsApp Chat with Team.txt", strings.NewReader(text), Options{Now: clock})
	if err != nil {
		t.Fatal(err)
	}
	return src
}

func whole(t testing.TB, src chat.Source) (*Chat, *Summary) {
	t.Helper()
	s, err := Survey(context.Background(), src)
	if err != nil {
		t.Fatal(err)
	}
	c := &Chat{Info: src.Info(), Me: []message.Party{{Name: "ann example"}}, Location: time.FixedZone("", 3600)}
	for _, p := range s.People {
		c.People = append(c.People, p.Party)
	}
	return c, s
}

func TestSurvey(t *testing.T) {
	_, s := whole(t, paste(t, exported))
	want := &Summary{Messages: 9, Texts: 7, System: 1, Deleted: 1, Edited: 1, Files: 2, Missing: 2,
		First: chat.Time{Date: "2024-04-25", Clock: "21:10"}, Last: chat.Time{Date: "2024-06-28", Clock: "09:02"},
		People: []Person{{message.Party{Name: "Bob"}, 5}, {message.Party{Name: "Ann Example"}, 3}},
		Gaps:   []Gap{{"2024-04-25", "2024-06-28", 64, 7}}, Notes: []chat.Note{}, Where: Places{5}}
	if !reflect.DeepEqual(s, want) {
		t.Errorf("%+v\nwant %+v", s, want)
	}
}

// Judged on all processors, messages come in their order, each with the context and
// the verdict it has alone.
func TestRun(t *testing.T) {
	var text strings.Builder
	for i := range 400 {
		fmt.Fprintf(&text, "25/04/2024, %02d:%02d - Ann Example: message %d, I approve it\n", i/60, i%60, i)
	}
	src := paste(t, text.String())
	c, _ := whole(t, src)
	n := 0
	var before []message.Message
	err := Run(context.Background(), src, c, func(d *message.Draft) policy.Verdict {
		return policy.Verdict{Duty: fmt.Sprint(d.Body, len(d.Context), d.At, d.Title)}
	}, func(j *Judged) error {
		n++
		want := fmt.Sprint(j.Body, min(len(before), 5), fmt.Sprintf("2024-04-25T%s:00+01:00", j.At.Clock), "Team")
		if j.Number != n || j.Verdict.Duty != want || j.Direction != "out" {
			t.Fatalf("message %d: %+v, want %s", n, j.Verdict.Duty, want)
		}
		before = append(before, message.Message{})
		return nil
	})
	if err != nil || n != 400 {
		t.Errorf("%d messages, %v", n, err)
	}
	stop := errors.New("enough")
	if err := Run(context.Background(), src, c, verdict, func(j *Judged) error { return stop }); err != stop {
		t.Errorf("stopped with %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	if err := Run(ctx, src, c, verdict, func(j *Judged) error { cancel(); return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled with %v", err)
	}
}

// keepInto keeps what choice says of src in folder, as the command does.
func keepInto(t testing.TB, src chat.Source, folder string, choice *Choice, change func(*Keeper)) *Keeper {
	t.Helper()
	store, err := OpenFolder(folder)
	if err != nil {
		t.Fatal(err)
	}
	c, _ := whole(t, src)
	k := &Keeper{Chat: c, Store: store, Now: func() time.Time { return clock }, Random: rand.Reader, Fields: Fields{By: "Ann Example"}}
	if change != nil {
		change(k)
	}
	ctx := context.Background()
	err = Run(ctx, src, c, verdict, func(j *Judged) error { return k.Next(ctx, j, choice.Fits(j)) })
	if err = errors.Join(err, k.Flush(ctx)); err != nil {
		t.Fatal(err)
	}
	return k
}

// records reads a folder as hanaper verify does; each must be good.
func records(t testing.TB, folder string) (all []*record.Record) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(folder, "*.eml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		report, err := letter.Check(raw)
		if err != nil || !report.OK {
			t.Fatalf("%s: %v %+v", name, err, report.Problems)
		}
		all = append(all, report.Record)
	}
	return all
}

func everything(t testing.TB) *Choice {
	t.Helper()
	n, err := ParseNumbers("all")
	if err != nil {
		t.Fatal(err)
	}
	return &Choice{Numbers: n}
}

func TestKeep(t *testing.T) {
	dir := t.TempDir()
	k := keepInto(t, paste(t, exported), dir, &Choice{Duties: []string{"capture"}}, func(k *Keeper) { k.Context = 3 })
	all := records(t, dir)
	if k.Kept != 1 || len(all) != 1 || len(k.Incomplete) > 0 {
		t.Fatalf("%d kept, %d there, %+v", k.Kept, len(all), k.Incomplete)
	}
	r := all[0]
	want := record.Fields{From: message.Party{Name: "Ann Example"}, To: []message.Party{{Name: "Bob"}}, Date: "2024-04-25", Time: "21:15",
		Zone: "+01:00", ZoneSource: "device", Precision: "minute", Subject: "Team: I approve the lease, sign it today."}
	if !reflect.DeepEqual(r.Fields, want) || r.Method != "export" || r.Channel != "whatsapp" || r.Chat != "Team" || r.Direction != "out" ||
		r.Kept.By != "Ann Example" || r.Verdict.Duty != "capture" || len(r.Clauses) == 0 || len(r.Nonce) != 32 {
		t.Errorf("%+v", r)
	}
	k = keepInto(t, paste(t, exported), dir, everything(t), func(k *Keeper) { k.Context = 2 })
	all = records(t, dir)
	if k.Kept != 7 || k.Already != 1 || len(all) != 8 {
		t.Errorf("%d kept, %d already, %d there", k.Kept, k.Already, len(all))
	}
	last := all[len(all)-1]
	if len(last.Messages) != 3 || !last.Messages[0].ContextOnly || last.Messages[2].ContextOnly || last.Messages[2].Body != "thanks <This message was edited>" ||
		last.Messages[2].At != "2024-06-28T09:02:00+01:00" || last.Messages[1].Attachments[0].Name != "Media omitted" {
		t.Errorf("%+v", last.Messages)
	}
	if to := last.Fields.To; len(to) != 1 || to[0].Name != "Ann Example" || last.Direction != "in" {
		t.Errorf("to %+v", to)
	}
}

// The same message again is known, however often it was sent in that minute.
func TestKnownAgain(t *testing.T) {
	dir := t.TempDir()
	half := exported[:strings.Index(exported, "25/04/2024, 21:16")]
	if k := keepInto(t, paste(t, half), dir, everything(t), nil); k.Kept != 3 {
		t.Fatalf("%d kept", k.Kept)
	}
	if k := keepInto(t, paste(t, exported), dir, everything(t), nil); k.Kept != 5 || k.Already != 3 {
		t.Errorf("%d kept, %d already", k.Kept, k.Already)
	}
	twice := strings.Replace(exported, "21:15 - Bob: ok\n", "21:15 - Bob: ok\n25/04/2024, 21:15 - Bob: ok\n", 1)
	if k := keepInto(t, paste(t, twice), dir, everything(t), nil); k.Kept != 1 || k.Already != 8 {
		t.Errorf("%d kept, %d already", k.Kept, k.Already)
	}
	other, err := Paste("WhatsApp Chat with Others.txt", strings.NewReader(half), Options{Now: clock})
	if err != nil {
		t.Fatal(err)
	}
	if k := keepInto(t, other, dir, everything(t), nil); k.Kept != 3 || k.Already != 0 {
		t.Errorf("another chat: %d kept, %d already", k.Kept, k.Already)
	}
}

func TestMissingFields(t *testing.T) {
	alone := "25/04/2024, 21:15 - Ann Example: I approve the lease.\n"
	mail := "From: Ann Example <ann@dept.example>\nMessage-ID: <1@dept.example>\n\nNo date, no subject.\n"
	for name, c := range map[string]struct {
		text   string
		change func(*Keeper)
		want   string
	}{
		"nobody said who imports": {exported, func(k *Keeper) { k.Chat.Me = nil }, "[me]"},
		"to nobody":               {alone, nil, "[to]"},
		"to somebody":             {alone, func(k *Keeper) { k.Fields.To = []message.Party{{Name: "Bob"}} }, "[]"},
		"a mail without":          {mail, nil, "[to date time subject]"},
	} {
		dir := t.TempDir()
		src, err := Paste("x", strings.NewReader(c.text), Options{Now: clock})
		if err != nil {
			t.Fatal(err)
		}
		k := keepInto(t, src, dir, everything(t), c.change)
		fields := []string{}
		if len(k.Incomplete) > 0 {
			fields = k.Incomplete[0].Fields
		}
		if fmt.Sprint(fields) != c.want || (len(records(t, dir)) == 0) != (c.want != "[]") {
			t.Errorf("%s: %v", name, k.Incomplete)
		}
	}
}

func TestFiles(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, content := range map[string]string{"IMG-1.jpg": "a picture", "WhatsApp Chat with Team.txt": exported} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "chat.zip")
	if err := os.WriteFile(name, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	src, err := Open(name, Options{Now: clock})
	if err != nil {
		t.Fatal(err)
	}
	defer src.Close()
	dir := t.TempDir()
	if k := keepInto(t, src, dir, &Choice{Numbers: [][2]int{{7, 7}}}, nil); k.Kept != 1 {
		t.Fatalf("%+v", k.Incomplete)
	}
	a := records(t, dir)[0].Messages[0].Attachments[0]
	if want := (record.Attachment{Name: "IMG-1.jpg", Type: "image/jpeg", Size: 9, Digest: a.Digest}); a != want || len(a.Digest) != 71 {
		t.Errorf("%+v", a)
	}
}

func TestMailKeepsTheOriginal(t *testing.T) {
	mail := "From: Ann Example <ann@dept.example>\r\nTo: bob@dept.example\r\nSubject: Lease\r\nDate: Thu, 25 Apr 2024 21:15:03 +0200\r\n\r\nI approve it.\r\n> I approved another.\r\n"
	src, err := Paste("x.eml", strings.NewReader(mail), Options{Now: clock})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	keepInto(t, src, dir, everything(t), func(k *Keeper) { k.Chat.Me = []message.Party{{Address: "bob@dept.example"}} })
	r := records(t, dir)[0]
	a := r.Messages[0].Attachments[0]
	if r.Method != "import" || r.Direction != "in" || r.Fields.Subject != "Lease" || r.Fields.Zone != "+02:00" || r.Fields.ZoneSource != "page" || !r.Fields.MembersComplete ||
		a.Name != original || a.Size != int64(len(mail)) {
		t.Errorf("%+v", r)
	}
}

// A transcript becomes a record that says so, with the zone its head states.
func TestTranscript(t *testing.T) {
	src, err := Paste("t", strings.NewReader("Transcript: Team\nChannel: signal\nTo: Ann Example; Bob\nZone: -05:00\n\n2024-04-25 21:15 Bob: I approve it.\n  [file: plan.pdf]\n"), Options{Now: clock})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	keepInto(t, src, dir, everything(t), nil)
	r := records(t, dir)[0]
	if r.Method != "transcript" || r.Channel != "signal" || r.Direction != "in" || r.Fields.Zone != "-05:00" || r.Fields.To[0].Name != "Ann Example" || !r.Fields.MembersComplete ||
		r.Messages[0].At != "2024-04-25T21:15:00-05:00" || r.Messages[0].Attachments[0] != (record.Attachment{Name: "plan.pdf"}) {
		t.Errorf("%+v", r)
	}
}

func TestChoice(t *testing.T) {
	j := func(n int, kind chat.Kind, duty, date string) *Judged {
		return &Judged{Message: &chat.Message{Number: n, Kind: kind, At: chat.Time{Date: date}}, Verdict: policy.Verdict{Duty: duty}}
	}
	text := j(7, chat.Text, "capture", "2024-04-25")
	for name, c := range map[string]struct {
		choice Choice
		j      *Judged
		want   bool
	}{
		"nothing chosen":    {Choice{}, text, false},
		"by number":         {Choice{Numbers: [][2]int{{1, 3}, {7, 9}}}, text, true},
		"not by number":     {Choice{Numbers: [][2]int{{1, 3}}}, text, false},
		"by duty":           {Choice{Duties: []string{"consider", "capture"}}, text, true},
		"by day":            {Choice{Since: "2024-04-25", Until: "2024-04-25"}, text, true},
		"after":             {Choice{Until: "2024-04-24"}, text, false},
		"without a date":    {Choice{Until: "2024-04-24"}, j(7, chat.Text, "capture", ""), false},
		"number and duty":   {Choice{Numbers: [][2]int{{7, 7}}, Duties: []string{"none"}}, text, false},
		"deleted by number": {Choice{Numbers: [][2]int{{7, 7}}}, j(7, chat.Deleted, "", ""), true},
		"deleted by day":    {Choice{Since: "2024-04-25"}, j(7, chat.Deleted, "", "2024-04-25"), false},
		"unreadable":        {Choice{Numbers: [][2]int{{7, 7}}}, j(7, chat.Unreadable, "", ""), false},
		"WhatsApp's own":    {Choice{Numbers: [][2]int{{7, 7}}}, j(7, chat.System, "", ""), false},
	} {
		if c.choice.Fits(c.j) != c.want {
			t.Errorf("%s: %v", name, !c.want)
		}
	}
	for s, want := range map[string]string{"3,7-9": "[[3 3] [7 9]]", " 3 ": "[[3 3]]", "9-7": "", "x": "", "0": "", "": "", "-3": ""} {
		got, err := ParseNumbers(s)
		if (err != nil) != (want == "") || err == nil && fmt.Sprint(got) != want {
			t.Errorf("%q: %v %v", s, got, err)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	for name, c := range map[string]struct{ text, want string }{
		"empty.txt": {" \n", "is empty"},
		"what.bin":  {"\x00\x01\x02", "no message of WhatsApp in it"},
		"bad.zip":   {"PK\x05\x06", "not a zip"},
	} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(path, Options{Now: clock}); err == nil || !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), path) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Open(dir, Options{}); err == nil || !strings.Contains(err.Error(), "is not a file") {
		t.Errorf("a folder: %v", err)
	}
}
