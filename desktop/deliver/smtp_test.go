package deliver

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/mail"
	"strings"
	"sync"
	"testing"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// mailServerStub is go-smtp's server in this process: a real conversation, and a
// mailbox in memory.
type mailServerStub struct {
	plain, tls, ca string

	mu    sync.Mutex
	got   []string // messages
	rcpts []string
	fault *smtp.SMTPError // the answer to DATA
	drop  bool            // the line ends in the middle of DATA
}

func startSMTP(t *testing.T) *mailServerStub {
	t.Helper()
	m := &mailServerStub{}
	certFile, keyFile := certificate(t, t.TempDir())
	pair, err := tls.LoadX509KeyPair(certFile, keyFile)
	if err != nil {
		t.Fatal(err)
	}
	m.ca = certFile
	config := &tls.Config{Certificates: []tls.Certificate{pair}}
	listen := func(wrap bool) string {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		s := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) { return &mailSession{m: m, c: c}, nil }))
		s.Domain, s.TLSConfig, s.AllowInsecureAuth = "dept.example", config, true
		s.ErrorLog = discard{}
		addr := l.Addr().String()
		if wrap {
			l = tls.NewListener(l, config)
		}
		go func() { _ = s.Serve(l) }()
		t.Cleanup(func() { s.Close() })
		return addr
	}
	m.plain, m.tls = listen(false), listen(true)
	return m
}

type discard struct{}

func (discard) Printf(string, ...any) {}
func (discard) Println(...any)        {}

type mailSession struct {
	m      *mailServerStub
	c      *smtp.Conn
	signed bool
}

func (s *mailSession) AuthMechanisms() []string {
	return []string{sasl.Plain, sasl.OAuthBearer, "XOAUTH2"}
}

func (s *mailSession) Auth(mech string) (sasl.Server, error) {
	check := func(ok bool) error {
		if s.signed = ok; !ok {
			return errors.New("invalid credentials " + testSecret) // a server may be as careless
		}
		return nil
	}
	switch mech {
	case sasl.OAuthBearer:
		return sasl.NewOAuthBearerServer(func(o sasl.OAuthBearerOptions) *sasl.OAuthBearerError {
			if check(o.Username == testUser && o.Token == testToken) != nil {
				return &sasl.OAuthBearerError{Status: "invalid_token"}
			}
			return nil
		}), nil
	case "XOAUTH2":
		return xoauth2Server(func(response string) error {
			return check(response == "user="+testUser+"\x01auth=Bearer "+testToken+"\x01\x01")
		}), nil
	}
	return sasl.NewPlainServer(func(_, user, password string) error {
		return check(user == testUser && password == testSecret)
	}), nil
}

type xoauth2Server func(string) error

func (f xoauth2Server) Next(response []byte) ([]byte, bool, error) {
	return nil, true, f(string(response))
}

func (s *mailSession) Mail(string, *smtp.MailOptions) error {
	if !s.signed {
		return &smtp.SMTPError{Code: 530, Message: "sign in first"}
	}
	return nil
}

func (s *mailSession) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.m.mu.Lock()
	defer s.m.mu.Unlock()
	s.m.rcpts = append(s.m.rcpts, to)
	return nil
}

func (s *mailSession) Data(r io.Reader) error {
	if s.m.drop {
		_, _ = io.CopyN(io.Discard, r, 500)
		return s.c.Conn().Close()
	}
	raw, err := io.ReadAll(r)
	s.m.mu.Lock()
	defer s.m.mu.Unlock()
	if err == nil && s.m.fault == nil {
		s.m.got = append(s.m.got, string(raw))
	}
	if s.m.fault != nil {
		return s.m.fault
	}
	return err
}

func (s *mailSession) Reset()        {}
func (s *mailSession) Logout() error { return nil }

func (m *mailServerStub) settings() Settings {
	return Settings{Name: "records", Kind: "smtp", Server: m.tls, CA: m.ca, User: testUser,
		From: testUser, To: "records@dept.example", Domains: "other.example, DEPT.example"}
}

