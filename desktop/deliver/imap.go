package deliver

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"sync"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

// mailbox files records into a mailbox of an IMAP server (RFC 9051). A record is
// found again by UID, or by its Message-ID where the server moved it.
type mailbox struct {
	settings Settings
	access   access

	mu   sync.Mutex // one conversation at a time
	conn net.Conn
	c    *imapclient.Client
}

func openIMAP(s Settings, a access) (Destination, error) {
	if _, err := mailServer(s); err != nil {
		return nil, err
	}
	if s.Path == "" {
		return nil, failf(Setup, "which mailbox? name it with --path")
	}
	return &mailbox{settings: s, access: a}, nil
}

func (m *mailbox) Readback() bool { return true }

func (m *mailbox) Hosts() []string { return hosts(m.settings, m.settings.Server) }

func (m *mailbox) Close() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.hangUp()
	return nil
}

func (m *mailbox) hangUp() {
	if m.c != nil {
		_ = m.c.Close()
		m.c, m.conn = nil, nil
	}
}

func (m *mailbox) Check(ctx context.Context) error {
	return m.talk(ctx, func() error {
		_, err := m.look()
		return err
	})
}

// look opens the mailbox anew, to see what is there now.
func (m *mailbox) look() (*imap.SelectData, error) {
	selected, err := m.c.Select(m.settings.Path, nil).Wait()
	var answer *imap.Error
	if errors.As(err, &answer) && answer.Code == "" { // not every server has a code for it
		return nil, failf(Missing, "the mail server does not open %q: %.200q", m.settings.Path, answer.Text)
	}
	return selected, err
}

// talk runs f signed in. After an error the connection is given up: what is still
// under way in it is not known.
func (m *mailbox) talk(ctx context.Context, f func() error) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.signIn(ctx); err != nil {
		m.hangUp()
		return err
	}
	defer cutWhenDone(ctx, m.conn)()
	if err := f(); err != nil {
		m.hangUp()
		return imapTrouble(ctx, err)
	}
	return nil
}

func (m *mailbox) signIn(ctx context.Context) error {
	if m.c != nil {
		return nil
	}
	conn, config, err := dialMail(ctx, m.settings)
	if err != nil {
		return err
	}
	defer cutWhenDone(ctx, conn)()
	m.conn = conn
	if m.settings.TLS == "starttls" {
		m.c, err = imapclient.NewStartTLS(conn, &imapclient.Options{TLSConfig: config})
	} else {
		m.c = imapclient.New(conn, nil)
		err = m.c.WaitGreeting()
	}
	if err != nil {
		_ = conn.Close()
		return imapTrouble(ctx, err)
	}
	how, err := m.access.mechanism(ctx, m.settings)
	if err != nil || how == nil {
		return err
	}
	if err := m.c.Authenticate(how); err != nil {
		var answer *imap.Error
		if ctx.Err() != nil || errors.As(err, &answer) && answer.Code == imap.ResponseCodeUnavailable {
			return imapTrouble(ctx, err)
		}
		return signInTrouble(err)
	}
	return nil
}

func (m *mailbox) Put(ctx context.Context, item Item) (r Receipt, err error) {
	err = m.talk(ctx, func() error {
		if r, err = m.find(item); err != nil || r.Place != "" {
			return err
		}
		if err = m.append(item); err != nil {
			return err
		}
		// The UID in the answer (UIDPLUS) is the server's word; the search is what is there.
		if r, err = m.find(item); err == nil && r.Place == "" {
			err = failf(Lost, "the mail server said it took the record, and the mailbox does not have it")
		}
		return err
	})
	return r, err
}

func (m *mailbox) append(item Item) error {
	cmd := m.c.Append(m.settings.Path, int64(len(item.EML)), &imap.AppendOptions{Flags: []imap.Flag{imap.FlagSeen}})
	_, werr := cmd.Write(item.EML)
	cerr := cmd.Close()
	_, err := cmd.Wait() // the server's own words come first
	return errors.Join(err, werr, cerr)
}

