package window

import (
	"context"
	"crypto/rand"
	"path/filepath"
	"time"
	_ "time/tzdata" // zones are named; Windows and small systems have no list of them

	"hanaper/core"
	"hanaper/core/message"
	"hanaper/core/policy"
	"hanaper/desktop/importer"
	"hanaper/desktop/importer/chat"
	"hanaper/desktop/importer/whatsapp"
)

// imported is the file that is open in the import view. Its rows are dropped when the
// view closes.
type imported struct {
	src   chat.Source
	info  chat.Info
	sum   *importer.Summary
	rows  []Row // nil until it was judged
	count map[string]int
	zone  *time.Location
	me    []message.Party
	kept  bool // the person has kept what they chose
}

func (i *imported) close() { _ = i.src.Close() } // it was only read

func (i *imported) name() string { return filepath.Base(i.info.File) }

func (i *imported) chat() *importer.Chat {
	c := &importer.Chat{Info: i.info, Me: i.me, Location: i.zone}
	for _, p := range i.sum.People {
		c.People = append(c.People, p.Party)
	}
	return c
}

// Preview is what a file holds, before anything of it is judged.
type Preview struct {
	File     string         `json:"file"` // its name
	Form     string         `json:"form"`
	Channel  string         `json:"channel"`
	Title    string         `json:"title"`
	Dates    string         `json:"dates"`
	Zone     string         `json:"zone"` // that the file states; "": this computer's
	Messages int            `json:"messages"`
	Texts    int            `json:"texts"`
	Deleted  int            `json:"deleted"`
	Unread   int            `json:"unreadable"`
	Files    int            `json:"files"`
	Missing  int            `json:"files_missing"`
	First    string         `json:"first"` // YYYY-MM-DD
	Last     string         `json:"last"`
	People   []Person       `json:"people"`
	Gaps     []importer.Gap `json:"gaps"`
	Notes    []chat.Note    `json:"notes"`
	More     int            `json:"notes_more"`
}

// Person is somebody who wrote in the chat.
type Person struct {
	Name     string `json:"name"`
	Address  string `json:"address"`
	Messages int    `json:"messages"`
}

// ChooseImport lets the person choose a file; "" for none.
func (a *App) ChooseImport(title string) (string, error) {
	path, err := a.opt.Desk.ChooseFile(title)
	return path, told(err)
}

// OpenImport starts reading a file; dates is dmy, mdy, ymd or "" where the file
// tells. The job's result is a Preview. A file that was open is closed.
func (a *App) OpenImport(path, dates string) int {
	return a.jobs.start(a.ctx, func(ctx context.Context, _ func(done, total int64)) (any, error) {
		a.CloseImport()
		src, err := importer.Open(path, importer.Options{Dates: whatsapp.Order(dates), Now: a.opt.Now()})
		if err != nil {
			return nil, err
		}
		sum, err := importer.Survey(ctx, src)
		if err != nil {
			_ = src.Close()
			return nil, err
		}
		i := &imported{src: src, info: src.Info(), sum: sum, zone: time.Local}
		a.mu.Lock()
		defer a.mu.Unlock()
		a.imported = i
		return i.preview(), nil
	})
}

func (i *imported) preview() Preview {
	s := i.sum
	p := Preview{
		File: i.name(), Form: i.info.Form, Channel: i.info.Channel, Title: i.info.Title, Dates: i.info.Dates.String(), Zone: i.info.Zone,
		Messages: s.Messages, Texts: s.Texts, Deleted: s.Deleted, Unread: s.Unread, Files: s.Files, Missing: s.Missing,
		First: s.First.Date, Last: s.Last.Date, People: []Person{}, Gaps: s.Gaps, Notes: s.Notes, More: s.More,
	}
	for _, who := range s.People {
		p.People = append(p.People, Person{who.Name, who.Address, who.Messages})
	}
	return p
}

// CloseImport lets go of the file and of every text of it.
func (a *App) CloseImport() {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.imported != nil {
		a.imported.close()
		a.imported = nil
	}
}

func (a *App) importing() (*imported, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.imported == nil {
		return nil, &Error{"no_import", "no file is open"}
	}
	return a.imported, nil
}

// Row is a judged message in the list to choose from.
type Row struct {
	Number     int    `json:"number"` // in the file, from 1
	Kind       string `json:"kind"`
	From       string `json:"from"`
	Date       string `json:"date"`
	Clock      string `json:"clock"`
	Body       string `json:"body"` // its beginning
	Duty       string `json:"duty"` // "" where it is not judged
	Permission string `json:"permission"`
	Why        string `json:"why"` // the gravest reason, "" for none
	Para       string `json:"para"`
	Files      int    `json:"files"`
}

// maxRows are held for the list to choose from; more are judged and counted, and can
// be kept by their duty. A row is some 300 bytes.
const maxRows = 100_000

// rowWords is how much of a message the list shows, in characters.
const rowWords = 280

// Judged is what judging a file found.
type Judged struct {
	Counts map[string]int `json:"counts"` // messages by duty
	Rows   int            `json:"rows"`   // in the list
}

