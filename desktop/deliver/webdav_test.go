package deliver

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestWebDAV(t *testing.T) {
	a := startApache(t)
	suite(t, place{
		open:  func(t *testing.T) Destination { return mustOpen(t, a.settings(), testSecret) },
		count: func(t *testing.T, item Item) int { return countFiles(t, a.files, item) },
		take:  func(t *testing.T, r Receipt) error { return os.Remove(filepath.Join(a.files, r.Place)) },
	})
	t.Run("overwrites nothing", func(t *testing.T) { davOverwritesNothing(t, a) })
	t.Run("troubles", func(t *testing.T) { davTroubles(t, a) })
	s := a.settings()
	s.URL = a.plain + "records/"
	webFaults(t, s, countsFiles(a.files))
	if left, _ := filepath.Glob(filepath.Join(a.files, "*.part")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func davOverwritesNothing(t *testing.T, a *apache) {
	item := makeItem(t, "Taken name", "Body.")
	for _, name := range item.names()[:2] {
		if err := os.WriteFile(filepath.Join(a.files, name), []byte("something else"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	d := mustOpen(t, a.settings(), testSecret).(*collection)
	r, err := d.Put(context.Background(), item)
	if err != nil || r.Place != item.names()[2] {
		t.Errorf("%+v %v", r, err)
	}
	// Somebody comes between the look and the move.
	taken, err := d.place(context.Background(), item.names()[0], item.EML)
	if !taken || err != nil {
		t.Errorf("%v %v", taken, err)
	}
	for _, name := range item.names()[:2] {
		if raw, _ := os.ReadFile(filepath.Join(a.files, name)); string(raw) != "something else" {
			t.Errorf("%s was overwritten", name)
		}
	}
}

func davTroubles(t *testing.T, a *apache) {
	for name, c := range map[string]struct {
		change func(*Settings)
		secret string
		want   Trouble
	}{
		"wrong password":    {func(*Settings) {}, "wrong", Credentials},
		"no password kept":  {func(*Settings) {}, "", Credentials},
		"unknown authority": {func(s *Settings) { s.CA = "" }, testSecret, Certificate},
		"another name":      {func(s *Settings) { s.URL = strings.Replace(s.URL, "127.0.0.1", "localhost", 1) }, testSecret, Certificate},
		"nobody listens":    {func(s *Settings) { s.URL = "https://127.0.0.1:" + freePort(t) + "/" }, testSecret, Unreachable},
		"no such host":      {func(s *Settings) { s.URL = "https://files.dept.invalid/" }, testSecret, Unreachable},
		"no such folder":    {func(s *Settings) { s.URL += "nowhere/" }, testSecret, Missing},
		"shut":              {func(s *Settings) { s.URL += "shut/" }, testSecret, Denied},
		"sent elsewhere":    {func(s *Settings) { s.URL = strings.Replace(s.URL, "records", "moved", 1) }, testSecret, Setup},
	} {
		t.Run(name, func(t *testing.T) {
			s := a.settings()
			c.change(&s)
			to := mustOpen(t, s, c.secret)
			wantTrouble(t, to.Check(context.Background()), c.want)
			item := makeItem(t, name, "Body.")
			job := deliverOne(t, to, item)
			if job.State != Waiting || job.Trouble != c.want || strings.Contains(job.Problem, item.Name[:20]) {
				t.Errorf("%+v", job)
			}
			if n := countFiles(t, a.files, item); n != 0 {
				t.Errorf("%d copies", n)
			}
		})
	}
	for _, u := range []string{"http://files.dept.example/", "ftp://x/", "files", "https://ann:pw@files.example/", "https://files.example/?a=b"} {
		_, err := Open(Settings{Name: "f", Kind: "webdav", URL: u}, nil)
		wantTrouble(t, err, Setup)
	}
	for _, place := range []string{"", "../x", "a/b"} {
		_, err := mustOpen(t, a.settings(), testSecret).Read(context.Background(), Receipt{Place: place})
		wantTrouble(t, err, Conflict)
	}
}

func countsFiles(dir string) func(*testing.T, Item) int {
	return func(t *testing.T, item Item) int { return countFiles(t, dir, item) }
}
