package cli

import (
	"encoding/json"
	"fmt"
	"sort"
	"strconv"
	"strings"
	"time"

	"hanaper/core/message"
	"hanaper/desktop/importer"
	"hanaper/desktop/importer/chat"
)

// importScreen shows an import to people.
type importScreen struct {
	run    *importing
	paint  paint
	chosen int
}

func (s *importScreen) line(format string, a ...any) {
	for i := range a {
		if text, ok := a[i].(string); ok {
			a[i] = printable(text)
		}
	}
	fmt.Fprintf(s.run.out, "  "+format+"\n", a...)
}

// peopleShown is as many names as fit on a screen.
const peopleShown = 12

func (s *importScreen) file(c *importer.Chat, sum *importer.Summary) {
	w, info := s.run.words(), c.Info
	form := info.Form
	if info.Language != "" {
		form += ", " + info.Language
	}
	fmt.Fprintf(s.run.out, w.form+"\n", s.paint.as("1", printable(info.File)), printable(form))
	s.chosen = 0
	if info.Title != "" {
		s.line(w.chat, info.Title)
	}
	if d := info.Dates; d.Order != "" {
		text := d.String()
		if w.why != nil {
			text = w.orders[d.Order] + " : " + strings.NewReplacer("DATE", d.Date, "LINE", strconv.Itoa(d.Line)).Replace(w.why[d.Why])
		}
		s.line(w.dates, text)
	}
	switch {
	case info.Method == "import" || info.Zone != "": // the file says
	case c.Location == nil:
		s.line(w.noZone)
	default:
		s.line(w.zone, s.place(c))
	}
	s.line(w.messages, sum.Messages, sum.First.Date+" "+sum.First.Clock, sum.Last.Date+" "+sum.Last.Clock)
	s.people(c, sum)
	s.counts(sum)
	for _, g := range sum.Gaps {
		s.line(w.gap, g.After, g.Before, g.Days, g.Number)
	}
	if len(sum.Notes) > 0 {
		s.line("%s", w.notes)
	}
	for _, n := range sum.Notes {
		s.note(n)
	}
	if sum.More > 0 {
		s.line("  "+w.more, sum.More)
	}
	fmt.Fprintln(s.run.out)
}

// place is where the file's clock stood; this computer's zone has no name of its own.
func (s *importScreen) place(c *importer.Chat) string {
	if c.Location == time.Local {
		return s.run.env.Now().In(c.Location).Format("MST -07:00")
	}
	return c.Location.String()
}

// note is a line's, or the whole file's.
func (s *importScreen) note(n chat.Note) {
	if n.Line == 0 {
		s.line("  %s", n.Text)
		return
	}
	s.line("  "+s.run.words().note, n.Line, n.Text)
}

func (s *importScreen) people(c *importer.Chat, sum *importer.Summary) {
	w := s.run.words()
	var names []string
	for i, p := range sum.People {
		if i == peopleShown {
			names = append(names, "…")
			break
		}
		names = append(names, nameOf(p.Party)+" ("+strconv.Itoa(p.Messages)+")")
	}
	s.line(w.people, strings.Join(names, ", "))
	if sum.Others > 0 {
		s.line(w.others, sum.Others)
	}
	if len(c.Me) > 0 {
		s.line(w.me, nameOf(c.Me[0]))
	} else {
		s.line("%s", w.notMe)
	}
}

func nameOf(p message.Party) string {
	if p.Name != "" {
		return p.Name
	}
	return p.Address
}

func (s *importScreen) counts(sum *importer.Summary) {
	w := s.run.words()
	if sum.Deleted > 0 {
		text := strings.Trim(strings.ReplaceAll(fmt.Sprint([]int(sum.Where)), " ", ", "), "[]")
		if sum.Deleted > len(sum.Where) {
			text += ", …"
		}
		s.line(w.deleted, sum.Deleted, text)
	}
	for _, c := range []struct {
		n      int
		format string
	}{{sum.Edited, w.edited}, {sum.Calls, w.calls}, {sum.System, w.system}, {sum.Unread, w.unread}} {
		if c.n > 0 {
			s.line(c.format, c.n)
		}
	}
	if sum.Files > 0 {
		s.line(w.files, sum.Files, sum.Missing)
	}
}

// wanted: what a person should look at where nothing was chosen yet.
func wanted(j *importer.Judged) bool {
	d := j.Duty()
	return d == "capture" || d == "consider" || d == "unknown"
}

// excerpt is how many bytes of a message stand in the list.
const excerpt = 60

func (s *importScreen) message(j *importer.Judged, chosen bool) {
	if chosen {
		s.chosen++
	}
	if !chosen && (!s.run.choice.Empty() || !wanted(j)) {
		return
	}
	w := s.run.words()
	what := w.duty[j.Duty()]
	if kind := w.kinds[string(j.Kind)]; kind != "" {
		what = kind
	}
	text := strings.Join(strings.Fields(j.Subject+" "+j.Body), " ")
	if len(text) > excerpt {
		text = strings.ToValidUTF8(text[:excerpt], "") + "…"
	}
	if text == "" && len(j.Attachments) > 0 {
		text = j.Attachments[0].Name
	}
	s.line("%6d  %s %s  %s: %s  [%s]", j.Number, j.At.Date, j.At.Clock, nameOf(j.From), text, what)
}