// JudgeImport starts judging the open file; me is the name, in the file, of the person
// who imports. The job's result is a Judged.
func (a *App) JudgeImport(me string) int {
	return a.jobs.start(a.ctx, func(ctx context.Context, progress func(done, total int64)) (any, error) {
		i, err := a.importing()
		if err != nil {
			return nil, err
		}
		a.mu.Lock()
		i.me, i.rows, i.count, i.kept = i.person(me), nil, nil, false
		a.mu.Unlock()
		rows, counts := []Row{}, map[string]int{}
		err = importer.Run(ctx, i.src, i.chat(), a.judgeDraft(), func(j *importer.Judged) error {
			progress(int64(j.Number), int64(i.sum.Messages))
			counts[j.Duty()]++
			if len(rows) < maxRows {
				rows = append(rows, row(j))
			}
			return ctx.Err()
		})
		if err != nil {
			return nil, err
		}
		a.mu.Lock()
		defer a.mu.Unlock()
		i.rows, i.count = rows, counts
		return Judged{counts, len(rows)}, nil
	})
}

func (a *App) judgeDraft() importer.Judge {
	chosen := a.chosen()
	set := chosen.judging()
	now := rfc3339(a.opt.Now())
	return func(d *message.Draft) policy.Verdict {
		at := d.At
		if at == "" {
			at = now
		}
		return core.Evaluate(d, &set, at)
	}
}

// person finds somebody of the file by the name that the page showed.
func (i *imported) person(me string) []message.Party {
	for _, p := range i.sum.People {
		if me != "" && (p.Name == me || p.Address == me) {
			return []message.Party{p.Party}
		}
	}
	return nil
}

func row(j *importer.Judged) Row {
	r := Row{
		Number: j.Number, Kind: string(j.Kind), From: name(j.From.Name, j.From.Address), Date: j.At.Date, Clock: j.At.Clock,
		Body: j.Body, Duty: j.Duty(), Permission: j.Verdict.Permission, Files: len(j.Attachments),
	}
	if letters := []rune(r.Body); len(letters) > rowWords {
		r.Body = string(letters[:rowWords]) + "…"
	}
	for _, reason := range j.Verdict.Reasons {
		if reason.Text != "" && reason.Detector != "device" { // what only the device asks for is no reason to keep
			r.Why, r.Para = reason.Text, reason.Para
			break
		}
	}
	return r
}

// pageOfRows is how many judged messages are shown at a time.
const pageOfRows = 200

// Rows gives judged messages of some duties, a page of them from offset on; all where
// no duty is named.
func (a *App) Rows(duties []string, offset int) ([]Row, error) {
	i, err := a.importing()
	if err != nil {
		return nil, err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	out := []Row{}
	for _, r := range i.rows {
		if !wanted(duties, r.Duty) {
			continue
		}
		if offset--; offset >= 0 {
			continue
		}
		if out = append(out, r); len(out) == pageOfRows {
			break
		}
	}
	return out, nil
}

func wanted(duties []string, duty string) bool {
	for _, d := range duties {
		if d == duty {
			return true
		}
	}
	return len(duties) == 0
}

// Kept is what became of the messages that were chosen.
type Kept struct {
	Kept       int                   `json:"kept"`
	Already    int                   `json:"already"`
	Incomplete []importer.Incomplete `json:"incomplete"`
	Notes      []chat.Note           `json:"notes"`
}

// maxContext is how many messages before a chosen one may be kept with it.
const maxContext = message.MaxContext

// KeepImport starts keeping the messages with these numbers; before is how many
// messages before each are kept with it as context. The job's result is a Kept. What
// was kept when it is cancelled stays; doing it again keeps the rest.
func (a *App) KeepImport(numbers []int, before int) int {
	return a.jobs.start(a.ctx, func(ctx context.Context, progress func(done, total int64)) (any, error) {
		i, err := a.importing()
		if err != nil {
			return nil, err
		}
		v, err := a.open()
		if err != nil {
			return nil, err
		}
		chosen := a.chosen()
		k := &importer.Keeper{
			Chat: i.chat(), Store: importer.Vault{Vault: v}, Context: min(max(before, 0), maxContext), Now: a.opt.Now, Random: rand.Reader,
			Fields: importer.Fields{By: name(chosen.Name, chosen.Address)},
		}
		if k.Fields.By == "" && len(i.me) > 0 {
			k.Fields.By = name(i.me[0].Name, i.me[0].Address)
		}
		choice := importer.Choice{}
		for _, n := range numbers {
			choice.Numbers = append(choice.Numbers, [2]int{n, n})
		}
		err = importer.Run(ctx, i.src, i.chat(), a.judgeDraft(), func(j *importer.Judged) error {
			progress(int64(j.Number), int64(i.sum.Messages))
			return k.Next(ctx, j, choice.Fits(j))
		})
		if err == nil {
			err = k.Flush(ctx)
		}
		if err != nil {
			return nil, err
		}
		a.mu.Lock()
		defer a.mu.Unlock()
		i.kept = true
		return Kept{k.Kept, k.Already, append([]importer.Incomplete{}, k.Incomplete...), append([]chat.Note{}, k.Notes...)}, nil
	})
}
