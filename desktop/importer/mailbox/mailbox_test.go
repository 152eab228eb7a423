package mailbox

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"math/rand/v2"
	"mime"
	"reflect"
	"strings"
	"testing"
	"time"

	"hanaper/core/message"
	"hanaper/desktop/importer/chat"
)

func read(t testing.TB, file string, many bool) (all []*chat.Message, notes []chat.Note) {
	t.Helper()
	b := Open("f", strings.NewReader(file), int64(len(file)), many, func() error { return nil })
	err := b.Read(context.Background(), func(m *chat.Message) error { all = append(all, m); return nil }, func(n chat.Note) { notes = append(notes, n) })
	if err != nil {
		t.Fatal(err)
	}
	return all, notes
}

func content(t testing.TB, a *chat.Attachment) string {
	t.Helper()
	r, err := a.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// letter is what the oracle writes and the reader must give back.
type letter struct {
	from    message.Party
	to      []message.Party
	subject string
	body    string
	at      time.Time
	files   map[string]string
}

func party(p message.Party) string {
	return fmt.Sprintf("%s <%s>", mime.QEncoding.Encode("utf-8", p.Name), p.Address)
}

// write puts a letter into one of the forms that mail programs write.
func (l *letter) write(r *rand.Rand) string {
	var b strings.Builder
	var to []string
	for _, p := range l.to {
		to = append(to, party(p))
	}
	fmt.Fprintf(&b, "From: %s\nTo: %s\nSubject: %s\nDate: %s\nMIME-Version: 1.0\n", party(l.from), strings.Join(to, ",\n "),
		mime.BEncoding.Encode("utf-8", l.subject), l.at.Format(time.RFC1123Z))
	text := func() {
		if r.IntN(2) == 0 {
			fmt.Fprintf(&b, "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n%s\n", wrap(l.body))
			return
		}
		fmt.Fprintf(&b, "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n%s\n", l.body)
	}
	if len(l.files) == 0 {
		text()
		return b.String()
	}
	b.WriteString("Content-Type: multipart/mixed; boundary=\"b1\"\n\n--b1\n")
	if r.IntN(2) == 0 {
		b.WriteString("Content-Type: multipart/alternative; boundary=\"b2\"\n\n--b2\n")
		text()
		b.WriteString("--b2\nContent-Type: text/html\n\n<p>another text</p>\n--b2--\n")
	} else {
		text()
	}
	for name, content := range l.files {
		fmt.Fprintf(&b, "--b1\nContent-Type: application/pdf; name=%q\nContent-Disposition: attachment; filename=%q\nContent-Transfer-Encoding: base64\n\n%s\n", name, name, wrap(content))
	}
	b.WriteString("--b1--\n")
	return b.String()
}

func wrap(s string) string {
	var b strings.Builder
	for e := base64.StdEncoding.EncodeToString([]byte(s)); e != ""; {
		n := min(76, len(e))
		b.WriteString(e[:n] + "\n")
		e = e[n:]
	}
	return b.String()
}

func synthetic(r *rand.Rand, n int) (all []*letter) {
	bodies := []string{"The lease is approved.", "From here on:\nFrom the annex\n>From a quote\n>>From two\n\nFrom there", "é à ü\n\nline", "",
		"\nFrom ann@dept.example is no beginning\n", strings.Repeat("long ", 20000)}
	at := time.Date(2024, 2, 29, 23, 59, 58, 0, time.FixedZone("", 3600))
	for range n {
		at = at.Add(time.Duration(r.IntN(1e6)) * time.Second)
		l := &letter{from: message.Party{Name: "Zoë O'Example", Address: "zoe@dept.example"}, subject: "Bail – état", body: bodies[r.IntN(len(bodies))], at: at}
		for i := range 1 + r.IntN(3) {
			l.to = append(l.to, message.Party{Name: fmt.Sprintf("Person %d", i), Address: fmt.Sprintf("p%d@dept.example", i)})
		}
		if r.IntN(2) == 0 {
			l.files = map[string]string{"plan.pdf": strings.Repeat("content\x00\n", r.IntN(1000))}
		}
		all = append(all, l)
	}
	return all
}

// mboxrd quotes every line that begins with From behind any number of >.
func mboxrd(mail string) string {
	lines := strings.Split(mail, "\n")
	for i, l := range lines {
		if strings.HasPrefix(strings.TrimLeft(l, ">"), "From ") {
			lines[i] = ">" + l
		}
	}
	return "From zoe@dept.example Sun Nov 22 14:03:00 2026\n" + strings.Join(lines, "\n") + "\n"
}

func TestOracle(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	want := synthetic(r, 60)
	box := ""
	var mails []string
	for i, l := range want {
		mail := l.write(r)
		if i%3 == 2 {
			mail = strings.ReplaceAll(mail, "\n", "\r\n")
		}
		mails = append(mails, mail)
		box += mboxrd(mail)
		one, _ := read(t, mail, false)
		if len(one) != 1 {
			t.Fatalf("%d messages in one", len(one))
		}
		compare(t, one[0], l, mail)
	}
	all, _ := read(t, box, true)
	if len(all) != len(want) {
		t.Fatalf("%d messages, want %d", len(all), len(want))
	}
	for i := range all {
		if compare(t, all[i], want[i], mails[i]+"\n"); all[i].Number != i+1 {
			t.Errorf("number %d", all[i].Number)
		}
	}
}

func compare(t *testing.T, m *chat.Message, l *letter, mail string) {
	t.Helper()
	if m.From != l.from || !reflect.DeepEqual(m.To, l.to) || m.Subject != l.subject || m.Kind != chat.Text {
		t.Errorf("%+v, want %+v", m, l)
	}
	if m.Body != strings.TrimRight(l.body, "\n") {
		t.Errorf("body %.80q, want %.80q", m.Body, l.body)
	}
	if want := (chat.Time{Date: l.at.Format(time.DateOnly), Clock: l.at.Format(time.TimeOnly), Zone: "+01:00"}); m.At != want {
		t.Errorf("at %+v, want %+v", m.At, want)
	}
	last := len(m.Attachments) - 1
	if got := content(t, &m.Attachments[last]); got != mail {
		t.Errorf("the original is %d bytes, was %d", len(got), len(mail))
	}
	files := map[string]string{}
	for i := range m.Attachments[:last] {
		a := &m.Attachments[i]
		if files[a.Name] = content(t, a); int64(len(files[a.Name])) != a.Size && !strings.HasPrefix(a.Name, "part-") {
			t.Errorf("%s has %d bytes, not %d", a.Name, len(files[a.Name]), a.Size)
		}
	}
	for name, content := range l.files {
		if files[name] != content {
			t.Errorf("%s: %d bytes, want %d", name, len(files[name]), len(content))
		}
	}
}

func TestForms(t *testing.T) {
	for name, c := range map[string]struct{ mail, body, note string }{
		"html alone":      {"From: a@b.example\nContent-Type: text/html\n\n<html><head><title>no</title><style>x</style></head><body><p>One &amp; two<br>three</p><table><tr><td>a</td><td>b</td></tr></table></body>", "One & two\nthree\n\na b", ""},
		"latin-1":         {"From: a@b.example\nContent-Type: text/plain; charset=iso-8859-1\n\nd\xe9cid\xe9", "décidé", ""},
		"unknown charset": {"From: a@b.example\nContent-Type: text/plain; charset=klingon\n\nd\xe9", "d\uFFFD", "charset"},
		"not UTF-8":       {"From: a@b.example\nContent-Type: text/plain; charset=utf-8\n\nd\xe9", "d\uFFFD", ""},
		"bad addresses":   {"From: not, an <address\nDate: yesterday\n\nx", "x", "its date cannot be read: yesterday"},
		"breaks off":      {"From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nhello\n", "hello", "breaks off after part 1"},
		"no header":       {"\n\nhello", "\nhello", ""},
	} {
		all, notes := read(t, c.mail, false)
		told := fmt.Sprint(notes)
		if len(all) != 1 || all[0].Body != c.body || !strings.Contains(told, c.note) {
			t.Errorf("%s: %+v, notes %s", name, *all[0], told)
		}
	}
}

func TestDeep(t *testing.T) {
	mail := "From: a@b.example\n"
	for i := range 40 {
		mail += fmt.Sprintf("Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i)
	}
	if _, notes := read(t, mail+"\nhidden\n", false); len(notes) == 0 || !strings.Contains(fmt.Sprint(notes), "deep") {
		t.Errorf("notes %v", notes)
	}
	mail = "From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n" + strings.Repeat("--b\n\nx\n", 3000)
	if _, notes := read(t, mail, false); !strings.Contains(fmt.Sprint(notes), "more than 1000 parts") {
		t.Errorf("notes %v", notes)
	}
}

func TestLooks(t *testing.T) {
	for text, want := range map[string][2]bool{
		"From a@b.example Sun Nov 22 14:03:00 2026\nx": {true, false},
		"From: a@b.example\nSubject: x\n\nhello":       {false, true},
		"Received: x\n\tfolded\nDate: y\n":             {false, true},
		"From the annex\nhello":                        {false, false},
		"31/12/2020, 21:15 - Ann: x":                   {false, false},
		"Transcript: x\nTo: y\n":                       {false, false},
		"":                                             {false, false},
	} {
		if many, one := Looks(text); [2]bool{many, one} != want {
			t.Errorf("%q: %v %v", text, many, one)
		}
	}
}

// A line of any length goes through without being held.
func TestLongLines(t *testing.T) {
	long := strings.Repeat("x", 3<<20)
	all, _ := read(t, "From a Sun Nov 22 14:03:00 2026\nFrom: a@b.example\nContent-Type: text/plain\n\n"+long+"\n\nFrom a Sun Nov 22 14:03:00 2026\nFrom: c@d.example\n\nend\n", true)
	if len(all) != 2 || all[0].Kind != chat.Unreadable || all[1].Body != "end" {
		t.Errorf("%d messages", len(all))
	}
}

// FuzzMailbox: whatever the bytes are, reading ends, twice alike, and every message
// begins at a line of the file and can be opened.
func FuzzMailbox(f *testing.F) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, l := range synthetic(r, 6) {
		l.body = l.body[:min(200, len(l.body))]
		f.Add([]byte(mboxrd(l.write(r))), true)
		f.Add([]byte(l.write(r)), false)
	}
	f.Fuzz(func(t *testing.T, file []byte, many bool) {
		all, _ := read(t, string(file), many)
		again, _ := read(t, string(file), many)
		if len(all) != len(again) {
			t.Fatalf("%d messages, then %d", len(all), len(again))
		}
		lines := bytes.Count(file, []byte("\n")) + 1
		for i, m := range all {
			if m.Line < 1 || m.Line > lines || m.Number != i+1 || m.Body != again[i].Body {
				t.Fatalf("message %d of %d lines: %+v", i, lines, m)
			}
			for j := range m.Attachments {
				if a := &m.Attachments[j]; !a.Missing {
					if got := content(t, a); a.Size > 0 && int64(len(got)) != a.Size {
						t.Fatalf("file %q is %d bytes, not %d", a.Name, len(got), a.Size)
					}
				}
			}
		}
	})
}

func BenchmarkMailbox(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	var box strings.Builder
	n := 0
	for _, l := range synthetic(r, 2000) {
		if len(l.body) < 1000 {
			box.WriteString(mboxrd(l.write(r)))
			n++
		}
	}
	file := box.String()
	b.SetBytes(int64(len(file)))
	for b.Loop() {
		if all, _ := read(b, file, true); len(all) != n {
			b.Fatal(len(all), n)
		}
	}
	b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "messages/s")
}