func (s *importScreen) result(k *importer.Keeper, counts map[string]int) {
	w, out := s.run.words(), s.run.out
	fmt.Fprintln(out)
	for _, duty := range []string{"capture", "consider", "transitory", "none", "unknown"} {
		if counts[duty] > 0 {
			s.line(w.count, w.duty[duty], counts[duty])
		}
	}
	var packs []string
	for _, p := range s.run.judge.packs {
		packs = append(packs, p.ID+" "+p.Version)
	}
	s.line(w.judged, strings.Join(packs, ", "))
	if !s.run.choice.Empty() {
		s.line(w.chosen, s.chosen)
	}
	if k == nil {
		s.line("%s", w.how)
		if len(s.run.flags.me) == 0 {
			s.line("%s", w.howMe)
		}
		return
	}
	s.line(w.kept, k.Kept)
	if k.Already > 0 {
		s.line(w.already, k.Already)
	}
	for i, m := range k.Incomplete {
		if i == incompleteShown {
			s.line(w.more, len(k.Incomplete)-i)
			break
		}
		s.line(w.incomplete, m.Number, m.Line, s.why(&m))
	}
	for _, n := range k.Notes {
		s.note(n)
	}
}

// incompleteShown: they mostly miss the same.
const incompleteShown = 20

// why names what is missing, and the flag that gives it.
func (s *importScreen) why(m *importer.Incomplete) string {
	if len(m.Fields) == 0 {
		return m.Why
	}
	var out []string
	for _, f := range m.Fields {
		out = append(out, s.run.words().missing[f])
	}
	sort.Strings(out)
	return strings.Join(out, ", ")
}

func (s *importScreen) found(f importer.Found) {
	s.line(s.run.words().found, f.Name, f.Form, f.Size, f.Time.Format("2006-01-02 15:04"))
}

// importJSON writes a line for each file, message and result.
type importJSON struct {
	run *importing
	to  *json.Encoder
}

type jsonFile struct {
	Type string `json:"type"`
	chat.Info
	*importer.Summary
	First string          `json:"first"`
	Last  string          `json:"last"`
	Me    []message.Party `json:"me"`
}

func (s *importJSON) file(c *importer.Chat, sum *importer.Summary) {
	s.write(jsonFile{"file", c.Info, sum, sum.First.Date + " " + sum.First.Clock, sum.Last.Date + " " + sum.Last.Clock, c.Me})
}

// jsonMessage is a line of "import --json".
type jsonMessage struct {
	Type       string          `json:"type"`
	Number     int             `json:"number"`
	Line       int             `json:"line"`
	Kind       chat.Kind       `json:"kind"`
	Direction  string          `json:"direction"`
	From       message.Party   `json:"from"`
	To         []message.Party `json:"to"`
	Date       string          `json:"date"`
	Time       string          `json:"time"`
	Subject    string          `json:"subject"`
	Body       string          `json:"body"`
	Files      []string        `json:"files"`
	Duty       string          `json:"duty"` // "" for what is not judged
	Permission string          `json:"permission"`
	Clauses    []string        `json:"clauses"`
	Chosen     bool            `json:"chosen"`
	Error      string          `json:"error"`
}

func (s *importJSON) message(j *importer.Judged, chosen bool) {
	m := jsonMessage{
		Type: "message", Number: j.Number, Line: j.Line, Kind: j.Kind, Direction: j.Direction, From: j.From, To: j.To, Date: j.At.Date, Time: j.At.Clock,
		Subject: j.Subject, Body: j.Body, Files: []string{}, Duty: j.Duty(), Permission: j.Verdict.Permission, Clauses: []string{}, Chosen: chosen, Error: j.Verdict.Error,
	}
	for _, a := range j.Attachments {
		m.Files = append(m.Files, a.Name)
	}
	for _, r := range j.Verdict.Reasons {
		m.Clauses = append(m.Clauses, r.Pack+"/"+r.Clause)
	}
	s.write(m)
}

type jsonResult struct {
	Type       string                `json:"type"`
	Kept       int                   `json:"kept"`
	Already    int                   `json:"already"`
	Incomplete []importer.Incomplete `json:"incomplete"`
	Notes      []chat.Note           `json:"notes"`
	Duties     map[string]int        `json:"duties"`
}

func (s *importJSON) result(k *importer.Keeper, counts map[string]int) {
	delete(counts, "")
	r := jsonResult{Type: "result", Duties: counts, Incomplete: []importer.Incomplete{}, Notes: []chat.Note{}}
	if k != nil {
		r.Kept, r.Already = k.Kept, k.Already
		r.Incomplete, r.Notes = append(r.Incomplete, k.Incomplete...), append(r.Notes, k.Notes...)
	}
	s.write(r)
}

func (s *importJSON) found(f importer.Found) {
	s.write(struct {
		Type string `json:"type"`
		importer.Found
	}{"found", f})
}

// write leaves a failing output to the flush at the end.
func (s *importJSON) write(v any) { _ = s.to.Encode(v) }
