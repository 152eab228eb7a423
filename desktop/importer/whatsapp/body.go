package whatsapp

import (
	"io"
	"path"
	"strings"

	"hanaper/core/message"
	"hanaper/desktop/importer/chat"
)

// maxName is the longest name of a sender, in bytes; WhatsApp allows 25
// characters, address books more.
const maxName = 300

// split cuts name and text. There is no name in a line of WhatsApp's own; one that
// quotes something with a colon is known by its words before it.
func split(rest string) (name, body string) {
	at := strings.Index(rest, ": ")
	if at < 0 && strings.HasSuffix(rest, ":") {
		at = len(rest) - 1
	}
	if at <= 0 || at > maxName {
		return "", rest
	}
	name = trimMarks(rest[:at])
	body = strings.TrimPrefix(rest[at+1:], " ")
	if name == "" || ownBeforeColon(name) {
		return "", rest
	}
	return name, body
}

// quoting: WhatsApp's words before a title in quotation marks, which may hold a
// colon.
var quoting = [...]string{" \"", " “", " «", " „"}

func ownBeforeColon(name string) bool {
	for _, q := range quoting {
		if at := strings.Index(name, q); at > 0 {
			var v votes
			if _, known := v.own(name[:at] + " "); known {
				return true
			}
		}
	}
	return false
}

func trimMarks(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return isMark(r) || isSpace(r) })
}

// partyOf is a sender as the export shows it: a name from the address book, or a
// number.
func partyOf(name string) message.Party {
	p := message.Party{Name: name}
	if strings.HasPrefix(name, "+") {
		digits := strings.Map(func(r rune) rune {
			switch {
			case r >= '0' && r <= '9':
				return r
			case isSpace(r) || isMark(r) || strings.ContainsRune("()-.", r):
				return -1
			}
			return 'x'
		}, name[1:])
		if len(digits) >= 7 && len(digits) <= 15 && !strings.Contains(digits, "x") {
			p.Address = "+" + digits
		}
	}
	return p
}

// classify finds in the text of a message what WhatsApp put there: that it was
// deleted or edited, its file, a call.
func (x *Export) classify(m *chat.Message, v *votes) {
	body := takeEdited(m, m.Body, v)
	lead := strings.HasPrefix(body, "\u200e")
	if (lead || !x.marks) && deletes(body, v) {
		m.Kind, m.Body = chat.Deleted, trimMarks(body)
		return
	}
	if lead && !strings.HasPrefix(strings.TrimLeft(body, "\u200e"), "<") {
		if kind, known := v.own(body); known {
			m.Kind, m.Body = kind, trimMarks(body)
			return
		}
	}
	m.Body = x.file(m, body, v)
}

// deletes: the words of the table; behind "by admin" a name follows.
func deletes(body string, v *votes) bool {
	if len(body) > longestWords {
		return false
	}
	for _, by := range [...]string{"admin ", "beheerder "} {
		if at := strings.Index(body, by); at > 0 {
			return v.has(deleted, body[:at+len(by)])
		}
	}
	return v.has(deleted, body)
}

// takeEdited takes the words behind a text that say it was edited.
func takeEdited(m *chat.Message, body string, v *votes) string {
	open := strings.LastIndexByte(body, '<')
	if open < 0 || !strings.HasSuffix(strings.TrimRight(body, "\u200e "), ">") {
		return body
	}
	words := strings.TrimRight(body, "\u200e ")[open+1:]
	words = words[:len(words)-1]
	if !v.has(edited, words) {
		return body
	}
	m.Edited = trimMarks(words)
	return strings.TrimRight(body[:open], "\u200e\u202f\u00a0 ")
}

