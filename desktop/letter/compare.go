package letter

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
func compareReadable(got *envelope, r *record.Record, rep *Report) {
	want, err := readLetter(record.EML(r, nil))
	if err != nil {
		rep.Problem("", "the record cannot be rendered: "+err.Error())
		return
	}
	differ := rep.Problem
	if r.Kept.Tool != "hanaper "+core.Version {
		differ = func(path, text string) {
			rep.Warn(path, text+" (made by "+strconv.Quote(r.Kept.Tool)+", compared by "+core.Version+")")
		}
	}
	compareHeader(got.header, want.envelope.header, rep, differ)
	switch {
	case len(got.texts) > 0:
		compareTexts(got.texts, want.envelope.texts[0], rep, differ)
	case got.charset != "":
		rep.Warn("text", "the readable part is in "+strconv.Quote(got.charset)+" and was not compared with the record")
	default:
		rep.Warn("text", "there is no readable part, the record stands alone")
	}
}

func compareHeader(got, want textproto.MIMEHeader, rep *Report, differ func(path, text string)) {
	id := strings.TrimSpace(got.Get("Message-Id"))
	switch {
	case id == want.Get("Message-Id"):
	case strings.HasSuffix(id, "@hanaper.invalid>"):
		rep.Problem("message-id", "names another record: it was changed after it was kept, or this is not the message it was kept in")
	default:
		rep.Warn("message-id", "is not that of the record: a server gave the message another one")
	}
	g, w := decodedHeader(got, "Subject"), decodedHeader(want, "Subject")
	switch {
	case g == w:
	case w != "" && strings.HasSuffix(g, " "+w):
		rep.Warn("subject", strconv.Quote(strings.TrimSuffix(g, w))+" was put before the record's subject")
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

// compareTexts lets servers change line ends, trailing space and what follows: a
// footer, another part. Anything else makes people read what was not kept. Of
// several parts the one counts that agrees for longest.
func compareTexts(got []string, want string, rep *Report, differ func(path, text string)) {
	w, best, more := lines(want), -1, 0
	for _, text := range got {
		g := lines(text)
		same := 0
		for same < len(w) && same < len(g) && g[same] == w[same] {
			same++
		}
		if same > best {
			best, more = same, len(g)-same
		}
	}
	switch {
	case best < len(w) && more == 0:
		differ("text", "the readable part breaks off after line "+strconv.Itoa(best)+" of "+strconv.Itoa(len(w)))
	case best < len(w):
		differ("text", "line "+strconv.Itoa(best+1)+" of the readable part is not what the record says")
	case more > 0:
		rep.Warn("text", strconv.Itoa(more)+" lines were added below the readable part")
	}
}

func lines(s string) []string {
	out := strings.Split(strings.TrimRight(strings.ReplaceAll(s, "\r\n", "\n"), "\n \t"), "\n")
	for i := range out {
		out[i] = strings.TrimRight(out[i], " \t")
	}
	return out
}
