package record

import (
	"strconv"

	"hanaper/core/canonical"
	"hanaper/core/message"
)

// Names of the parts EML writes; Verify's callers find them by these.
const (
	RecordPart    = "record.json"
	SignaturePart = "signature.json"
)

// File is the content of an attachment; Name need not be unique, the record
// names files by digest.
type File struct {
	Name, Type string
	Content    []byte
}

// EML renders a record that lacks none of the five fields as an RFC 5322
// message, CRLF line ends: multipart/mixed of a text transcript, the record in
// its canonical JSON, the signature where there is one, and the files. Equal
// arguments give equal bytes.
func EML(r *Record, sig *Signature, files ...File) []byte {
	evidence := r.Canonical()
	id := idOf(evidence)
	boundary := "=_hanaper_" + id[7:39] // =_ stands in no base64 or quoted-printable text
	h := header{b: make([]byte, 0, 2048+2*len(evidence))}
	h.field("From", mailbox(r.Channel, r.Fields.From, "")...)
	h.field("To", recipients(r)...)
	h.field("Subject", unstructured(r.Fields.Subject)...)
	h.field("Date", mailDate(&r.Fields))
	h.field("Message-ID", "<"+id[7:]+"@hanaper.invalid>")
	h.field("MIME-Version", "1.0")
	h.field("Content-Type", "multipart/mixed;", "boundary=\""+boundary+"\"")
	h.b = append(h.b, '\r', '\n')

	h.part(boundary, transcript(r, id))
	h.attach(boundary, "application/json", RecordPart, evidence)
	if sig != nil {
		h.attach(boundary, "application/json", SignaturePart, canonical.Append(nil, canonical.Texts("algorithm", sig.Algorithm, "public_key", sig.PublicKey, "value", sig.Value)))
	}
	for _, f := range files {
		h.attach(boundary, mediaType(f.Type), f.Name, f.Content)
	}
	return append(h.b, "--"+boundary+"--\r\n"...)
}

// part writes the text/plain part, in the encoding that is the shorter.
func (h *header) part(boundary, text string) {
	h.b = append(h.b, "--"+boundary+"\r\nContent-Type: text/plain; charset=utf-8\r\n"...)
	high := 0
	for i := 0; i < len(text); i++ {
		if text[i] >= utf8Start {
			high++
		}
	}
	if high > len(text)/6 {
		h.b = append(h.b, "Content-Transfer-Encoding: base64\r\n\r\n"...)
		h.b = appendBase64Lines(h.b, withCRLF(text))
		return
	}
	h.b = append(h.b, "Content-Transfer-Encoding: quoted-printable\r\n\r\n"...)
	h.b = append(appendQuotedPrintable(h.b, text), '\r', '\n')
}

const utf8Start = 0x80

func withCRLF(text string) []byte {
	out := make([]byte, 0, len(text)+len(text)/32)
	for i := 0; i < len(text); i++ {
		if text[i] == '\n' {
			out = append(out, '\r')
		}
		out = append(out, text[i])
	}
	return out
}

func (h *header) attach(boundary, media, name string, content []byte) {
	h.b = append(h.b, "--"+boundary+"\r\n"...)
	h.field("Content-Type", append([]string{media + ";"}, parameter("name", name)...)...)
	h.field("Content-Transfer-Encoding", "base64")
	h.field("Content-Disposition", append([]string{"attachment;"}, parameter("filename", name)...)...)
	h.b = append(h.b, '\r', '\n')
	h.b = appendBase64Lines(h.b, content)
}

// mediaType lets only type/subtype in plain letters through. Kinds that mail
// software unpacks or shows by itself become octets, so that nothing inside a
// record is taken for a part of it.
func mediaType(s string) string {
	slash := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '/' && i > 0 && i < len(s)-1 {
			slash++
		} else if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' && c != '.' && c != '+' {
			return "application/octet-stream"
		}
	}
	if slash != 1 || len(s) > 64 || s == "application/json" || len(s) > 8 && (s[:8] == "message/" || s[:8] == "multipar") {
		return "application/octet-stream"
	}
	return s
}