// mostCandidates with one Message-ID are looked at; more than one is already odd.
const mostCandidates = 8

// find looks for the record in the selected mailbox; no Place where there is
// none. A message that bears its Message-ID and is not the record stops: to put
// another beside it at each attempt would fill the mailbox.
func (m *mailbox) find(item Item) (Receipt, error) {
	uids, validity, err := m.search(item.MessageID())
	if err != nil {
		return Receipt{}, err
	}
	var differs error
	for _, uid := range uids {
		raw, err := m.fetch(uid)
		if err != nil {
			return Receipt{}, err
		}
		if _, differs = item.Prove(raw); differs == nil {
			return Receipt{Record: item.ID, Place: fmt.Sprintf("%d/%d", validity, uid)}, nil
		}
	}
	return Receipt{}, differs
}

func (m *mailbox) search(messageID string) (uids []imap.UID, validity uint32, err error) {
	selected, err := m.look()
	if err != nil {
		return nil, 0, err
	}
	found, err := m.c.UIDSearch(&imap.SearchCriteria{
		Header:  []imap.SearchCriteriaHeaderField{{Key: "Message-ID", Value: messageID}},
		NotFlag: []imap.Flag{imap.FlagDeleted},
	}, nil).Wait()
	if err != nil {
		return nil, 0, err
	}
	uids = found.AllUIDs()
	return uids[:min(len(uids), mostCandidates)], selected.UIDValidity, nil
}

// fetch gives a message without marking it read; nil where it is gone.
func (m *mailbox) fetch(uid imap.UID) ([]byte, error) {
	whole := &imap.FetchItemBodySection{Peek: true}
	all, err := m.c.Fetch(imap.UIDSetNum(uid), &imap.FetchOptions{UID: true, BodySection: []*imap.FetchItemBodySection{whole}}).Collect()
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return all[0].FindBodySection(whole), nil
}

func (m *mailbox) Read(ctx context.Context, r Receipt) (raw []byte, err error) {
	var validity uint32
	var uid imap.UID
	if _, err := fmt.Sscanf(r.Place, "%d/%d", &validity, &uid); err != nil {
		return nil, failf(Conflict, "the receipt names no message of a mailbox: %q", r.Place)
	}
	err = m.talk(ctx, func() error {
		uids, now, err := m.search(Item{ID: r.Record}.MessageID())
		if err != nil {
			return err
		}
		if now == validity {
			uids = append([]imap.UID{uid}, uids...)
		}
		for _, uid := range uids {
			if raw, err = m.fetch(uid); err != nil || raw != nil {
				return err
			}
		}
		return failf(Lost, "the mailbox does not have the record any more")
	})
	return raw, err
}

func imapTrouble(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return fail(Interrupted, ctx.Err())
	}
	var answer *imap.Error
	if !errors.As(err, &answer) {
		return explain(err, Interrupted)
	}
	text := strings.ToLower(answer.Text)
	said := fmt.Errorf("the mail server says: %.200q", answer.Text)
	switch answer.Code {
	case imap.ResponseCodeOverQuota, imap.ResponseCodeLimit:
		return fail(Full, said)
	case imap.ResponseCodeTryCreate, imap.ResponseCodeNonExistent:
		return fail(Missing, said)
	case imap.ResponseCodeNoPerm, imap.ResponseCodeCannot:
		return fail(Denied, said)
	case imap.ResponseCodeAuthenticationFailed, imap.ResponseCodeAuthorizationFailed, imap.ResponseCodeExpired:
		return fail(Credentials, said)
	case imap.ResponseCodeUnavailable, imap.ResponseCodeServerBug, imap.ResponseCodeInUse:
		return fail(Interrupted, said)
	}
	if strings.Contains(text, "quota") || strings.Contains(text, "disk full") || strings.Contains(text, "no space") {
		return fail(Full, said)
	}
	return fail(Refused, said)
}
