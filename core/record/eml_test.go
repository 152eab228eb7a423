package record

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"flag"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"hanaper/core/message"
)

var update = flag.Bool("update", false, "write the golden files")

// signature has the form of one.
var signature = Signature{Algorithm: "Ed25519", PublicKey: strings.Repeat("A", 43) + "=", Value: strings.Repeat("A", 86) + "=="}

// sign signs with the key of the examples, whose seed is 32 bytes 07.
func sign(r *Record) *Signature {
	key := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize))
	b64 := base64.StdEncoding.EncodeToString
	return &Signature{"Ed25519", b64(key.Public().(ed25519.PublicKey)), b64(ed25519.Sign(key, SignedBytes(r.ID())))}
}

type part struct {
	media, name string
	content     []byte
}

// read takes a message apart with the standard library, and checks what holds for all.
func read(t *testing.T, eml []byte) (mail.Header, []part) {
	t.Helper()
	if s := string(eml); strings.Count(s, "\n") != strings.Count(s, "\r\n") || strings.Count(s, "\r") != strings.Count(s, "\n") {
		t.Error("a line end that is not CRLF")
	}
	for _, line := range strings.Split(string(eml), "\r\n") {
		if len(line) > 998 || len(line) > 78 && strings.Contains(strings.TrimPrefix(strings.TrimPrefix(line, " "), "Message-ID: "), " ") { // an id or address cannot be folded
			t.Errorf("a line of %d characters: %s", len(line), line)
		}
		for _, c := range line {
			if c >= 0x7f || c < ' ' && c != '\t' {
				t.Errorf("a byte that mail may not carry in %q", line)
				break
			}
		}
	}
	m, err := mail.ReadMessage(bytes.NewReader(eml))
	if err != nil {
		t.Fatal(err)
	}
	for name := range m.Header {
		if strings.HasPrefix(name, "X-") {
			t.Errorf("header %s", name)
		}
	}
	media, param, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || media != "multipart/mixed" {
		t.Fatal(media, err)
	}
	var parts []part
	for r := multipart.NewReader(m.Body, param["boundary"]); ; {
		p, err := r.NextRawPart()
		if err == io.EOF {
			return m.Header, parts
		}
		if err != nil {
			t.Fatal(err)
		}
		var body io.Reader = base64.NewDecoder(base64.StdEncoding, p)
		if p.Header.Get("Content-Transfer-Encoding") == "quoted-printable" {
			body = quotedprintable.NewReader(p)
		}
		content, err := io.ReadAll(body)
		if err != nil {
			t.Fatal(err)
		}
		media, _, err := mime.ParseMediaType(p.Header.Get("Content-Type"))
		if err != nil {
			t.Fatal(err)
		}
		parts = append(parts, part{media, p.FileName(), content})
	}
}

func TestEML(t *testing.T) {
	r := kept(t, "group.json")
	file := File{"plan – réseau.pdf", "application/pdf", []byte("hello world")}
	eml := EML(&r, &signature, file)
	h, parts := read(t, eml)
	if !bytes.Equal(eml, EML(&r, &signature, file)) {
		t.Error("equal arguments, other bytes")
	}
	if len(parts) != 4 {
		t.Fatalf("%d parts", len(parts))
	}
	if p := parts[0]; p.media != "text/plain" || string(p.content) != strings.ReplaceAll(transcript(&r, r.ID()), "\n", "\r\n") {
		t.Errorf("transcript %q", p.content)
	}
	if p := parts[1]; p.name != RecordPart || p.media != "application/json" || !bytes.Equal(p.content, r.Canonical()) {
		t.Errorf("record %+v", p)
	}
	var sig Signature
	if p := parts[2]; p.name != SignaturePart || json.Unmarshal(p.content, &sig) != nil || sig != signature {
		t.Errorf("signature %+v", p)
	}
	if p := parts[3]; !reflect.DeepEqual(p, part{file.Type, file.Name, file.Content}) {
		t.Errorf("file %+v", p)
	}
	var dec mime.WordDecoder
	if s, err := dec.DecodeHeader(h.Get("Subject")); s != r.Fields.Subject || err != nil {
		t.Errorf("subject %q %v", s, err)
	}
	if h.Get("Message-ID") != "<"+r.ID()[7:]+"@hanaper.invalid>" {
		t.Error(h.Get("Message-ID"))
	}
	at, err := h.Date()
	if want := time.Date(2026, 11, 22, 13, 3, 0, 0, time.UTC); err != nil || !at.Equal(want) || h.Get("Date") != "Sun, 22 Nov 2026 14:03 +0100" {
		t.Errorf("date %s %v", h.Get("Date"), err)
	}
	checkParties(t, h, &r)
}