// transcript is the record for reading, lines separated by \n. The labels are those
// every mail reader shows in every language. What people wrote is indented, so
// that none of it passes for a label.
func transcript(r *Record, id string) string {
	f := &r.Fields
	b := "From: " + partyText(f.From) + "\n"
	b += "To: " + partiesText(f.To, f.MembersComplete) + "\n"
	b += "Date: " + oneLine(f.Date) + "\n"
	b += "Time: " + oneLine(f.Time+" "+f.Zone) + "\n"
	b += "Subject: " + oneLine(f.Subject) + "\n"
	b += observedText(&r.Observed)
	out := []byte(b)
	for i := range r.Messages {
		out = messageText(out, &r.Messages[i])
	}
	if r.Note != "" {
		out = indent(append(out, "\nNote:\n"...), r.Note)
	}
	k := "\n" + oneLine(r.Channel+" | "+r.Chat+" | "+r.Method+" | "+r.Series) + "\n"
	for i, c := range r.Clauses {
		if i > 0 {
			k += ", "
		}
		k += oneLine(c)
	}
	if len(r.Clauses) > 0 {
		k += "\n"
	}
	k += oneLine(r.Kept.At+" | "+r.Kept.By+" | "+r.Kept.Tool) + "\n" + id
	return string(append(out, k...))
}

func partyText(p message.Party) string {
	switch {
	case blank(p.Address):
		return oneLine(p.Name)
	case blank(p.Name):
		return oneLine(p.Address)
	}
	return oneLine(p.Name) + " <" + oneLine(p.Address) + ">"
}

// partiesText ends with an ellipsis where not everybody is listed.
func partiesText(all []message.Party, complete bool) string {
	var out []byte
	for i, p := range all {
		if i > 0 {
			out = append(out, ", "...)
		}
		out = append(out, partyText(p)...)
	}
	if !complete {
		out = append(out, ", …"...)
	}
	return string(out)
}

// observedText shows what the page showed, in brackets under the same label.
func observedText(o *Observed) string {
	out := ""
	if o.From != nil {
		out += "[From: " + partyText(*o.From) + "]\n"
	}
	if o.To != nil {
		out += "[To: " + partiesText(*o.To, o.MembersComplete == nil || *o.MembersComplete) + "]\n"
	}
	for _, m := range [...]struct {
		label string
		s     *string
	}{{"Date", o.Date}, {"Time", o.Time}, {"Zone", o.Zone}, {"Subject", o.Subject}} {
		if m.s != nil {
			out += "[" + m.label + ": " + oneLine(*m.s) + "]\n"
		}
	}
	return out
}

func messageText(out []byte, m *Message) []byte {
	arrow := map[string]string{"in": "< ", "out": "> "}[m.Direction]
	head := "\n" + arrow
	if m.At != "" {
		head += m.At + " "
	}
	head += partyText(m.From)
	if m.ContextOnly {
		head += " (context)"
	}
	out = append(append(out, head...), ":\n"...)
	out = indent(out, m.Body)
	for _, r := range m.Redactions {
		out = append(out, "  [redacted before keeping: "+strconv.FormatInt(r.Length, 10)+" characters]\n"...)
	}
	for _, a := range m.Attachments {
		out = append(out, "  ["+oneLine(a.Name+" "+a.Type)+" "+strconv.FormatInt(a.Size, 10)+" B "+a.Digest+"]\n"...)
	}
	return out
}

// indent appends s with two spaces before each line, whichever line ends it uses.
func indent(out []byte, s string) []byte {
	for start := 0; start < len(s); {
		end := start
		for end < len(s) && s[end] != '\n' && s[end] != '\r' {
			end++
		}
		out = append(append(append(out, "  "...), s[start:end]...), '\n')
		if end+1 < len(s) && s[end] == '\r' && s[end+1] == '\n' {
			end++
		}
		start = end + 1
	}
	return out
}
