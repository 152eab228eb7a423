package deliver

import (
	"bytes"
	"encoding/base64"
	"mime/quotedprintable"
	"regexp"
	"strings"
	"testing"
)

// What mail servers do to a message on its way. Each leaves the record provable.
var rewraps = map[string]func(string) string{
	"headers before": func(s string) string {
		return "Received: from a.example\r\n by b.example; Sun, 22 Nov 2026 15:00:00 +0000\r\n" + s
	},
	"headers refolded": refold,
	"another boundary": func(s string) string { return boundaries.ReplaceAllString(s, "----=_Part_1") },
	"shorter base64":   shorterBase64,
	"record as 8bit":   func(s string) string { return reencode(s, "record.json", "8bit", eightBit) },
	"record as quoted": func(s string) string { return reencode(s, "record.json", "quoted-printable", quoted) },
	"footer": func(s string) string {
		return strings.Replace(s, "\r\n--=_hanaper", "\r\nThis mail is confidential.\r\n--=_hanaper", 2)
	},
	"lines end in LF": func(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") },
}

// What no server may do: the record is then another, or none.
var forgeries = map[string]func(string) string{
	"a word of the record changed": func(s string) string {
		return reencode(s, "record.json", "8bit", func(b []byte) []byte { return bytes.Replace(b, []byte("I approve"), []byte("I refuse"), 1) })
	},
	"a word of the text changed": func(s string) string { return strings.Replace(s, "I approve", "I refuse", 1) },
	"the signature taken out":    func(s string) string { return strings.ReplaceAll(s, "signature.json", "other.json") },
	"a file changed": func(s string) string {
		return reencode(s, "plan.pdf", "base64", func(b []byte) []byte { b[9] ^= 1; return []byte(base64.StdEncoding.EncodeToString(b)) })
	},
	"a file taken out": func(s string) string {
		return s[:strings.LastIndex(s, "--=_hanaper")-len("\r\n")][:strings.LastIndex(s[:strings.LastIndex(s, "--=_hanaper")], "--=_hanaper")] + s[strings.LastIndex(s, "--=_hanaper"):]
	},
	"cut short":    func(s string) string { return s[:len(s)/2] },
	"nothing left": func(string) string { return "From: a@b.example\r\n\r\n" },
}

var boundaries = regexp.MustCompile(`=_hanaper_\w+`)

func refold(s string) string {
	head, body, _ := strings.Cut(s, "\r\n\r\n")
	return strings.ReplaceAll(head, " <", "\r\n\t<") + "\r\n\r\n" + body
}

func shorterBase64(s string) string {
	return regexp.MustCompile(`(?m)^(?:[A-Za-z0-9+/]{76}\r\n)+[A-Za-z0-9+/=]*`).ReplaceAllStringFunc(s, func(block string) string {
		block = strings.ReplaceAll(block, "\r\n", "")
		var out []string
		for ; len(block) > 64; block = block[64:] {
			out = append(out, block[:64])
		}
		return strings.Join(append(out, block), "\r\n")
	})
}

// reencode changes the encoding of the part with the file name.
func reencode(s, name, encoding string, encode func([]byte) []byte) string {
	mark := "filename=\"" + name + "\"\r\n\r\n"
	start := strings.Index(s, mark) + len(mark)
	end := start + strings.Index(s[start:], "\r\n--")
	content, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(s[start:end], "\r\n", ""))
	if err != nil {
		panic(err)
	}
	at := strings.LastIndex(s[:start], "Content-Transfer-Encoding: base64")
	return s[:at] + "Content-Transfer-Encoding: " + encoding + s[at+len("Content-Transfer-Encoding: base64"):start] + string(encode(content)) + s[end:]
}

func eightBit(b []byte) []byte { return append(b, "\r\n"...) }

func quoted(b []byte) []byte {
	var out bytes.Buffer
	w := quotedprintable.NewWriter(&out)
	_, _ = w.Write(b)
	_ = w.Close()
	return out.Bytes()
}

// evidence is the record the rewraps and forgeries are done to.
func evidence(t *testing.T) Item {
	return makeItem(t, "Lease of the annex", "I approve the lease.", file("plan.pdf", "application/pdf", 3000))
}

func TestRewraps(t *testing.T) {
	item := evidence(t)
	for name, change := range rewraps {
		changed := []byte(change(string(item.EML)))
		if bytes.Equal(changed, item.EML) {
			t.Errorf("%s: nothing changed", name)
		}
		if proof, err := item.Prove(changed); err != nil || proof.Identical {
			t.Errorf("%s: %+v %v", name, proof, err)
		}
	}
	for name, change := range forgeries {
		changed := []byte(change(string(item.EML)))
		if bytes.Equal(changed, item.EML) {
			t.Errorf("%s: nothing changed", name)
		}
		if proof, err := item.Prove(changed); err == nil {
			t.Errorf("%s: proven: %+v", name, proof)
		} else {
			wantTrouble(t, err, Differs)
		}
	}
}

// FuzzProve: what was read back is either the record, whole, or not proven.
func FuzzProve(f *testing.F) {
	item := makeItem(f, "Lease", "I approve the lease.", file("plan.pdf", "application/pdf", 300))
	for at := 0; at < len(item.EML); at += 97 {
		f.Add(uint16(at), byte(1))
	}
	f.Fuzz(func(t *testing.T, at uint16, mask byte) {
		changed := bytes.Clone(item.EML)
		changed[int(at)%len(changed)] ^= mask
		proof, err := item.Prove(changed)
		if err == nil && proof.Identical != (mask == 0) {
			t.Errorf("byte %d changed by %#x: %+v", at, mask, proof)
		}
		if again, e := NewItem(changed); err == nil && (e != nil || again.ID != item.ID || again.sent.Files != 1) {
			t.Errorf("byte %d changed by %#x: proven, and it is %s %v", at, mask, again.ID, e)
		}
	})
}