// file takes the message's file out of its text: "name (file attached)" on the
// first line, "<attached: name>" anywhere, or words that it was left out.
func (x *Export) file(m *chat.Message, body string, v *votes) string {
	first, caption, _ := strings.Cut(body, "\n")
	if name, ok := x.android(first, v); ok {
		m.Attachments = append(m.Attachments, x.attachment(name))
		return caption
	}
	if before, name, after, ok := x.iphone(body, v); ok {
		m.Attachments = append(m.Attachments, x.attachment(name))
		return trimMarks(strings.TrimRight(before, "\u200e\r\n ") + after)
	}
	if before, words, ok := x.left(body, first, v); ok {
		m.Attachments = append(m.Attachments, chat.Attachment{Name: words, Missing: true})
		if before != "" {
			return before
		}
		return strings.TrimPrefix(body[len(first):], "\n")
	}
	if strings.HasPrefix(body, "\u200e") {
		return trimMarks(body)
	}
	return body
}

// android: "IMG-20201231-WA0001.jpg (file attached)".
func (x *Export) android(first string, v *votes) (name string, ok bool) {
	line := strings.TrimRight(first, " \u200e")
	open := strings.LastIndex(line, " (")
	if open <= 0 || !strings.HasSuffix(line, ")") {
		return "", false
	}
	if !v.has(attached, line[open+2:len(line)-1]) {
		return "", false
	}
	name = trimMarks(line[:open])
	return name, name != ""
}

// iphone: "<attached: 00000012-PHOTO-2020-12-31-21-15-03.jpg>", behind a caption.
func (x *Export) iphone(body string, v *votes) (before, name, after string, ok bool) {
	open := strings.LastIndexByte(body, '<')
	if open < 0 || x.marks && open > 0 && !strings.HasSuffix(body[:open], "\u200e") {
		return "", "", "", false
	}
	end := strings.IndexByte(body[open:], '>')
	if end < 0 {
		return "", "", "", false
	}
	inside := trimMarks(body[open+1 : open+end])
	colon := strings.IndexByte(inside, ':')
	if colon < 0 {
		return "", "", "", false
	}
	if !v.has(tags, inside[:colon+1]) {
		return "", "", "", false
	}
	name = trimMarks(inside[colon+1:])
	return body[:open], name, body[open+end+1:], name != ""
}

// left: "<Media omitted>", "image omitted", or "plan.pdf • 3 pages document omitted"
// with a mark before its last words.
func (x *Export) left(body, first string, v *votes) (before, words string, ok bool) {
	line := strings.TrimRight(first, "\u200e ")
	whole := strings.TrimSuffix(strings.TrimPrefix(trimMarks(line), "<"), ">")
	if strings.HasPrefix(line, "\u200e") || !x.marks || strings.HasPrefix(trimMarks(line), "<") {
		if v.has(omitted, whole) {
			return "", trimMarks(whole), true
		}
	}
	line = strings.TrimRight(body, "\u200e ")
	at := strings.LastIndex(line, "\u200e")
	if at < 0 {
		return "", "", false
	}
	words = line[at:]
	if !v.has(omitted, words) {
		return "", "", false
	}
	return strings.TrimRight(line[:at], "\u200e "), trimMarks(words), true
}

// attachment looks for a file among those of the zip.
func (x *Export) attachment(name string) chat.Attachment {
	a := chat.Attachment{Name: name, Type: mediaType(name), Missing: true}
	if open, ok := x.media[name]; ok {
		a.Missing, a.Size = false, x.sizes[name]
		a.Open = func() (io.ReadCloser, error) { return open() }
	}
	return a
}

// types are those WhatsApp makes itself, and the usual documents.
var types = map[string]string{
	".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp", ".gif": "image/gif", ".mp4": "video/mp4",
	".opus": "audio/ogg", ".ogg": "audio/ogg", ".m4a": "audio/mp4", ".mp3": "audio/mpeg", ".aac": "audio/aac", ".pdf": "application/pdf",
	".vcf": "text/vcard", ".txt": "text/plain", ".csv": "text/csv", ".mov": "video/quicktime", ".3gp": "video/3gpp",
	".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".doc": "application/msword",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xls": "application/vnd.ms-excel",
	".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}

func mediaType(name string) string { return types[strings.ToLower(path.Ext(name))] }
