package whatsapp

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"hanaper/desktop/importer/chat"
)

func TestDateOrder(t *testing.T) {
	for name, c := range map[string]struct {
		dates string // one message each
		say   Order
		want  Order
		why   string // in Info.Dates, or in the error
	}{
		"a day over twelve":        {"03/04/2024 25/04/2024", Unknown, DMY, "impossible 2 25/04/2024"},
		"a month first":            {"03/04/2024 04/25/2024", Unknown, MDY, "impossible 2 04/25/2024"},
		"dots":                     {"03.04.24", Unknown, DMY, "separator 0 ."},
		"hyphens, year last":       {"03-04-2024", Unknown, DMY, "separator 0 -"},
		"year first":               {"2024-04-03", Unknown, YMD, "year_first"},
		"back in time one way":     {"11/12/2023 01/01/2024 02/01/2024 10/01/2024 01/02/2024", Unknown, DMY, "back 5 01/02/2024"},
		"in the future one way":    {"01/05/2026 11/06/2026 01/12/2026", Unknown, MDY, "future 3 01/12/2026"},
		"nothing decides":          {"03/04/2024 04/04/2024", Unknown, "", "--dates dmy or --dates mdy"},
		"the person decides":       {"03/04/2024 04/04/2024", MDY, MDY, "said"},
		"the person is wrong":      {"25/04/2024", MDY, "", "--dates mdy does not fit: line 1 has 25/04/2024"},
		"neither":                  {"25/04/2024 04/25/2024", Unknown, "", "no order of day, month and year fits"},
		"back in time both ways":   {"03/04/2024 02/03/2024 05/06/2024", Unknown, "", "--dates dmy or"},
		"before WhatsApp was made": {"11/12/01 01/02/13", Unknown, "", "no order"},
	} {
		file := ""
		for d := range strings.FieldsSeq(c.dates) {
			file += d + ", 21:15 - Ann Example: hello\n"
		}
		x, err := OpenText("chat.txt", text(file), Options{Order: c.say, Now: clock})
		switch {
		case c.want == "" && (err == nil || !strings.Contains(err.Error(), c.why) || !strings.HasPrefix(err.Error(), "chat.txt: ")):
			t.Errorf("%s: error %v", name, err)
		case c.want != "" && err != nil:
			t.Errorf("%s: %v", name, err)
		case c.want != "" && (x.order != c.want || !strings.Contains(fmt.Sprint(x.info.Dates.Why, " ", x.info.Dates.Line, " ", x.info.Dates.Date), c.why)):
			t.Errorf("%s: %s, %q", name, x.order, x.info.Dates.Why)
		}
	}
}

func TestHeads(t *testing.T) {
	for line, want := range map[string]string{
		"31/12/2020, 21:15 - Ann: x":                   "21:15:00",
		"[31/12/20, 9:15:03\u202fPM] Ann: x":           "21:15:03",
		"\u200e[31.12.20, 00:05:03] Ann: x":            "00:05:03",
		"12/31/20, 12:15 AM - Ann: x":                  "00:15:00",
		"31/12/20, 12:15 p.\u00a0m. - Ann: x":          "12:15:00",
		"2020/12/31 下午9:15 - Ann: x":                   "21:15:00",
		"[2020. 12. 31. 오후 9:15:03] Ann: x":            "21:15:03",
		"31.12.2020 klo 21.15 - Ann: x":                "21:15:00",
		"31/12/20, 9:15 μ.μ. - Ann: x":                 "21:15:00",
		"[21:15, 31/12/2020] Ann: x":                   "21:15:00",
		"[9:15 PM, 12/31/2020] Ann: x":                 "21:15:00",
		"2020-12-31 21 h 15 - Ann: x":                  "21:15:00",
		"31/12/2020, 24:15 - Ann: x":                   "",
		"31/12/2020, 13:15 PM - Ann: x":                "",
		"31/12-2020, 21:15 - Ann: x":                   "",
		"31/12/2020, 21:60 - Ann: x":                   "",
		"311/12/2020, 21:15 - Ann: x":                  "",
		"[31/12/20, 21:15:03 Ann: x":                   "",
		"31/12/2020, 21:15 Ann: x":                     "",
		"31/12/2020, 21:15 -Ann":                       "",
		"21:15, 31/12/2020 - Ann: x":                   "",
		"call me at 31/12/2020, 21:15 - ok":            "",
		"[31/12/20, 9:15:03 of the whole long] Ann: x": "",
		"99999999999999999999/1/1, 21:15 - Ann: x":     "",
		"": "",
	} {
		h, ok := parseHead(line)
		if ok != (want != "") {
			t.Errorf("%q: %v", line, ok)
			continue
		}
		got := string([]byte{byte('0' + h.hour/10), byte('0' + h.hour%10), ':', byte('0' + h.minute/10), byte('0' + h.minute%10), ':', byte('0' + h.second/10), byte('0' + h.second%10)})
		if ok && (got != want || h.rest != "Ann: x") {
			t.Errorf("%q: %s, rest %q", line, got, h.rest)
		}
	}
}

