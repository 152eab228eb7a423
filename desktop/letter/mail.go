package letter

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"strings"
	"unicode/utf8"

	"hanaper/core/canonical"
	"hanaper/core/record"
)

// letter is what a kept record's message holds. Mail servers may have wrapped it
// in other parts, forwarded it, or changed encodings and line ends.
type letter struct {
	envelope  *envelope // of the message the record stands in
	records   [][]byte
	signature []byte
	files     []record.AttachmentDigest
	contents  [][]byte // of files
	broken    []string // where the message breaks off or cannot be decoded
	parts     int
}

// envelope is a message without its attachments.
type envelope struct {
	header  textproto.MIMEHeader
	texts   []string // its readable parts
	charset string   // of one that is in none we read
}

const maxNesting = 8

func readLetter(raw []byte) (*letter, error) {
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return nil, fmt.Errorf("neither a record's JSON nor a mail message: %w", err)
	}
	l := &letter{}
	l.message(m, 0)
	return l, nil
}

func (l *letter) message(m *mail.Message, depth int) {
	h := textproto.MIMEHeader(m.Header)
	l.entity(&envelope{header: h}, h, m.Body, depth)
}

// entity reads one part, with the header h, and everything in it. of is the
// message it belongs to.
func (l *letter) entity(of *envelope, h textproto.MIMEHeader, body io.Reader, depth int) {
	media, param, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil {
		media = "text/plain"
	}
	switch {
	case depth > maxNesting:
		l.broken = append(l.broken, "the parts are nested too deeply")
	case strings.HasPrefix(media, "multipart/"):
		l.multipart(of, multipart.NewReader(body, param["boundary"]), depth)
	default:
		l.leaf(of, h, media, param, body, depth)
	}
}

func (l *letter) multipart(of *envelope, r *multipart.Reader, depth int) {
	for {
		p, err := r.NextRawPart()
		if err == io.EOF {
			return
		}
		if err != nil {
			l.broken = append(l.broken, fmt.Sprintf("the message breaks off after part %d: %v", l.parts, err))
			return
		}
		l.entity(of, p.Header, p, depth+1)
	}
}

func (l *letter) leaf(of *envelope, h textproto.MIMEHeader, media string, param map[string]string, body io.Reader, depth int) {
	l.parts++
	name := fileName(h, param)
	content, err := io.ReadAll(decoded(h, body))
	if err != nil {
		l.broken = append(l.broken, strings.TrimSpace(fmt.Sprintf("part %d %s cannot be read to its end", l.parts, name))+": "+cause(err))
	}
	disposition, _, _ := mime.ParseMediaType(h.Get("Content-Disposition"))
	switch {
	case media == "message/rfc822":
		if m, err := mail.ReadMessage(bytes.NewReader(content)); err == nil {
			l.message(m, depth+1)
		}
	case name == record.RecordPart || name == "" && holds(content, "nonce", "fields"):
		l.envelope, l.records = of, append(l.records, content)
	case name == record.SignaturePart || name == "" && holds(content, "public_key", "value"):
		l.signature = content
	case disposition != "attachment" && name == "" && media == "text/plain":
		of.addText(content, strings.ToLower(param["charset"]))
	case name != "":
		l.files = append(l.files, record.AttachmentDigest{Name: name, Digest: Digest(content)})
		l.contents = append(l.contents, content)
	}
}

// Digest is "sha256:" and the hexadecimal SHA-256 of a file or document, as records
// name their files.
func Digest(content []byte) string {
	sum := sha256.Sum256(content)
	return "sha256:" + hex.EncodeToString(sum[:])
}

func (e *envelope) addText(content []byte, charset string) {
	switch {
	case charset == "iso-8859-1":
		runes := make([]rune, len(content))
		for i, c := range content {
			runes[i] = rune(c)
		}
		e.texts = append(e.texts, string(runes))
	case (charset == "" || charset == "utf-8" || charset == "us-ascii") && utf8.Valid(content):
		e.texts = append(e.texts, string(content))
	default:
		e.charset = charset
	}
}

func decoded(h textproto.MIMEHeader, body io.Reader) io.Reader {
	switch strings.ToLower(strings.TrimSpace(h.Get("Content-Transfer-Encoding"))) {
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, body)
	case "quoted-printable":
		return quotedprintable.NewReader(body)
	}
	return body
}

func cause(err error) string {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return "it breaks off"
	}
	return err.Error()
}

func fileName(h textproto.MIMEHeader, contentType map[string]string) string {
	_, param, _ := mime.ParseMediaType(h.Get("Content-Disposition"))
	name := param["filename"]
	if name == "" {
		name = contentType["name"]
	}
	if word, err := new(mime.WordDecoder).DecodeHeader(name); err == nil {
		name = word
	}
	return name
}

// holds tells whether content is a JSON object with both members: a server may
// have dropped a part's name.
func holds(content []byte, a, b string) bool {
	if trimmed := bytes.TrimSpace(content); len(trimmed) == 0 || trimmed[0] != '{' {
		return false
	}
	v, err := canonical.Parse(content, canonical.Limits{})
	return err == nil && v.Get(a) != nil && v.Get(b) != nil
}
