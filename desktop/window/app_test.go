package window

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hanaper/core/message"
	"hanaper/desktop/deliver"
	"hanaper/desktop/request"
)

const words = "copper kettle on the quay"

// chatExport is a synthetic WhatsApp export.
const chatExport = `22/11/2026, 09:00 - Messages and calls are end-to-end encrypted.
22/11/2026, 09:01 - Ben Osei: Morning! Coffee at ten?
22/11/2026, 09:02 - Ada Reyes: Yes, see you there
22/11/2026, 09:40 - Ben Osei: The contractor asks whether the harbour lease is approved
22/11/2026, 09:41 - Ada Reyes: I approve the harbour lease for two years at 40,000 a year. Please tell the contractor to start work on Monday.
`

// fakeDesk answers as the person would in the system's dialogs.
type fakeDesk struct{ files []string }

func (d *fakeDesk) next() (string, error) {
	if len(d.files) == 0 {
		return "", nil
	}
	f := d.files[0]
	d.files = d.files[1:]
	return f, nil
}
func (d *fakeDesk) ChooseFile(string) (string, error)       { return d.next() }
func (d *fakeDesk) ChooseFolder(string) (string, error)     { return d.next() }
func (d *fakeDesk) SaveFile(string, string) (string, error) { return d.next() }

// noSecrets: folders have none.
type noSecrets struct{}

func (noSecrets) Get(string) (string, error) { return "", errors.New("none") }
func (noSecrets) Set(string, string) error   { return errors.New("none") }
func (noSecrets) Delete(string) error        { return nil }

func newApp(t *testing.T) (*App, *fakeDesk) {
	t.Helper()
	dir := t.TempDir()
	desk := &fakeDesk{}
	a := New(Options{
		Vault: filepath.Join(dir, "vault"), Config: filepath.Join(dir, "config"), Book: deliver.Book{Path: filepath.Join(dir, "config", "destinations.json")},
		Secrets: noSecrets{}, Desk: desk, Now: time.Now,
	})
	t.Cleanup(func() {
		if err := a.shutDown(); err != nil {
			t.Error(err)
		}
	})
	return a, desk
}

// opened is an App with an open, empty vault and a person's name.
func opened(t *testing.T) (*App, *fakeDesk) {
	t.Helper()
	a, desk := newApp(t)
	if _, err := a.Create(words); err != nil {
		t.Fatal(err)
	}
	s := a.chosen()
	s.Name = "Ada Reyes"
	must(t, a.SetSettings(s))
	return a, desk
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// wait waits for a job to end well and reads its result as the page would.
func wait[T any](t *testing.T, a *App, id int) (out T) {
	t.Helper()
	for {
		job, err := a.Job(id)
		must(t, err)
		switch job.State {
		case "running":
			time.Sleep(time.Millisecond)
			continue
		case "done":
		default:
			t.Fatalf("job is %s: %v", job.State, job.Error)
		}
		raw, err := json.Marshal(job.Result)
		must(t, err)
		must(t, json.Unmarshal(raw, &out))
		return out
	}
}

func code(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return "-"
}

func TestFirstStart(t *testing.T) {
	a, _ := newApp(t)
	s, err := a.Status()
	must(t, err)
	if s.Exists || s.Open {
		t.Fatalf("a fresh folder: %+v", s)
	}
	if _, err := a.Create("short"); code(err) != "short" {
		t.Errorf("a short passphrase: %v", err)
	}
	recovery, err := a.Create(words)
	must(t, err)
	must(t, a.Lock())
	if _, err := a.Home(); code(err) != "shut" {
		t.Errorf("home of a locked vault: %v", err)
	}
	if err := a.Open("passphrase", "something else entirely"); code(err) != "locked" {
		t.Errorf("a wrong passphrase: %v", err)
	}
	must(t, a.Open("recovery", strings.ToLower(recovery)))
	if _, err := a.Create(words); code(err) != "exists" {
		t.Errorf("a second vault: %v", err)
	}
	h, err := a.Home()
	must(t, err)
	if h.Total != 0 || h.Hold != "unknown" || len(h.Overdue) != 1 {
		t.Errorf("home: %+v", h)
	}
}

// keepChat imports the export and keeps the decision in it; it returns its id.
func keepChat(t *testing.T, a *App) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "chat.txt")
	must(t, os.WriteFile(file, []byte(chatExport), 0o600))
	p := wait[Preview](t, a, a.OpenImport(file, "dmy"))
	if p.Messages != 5 || p.Texts != 4 || len(p.People) != 2 {
		t.Fatalf("preview: %+v", p)
	}
	j := wait[Judged](t, a, a.JudgeImport("Ada Reyes"))
	rows, err := a.Rows([]string{"capture", "consider"}, 0)
	must(t, err)
	if j.Rows != 5 || len(rows) == 0 || rows[len(rows)-1].Number != 5 || rows[len(rows)-1].Why == "" {
		t.Fatalf("judged %+v, rows %+v", j, rows)
	}
	if h, _ := a.Home(); h.Undecided != len(rows) || !a.unfinished() {
		t.Errorf("an undecided import is not on the home view: %+v", h)
	}
	k := wait[Kept](t, a, a.KeepImport([]int{5}, 1))
	if k.Kept != 1 || len(k.Incomplete) != 0 {
		t.Fatalf("kept: %+v", k)
	}
	if again := wait[Kept](t, a, a.KeepImport([]int{5}, 1)); again.Kept != 0 || again.Already != 1 {
		t.Errorf("kept twice: %+v", again)
	}
	a.CloseImport()
	if a.imported != nil {
		t.Error("the texts of a closed import are still held")
	}
	hits, err := a.Search(Query{Text: "harbour lease"})
	must(t, err)
	if hits.Total != 1 || !strings.Contains(found(hits.Hits[0].Snippet), "harbour") {
		t.Fatalf("search: %+v", hits)
	}
	return hits.Hits[0].ID
}