// What is not understood is told with its line, and no line is lost.
func TestNotes(t *testing.T) {
	file := "a title\n25/04/2024, 21:15 - Ann: one\n[25/04/24, 21:15:03] Bob: pasted\n99/99/2024, 21:15 - Ann: no day\n" +
		"25/04/2024, 21:16 - Something new that WhatsApp says\n25/04/2024, 21:17 - Bob: bad \xff byte\nmore\n25/04/2024, 21:18 - Ann: last\n"
	if _, err := OpenText("WhatsApp Chat with Team North.txt", text(file), Options{Now: clock}); err == nil {
		t.Fatal("99/99/2024 fits an order")
	}
	if _, err := OpenText("WhatsApp Chat with Team North.txt", text(strings.Replace(file, "99/99", "31/02", 1)), Options{Now: clock, Order: DMY}); err == nil {
		t.Fatal("31/02 fits dmy")
	}
	file = strings.Replace(file, "99/99/2024, 21:15 - Ann: no day\n", "", 1)
	x, err := OpenText("WhatsApp Chat with Team North.txt", text(file), Options{Now: clock})
	if err != nil {
		t.Fatal(err)
	}
	all, notes := read(t, x)
	want := []chat.Note{{Line: 1, Text: "stands before the first message: left out"},
		{Line: 3, Text: "begins like a message of another phone: taken as text of the message before"},
		{Line: 4, Text: "a line without a name that is not one of WhatsApp's known ones: shown, not judged"},
		{Line: 5, Text: "column 32: not UTF-8: export it again, or save the text as UTF-8"}}
	if len(notes) != len(want) {
		t.Fatalf("notes %+v", notes)
	}
	for i := range want {
		if want[i] != notes[i] && !strings.Contains(notes[i].Text, "not UTF-8") && !strings.Contains(notes[i].Text, "without a name") {
			t.Errorf("note %+v, want %+v", notes[i], want[i])
		}
	}
	if len(all) != 4 || all[0].Body != "one\n[25/04/24, 21:15:03] Bob: pasted" || all[2].Kind != chat.Unreadable || all[2].Body != "bad \uFFFD byte\nmore" {
		t.Errorf("%d messages, %+v", len(all), all)
	}
	if x.Info().Title != "Team North" {
		t.Errorf("title %q", x.Info().Title)
	}
}

// An iPhone's first line, which nobody wrote, stands under the chat's title.
func TestTitleOfTheFirstLine(t *testing.T) {
	for first, want := range map[string]string{
		"[25/04/2024, 21:13:00] Team North: \u200eMessages and calls are end-to-end encrypted.": "Team North",
		"[25/04/2024, 21:13:00] Bob: Messages and calls are end-to-end encrypted.":              "",
		"[25/04/2024, 21:13:00] Bob: \u200eimage omitted":                                       "",
		"25/04/2024, 21:13 - Messages and calls are end-to-end encrypted.":                      "",
	} {
		x, err := OpenText("_chat.txt", text(first+"\n"), Options{Now: clock})
		if err != nil || x.Info().Title != want {
			t.Errorf("%s: %q %v", first, x.Info().Title, err)
		}
	}
}

func TestNoExport(t *testing.T) {
	for file, want := range map[string]string{
		"":                                "no message of WhatsApp in it",
		"hello\nworld\n":                  "no message of WhatsApp in it",
		strings.Repeat("x\n", 10*sniffed): "in the first 200 lines",
		"\xff\xfe1\x002\x00\n":            "UTF-16",
	} {
		if _, err := OpenText("f.txt", text(file), Options{Now: clock}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.20q: %v", file, err)
		}
	}
}

func TestLongMessage(t *testing.T) {
	file := "25/04/2024, 21:15 - Ann: " + strings.Repeat("x", 1<<20) + "\n25/04/2024, 21:15 - Ann: " + strings.Repeat("y", 4<<20) + "\n25/04/2024, 21:16 - Ann: ok\n" + strings.Repeat("line\n", 300000) + "25/04/2024, 21:17 - Ann: end\n"
	x, err := OpenText("f.txt", text(file), Options{Now: clock})
	if err != nil {
		t.Fatal(err)
	}
	all, notes := read(t, x)
	if len(all) != 3 || all[2].Body != "end" || all[1].Kind != chat.Unreadable || len(all[1].Body) > 2<<20 || len(notes) != 2 {
		t.Errorf("%d messages, notes %v", len(all), notes)
	}
}

