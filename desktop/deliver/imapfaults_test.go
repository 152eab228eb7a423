package deliver

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// imapFault stands between a client and a real IMAP server, and does to the
// messages that are appended what a bad server or line does.
type imapFault struct {
	change func(string) string // the message the server gets instead
	lose   bool                // answers OK, and the server gets nothing
	cut    float64             // the line ends after this part of the message
	deaf   bool                // the server gets the message, and the line ends before the answer
	stall  bool                // nothing more is heard
}

// proxy serves f in front of server; f nil lets everything through.
func proxy(t *testing.T, server string, f *atomic.Pointer[imapFault]) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer client.Close()
				up, err := net.Dial("tcp", server)
				if err != nil {
					return
				}
				defer up.Close()
				var mute atomic.Bool
				go func() {
					buf := make([]byte, 64<<10)
					for {
						n, err := up.Read(buf)
						if n > 0 && !mute.Load() {
							_, _ = client.Write(buf[:n])
						}
						if err != nil {
							client.Close()
							return
						}
					}
				}()
				relay(bufio.NewReader(client), client, up, f, &mute)
			}()
		}
	}()
	return l.Addr().String()
}

var appendLine = regexp.MustCompile(`^(\S+) APPEND .*\{(\d+)\+?\}\r\n$`)

func relay(r *bufio.Reader, client, up net.Conn, f *atomic.Pointer[imapFault], mute *atomic.Bool) {
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return
		}
		m, fault := appendLine.FindStringSubmatch(line), f.Load()
		if m == nil || fault == nil {
			_, _ = io.WriteString(up, line)
			continue
		}
		size, _ := strconv.Atoi(m[2])
		if !strings.Contains(line, "+}") {
			_, _ = io.WriteString(client, "+ go on\r\n")
		}
		message := make([]byte, size)
		if fault.cut > 0 {
			message = message[:int(float64(size)*fault.cut)]
			_, _ = io.ReadFull(r, message)
			_, _ = fmt.Fprintf(up, "%s%s", strings.Replace(line, m[2]+"}", m[2]+"+}", 1), message)
			return
		}
		if _, err := io.ReadFull(r, message); err != nil {
			return
		}
		if fault.lose {
			_, _ = r.ReadString('\n')
			_, _ = fmt.Fprintf(client, "%s OK [APPENDUID 1 1] APPEND completed\r\n", m[1])
			continue
		}
		if fault.change != nil {
			message = []byte(fault.change(string(message)))
		}
		mute.Store(fault.deaf || fault.stall)
		_, _ = fmt.Fprintf(up, "%s APPEND INBOX {%d+}\r\n%s", m[1], len(message), message)
		if fault.deaf {
			_, _ = io.WriteString(up, "\r\n")
			time.Sleep(100 * time.Millisecond) // until the server has it
			return
		}
	}
}

func imapFaults(t *testing.T, d *dovecot) {
	var fault atomic.Pointer[imapFault]
	s := d.settings()
	s.Server, s.TLS = proxy(t, d.plain, &fault), "none"
	for name, c := range map[string]struct {
		fault imapFault
		want  Trouble
	}{
		"says OK and loses it": {imapFault{lose: true}, Lost},
		"cut mid-upload":       {imapFault{cut: 0.5}, Interrupted},
		"cut before the OK":    {imapFault{deaf: true}, Interrupted},
		"answers too late":     {imapFault{stall: true}, Interrupted},
	} {
		t.Run(name, func(t *testing.T) {
			item := makeItem(t, name, "I approve the lease.", file("plan.pdf", "application/pdf", 30000))
			to := mustOpen(t, s, testSecret)
			m := newMemory("there", item)
			e := m.engine("there", to)
			e.Limit = 3 * time.Second
			fault.Store(&c.fault)
			run(t, e)
			if j := m.jobs[0]; j.State != Waiting || j.Trouble != c.want {
				t.Errorf("%+v", j)
			}
			fault.Store(nil)
			m.now = m.now.Add(mostWait)
			run(t, e)
			if j := m.jobs[0]; j.State != Delivered || !j.Proof.Identical {
				t.Errorf("afterwards: %+v", j)
			}
			if n := d.count(t, item); n != 1 {
				t.Errorf("%d copies", n)
			}
		})
	}
	for name, change := range rewraps {
		t.Run(name, func(t *testing.T) {
			fault.Store(&imapFault{change: change})
			if job := deliverOne(t, mustOpen(t, s, testSecret), evidence(t)); job.State != Delivered {
				t.Errorf("%+v", job)
			} else if job.Proof.Identical && name != "lines end in LF" { // Dovecot gives CRLF whatever it got
				t.Errorf("called identical: %+v", job)
			}
		})
	}
	for name, change := range forgeries {
		t.Run(name, func(t *testing.T) {
			item := evidence(t)
			fault.Store(&imapFault{change: change})
			m := newMemory("there", item)
			e := m.engine("there", mustOpen(t, s, testSecret))
			for range 3 {
				run(t, e)
				if j := m.jobs[0]; j.State != Waiting || j.Trouble != Differs && j.Trouble != Lost {
					t.Errorf("%+v", j)
				}
				m.now = m.now.Add(mostWait)
			}
			all := 0
			uids, err := messagesWith(t, s, item)
			if all = len(uids); err != nil || all > 1 {
				t.Errorf("%d messages with its Message-ID lie there: %v", all, err)
			}
		})
	}
}

// messagesWith counts the messages with the item's Message-ID, changed or not.
func messagesWith(t *testing.T, s Settings, item Item) (uids []string, err error) {
	m := mustOpen(t, s, testSecret).(*mailbox)
	err = m.talk(context.Background(), func() error {
		found, _, err := m.search(item.MessageID())
		for _, uid := range found {
			uids = append(uids, fmt.Sprint(uid))
		}
		return err
	})
	return uids, err
}

// A mailbox without room says so, and takes the record when there is room.
func TestIMAPQuota(t *testing.T) {
	d := startDovecot(t, "64K")
	to := mustOpen(t, d.settings(), testSecret)
	large := makeItem(t, "Large", "Body.", file("a.bin", "application/octet-stream", 100000))
	small := makeItem(t, "Small", "Body.")
	if job := deliverOne(t, to, large); job.State != Waiting || job.Trouble != Full {
		t.Errorf("%+v", job)
	}
	if job := deliverOne(t, to, small); job.State != Delivered {
		t.Errorf("%+v", job)
	}
	if n := d.count(t, large); n != 0 {
		t.Errorf("%d copies", n)
	}
}