func found(snippet []Piece) (out string) {
	for _, p := range snippet {
		if p.Found {
			out += p.Text + " "
		}
	}
	return out
}

func TestImportSearchProveDeliver(t *testing.T) {
	a, desk := opened(t)
	id := keepChat(t, a)
	r, err := a.Record(id)
	must(t, err)
	if !strings.Contains(string(r.Record), "two years") || r.State != "kept" {
		t.Errorf("record: %+v", r)
	}
	p, err := a.Prove(id)
	must(t, err)
	if p.Content+p.Signature+p.Files+p.Tree != "" || p.Entries != 1 || p.Root == "" {
		t.Errorf("proof: %+v", p)
	}
	folder := filepath.Join(t.TempDir(), "records")
	must(t, os.Mkdir(folder, 0o700))
	desk.files = []string{folder}
	added, err := a.AddFolder("where")
	must(t, err)
	if d, err := a.Destinations(); err != nil || !added || len(d) != 1 || d[0].Where != folder || !d[0].Readback {
		t.Fatalf("destinations: %+v, %v", d, err)
	}
	if d := wait[Delivered](t, a, a.Deliver(nil, "records")); d.Delivered != 1 || d.Waiting != 0 {
		t.Errorf("delivered: %+v", d)
	}
	r, err = a.Record(id)
	must(t, err)
	if r.State != "delivered" || len(r.Deliveries) != 1 || !r.Deliveries[0].Identical {
		t.Errorf("after delivery: %+v", r)
	}
	must(t, a.RemoveDestination("records"))
	if h, _ := a.Home(); h.OnlyHere != 0 || h.PendingN != 0 || len(h.Latest) != 1 || len(h.Destinations) != 0 {
		t.Errorf("home: %+v", h)
	}
}

func TestJudgeAndKeepByHand(t *testing.T) {
	a, _ := opened(t)
	d := Draft{Channel: "whatsapp", Device: "unmanaged", Scope: "work", Body: "I approve the harbour lease for two years at 40,000 a year."}
	var v struct{ Duty, Action, Error string }
	must(t, json.Unmarshal(a.Judge(d), &v))
	if v.Error != "" || v.Duty != "capture" && v.Duty != "consider" {
		t.Errorf("verdict: %+v", v)
	}
	in := ByHand{Draft: d, From: message.Party{Name: "Ada Reyes"}, Date: "2026-11-22", Time: "09:41", Direction: "out"}
	k, err := a.KeepByHand(in)
	must(t, err)
	if k.ID != "" || strings.Join(k.Missing, " ") != "to subject" {
		t.Errorf("without two fields: %+v", k)
	}
	in.To, in.Subject = []message.Party{{Name: "Ben Osei"}}, "Harbour lease"
	k, err = a.KeepByHand(in)
	must(t, err)
	r, err := a.Record(k.ID)
	must(t, err)
	if r.Subject != "Harbour lease" || r.To != "Ben Osei" || !strings.Contains(string(r.Record), `"method":"transcript"`) {
		t.Errorf("record: %s", r.Record)
	}
}

