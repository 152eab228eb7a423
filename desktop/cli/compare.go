package cli

import (
	"net/mail"
	"net/textproto"
	"strconv"
	"strings"

	"mime"

	"hanaper/core"
	"hanaper/core/record"
)

// compareReadable checks that what people read in the message is what the record
// says, by rendering the record anew. Differences are problems where this version
// made the record, and warnings where another did, whose rendering may differ.
func compareReadable(l *letter, r *record.Record, rep *verifyReport) {
	want, err := readLetter(record.EML(r, nil))
	if err != nil {
		rep.problem("", "the record cannot be rendered: "+err.Error())
		return
	}
	differ := rep.problem
	if r.Kept.Tool != "hanaper "+core.Version {
		differ = func(path, text string) {
			rep.warn(path, text+" (made by "+strconv.Quote(r.Kept.Tool)+", compared by "+core.Version+")")
		}
	}
	compareHeader(l.header, want.header, rep, differ)
	switch {
	case l.charset != "":
		rep.warn("text", "the readable part is in "+strconv.Quote(l.charset)+" and was not compared with the record")
	case l.text == "":
		rep.warn("text", "there is no readable part, the record stands alone")
	default:
		compareText(l.text, want.text, rep, differ)
	}
}

func compareHeader(got, want textproto.MIMEHeader, rep *verifyReport, differ func(path, text string)) {
	id := strings.TrimSpace(got.Get("Message-Id"))
	switch {
	case id == want.Get("Message-Id"):
	case strings.HasSuffix(id, "@hanaper.invalid>"):
		rep.problem("message-id", "names another record: it was changed after it was kept, or this is not the message it was kept in")
	default:
		rep.warn("message-id", "is not that of the record: a server gave the message another one")
	}
	g, w := decodedHeader(got, "Subject"), decodedHeader(want, "Subject")
	switch {
	case g == w:
	case w != "" && strings.HasSuffix(g, " "+w):
		rep.warn("subject", strconv.Quote(strings.TrimSuffix(g, w))+" was put before the record's subject")
	default:
		differ("subject", "the message says "+strconv.Quote(g)+", the record "+strconv.Quote(w))
	}
	for _, name := range []string{"From", "To"} {
		if g, w := addresses(got, name), addresses(want, name); g != w {
			differ(strings.ToLower(name), "the message says "+strconv.Quote(g)+", the record "+strconv.Quote(w))
		}
	}
	gd, gerr := mail.Header(got).Date()
	wd, werr := mail.Header(want).Date()
	if gerr != nil || werr != nil || !gd.Equal(wd) {
		differ("date", "the message says "+strconv.Quote(got.Get("Date"))+", the record "+strconv.Quote(want.Get("Date")))
	}
}

func decodedHeader(h textproto.MIMEHeader, name string) string {
	s, err := new(mime.WordDecoder).DecodeHeader(h.Get(name))
	if err != nil {
		s = h.Get(name)
	}
	return strings.Join(strings.Fields(s), " ")
}

// addresses prints an address list in one way, whatever way it was written.
func addresses(h textproto.MIMEHeader, name string) string {
	list, err := mail.Header(h).AddressList(name)
	if err != nil {
		return decodedHeader(h, name)
	}
	out := make([]string, len(list))
	for i, a := range list {
		out[i] = strings.Join(strings.Fields(a.Name), " ") + " <" + a.Address + ">"
	}
	return strings.Join(out, ", ")
}

// compareText lets servers change line ends, trailing space and what follows: a
// footer. Anything else makes people read what was not kept.
func compareText(got, want string, rep *verifyReport, differ func(path, text string)) {
	g, w := lines(got), lines(want)
	for i := range w {
		if i >= len(g) {
			differ("text", "the readable part breaks off after line "+strconv.Itoa(i)+" of "+strconv.Itoa(len(w)))
			return
		}
		if g[i] != w[i] {
			differ("text", "line "+strconv.Itoa(i+1)+" of the readable part is not what the record says")
			return
		}
	}
	if len(g) > len(w) {
		rep.warn("text", strconv.Itoa(len(g)-len(w))+" lines were added below the readable part")
	}
}

func lines(s string) []string {
	out := strings.Split(strings.TrimRight(strings.ReplaceAll(s, "\r\n", "\n"), "\n \t"), "\n")
	for i := range out {
		out[i] = strings.TrimRight(out[i], " \t")
	}
	return out
}