func checkParties(t *testing.T, h mail.Header, r *Record) {
	t.Helper()
	from, err := h.AddressList("From")
	if want := (mail.Address{Name: "Zoë O'Example", Address: "tel-447700900123@whatsapp.invalid"}); err != nil || len(from) != 1 || *from[0] != want {
		t.Errorf("from %v %v", from, err)
	}
	to, err := h.AddressList("To")
	if err != nil {
		t.Fatal(err)
	}
	want := []mail.Address{
		{Name: `Rémi "Net" Exemple`, Address: "tel-447700900456@whatsapp.invalid"},
		{Name: "+447700900789", Address: "tel-447700900789@whatsapp.invalid"},
		{Name: "例 花子", Address: "id-hanako-01-" + digest8("@hanako.01") + "@whatsapp.invalid"},
		{Name: "Dana Example", Address: "dana@dept.example"},
	}
	for i := range want {
		if len(to) != len(want) || *to[i] != want[i] {
			t.Fatalf("to %v, want %v", to, want)
		}
	}
	raw := h.Get("To")
	group, err := new(mime.WordDecoder).DecodeHeader(raw[:strings.Index(raw, " :")])
	if err != nil || group != r.Chat || !strings.HasSuffix(raw, ";") {
		t.Errorf("group %q in %q", group, raw)
	}
}

func digest8(s string) string { sum := sha256.Sum256([]byte(s)); return hex.EncodeToString(sum[:4]) }

