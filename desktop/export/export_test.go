package export

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hanaper/core/canonical"
	"hanaper/core/message"
	"hanaper/core/record"
	"hanaper/desktop/deliver"
	"hanaper/desktop/letter"
)

var info = Info{At: time.Date(2026, 11, 22, 14, 3, 0, 0, time.UTC), Tool: "hanaper 0.1.0", By: "Department of Examples"}

// records are examples: plain, with odd names, with a file, with lines that an
// mbox must quote.
func records(t testing.TB) []Record {
	t.Helper()
	return []Record{
		makeRecord(t, "Lease approved", "Approved."),
		makeRecord(t, "=HYPERLINK(\"http://x.example\")", "From here on\n>From there\nFrom  everywhere"),
		makeRecord(t, "Été – l'Élysée 日本", strings.Repeat("é", 4000), record.File{Name: "plan, \"réseau\".pdf", Type: "application/pdf", Content: []byte("hello world")}),
		makeRecord(t, "../../etc/passwd\r\nX: y", "Body."),
	}
}

func makeRecord(t testing.TB, subject, body string, files ...record.File) Record {
	t.Helper()
	raw, err := os.ReadFile("../../testdata/record/minimal.json")
	if err != nil {
		t.Fatal(err)
	}
	v, err := canonical.Parse(raw, canonical.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	var d canonical.Decoder
	r := record.DecodeCapture(&d, &v)
	r.Fields.Subject, r.Messages[0].Body = subject, body
	r.Fields.To = append(r.Fields.To, message.Party{Name: "Carol, Example"})
	for _, f := range files {
		sum := sha256.Sum256(f.Content)
		r.Messages[0].Attachments = append(r.Messages[0].Attachments, record.Attachment{
			Name: f.Name, Type: f.Type, Size: int64(len(f.Content)), Digest: "sha256:" + hex.EncodeToString(sum[:]),
		})
	}
	item, err := deliver.NewItem(record.EML(&r, nil, files...))
	if err != nil {
		t.Fatal(err)
	}
	return Record{item, "kept"}
}

// write exports the records and gives the path.
func write(t testing.TB, form string, all []Record) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "export."+form)
	w, err := Create(form, path, info)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Abort()
	for _, r := range all {
		if err := w.Add(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// contents are the files at the path, by name.
func contents(t testing.TB, path string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(path, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(p)
		rel, _ := filepath.Rel(path, p)
		out[filepath.ToSlash(rel)] = string(raw)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Every form has the same bytes each time, refuses a path that is taken, leaves
// nothing behind when it is given up, and bears no records as well as some.
func TestForms(t *testing.T) {
	all := records(t)
	for _, form := range Forms() {
		path := write(t, form, all)
		first, second := contents(t, path), contents(t, write(t, form, all))
		if fmt.Sprint(first) != fmt.Sprint(second) {
			t.Errorf("%s: two exports differ", form)
		}
		if _, err := Create(form, path, info); err == nil {
			t.Errorf("%s: wrote over an export", form)
		}
		empty := write(t, form, nil)
		if problems, _, err := Check(empty); err != nil || len(problems) > 0 {
			t.Errorf("%s: empty: %v %v", form, problems, err)
		}
		given := filepath.Join(t.TempDir(), "given up")
		w, err := Create(form, given, info)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Add(all[0]); err != nil {
			t.Fatal(err)
		}
		w.Abort()
		if left, _ := os.ReadDir(filepath.Dir(given)); len(left) > 0 {
			t.Errorf("%s: left behind: %v", form, left)
		}
	}
	if _, err := Create("clay", "x", info); err == nil || !strings.Contains(err.Error(), "bagit, csv") {
		t.Error(err)
	}
}

// The mail files of a folder are the records, byte for byte, in the order and
// under the names of the list.
func TestFolder(t *testing.T) {
	all := records(t)
	got := contents(t, write(t, "eml", append(all, all[0])))
	if len(got) != len(all)+2 { // the first twice, and the list
		t.Errorf("%d files", len(got))
	}
	rows := readCSV(t, got["index.csv"])
	for i, r := range all {
		if got[rows[i+1]["file"]] != string(r.EML) {
			t.Errorf("%s is not the record", rows[i+1]["file"])
		}
	}
	if second := rows[len(all)+1]["file"]; got[second] != string(all[0].EML) || !strings.HasSuffix(second, "-2.eml") {
		t.Errorf("%s", second)
	}
}

// readCSV gives the rows by column; row 0 is empty.
func readCSV(t *testing.T, text string) []map[string]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	out := []map[string]string{{}}
	for _, row := range rows[1:] {
		m := map[string]string{}
		for i, c := range row {
			m[rows[0][i]] = c
		}
		out = append(out, m)
	}
	return out
}

func TestCSV(t *testing.T) {
	all := records(t)
	text := contents(t, write(t, "csv", all))["."]
	if !strings.HasPrefix(text, "\ufeffid,file,date,") {
		t.Errorf("%.40q", text)
	}
	rows := readCSV(t, text)
	if len(rows) != len(all)+1 {
		t.Fatalf("%d rows", len(rows))
	}
	want := map[string]string{
		"id": all[2].ID, "file": "", "date": "2026-11-22", "time": "14:03", "from": "Ann Example <+447700900123>",
		"to": "Bob Example <+447700900456>; Carol, Example", "to_complete": "true", "subject": "Été – l'Élysée 日本", "channel": "whatsapp",
		"messages": "1", "attachments": "1", "kept_by": "Ann Example", "kept_at": "2026-11-22T14:05:12Z", "state": "kept",
	}
	for column, value := range want {
		if rows[3][column] != value {
			t.Errorf("%s: %q, want %q", column, rows[3][column], value)
		}
	}
	for i, row := range rows[1:] {
		for column, value := range row {
			if value != "" && strings.ContainsRune("=+-@\t\r", rune(value[0])) {
				t.Errorf("row %d, %s: %q is a formula to a spreadsheet", i, column, value)
			}
		}
	}
}

// What is read from an mbox is what was written, whatever the lines are like.
func TestMbox(t *testing.T) {
	all := records(t)
	raw := contents(t, write(t, "mbox", all))["."]
	n := 0
	err := ReadMbox(strings.NewReader(raw), 1<<20, func(i int, m []byte) error {
		if i != n+1 || !bytes.Equal(m, all[n].EML) {
			t.Errorf("message %d is not what was written", i)
		}
		if rep, err := letter.Check(m); err != nil || !rep.OK {
			t.Errorf("message %d: %v %+v", i, err, rep)
		}
		n++
		return nil
	})
	if err != nil || n != len(all) {
		t.Errorf("%d messages, %v", n, err)
	}
	if got := strings.Count(raw, "\nFrom "); got != len(all)-1 {
		t.Errorf("%d lines look like the beginning of a message, want %d", got+1, len(all))
	}
	for _, bad := range []string{"x", "Subject: x\n\n", "From a\n" + strings.Repeat("x", maxLine+1), "From a\n\n" + strings.Repeat("x\n", 200)} {
		if err := ReadMbox(strings.NewReader(bad), 300, func(int, []byte) error { return nil }); err == nil {
			t.Errorf("%.20q was read", bad)
		}
	}
}

// FuzzMbox: any text put into an mbox as a message comes out again.
func FuzzMbox(f *testing.F) {
	f.Add("From x\r\n>From y\r\n\r\nFrom z", true)
	f.Add("\r\n\r\n", false)
	f.Add(">>From", true)
	f.Fuzz(func(t *testing.T, text string, two bool) {
		if strings.ContainsAny(strings.ReplaceAll(text, "\r\n", ""), "\r\n") {
			return // mail has CRLF only
		}
		if !strings.HasSuffix(text, "\r\n") {
			text += "\r\n"
		}
		path := filepath.Join(t.TempDir(), "x")
		w, err := newMbox(path, info)
		if err != nil {
			t.Fatal(err)
		}
		want := 1
		if two {
			want = 2
		}
		for range want {
			if err := w.Add(Record{Item: deliver.Item{EML: []byte(text)}}); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		err = ReadMbox(bytes.NewReader(raw), 1<<20, func(_ int, m []byte) error {
			if n++; string(m) != text {
				t.Errorf("%q came out of %q", m, text)
			}
			return nil
		})
		if err != nil || n != want {
			t.Errorf("%d of %d messages: %v", n, want, err)
		}
	})
}

// A bag is good as written, and whatever is changed in it is told.
func TestBag(t *testing.T) {
	all := records(t)
	got := contents(t, write(t, "bagit", all))
	for name, want := range map[string]string{
		"bagit.txt":    "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
		"bag-info.txt": "Bagging-Date: 2026-11-22\nExternal-Description: 4 kept records as mail files, with index.csv\nPayload-Oxum: ",
	} {
		if !strings.Contains(got[name], want) {
			t.Errorf("%s: %q", name, got[name])
		}
	}
	first := "data/" + all[0].Name
	for name, c := range map[string]struct {
		change func(dir string) error
		path   string // of the problem; "" for none
	}{
		"nothing":        {func(string) error { return nil }, ""},
		"a byte":         {func(dir string) error { return edit(dir, first, "Approved", "Approveb") }, first},
		"a file gone":    {func(dir string) error { return os.Remove(filepath.Join(dir, first)) }, first},
		"a file more":    {func(dir string) error { return os.WriteFile(filepath.Join(dir, "data", "x.eml"), nil, 0o600) }, "data/x.eml"},
		"the manifest":   {func(dir string) error { return edit(dir, "manifest-sha256.txt", "a", "b") }, "manifest-sha256.txt"},
		"no manifest":    {func(dir string) error { return os.Remove(filepath.Join(dir, "manifest-sha256.txt")) }, "manifest-sha256.txt"},
		"no tag list":    {func(dir string) error { return os.Remove(filepath.Join(dir, "tagmanifest-sha256.txt")) }, "tagmanifest-sha256.txt"},
		"the tags":       {func(dir string) error { return edit(dir, "bag-info.txt", "2026", "2025") }, "bag-info.txt"},
		"a path outside": {func(dir string) error { return edit(dir, "manifest-sha256.txt", "data/", "../../") }, "manifest-sha256.txt"},
		"the version":    {func(dir string) error { return edit(dir, "bagit.txt", "BagIt", "Bogit") }, "bagit.txt"},
	} {
		dir := write(t, "bagit", all)
		if err := c.change(dir); err != nil {
			t.Fatal(err)
		}
		problems, is, err := Check(dir)
		if err != nil || !is {
			t.Fatalf("%s: %v %v", name, is, err)
		}
		found := c.path == "" && len(problems) == 0
		for _, p := range problems {
			found = found || c.path != "" && p.Path == c.path
		}
		if !found {
			t.Errorf("%s: %+v", name, problems)
		}
	}
	if _, is, err := Check(t.TempDir()); is || err != nil {
		t.Errorf("%v %v", is, err)
	}
}

func edit(dir, name, from, to string) error {
	path := filepath.Join(dir, name)
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	changed := bytes.ReplaceAll(raw, []byte(from), []byte(to))
	if bytes.Equal(raw, changed) { // base64: any byte will do
		changed = bytes.Clone(raw)
		changed[len(raw)/2] ^= 1
	}
	return os.WriteFile(path, changed, 0o600)
}

// FuzzManifest: no manifest names a file outside its folder.
func FuzzManifest(f *testing.F) {
	f.Add(strings.Repeat("a", 64) + "  data/x.eml\n")
	f.Add(strings.Repeat("a", 64) + " *../x%0Ay\r\n\n")
	f.Add(strings.Repeat("a", 64) + "  /etc/passwd")
	f.Fuzz(func(t *testing.T, text string) {
		sums, _ := manifest(text)
		for name, sum := range sums {
			if !filepath.IsLocal(name) || len(sum) < 64 {
				t.Errorf("%q: %q", name, sum)
			}
		}
	})
}
