package letter

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"mime/quotedprintable"
	"os"
	"regexp"
	"strings"
	"testing"

	"hanaper/core/canonical"
	"hanaper/core/record"
)

// signedLetter is testdata/record/group.json as it is filed, with its file.
func signedLetter(t testing.TB) (record.Record, []byte) {
	t.Helper()
	raw, err := os.ReadFile("../../testdata/record/group.json")
	if err != nil {
		t.Fatal(err)
	}
	v, err := canonical.Parse(raw, canonical.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	var d canonical.Decoder
	r := record.DecodeCapture(&d, &v)
	key := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize))
	sig := &record.Signature{
		Algorithm: "Ed25519",
		PublicKey: base64.StdEncoding.EncodeToString(key.Public().(ed25519.PublicKey)),
		Value:     base64.StdEncoding.EncodeToString(ed25519.Sign(key, record.SignedBytes(r.ID()))),
	}
	return r, record.EML(&r, sig, record.File{Name: "plan – réseau.pdf", Type: "application/pdf", Content: []byte("hello world")})
}

func verifyBytes(t testing.TB, eml []byte) Report {
	t.Helper()
	rep, err := Check(eml)
	if err != nil {
		t.Errorf("%v", err)
	}
	return rep
}

// What mail servers and clients do to a message leaves the record provable.
func TestServers(t *testing.T) {
	r, eml := signedLetter(t)
	for _, c := range []struct {
		name    string
		change  func(string) string
		warning string // path of the warning that says what was changed, "" for none
	}{
		{"untouched", func(s string) string { return s }, ""},
		{"line ends", func(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }, ""},
		{"another boundary", func(s string) string { return regexp.MustCompile(`=_hanaper_\w+`).ReplaceAllString(s, "next+part") }, ""},
		{"headers folded anew", func(s string) string {
			head, body, _ := strings.Cut(s, "\r\n\r\n")
			return strings.ReplaceAll(head, " <", "\r\n\t<") + "\r\n\r\n" + body
		}, ""},
		{"a banner part before the text", func(s string) string {
			return strings.Replace(s, "\r\n\r\n", "\r\n\r\n--=_hanaper_"+r.ID()[7:39]+"\r\nContent-Type: text/plain\r\n\r\nThis mail is from outside.\r\n", 1)
		}, ""},
		{"headers put before", func(s string) string {
			return "Received: from a.example\r\n by b.example; Sun, 22 Nov 2026 15:00:00 +0000\r\nX-Spam: no\r\n" + s
		}, ""},
		{"base64 in other lines", func(s string) string { return rewrap(s, 64) }, ""},
		{"names of parts in capitals", func(s string) string { return strings.ReplaceAll(s, "Content-Type", "CONTENT-TYPE") }, ""},
		{"record as quoted-printable", func(s string) string { return reencode(t, s, "record.json", quoted) }, ""},
		{"record as 8bit", func(s string) string { return reencode(t, s, "record.json", eightBit) }, ""},
		{"record's name dropped", func(s string) string {
			return regexp.MustCompile(`(?s)application/json; name="record.json"|Content-Disposition: attachment; filename="record.json"\r\n`).ReplaceAllString(s, "")
		}, ""},
		{"subject tagged", func(s string) string { return strings.Replace(s, "Subject: ", "Subject: [EXTERNAL] ", 1) }, "subject"},
		{"another message id", func(s string) string {
			return regexp.MustCompile(`<\w+@hanaper.invalid>`).ReplaceAllString(s, "<1@mail.example>")
		}, "message-id"},
		{"footer in the text", func(s string) string {
			return strings.Replace(s, r.ID()+"\r\n--", r.ID()+"\r\n\r\nThis mail is confidential.\r\n--", 1)
		}, "text"},
		{"footer as a part around it", wrapped, ""},
		{"forwarded as an attachment", forwarded, ""},
	} {
		changed := c.change(string(eml))
		if c.name != "untouched" && changed == string(eml) {
			t.Errorf("%s: nothing was changed", c.name)
		}
		rep := verifyBytes(t, []byte(changed))
		if !rep.OK || rep.ID != r.ID() || rep.Signature != "valid" || rep.Files != 1 || !rep.Identical {
			t.Errorf("%s: %+v", c.name, rep)
		}
		if len(rep.Warnings) > 1 || (c.warning == "") != (len(rep.Warnings) == 0) || c.warning != "" && rep.Warnings[0].Path != c.warning {
			t.Errorf("%s: warnings %v", c.name, rep.Warnings)
		}
	}
}

