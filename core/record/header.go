package record

import (
	"hanaper/core/sha256"
	"strconv"
	"unicode/utf8"

	"hanaper/core/message"
)

// header writes mail header fields, folded between tokens at 78 characters. No
// token holds a control character, so no text of a record can start a line.
type header struct {
	b   []byte
	col int
}

//go:noinline
func (h *header) field(name string, tokens ...string) {
	h.b = append(append(h.b, name...), ':')
	h.col = len(name) + 1
	for _, t := range tokens {
		if h.col+1+len(t) > 78 && h.col > len(name)+1 {
			h.b = append(h.b, '\r', '\n')
			h.col = 0
		}
		h.b = append(append(h.b, ' '), t...)
		h.col += 1 + len(t)
	}
	h.b = append(h.b, '\r', '\n')
}

// oneLine puts a space for every control character and line separator, and
// U+FFFD for broken UTF-8.
func oneLine(s string) string {
	out := make([]byte, 0, len(s))
	for _, r := range s {
		if r < ' ' || r >= 0x7f && r < 0xa0 || r == 0x2028 || r == 0x2029 {
			r = ' '
		}
		out = utf8.AppendRune(out, r)
	}
	return string(out)
}

// unstructured gives a subject's tokens: words as they are, or encoded-words
// where a word would not survive folding or mail.
func unstructured(s string) []string {
	s = oneLine(s)
	var words []string
	start := 0
	for i := 0; i <= len(s); i++ {
		if i < len(s) && s[i] != ' ' {
			if s[i] >= 0x7f || s[i] == '=' && i+1 < len(s) && s[i+1] == '?' {
				return encodedWords(s)
			}
			continue
		}
		if i == start || i-start > 64 { // two spaces, one at an end, or a word too long to fold
			return encodedWords(s)
		}
		words = append(words, s[start:i])
		start = i + 1
	}
	return words
}

// phrase gives a display name's tokens.
func phrase(s string) []string {
	s = oneLine(s)
	quoted := []byte{'"'}
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x7f || s[i] == '=' && i+1 < len(s) && s[i+1] == '?' {
			return encodedWords(s)
		}
		if s[i] == '"' || s[i] == '\\' {
			quoted = append(quoted, '\\')
		}
		quoted = append(quoted, s[i])
	}
	if quoted = append(quoted, '"'); len(quoted) > 64 {
		return encodedWords(s)
	}
	return []string{string(quoted)}
}

// mailbox gives the tokens of one party, end glued to the last: "Name" <address>.
func mailbox(channel string, p message.Party, end string) []string {
	addr := address(channel, p)
	name := p.Name
	if blank(name) && addr != p.Address {
		name = p.Address
	}
	var out []string
	if !blank(name) {
		out = phrase(name)
	}
	return append(out, "<"+addr+">"+end)
}

// recipients gives the tokens of To. Parties of a chat that are not all known by
// e-mail address stand in a group that bears the chat's title (RFC 5322, 3.4);
// the group itself, listed where its members are not shown, is not a mailbox.
func recipients(r *Record) []string {
	var all []message.Party
	mail := true
	for _, p := range r.Fields.To {
		if p.Address == "" && p.Name == r.Chat && !r.Fields.MembersComplete {
			mail = false
			continue
		}
		mail = mail && isAddrSpec(p.Address)
		all = append(all, p)
	}
	group := !blank(r.Chat) && !mail && (len(all) != 1 || !r.Fields.MembersComplete)
	var out []string
	if group {
		out = append(phrase(r.Chat), ":")
	}
	for i, p := range all {
		end := ","
		if i == len(all)-1 {
			end = ""
		}
		out = append(out, mailbox(r.Channel, p, end)...)
	}
	if group {
		out = append(out, ";")
	}
	return out
}

// address is an addr-spec for a party. An e-mail address is itself; anything
// else is written under .invalid, which never resolves (RFC 2606), for mail
// software needs one: a phone number as tel-DIGITS, another identifier as its
// plain letters and 8 digits of its SHA-256, none as that of the name.
func address(channel string, p message.Party) string {
	if isAddrSpec(p.Address) {
		return p.Address
	}
	host := label(channel)
	if host == "" {
		host = "channel"
	}
	host += ".invalid"
	if digits := phone(p.Address); digits != "" {
		return "tel-" + digits + "@" + host
	}
	kind, from := "id-", p.Address
	if blank(from) {
		kind, from = "name-", p.Name
	}
	if plain := label(from); plain != "" && kind == "id-" {
		kind += plain + "-"
	}
	return kind + sha256.Hex(from)[:8] + "@" + host
}

// phone returns the digits of a phone number, "" where s is none: 3 to 15 digits
// (E.164), separators, one plus in front.
func phone(s string) string {
	var out []byte
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			out = append(out, c)
		case c == '+' && len(out) == 0, c == ' ', c == '-', c == '.', c == '(', c == ')':
		default:
			return ""
		}
	}
	if len(out) < 3 || len(out) > 15 {
		return ""
	}
	return string(out)
}

// label is s as a host label: at most 32 lower-case letters, digits and inner
// hyphens.
func label(s string) string {
	var out []byte
	for i := 0; i < len(s) && len(out) < 32; i++ {
		c := s[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c >= 'a' && c <= 'z' || c >= '0' && c <= '9' {
			out = append(out, c)
		} else if len(out) > 0 && out[len(out)-1] != '-' {
			out = append(out, '-')
		}
	}
	for len(out) > 0 && out[len(out)-1] == '-' {
		out = out[:len(out)-1]
	}
	return string(out)
}

// isAddrSpec tells whether s can stand in a header as it is: dot-atom@dot-atom
// in ASCII, at most 254 characters (RFC 5321).
func isAddrSpec(s string) bool {
	at := -1
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '@' && at < 0:
			at = i
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-':
		case c == '.' && i > 0 && s[i-1] != '.' && s[i-1] != '@':
		case at < 0 && atomText(c):
		default:
			return false
		}
	}
	return at > 0 && at <= 64 && at < len(s)-1 && len(s) <= 254 && s[at-1] != '.' && s[len(s)-1] != '.'
}

func atomText(c byte) bool {
	const specials = "!#$%&'*+/=?^_`{|}~"
	for i := 0; i < len(specials); i++ {
		if specials[i] == c {
			return true
		}
	}
	return false
}

// parameter gives the tokens of a MIME parameter with a file name: quoted, or in
// the continued form of RFC 2231 where it is long or not plain ASCII.
func parameter(name, value string) []string {
	value = oneLine(value)
	plain := len(value) <= 48
	for i := 0; i < len(value); i++ {
		plain = plain && value[i] < 0x7f && value[i] != '"' && value[i] != '\\'
	}
	if plain {
		return []string{name + "=\"" + value + "\""}
	}
	var out []string
	part := "utf-8''"
	flush := func() {
		out = append(out, name+"*"+strconv.Itoa(len(out))+"*="+part)
		part = ""
	}
	for i := 0; i < len(value); i++ {
		if len(part) > 48 {
			flush()
		}
		if c := value[i]; c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '.' || c == '_' {
			part += string(rune(c))
		} else {
			part += "%" + string(rune(upperHex[c>>4])) + string(rune(upperHex[c&15]))
		}
	}
	if len(out) == 0 {
		return []string{name + "*=" + part}
	}
	flush()
	for i := range out[:len(out)-1] {
		out[i] += ";"
	}
	return out
}
