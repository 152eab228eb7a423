package mailbox

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	mail "github.com/emersion/go-message"
	address "github.com/emersion/go-message/mail"
	"golang.org/x/net/html"

	"hanaper/core/message"
	"hanaper/desktop/importer/chat"
)

// leaf reads a part that holds no others: text to be read, or a file.
func (p *parser) leaf(e *mail.Entity, cause error) {
	p.leaves++
	if p.want > 0 {
		if p.want == p.leaves {
			p.find(e)
		}
		return
	}
	if p.leaves > maxParts {
		p.note(fmt.Sprintf("it has more than %d parts: the others were not read", maxParts))
		return
	}
	media, params, _ := e.Header.ContentType()
	name := fileName(e, params)
	disposition, _, _ := e.Header.ContentDisposition()
	readable := disposition != "attachment" && name == ""
	switch {
	case readable && (media == "text/plain" || media == ""):
		p.text(e, cause)
	case readable && media == "text/html" && p.html == "":
		p.html = p.all(e, cause)
	default:
		size, err := io.Copy(io.Discard, e.Body)
		if err != nil {
			p.note(fmt.Sprintf("file %d %s cannot be read to its end: %v", p.leaves, name, err))
		}
		if name == "" {
			name = fmt.Sprintf("part-%d", p.leaves)
		}
		p.m.Attachments = append(p.m.Attachments, chat.Attachment{
			Name: name, Type: media, Size: size, Missing: err != nil, Open: p.open(p.leaves),
		})
	}
}

func fileName(e *mail.Entity, params map[string]string) string {
	name, err := (&address.AttachmentHeader{Header: e.Header}).Filename()
	if err != nil || name == "" {
		name = params["name"]
	}
	return clean(name)
}

// find reads the leaf that is asked for.
func (p *parser) find(e *mail.Entity) {
	n, err := io.Copy(&p.found, io.LimitReader(e.Body, MaxFile+1))
	switch {
	case err != nil:
		p.failed = err
	case n > MaxFile:
		p.failed = fmt.Errorf("the file is larger than %d bytes", MaxFile)
	}
}

// text adds a readable part to the body; a second one follows behind an empty line.
func (p *parser) text(e *mail.Entity, cause error) {
	p.plain = true
	s := p.all(e, cause)
	if p.m.Body != "" && s != "" {
		p.m.Body += "\n\n"
	}
	if p.m.Body += s; len(p.m.Body) > message.MaxBody {
		p.unreadable(fmt.Sprintf("its text is longer than %d bytes: not judged; keep it by hand", message.MaxBody))
		p.m.Body = ""
	}
}

func (p *parser) unreadable(why string) {
	p.m.Kind = chat.Unreadable
	p.note(why)
}

// all is the text of a part, "" where it cannot be read.
func (p *parser) all(e *mail.Entity, cause error) string {
	b := &strings.Builder{}
	n, err := io.Copy(b, io.LimitReader(e.Body, message.MaxBody+1))
	switch {
	case err != nil:
		p.unreadable("its text cannot be read to its end: " + err.Error())
	case n > message.MaxBody:
		p.unreadable(fmt.Sprintf("its text is longer than %d bytes: not judged; keep it by hand", message.MaxBody))
		return ""
	case !utf8.ValidString(b.String()):
		why := "its text is not in the character set it names"
		if cause != nil {
			why = "its text cannot be read: " + cause.Error()
		}
		p.unreadable(why)
	}
	return strings.ToValidUTF8(b.String(), "\uFFFD")
}

// textOf is what a reader sees of HTML, a line for each block.
func textOf(source string) string {
	z := html.NewTokenizer(strings.NewReader(source))
	b := &strings.Builder{}
	hidden := ""
	for {
		switch z.Next() {
		case html.ErrorToken:
			return tidy(b.String())
		case html.TextToken:
			if hidden == "" {
				b.WriteString(squeeze(string(z.Text())))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			tag, _ := z.TagName()
			switch name := string(tag); name {
			case "script", "style", "head", "title", "template":
				if hidden == "" {
					hidden = name
				}
			case "br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "table", "pre":
				b.WriteByte('\n')
			case "td", "th":
				b.WriteByte(' ')
			}
		case html.EndTagToken:
			tag, _ := z.TagName()
			if string(tag) == hidden {
				hidden = ""
			}
			if string(tag) == "p" {
				b.WriteByte('\n')
			}
		}
	}
}

// squeeze makes one space of all white space in a row, as browsers do.
func squeeze(s string) string {
	words := strings.Join(strings.Fields(s), " ")
	if words == "" {
		if s == "" {
			return ""
		}
		return " "
	}
	if strings.ContainsAny(s[:1], " \t\r\n") {
		words = " " + words
	}
	if strings.ContainsAny(s[len(s)-1:], " \t\r\n") {
		words += " "
	}
	return words
}

func tidy(s string) string {
	lines := strings.Split(s, "\n")
	out := lines[:0]
	for _, l := range lines {
		l = strings.TrimSpace(strings.ReplaceAll(l, "  ", " "))
		if l != "" || len(out) > 0 && out[len(out)-1] != "" {
			out = append(out, l)
		}
	}
	return strings.TrimSpace(strings.Join(out, "\n"))
}
