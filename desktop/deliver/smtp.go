package deliver

import (
	"context"
	"errors"
	"fmt"
	"mime"
	"net"
	"strings"
	"time"

	"github.com/emersion/go-smtp"
)

// sender hands records to a mail server, for an address that keeps records. It
// cannot see what becomes of them: they stay unproven (ruling 7 of the design).
//
// The record travels as an attached message inside one from the person: its own
// From may be a telephone number's address under .invalid, which mail servers
// refuse as a sender. The outer Message-ID is made of the record's id, so that a
// mailbox that knows it can drop what arrives twice.
type sender struct {
	settings Settings
	access   access
	from, to string
	now      func() time.Time
}

func openSMTP(s Settings, a access) (Destination, error) {
	if _, err := mailServer(s); err != nil {
		return nil, err
	}
	d := &sender{settings: s, access: a, now: time.Now}
	var err error
	if d.from, err = address("--from", s.From); err != nil {
		return nil, err
	}
	if d.to, err = address("--to", s.To); err != nil {
		return nil, err
	}
	_, domain, _ := strings.Cut(d.to, "@")
	for allowed := range strings.SplitSeq(s.Domains, ",") {
		if allowed = strings.TrimSpace(allowed); allowed != "" && strings.EqualFold(allowed, domain) {
			return d, nil
		}
	}
	return nil, failf(Setup, "records may not go to %s: its domain is not among --domains %q", d.to, s.Domains)
}

func (d *sender) Readback() bool  { return false }
func (d *sender) Hosts() []string { return hosts(d.settings, d.settings.Server) }
func (d *sender) Close() error    { return nil }

func (d *sender) Read(context.Context, Receipt) ([]byte, error) {
	return nil, failf(Setup, "a mail server cannot be read back")
}

func (d *sender) Check(ctx context.Context) error {
	return d.talk(ctx, func(*smtp.Client) error { return nil })
}

func (d *sender) Put(ctx context.Context, item Item) (Receipt, error) {
	err := d.talk(ctx, func(c *smtp.Client) error {
		if err := c.Mail(d.from, nil); err != nil {
			return err
		}
		if err := c.Rcpt(d.to, nil); err != nil {
			return err
		}
		w, err := c.Data()
		if err != nil {
			return err
		}
		if _, err := w.Write(d.wrap(item)); err != nil {
			return err
		}
		return w.Close() // the server's yes or no
	})
	if err != nil {
		return Receipt{}, err
	}
	return Receipt{Record: item.ID, Place: d.to}, nil
}

func (d *sender) talk(ctx context.Context, f func(*smtp.Client) error) error {
	conn, config, err := dialMail(ctx, d.settings)
	if err != nil {
		return err
	}
	defer conn.Close()
	defer cutWhenDone(ctx, conn)()
	var c *smtp.Client
	if d.settings.TLS == "starttls" {
		c, err = smtp.NewClientStartTLS(conn, config)
	} else {
		c = smtp.NewClient(conn)
		err = c.Hello(helloName(conn))
	}
	if err == nil {
		err = d.signIn(ctx, c)
	}
	if err == nil {
		err = f(c)
	}
	if err != nil {
		return smtpTrouble(ctx, err)
	}
	_ = c.Quit() // the record is handed over already
	return nil
}

// helloName is the address literal of this end (RFC 5321, 4.1.3): the computer's
// name is nobody's business.
func helloName(conn net.Conn) string {
	host, _, err := net.SplitHostPort(conn.LocalAddr().String())
	if err != nil {
		return "localhost"
	}
	if strings.Contains(host, ":") {
		return "[IPv6:" + host + "]"
	}
	return "[" + host + "]"
}

func (d *sender) signIn(ctx context.Context, c *smtp.Client) error {
	how, err := d.access.mechanism(ctx, d.settings)
	if err != nil || how == nil {
		return err
	}
	err = c.Auth(how)
	var answer *smtp.SMTPError
	if err == nil || ctx.Err() != nil || errors.As(err, &answer) && answer.Temporary() && answer.Code != 454 {
		return err // 454: the sign-in failed for now
	}
	return signInTrouble(err)
}

// wrap makes the message that carries the record's.
func (d *sender) wrap(item Item) []byte {
	id := item.ID[len("sha256:"):]
	subject := item.Record().Fields.Subject
	b := &strings.Builder{}
	fmt.Fprintf(b, "From: <%s>\r\nTo: <%s>\r\nSubject: %s\r\nDate: %s\r\n", d.from, d.to,
		strings.ReplaceAll(mime.QEncoding.Encode("utf-8", printable(subject)), "?= =?", "?=\r\n =?"), d.now().Format(time.RFC1123Z))
	fmt.Fprintf(b, "Message-ID: <%s.filed@hanaper.invalid>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"=_filed_%s\"\r\n\r\n", id, id[:32])
	fmt.Fprintf(b, "--=_filed_%[1]s\r\nContent-Type: message/rfc822\r\nContent-Disposition: attachment; filename=\"%[2]s\"\r\n\r\n%[3]s\r\n--=_filed_%[1]s--\r\n",
		id[:32], item.Name, item.EML)
	return []byte(b.String())
}

func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, s)
}

func smtpTrouble(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return fail(Interrupted, ctx.Err())
	}
	var answer *smtp.SMTPError
	if !errors.As(err, &answer) {
		return explain(err, Interrupted)
	}
	said := fmt.Errorf("the mail server says: %d %.200q", answer.Code, answer.Message)
	switch answer.Code {
	case 452, 552: // 552: too large for the mailbox, or for the server
		return fail(Full, said)
	case 450, 451, 421:
		return fail(Interrupted, said)
	case 530, 534, 535, 538:
		return fail(Credentials, said)
	case 550, 553:
		return fail(Denied, said)
	}
	return fail(Refused, said)
}
