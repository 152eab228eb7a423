package detect

import (
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// authority is the place between the slashes of an address.
type authority struct{ start, end int }

// risk is why an address or a name is risky; reason "" is none. is and shows are
// those of Finding.
type risk struct {
	reason     string
	confidence int
	is, shows  string
}

// judgeAuthority gives the reason why an authority is risky.
func (in *input) judgeAuthority(a authority) risk {
	s := in.s
	text := s[a.start:a.end]
	if at := strings.LastIndexByte(text, '@'); at > 0 {
		login, _, _ := strings.Cut(text[:at], ":")
		return risk{"userinfo", 970, fold(withoutPort(text[at+1:])), login}
	}
	if strings.HasPrefix(text, "[") && strings.Contains(text, ":") {
		return risk{"ip-host", 900, text, ""}
	}
	host := withoutPort(text)
	switch {
	case host == "":
		return risk{}
	case strings.Contains(host, "%"):
		return risk{"encoded", 900, host, ""}
	}
	return in.judgeHost(a.start, a.start+len(host))
}

// withoutPort cuts the port and the root's full stop off a host.
func withoutPort(host string) string {
	host, _, _ = strings.Cut(host, ":")
	return strings.TrimRight(host, ".")
}

// judgeHost gives the reason why the host s[start:end] is risky.
func (in *input) judgeHost(start, end int) risk {
	host := fold(in.s[start:end])
	if numericHost(host) {
		r := risk{"ip-host", 900, host, ""}
		if ip, ok := parseIPv4(host); ok {
			r.is = ip
		}
		if privateHost(host) {
			r.confidence = 650
		}
		return r
	}
	sp := in.text.Span(start, end)
	written := in.text.Orig[sp.Start:sp.End]
	r, seen := disguise(written)
	if r.reason == "confusable" {
		return r
	}
	if l := in.imitates(fold(written), seen); l.confidence > r.confidence {
		return l
	}
	if r.reason != "" {
		return r
	}
	switch hosts := shortHosts(); hosts[strings.TrimPrefix(host, "www.")] {
	case 1:
		return risk{"shortener", 900, host, ""}
	case 2:
		return risk{"shortener", 550, host, ""}
	}
	return risk{}
}

// shortHosts maps a shortener to 1, one of a single site to 2.
var shortHosts = sync.OnceValue(func() map[string]uint8 { return wordSet(shorteners, brandShorteners) })

// numericHost is the "ends in a number checker" of the URL Standard: the last
// label is digits only or 0x and hexadecimal digits.
func numericHost(host string) bool {
	last := host[strings.LastIndexByte(host, '.')+1:]
	if strings.HasPrefix(last, "0x") {
		return strings.Trim(last[2:], "0123456789abcdef") == ""
	}
	return last != "" && strings.Trim(last, "0123456789") == ""
}

// parseIPv4 reads a numeric host as the URL Standard does, up to four parts each
// decimal, octal after 0 or hexadecimal after 0x, the last filling what is left, and
// gives the address in the usual form. ok is false for what browsers refuse.
func parseIPv4(host string) (address string, ok bool) {
	parts := strings.Split(host, ".")
	if len(parts) > 4 {
		return "", false
	}
	value := uint64(0)
	for i, p := range parts {
		base, room := 10, uint64(1)<<8
		switch {
		case strings.HasPrefix(p, "0x"):
			p, base = p[2:], 16
		case len(p) > 1 && p[0] == '0':
			p, base = p[1:], 8
		case p == "":
			return "", false
		}
		n, err := uint64(0), error(nil)
		if p != "" {
			n, err = strconv.ParseUint(p, base, 64)
		}
		if i == len(parts)-1 {
			room = 1 << (8 * (5 - len(parts)))
		}
		if err != nil || n >= room || p != "" && (p[0] == '+' || p[0] == '_') {
			return "", false
		}
		value = value*room + n
	}
	out := make([]byte, 0, len("255.255.255.255"))
	for shift := 24; shift >= 0; shift -= 8 {
		out = strconv.AppendUint(out, value>>shift&0xff, 10)
		if shift > 0 {
			out = append(out, '.')
		}
	}
	return string(out), true
}

// privateHost reports whether host is dotted and of a private or loopback
// network (RFC 1918, RFC 1122): a device at hand, ordinary among technicians.
func privateHost(host string) bool {
	for _, p := range [...]string{"10.", "127.", "192.168."} {
		if strings.HasPrefix(host, p) {
			return true
		}
	}
	return strings.HasPrefix(host, "172.") && len(host) > 6 && host[6] == '.' && host[4:6] >= "16" && host[4:6] <= "31"
}

// bareHosts judges addresses without a scheme: bit.ly/abc, g0v.uk. A host begins
// and ends with the run of host bytes around a full stop.
func (in *input) bareHosts() {
	s := in.s
	for i := 0; i < len(s); i++ {
		n := strings.IndexByte(s[i:], '.')
		if n < 0 {
			return
		}
		if i += n; i > 0 && i+2 < len(s) && hostByte(s[i-1]) && letter(s[i+1]) {
			i = max(i, in.bareHost(i)-1)
		}
	}
}

// bareHost judges the host of which i is a byte and gives where it ends.
func (in *input) bareHost(i int) int {
	s, start, stop := in.s, i, i
	for start > 0 && i-start < 64 && hostByte(s[start-1]) {
		start--
	}
	for stop < len(s) && stop-i < 253 && hostByte(s[stop]) {
		stop++
	}
	before, _ := utf8.DecodeLastRuneInString(s[:start])
	after, _ := utf8.DecodeRuneInString(s[stop:])
	if start > 0 && isOneOf(s[start-1], `/\@:_%`) || unicode.IsLetter(before) || unicode.IsLetter(after) {
		return stop // a part of a longer address or word
	}
	host := strings.TrimRight(s[start:stop], ".-")
	end := start + len(host)
	last := host[strings.LastIndexByte(host, '.')+1:]
	if len(last) == len(host) || len(last) < 2 || !letter(last[0]) {
		return stop
	}
	if top := in.text.Span(end-len(last), end); top.End-top.Start != len(last) {
		return stop // its last label is of another script: words, not a host
	}
	path := end < len(s) && s[end] == '/' && end+1 < len(s) && s[end+1] > ' '
	switch r := in.judgeHost(start, end); r.reason {
	case "shortener":
		if path {
			in.reportRisk(start, in.linkEnd(start), r)
		}
	case "punycode", "confusable", "lookalike":
		in.reportRisk(start, in.linkEnd(start), r)
	}
	return stop
}