// The golden file is what a person opens: read it when it changes. Both are good
// for hanaper verify.
func TestEMLGolden(t *testing.T) {
	for name, files := range map[string][]File{
		"minimal": nil, "group": {{"plan – réseau.pdf", "application/pdf", []byte("hello world")}},
	} {
		r := kept(t, name+".json")
		got := EML(&r, sign(&r), files...)
		path := "../../testdata/record/" + name + ".eml"
		if *update {
			if err := os.WriteFile(path, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s differs (go test ./core/record -update, then read it)", path)
		}
	}
}

// No text of a record can add a header, a part or a line that looks like one of ours.
func TestInjection(t *testing.T) {
	for _, evil := range []string{
		"x\r\nBcc: evil@x.example", "x\nBcc: evil@x.example", "x\rBcc: evil@x.example", "x\r\n\r\n--b\r\n",
		"x\u2028Bcc: evil@x.example", "x\u0085Bcc: evil@x.example", "=?utf-8?q?x=0D=0ABcc:_evil?=", `x" <evil@x.example>, "y`,
		"\x00\x1b[2J", strings.Repeat("\r\n ", 100), strings.Repeat("é\n", 300),
	} {
		r := kept(t, "group.json")
		r.Chat, r.Channel, r.Series, r.Method = evil, evil, evil, evil
		r.Fields.MembersComplete = true
		r.Fields.Subject, r.Fields.From = evil, message.Party{Name: evil, Address: evil}
		r.Fields.To = []message.Party{{Name: evil, Address: evil}, {Name: evil}, {Address: evil}}
		r.Observed.Subject, r.Clauses, r.Kept = &evil, []string{evil}, Kept{evil, evil, evil}
		r.Messages[0].From, r.Messages[0].Attachments = r.Fields.From, []Attachment{{Name: evil, Type: evil}}
		h, parts := read(t, EML(&r, nil, File{evil, evil, nil}))
		if len(h) != 7 || len(parts) != 3 {
			t.Fatalf("%q: %d headers, %d parts", evil, len(h), len(parts))
		}
		to, err := h.AddressList("To")
		if err != nil || len(to) != 3 {
			t.Errorf("%q: to %v %v", evil, to, err)
		}
		for _, line := range strings.Split(string(parts[0].content), "\r\n") {
			if strings.HasPrefix(line, "Bcc") {
				t.Errorf("%q: a line of its own in the transcript", evil)
			}
		}
		for _, a := range to {
			if !strings.HasSuffix(a.Address, ".invalid") {
				t.Errorf("%q: address %s", evil, a.Address)
			}
		}
	}
}

// FuzzEML: whatever the names, titles and texts are, the message is one, its
// headers are ours, and subject and record come back.
func FuzzEML(f *testing.F) {
	f.Add("Zoë", "+447700900123", "Équipe – Nord", "Décision : oui", "From moi\r\n.\n--=_hanaper_", "plan.pdf", false)
	f.Add("a\r\nBcc: b", "a@b\r\n", "=?utf-8?q?x?=", strings.Repeat("x", 100), "\x00", "\"\\\r\n", true)
	f.Add("\"", "x@dept.example", ":;,<>@", "  two  spaces ", strings.Repeat("é", 99), strings.Repeat("é", 99), true)
	f.Fuzz(func(t *testing.T, name, address, chat, subject, body, file string, complete bool) {
		r := kept(t, "minimal.json")
		r.Chat, r.Fields.Subject, r.Fields.MembersComplete = chat, subject, complete
		r.Fields.From = message.Party{Name: name, Address: address}
		r.Fields.To = []message.Party{{Name: name, Address: address}, {Name: chat}, {Address: address}}
		r.Messages[0].Body, r.Note = body, body
		if len(r.Missing()) > 0 {
			return
		}
		h, parts := read(t, EML(&r, &signature, File{file, name, []byte(body)}))
		if len(h) != 7 || len(parts) != 4 || !bytes.Equal(parts[1].content, r.Canonical()) || string(parts[3].content) != body {
			t.Fatalf("%d headers, %d parts", len(h), len(parts))
		}
		if want := strings.ReplaceAll(transcript(&r, r.ID()), "\n", "\r\n"); string(parts[0].content) != want {
			t.Errorf("transcript %q became %q", want, parts[0].content)
		}
		if got, err := new(mime.WordDecoder).DecodeHeader(h.Get("Subject")); err != nil || got != oneLine(subject) {
			t.Errorf("subject %q became %q (%v)", subject, got, err)
		}
		for _, field := range []string{"From", "To"} {
			if _, err := h.AddressList(field); err != nil {
				t.Errorf("%s %q: %v", field, h.Get(field), err)
			}
		}
	})
}

func TestSubjects(t *testing.T) {
	for _, s := range []string{
		"Plain words", "two  spaces", " leading", "trailing ", "=?utf-8?q?no?=", strings.Repeat("word ", 60) + "end",
		strings.Repeat("w", 100), "é", strings.Repeat("日本語", 50), strings.Repeat("🇨🇦", 40), "mixed é and plain_with=?odd", "a=b? c_d",
		strings.Repeat("e\u0301", 80), "שלום עולם",
	} {
		r := kept(t, "minimal.json")
		r.Fields.Subject, r.Fields.From.Name, r.Chat = s, s, s
		r.Fields.MembersComplete = false
		h, _ := read(t, EML(&r, nil))
		if got, err := new(mime.WordDecoder).DecodeHeader(h.Get("Subject")); got != s || err != nil {
			t.Errorf("subject %q became %q (%v)", s, got, err)
		}
		if from, err := h.AddressList("From"); err != nil || from[0].Name != s {
			t.Errorf("name %q became %v (%v)", s, from, err)
		}
	}
}

func TestRecipients(t *testing.T) {
	bob, ann := message.Party{Name: "Bob", Address: "bob@dept.example"}, message.Party{Name: "Ann", Address: "+44 (7700) 900-123"}
	for _, c := range []struct {
		chat     string
		complete bool
		to       []message.Party
		want     string
	}{
		{"Bob", true, []message.Party{bob}, `"Bob" <bob@dept.example>`},
		{"Re: lease", true, []message.Party{bob, bob}, `"Bob" <bob@dept.example>, "Bob" <bob@dept.example>`},
		{"Ann", true, []message.Party{ann}, `"Ann" <tel-447700900123@whatsapp.invalid>`},
		{"Team", true, []message.Party{ann, bob}, `"Team" : "Ann" <tel-447700900123@whatsapp.invalid>, "Bob" <bob@dept.example> ;`},
		{"Team", false, []message.Party{{Name: "Team"}}, `"Team" : ;`},
		{"", false, []message.Party{{Name: "Team"}}, `"Team" <name-` + digest8("Team") + `@whatsapp.invalid>`},
	} {
		r := kept(t, "minimal.json")
		r.Chat, r.Fields.MembersComplete, r.Fields.To = c.chat, c.complete, c.to
		h, _ := read(t, EML(&r, nil))
		if got := h.Get("To"); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
		if _, err := h.AddressList("To"); err != nil {
			t.Errorf("%s: %v", c.want, err)
		}
	}
}

func TestAddrSpec(t *testing.T) {
	for s, want := range map[string]bool{
		"a@b": true, "a.b+c@dept.example": true, "o'x@d.example": true, "": false, "a": false, "@b": false, "a@": false, "a@b@c": false,
		".a@b": false, "a.@b": false, "a..b@c": false, "a@.b": false, "a@b.": false, "a b@c": false, "a@b\r\nBcc: x": false, "a\"@b": false,
		"é@b": false, "a@b_c": false, strings.Repeat("a", 65) + "@b": false, "a@" + strings.Repeat("b", 260): false,
	} {
		if isAddrSpec(s) != want {
			t.Errorf("%q: %v", s, !want)
		}
	}
}