func TestSettingsAreReadAgain(t *testing.T) {
	a, _ := newApp(t)
	s := a.chosen()
	s.Language, s.Packs = "fr", []string{"ca-im-protocol"}
	must(t, a.SetSettings(s))
	if again, trouble := readSettings(a.opt.Config); again.Language != "fr" || trouble != "" {
		t.Errorf("%+v %s", again, trouble)
	}
	s.Packs = nil
	if err := a.SetSettings(s); code(err) != "no_pack" {
		t.Errorf("no rule book: %v", err)
	}
	must(t, os.WriteFile(filepath.Join(a.opt.Config, settingsFile), []byte(`{"language":"xx"}`), 0o600))
	if again, trouble := readSettings(a.opt.Config); again.Language != "en" || trouble == "" {
		t.Errorf("a broken file: %+v %q", again, trouble)
	}
}

// TestPendingIsTriedAgain: a destination that went away leaves the record pending, and
// the person may try again before its time has come.
func TestPendingIsTriedAgain(t *testing.T) {
	a, desk := opened(t)
	id := keepChat(t, a)
	folder := filepath.Join(t.TempDir(), "records")
	must(t, os.Mkdir(folder, 0o700))
	desk.files = []string{folder}
	_, err := a.AddFolder("where")
	must(t, err)
	must(t, os.Remove(folder))
	d := wait[Delivered](t, a, a.Deliver([]string{id}, "records"))
	if d.Waiting != 1 || len(d.Problems) != 1 || d.Problems[0].Advice == "" {
		t.Fatalf("to a folder that is gone: %+v", d)
	}
	h, err := a.Home()
	must(t, err)
	if h.PendingN != 1 || strings.Join(h.PendingTo, " ") != "records" {
		t.Errorf("home: %+v", h)
	}
	must(t, os.Mkdir(folder, 0o700))
	if d := wait[Delivered](t, a, a.Deliver(nil, "")); d.Delivered != 1 {
		t.Errorf("tried again: %+v", d)
	}
}

func TestCancel(t *testing.T) {
	a, _ := newApp(t)
	id := a.jobs.start(a.ctx, func(ctx context.Context, progress func(done, total int64)) (any, error) {
		progress(3, 7)
		<-ctx.Done()
		return nil, ctx.Err()
	})
	if !a.unfinished() {
		t.Error("closing the window over a job does not ask")
	}
	for told := false; ; {
		job, err := a.Job(id)
		must(t, err)
		if job.State == "running" {
			if told = told || job.Total == 7; told { // it has begun
				a.Cancel(id)
			}
			continue
		}
		if job.State != "cancelled" || job.Done != 3 || job.Total != 7 {
			t.Errorf("%+v", job)
		}
		break
	}
	if _, err := a.Job(id); err == nil {
		t.Error("the end of a job is told twice")
	}
}

// TestRequest goes the whole way: search under a hold, package, receipt, release.
func TestRequest(t *testing.T) {
	a, desk := opened(t)
	keepChat(t, a)
	dir := t.TempDir()
	file, pkg := filepath.Join(dir, "request.json"), filepath.Join(dir, "package.zip")
	must(t, os.WriteFile(file, []byte(`{"v":1,"kind":"access","reference":"A-2026-0042","issued":"2026-11-22T09:00:00Z","due":"2026-12-22",
		"issuer":{"name":"Cal Moss","address":"cal@dept.example"},"terms":["harbour"],"people":[],"since":"2026-01-01","until":"2026-11-30",
		"channels":["whatsapp"],"hold":true,"note":""}`), 0o600))
	desk.files = []string{file, pkg}
	r, err := a.OpenRequest("")
	must(t, err)
	if r == nil || r.Reference != "A-2026-0042" || r.Signed {
		t.Fatalf("request: %+v", r)
	}
	f := wait[Found](t, a, a.RunRequest("Ada Reyes"))
	if len(f.Hits) != 1 || f.Hits[0].Hold != "held" || !strings.Contains(f.Certificate, "harbour") {
		t.Errorf("found: %+v", f)
	}
	w := wait[Written](t, a, a.WritePackage(""))
	if w.Records != 1 || w.File != pkg {
		t.Errorf("written: %+v", w)
	}
	checked, err := request.Check(pkg)
	must(t, err)
	receipt, err := request.NewReceipt(checked, "Cal Moss", a.opt.Now())
	must(t, err)
	paper := filepath.Join(dir, "receipt.json")
	must(t, os.WriteFile(paper, receipt, 0o600))
	desk.files = []string{pkg, file} // the request is no receipt
	if ok, err := a.ReleaseHold("", ""); ok || err == nil {
		t.Error("a hold was released without a receipt")
	}
	desk.files = []string{pkg, paper}
	ok, err := a.ReleaseHold("", "")
	must(t, err)
	if h, _ := a.Home(); !ok || len(h.Holds) != 0 {
		t.Errorf("released: %v, %+v", ok, h.Holds)
	}
	must(t, a.StateHold("none"))
	if h, _ := a.Home(); h.Hold != "none" {
		t.Errorf("stated: %+v", h)
	}
}