// A record is handed over whole, and never called delivered.
func TestSMTP(t *testing.T) {
	m := startSMTP(t)
	to := mustOpen(t, m.settings(), testSecret)
	if to.Readback() {
		t.Fatal("a mail server cannot be read back")
	}
	if err := to.Check(context.Background()); err != nil {
		t.Fatal(err)
	}
	for _, item := range []Item{
		evidence(t),
		makeItem(t, "Été – \r\nBcc: x@y.example 件名 "+strings.Repeat("long ", 60), "Body.\r\n.\r\nMore.", file("a.bin", "", 3<<20)),
	} {
		job := deliverOne(t, to, item)
		if job.State != Handed || job.Receipt.Place != "records@dept.example" {
			t.Fatalf("%+v", job)
		}
		raw := m.got[len(m.got)-1]
		if proof, err := item.Prove([]byte(raw)); err != nil || len(proof.Notes) > 0 {
			t.Errorf("what came out: %+v %v", proof, err)
		}
		if !bytes.Contains([]byte(raw), item.EML) {
			t.Error("the record's message did not stay as it was")
		}
		letter, err := mail.ReadMessage(strings.NewReader(raw))
		if err != nil || letter.Header.Get("From") != "<"+testUser+">" || letter.Header.Get("Bcc") != "" ||
			letter.Header.Get("Message-ID") != strings.Replace(item.MessageID(), "@", ".filed@", 1) {
			t.Errorf("%v %v", err, letter.Header)
		}
		for line := range strings.SplitSeq(raw, "\r\n") {
			if len(line) > 998 || strings.ContainsFunc(line, func(r rune) bool { return r > 126 || r < ' ' && r != '\t' }) {
				t.Fatalf("a line no mail server must take: %.60q", line)
			}
		}
	}
	for _, r := range m.rcpts {
		if r != "records@dept.example" {
			t.Errorf("went to %s", r)
		}
	}
}

func TestSMTPWaysIn(t *testing.T) {
	m := startSMTP(t)
	for name, c := range map[string]struct {
		change func(*Settings)
		secret string
		want   Trouble
	}{
		"tls, password":       {func(*Settings) {}, testSecret, ""},
		"starttls":            {func(s *Settings) { s.Server, s.TLS = m.plain, "starttls" }, testSecret, ""},
		"loopback":            {func(s *Settings) { s.Server, s.TLS = m.plain, "none" }, testSecret, ""},
		"oauthbearer":         {func(s *Settings) { s.Auth = "oauthbearer" }, testToken, ""},
		"xoauth2":             {func(s *Settings) { s.Auth = "xoauth2" }, testToken, ""},
		"wrong password":      {func(*Settings) {}, "wrong", Credentials},
		"no password kept":    {func(*Settings) {}, "", Credentials},
		"expired oauthbearer": {func(s *Settings) { s.Auth = "oauthbearer" }, "expired", Credentials},
		"expired xoauth2":     {func(s *Settings) { s.Auth = "xoauth2" }, "expired", Credentials},
		"not signed in":       {func(s *Settings) { s.Auth = "none" }, "", Credentials},
		"unknown authority":   {func(s *Settings) { s.CA = "" }, testSecret, Certificate},
		"starttls, unknown":   {func(s *Settings) { s.Server, s.TLS, s.CA = m.plain, "starttls", "" }, testSecret, Certificate},
		"another name":        {func(s *Settings) { s.Server = "localhost:" + port(m.tls) }, testSecret, Certificate},
		"nobody listens":      {func(s *Settings) { s.Server = "127.0.0.1:" + freePort(t) }, testSecret, Unreachable},
	} {
		s := m.settings()
		c.change(&s)
		_, err := mustOpen(t, s, c.secret).Put(context.Background(), makeItem(t, name, "Body."))
		if c.want != "" {
			wantTrouble(t, err, c.want)
		} else if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(m.got) != 5 {
		t.Errorf("%d messages arrived", len(m.got))
	}
}

// A record goes to the allow-listed domains and to no other.
func TestSMTPDomains(t *testing.T) {
	s := startSMTP(t).settings()
	for to, domains := range map[string]string{
		"records@dept.example":                     "",
		"records@evil.example":                     "dept.example",
		"records@dept.example.evil.example":        "dept.example",
		"records@sub.dept.example":                 "dept.example",
		"Records <records@dept.example>":           "dept.example",
		"a@dept.example, b@evil.example":           "dept.example",
		"records@dept.example\r\nBcc: x@y.example": "dept.example",
		"records": "records",
	} {
		s.To, s.Domains = to, domains
		_, err := Open(s, nil)
		if err == nil {
			t.Errorf("%s is allowed by %q", to, domains)
			continue
		}
		wantTrouble(t, err, Setup)
	}
}

func TestSMTPFaults(t *testing.T) {
	m := startSMTP(t)
	to := mustOpen(t, m.settings(), testSecret)
	item := evidence(t)
	for code, want := range map[int]Trouble{451: Interrupted, 452: Full, 552: Full, 550: Denied, 554: Refused} {
		m.fault = &smtp.SMTPError{Code: code, Message: "no"}
		if job := deliverOne(t, to, item); job.State != Waiting || job.Trouble != want {
			t.Errorf("%d: %+v", code, job)
		}
	}
	m.fault, m.drop = nil, true
	if job := deliverOne(t, to, item); job.State != Waiting || job.Trouble != Interrupted {
		t.Errorf("%+v", job)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := to.Put(ctx, item)
	wantTrouble(t, err, Interrupted)
	if len(m.got) != 0 {
		t.Errorf("%d messages arrived", len(m.got))
	}
}
