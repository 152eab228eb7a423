package deliver

import (
	"context"
	"testing"
)

func TestIMAP(t *testing.T) {
	d := startDovecot(t, "100M")
	suite(t, place{
		open:  func(t *testing.T) Destination { return mustOpen(t, d.settings(), testSecret) },
		count: d.count, take: d.take,
	})
	t.Run("ways in", func(t *testing.T) { waysIn(t, d) })
	t.Run("ways not in", func(t *testing.T) { waysNotIn(t, d) })
	t.Run("faults", func(t *testing.T) { imapFaults(t, d) })
}

// Every way to connect and sign in that should work.
func waysIn(t *testing.T, d *dovecot) {
	for name, c := range map[string]struct {
		change func(*Settings)
		secret string
	}{
		"tls, password": {func(*Settings) {}, testSecret},
		"starttls":      {func(s *Settings) { s.Server, s.TLS = d.plain, "starttls" }, testSecret},
		"loopback":      {func(s *Settings) { s.Server, s.TLS = d.plain, "none" }, testSecret},
		"oauthbearer":   {func(s *Settings) { s.Auth = "oauthbearer" }, testToken},
		"xoauth2":       {func(s *Settings) { s.Auth = "xoauth2" }, testToken},
	} {
		s := d.settings()
		c.change(&s)
		if err := mustOpen(t, s, c.secret).Check(context.Background()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func waysNotIn(t *testing.T, d *dovecot) {
	for name, c := range map[string]struct {
		change func(*Settings)
		secret string
		want   Trouble
	}{
		"wrong password":      {func(*Settings) {}, "wrong", Credentials},
		"no password kept":    {func(*Settings) {}, "", Credentials},
		"expired oauthbearer": {func(s *Settings) { s.Auth = "oauthbearer" }, "expired", Credentials},
		"expired xoauth2":     {func(s *Settings) { s.Auth = "xoauth2" }, "expired", Credentials},
		"unknown authority":   {func(s *Settings) { s.CA = "" }, testSecret, Certificate},
		"another name":        {func(s *Settings) { s.Server = "localhost:" + port(d.tls) }, testSecret, Certificate},
		"starttls, unknown":   {func(s *Settings) { s.Server, s.TLS, s.CA = d.plain, "starttls", "" }, testSecret, Certificate},
		"nobody listens":      {func(s *Settings) { s.Server = "127.0.0.1:" + freePort(t) }, testSecret, Unreachable},
		"no such host":        {func(s *Settings) { s.Server = "mail.dept.invalid:993" }, testSecret, Unreachable},
		"no such mailbox":     {func(s *Settings) { s.Path = "Nowhere" }, testSecret, Missing},
	} {
		t.Run(name, func(t *testing.T) {
			s := d.settings()
			c.change(&s)
			to := mustOpen(t, s, c.secret)
			wantTrouble(t, to.Check(context.Background()), c.want)
			item := makeItem(t, name, "Body.")
			if job := deliverOne(t, to, item); job.State != Waiting || job.Trouble != c.want {
				t.Errorf("%+v", job)
			}
			if n := d.count(t, item); n != 0 {
				t.Errorf("%d copies", n)
			}
		})
	}
	for name, s := range map[string]Settings{
		"no TLS to another host": {Name: "m", Kind: "imap", Server: "mail.dept.example:143", Path: "INBOX", TLS: "none"},
		"no port":                {Name: "m", Kind: "imap", Server: "mail.dept.example", Path: "INBOX"},
		"no mailbox":             {Name: "m", Kind: "imap", Server: "mail.dept.example:993"},
		"odd TLS":                {Name: "m", Kind: "imap", Server: "mail.dept.example:993", Path: "INBOX", TLS: "maybe"},
		"odd sign-in":            {Name: "m", Kind: "imap", Server: "mail.dept.example:993", Path: "INBOX", Auth: "telepathy"},
		"odd kind":               {Name: "m", Kind: "pigeon"},
		"no name":                {Kind: "folder", Path: "/"},
	} {
		if _, err := Open(s, nil); err == nil {
			t.Errorf("%s: opened", name)
		} else {
			wantTrouble(t, err, Setup)
		}
	}
}