// rewrap cuts the lines of base64 parts to n characters.
func rewrap(s string, n int) string {
	return regexp.MustCompile(`(?m)^(?:[A-Za-z0-9+/]{76}\r\n)+[A-Za-z0-9+/=]*`).ReplaceAllStringFunc(s, func(block string) string {
		block = strings.ReplaceAll(block, "\r\n", "")
		var out []string
		for ; len(block) > n; block = block[n:] {
			out = append(out, block[:n])
		}
		return strings.Join(append(out, block), "\r\n")
	})
}

func reencode(t *testing.T, s, name string, encode func([]byte) (string, string)) string {
	head := `filename="` + name + "\"\r\n\r\n"
	start := strings.Index(s, head) + len(head)
	end := start + strings.Index(s[start:], "\r\n--")
	content, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(s[start:end], "\r\n", ""))
	if err != nil {
		t.Fatal(err)
	}
	encoding, body := encode(content)
	before := s[:start]
	last := strings.LastIndex(before, "Content-Transfer-Encoding: base64")
	return before[:last] + "Content-Transfer-Encoding: " + encoding + before[last+len("Content-Transfer-Encoding: base64"):] + body + s[end:]
}

func quoted(b []byte) (string, string) {
	var out bytes.Buffer
	w := quotedprintable.NewWriter(&out)
	w.Write(b)
	w.Close()
	return "quoted-printable", out.String()
}

// eightBit ends with a line break that was not there, as servers leave it.
func eightBit(b []byte) (string, string) { return "8bit", string(b) + "\r\n" }

// wrapped puts the record's parts into one part of another, as list servers do
// that add a footer; the record's headers stay the message's.
func wrapped(s string) string {
	head, body, _ := strings.Cut(s, "\r\n\r\n")
	at := strings.Index(head, "Content-Type:")
	return head[:at] + "Content-Type: multipart/mixed; boundary=outer\r\n\r\n--outer\r\n" + head[at:] + "\r\n\r\n" + body +
		"\r\n--outer\r\nContent-Type: text/plain\r\n\r\nList footer\r\n--outer--\r\n"
}

func forwarded(s string) string {
	return "From: bob@dept.example\r\nSubject: Fwd: record\r\nContent-Type: multipart/mixed; boundary=outer\r\n\r\n--outer\r\n" +
		"Content-Type: text/plain\r\n\r\nSee the record.\r\n--outer\r\nContent-Type: message/rfc822\r\n\r\n" + s + "\r\n--outer--\r\n"
}

// A message cut short anywhere is never called good.
func TestCutShort(t *testing.T) {
	_, eml := signedLetter(t)
	told := map[bool]int{}
	for n := len(eml) - len("--\r\n"); n >= 0; n -= 7 {
		rep, err := Check(eml[:n])
		if rep.OK {
			t.Fatalf("%d of %d bytes: %+v", n, len(eml), rep)
		}
		told[err != nil]++
	}
	if told[true] == 0 || told[false] == 0 { // before and after the record's end
		t.Errorf("%v", told)
	}
}

// FuzzVerifyMail: a changed byte of a filed message is either told or changes
// nothing that was kept: the record, its signature, its file.
func FuzzVerifyMail(f *testing.F) {
	r, eml := signedLetter(f)
	for at := 0; at < len(eml); at += 7 {
		f.Add(uint16(at), byte(1))
	}
	f.Fuzz(func(t *testing.T, at uint16, mask byte) {
		changed := bytes.Clone(eml)
		changed[int(at)%len(eml)] ^= mask
		rep, err := Check(changed)
		if rep.OK && (err != nil || rep.ID != r.ID() || rep.Files != 1) {
			t.Errorf("byte %d changed by %#x: %+v", at, mask, rep)
		}
	})
}