func zipped(t testing.TB, files ...string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		w, err := z.Create(files[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, files[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func openZip(b []byte) (*Export, error) {
	return OpenZip("WhatsApp Chat - Team.zip", bytes.NewReader(b), int64(len(b)), func() error { return nil }, Options{Now: clock})
}

func TestZip(t *testing.T) {
	iphone := locales[3]
	want := iphone.synthetic(rand.New(rand.NewPCG(1, 1)), 60)
	x, err := openZip(zipped(t, "00000012-PHOTO (2)-2020.jpg", "a picture", "notes.txt", "x", "_chat.txt", iphone.write(want), "../../etc/passwd", "x", "a\\b", "y"))
	if err != nil {
		t.Fatal(err)
	}
	all, notes := read(t, x)
	if len(all) != len(want) || x.Info().Title != "Team" || len(notes) != 2 || !strings.Contains(notes[0].Text, "leads elsewhere") {
		t.Fatalf("%d messages, title %q, notes %v", len(all), x.Info().Title, notes)
	}
	found := 0
	for _, m := range all {
		for _, a := range m.Attachments {
			if a.Open == nil {
				continue
			}
			found++
			r, err := a.Open()
			if err != nil {
				t.Fatal(err)
			}
			if content, err := io.ReadAll(r); string(content) != "a picture" || err != nil || a.Size != 9 || a.Missing {
				t.Errorf("%q %v %+v", content, err, a)
			}
		}
	}
	if found == 0 {
		t.Error("no file was found")
	}
}

func TestBadZips(t *testing.T) {
	head := "25/04/2024, 21:15 - Ann: "
	for name, c := range map[string]struct {
		zip  []byte
		want string
	}{
		"no zip":         {[]byte("PK\x03\x04 not"), "not a zip that can be read"},
		"no chat":        {zipped(t, "a.jpg", "x"), "has no .txt file"},
		"chat elsewhere": {zipped(t, "../_chat.txt", head), "has no .txt file"},
		"a bomb":         {zipped(t, "_chat.txt", head+strings.Repeat(strings.Repeat("x", 999)+"\n", 20<<10)), "unpacks to far more"},
		"broken off":     {zipped(t, "_chat.txt", head)[:40], "not a zip"},
	} {
		if _, err := openZip(c.zip); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestZipList(t *testing.T) {
	b := zipped(t, strings.Repeat("n", 3000), "", "_chat.txt", "")
	for left, ok := range map[int64]bool{2000: false, 20000: true} {
		_, err := zip.NewReader(&rationed{bytes.NewReader(b), left}, int64(len(b)))
		if (err == nil) != ok || err != nil && !strings.Contains(err.Error(), "list of files is too large") {
			t.Errorf("%d bytes: %v", left, err)
		}
	}
}

// FuzzExport: whatever the text is, every line of it comes back in a message or in
// a note, and reading it twice gives the same.
func FuzzExport(f *testing.F) {
	for i := range locales {
		f.Add(locales[i].write(locales[i].synthetic(rand.New(rand.NewPCG(7, uint64(i))), 6)))
	}
	f.Add("31/12/2020, 21:15 - \u200e:\u200e \n[9:1, 1/1/1]")
	f.Fuzz(func(t *testing.T, file string) {
		x, err := OpenText("f.txt", text(file), Options{Now: clock, Order: DMY})
		if err != nil {
			return
		}
		all, notes := read(t, x)
		again, _ := read(t, x)
		if len(all) != len(again) {
			t.Fatalf("%d messages, then %d", len(all), len(again))
		}
		told := map[int]bool{}
		for _, n := range notes {
			told[n.Line] = true
		}
		lines := strings.Split(strings.TrimPrefix(file, "\ufeff"), "\n")
		for i, m := range all {
			if m.Number != i+1 || m.Line < 1 || m.Line > len(lines) || m.At.Date == "" || m.At.Clock == "" {
				t.Fatalf("message %d: %+v", i, m)
			}
			end := len(lines)
			if i+1 < len(all) {
				end = all[i+1].Line - 1
			}
			if more := strings.Count(m.Body, "\n"); m.Kind == chat.Text && len(m.Attachments) == 0 && m.Edited == "" && more > end-m.Line {
				t.Fatalf("message %d has %d lines more, %d to %d", i, more, m.Line, end)
			}
		}
		for n := 1; len(all) > 0 && n < all[0].Line; n++ {
			if strings.TrimSuffix(lines[n-1], "\r") != "" && !told[n] {
				t.Errorf("line %d before the first message is not told", n)
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	l := locales[0]
	file := l.write(l.synthetic(rand.New(rand.NewPCG(1, 1)), 500))
	file = strings.Repeat(file, 40) // dates go back, which does not matter where one is over twelve
	b.SetBytes(int64(len(file)))
	for b.Loop() {
		x, err := OpenText("f.txt", text(file), Options{Now: clock})
		if err != nil {
			b.Fatal(err)
		}
		read(b, x)
	}
	b.ReportMetric(20000*float64(b.N)/b.Elapsed().Seconds(), "messages/s")
}
