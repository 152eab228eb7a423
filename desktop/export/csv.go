package export

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"strings"

	"hanaper/core/message"
)

// columns of the list. They are added to at the end, never changed.
var columns = []string{
	"id", "file", "date", "time", "zone", "from", "to", "to_complete", "subject", "channel", "chat", "direction", "method", "series",
	"messages", "attachments", "clauses", "kept_by", "kept_at", "state",
}

// index is the list of records as RFC 4180: UTF-8 with a byte order mark, without
// which spreadsheets take accents for something else.
type index struct {
	b bytes.Buffer
	w *csv.Writer
}

func newIndex() *index {
	x := &index{}
	x.b.WriteString("\ufeff")
	x.w = csv.NewWriter(&x.b)
	x.w.UseCRLF = true
	_ = x.w.Write(columns) // into memory
	return x
}

func (x *index) add(r Record, file string) {
	rec := r.Record()
	f, kept := &rec.Fields, 0
	files := 0
	for i := range rec.Messages {
		files += len(rec.Messages[i].Attachments)
		if !rec.Messages[i].ContextOnly {
			kept++
		}
	}
	row := []string{
		r.ID, file, f.Date, f.Time, f.Zone, party(f.From), parties(f.To), strconv.FormatBool(f.MembersComplete), f.Subject,
		rec.Channel, rec.Chat, rec.Direction, rec.Method, rec.Series, strconv.Itoa(kept), strconv.Itoa(files),
		strings.Join(rec.Clauses, "; "), rec.Kept.By, rec.Kept.At, r.State,
	}
	for i := range row {
		row[i] = cell(row[i])
	}
	_ = x.w.Write(row)
}

// cell keeps a spreadsheet from taking text for a formula: an apostrophe goes
// before = + - @ and control characters, as spreadsheets have it for text.
func cell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r\n", rune(s[0])) {
		return "'" + s
	}
	return s
}

func party(p message.Party) string {
	if p.Name == "" || p.Address == "" {
		return p.Name + p.Address
	}
	return p.Name + " <" + p.Address + ">"
}

func parties(all []message.Party) string {
	var out []string
	for _, p := range all {
		out = append(out, party(p))
	}
	return strings.Join(out, "; ")
}

func (x *index) bytes() []byte {
	x.w.Flush()
	return x.b.Bytes()
}

// list is the index alone, as a file.
type list struct {
	*file
	index *index
}

func newCSV(path string, _ Info) (Writer, error) {
	f, err := newFile(path)
	if err != nil {
		return nil, err
	}
	return &list{f, newIndex()}, nil
}

func (l *list) Add(r Record) error {
	l.index.add(r, "")
	_, err := l.Write(l.index.bytes()) // a row at a time: the list may be long
	l.index.b.Reset()
	return err
}

func (l *list) Close() error {
	if _, err := l.Write(l.index.bytes()); err != nil { // the head, where there is no record
		return err
	}
	return l.file.Close()
}
