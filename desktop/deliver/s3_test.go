package deliver

import (
	"context"
	"encoding/xml"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// s3Server is a real S3 server of its own on loopback: Versity's gateway over a
// folder, which enforces object lock.
type s3Server struct{ url, plain, ca string }

const testKey = "testkey"

func startS3(t *testing.T) *s3Server {
	t.Helper()
	program := needServer(t, "../../build/versitygw", "versitygw")
	dir := t.TempDir()
	certFile, keyFile := certificate(t, dir)
	s := &s3Server{ca: certFile}
	for _, d := range []string{"data", "versions", "meta"} {
		if err := os.Mkdir(filepath.Join(dir, d), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	serve := func(more ...string) string {
		addr := "127.0.0.1:" + freePort(t)
		args := append([]string{"--port", addr, "--access", testKey, "--secret", testSecret, "--quiet"}, more...)
		start(t, addr, program, append(args, "posix", "--versioning-dir", filepath.Join(dir, "versions"), "--sidecar", filepath.Join(dir, "meta"), filepath.Join(dir, "data"))...)
		return addr
	}
	s.url = "https://" + serve("--cert", certFile, "--key", keyFile) + "/"
	s.plain = "http://" + serve() + "/"
	for name, lock := range map[string]string{"records": "true", "locked": "true", "open": "false"} {
		s.do(t, http.MethodPut, name, map[string]string{"X-Amz-Bucket-Object-Lock-Enabled": lock}, nil)
	}
	return s
}

func (s *s3Server) settings() Settings {
	return Settings{Name: "vault", Kind: "s3", URL: s.url, CA: s.ca, Bucket: "records", Path: "hanaper/2026", User: testKey}
}

// do asks the server past the destination.
func (s *s3Server) do(t *testing.T, method, path string, header map[string]string, body []byte) reply {
	t.Helper()
	r, err := s.try(t, method, path, header, body)
	if err != nil || !r.ok() {
		t.Fatalf("%s %s: %v %d %s", method, path, err, r.status, r.body)
	}
	return r
}

func (s *s3Server) try(t *testing.T, method, path string, header map[string]string, body []byte) (reply, error) {
	b := mustOpen(t, s.settings(), testSecret).(*bucket)
	return b.ask(context.Background(), method, s.url+path, header, body)
}

// count counts versions, so that a silent overwrite is seen.
func (s *s3Server) count(bucket string) func(*testing.T, Item) int {
	return func(t *testing.T, item Item) (n int) {
		var list struct {
			Version []struct{ Key string }
		}
		if err := xml.Unmarshal(s.do(t, http.MethodGet, bucket+"?versions=&prefix=hanaper", nil, nil).body, &list); err != nil {
			t.Fatal(err)
		}
		for _, v := range list.Version {
			if strings.Contains(v.Key, item.ID[7:15]) {
				n++
			}
		}
		return n
	}
}

func TestS3(t *testing.T) {
	s := startS3(t)
	suite(t, place{
		open:  func(t *testing.T) Destination { return mustOpen(t, s.settings(), testSecret) },
		count: s.count("records"),
		take: func(t *testing.T, r Receipt) error {
			s.do(t, http.MethodDelete, "records/"+r.Place+"?versionId="+r.Version, nil, nil)
			return nil
		},
	})
	t.Run("lock", func(t *testing.T) { s3Lock(t, s) })
	t.Run("overwrites nothing", func(t *testing.T) { s3OverwritesNothing(t, s) })
	t.Run("troubles", func(t *testing.T) { s3Troubles(t, s) })
	plain := s.settings()
	plain.URL = s.plain
	webFaults(t, plain, s.count("records"))
}

// What was filed under a lock cannot be taken away, and the receipt says until when.
func s3Lock(t *testing.T, s *s3Server) {
	set := s.settings()
	set.Bucket, set.LockMode, set.LockDays = "locked", "compliance", 3650
	item := makeItem(t, "Locked", "Body.")
	job := deliverOne(t, mustOpen(t, set, testSecret), item)
	year := time.Now().UTC().AddDate(0, 0, 3650).Format("2006-01-02")
	if job.State != Delivered || job.Receipt.Version == "" || !strings.HasPrefix(job.Receipt.Note, "locked until "+year) || !strings.HasSuffix(job.Receipt.Note, "(compliance)") {
		t.Fatalf("%+v", job)
	}
	path := "locked/" + job.Receipt.Place + "?versionId=" + job.Receipt.Version
	for _, header := range []map[string]string{nil, {"X-Amz-Bypass-Governance-Retention": "true"}} {
		if r, err := s.try(t, http.MethodDelete, path, header, nil); err != nil || r.status != http.StatusForbidden {
			t.Errorf("deleted: %v %d", err, r.status)
		}
	}
	again := deliverOne(t, mustOpen(t, set, testSecret), item)
	if again.State != Delivered || again.Receipt != job.Receipt || s.count("locked")(t, item) != 1 {
		t.Errorf("%+v", again)
	}
	// A bucket that does not lock is told, not passed over.
	set.Bucket = "open"
	if job := deliverOne(t, mustOpen(t, set, testSecret), makeItem(t, "Open", "Body.")); job.State != Waiting || job.Trouble != Unlocked {
		t.Errorf("%+v", job)
	}
	// Filed before without a lock, or with one an administrator can lift.
	set.Bucket, set.LockMode, set.LockDays = "locked", "", 0
	early := makeItem(t, "Early", "Body.")
	if job := deliverOne(t, mustOpen(t, set, testSecret), early); job.State != Delivered || job.Receipt.Note != "not locked" {
		t.Errorf("%+v", job)
	}
	for _, mode := range []string{"governance", "compliance"} {
		set.LockMode, set.LockDays = mode, 1
		if job := deliverOne(t, mustOpen(t, set, testSecret), early); job.State != Waiting || job.Trouble != Unlocked {
			t.Errorf("%s: %+v", mode, job)
		}
	}
}

func s3OverwritesNothing(t *testing.T, s *s3Server) {
	item := makeItem(t, "Taken name", "Body.")
	d := mustOpen(t, s.settings(), testSecret).(*bucket)
	for _, name := range item.names()[:2] {
		s.do(t, http.MethodPut, "records/"+d.key(name), nil, []byte("something else"))
	}
	r, err := d.Put(context.Background(), item)
	if err != nil || r.Place != d.key(item.names()[2]) {
		t.Errorf("%+v %v", r, err)
	}
	_, taken, err := d.store(context.Background(), d.key(item.names()[0]), item.EML)
	if !taken || err != nil {
		t.Errorf("%v %v", taken, err)
	}
	for _, name := range item.names()[:2] {
		if got := string(s.do(t, http.MethodGet, "records/"+d.key(name), nil, nil).body); got != "something else" {
			t.Errorf("%s was overwritten", name)
		}
	}
}

func s3Troubles(t *testing.T, s *s3Server) {
	for name, c := range map[string]struct {
		change func(*Settings)
		secret string
		want   Trouble
	}{
		"wrong secret":      {func(*Settings) {}, "wrong", Credentials},
		"wrong key":         {func(s *Settings) { s.User = "nobody" }, testSecret, Credentials},
		"no secret kept":    {func(*Settings) {}, "", Credentials},
		"no such bucket":    {func(s *Settings) { s.Bucket = "nowhere" }, testSecret, Missing},
		"unknown authority": {func(s *Settings) { s.CA = "" }, testSecret, Certificate},
		"nobody listens":    {func(s *Settings) { s.URL = "https://127.0.0.1:" + freePort(t) }, testSecret, Unreachable},
	} {
		set := s.settings()
		c.change(&set)
		job := deliverOne(t, mustOpen(t, set, c.secret), makeItem(t, name, "Body."))
		if job.State != Waiting || job.Trouble != c.want {
			t.Errorf("%s: %+v", name, job)
		}
	}
	for name, change := range map[string]func(*Settings){
		"bucket":        func(s *Settings) { s.Bucket = "a/b" },
		"no bucket":     func(s *Settings) { s.Bucket = "" },
		"path":          func(s *Settings) { s.Path = "a b" },
		"path up":       func(s *Settings) { s.Path = "a/../b" },
		"mode":          func(s *Settings) { s.LockMode, s.LockDays = "forever", 1 },
		"mode, no days": func(s *Settings) { s.LockMode = "compliance" },
		"days, no mode": func(s *Settings) { s.LockDays = 1 },
		"no key":        func(s *Settings) { s.User = "" },
		"not https":     func(s *Settings) { s.URL = "http://s3.dept.example/" },
	} {
		set := s.settings()
		change(&set)
		if _, err := Open(set, nil); err == nil {
			t.Errorf("%s: opened", name)
		} else {
			wantTrouble(t, err, Setup)
		}
	}
	_, err := mustOpen(t, s.settings(), testSecret).Read(context.Background(), Receipt{Place: "else/x.eml"})
	wantTrouble(t, err, Conflict)
}
