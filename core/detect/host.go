package detect

import (
	"strings"
	"sync"
)

// authority is the place between the slashes of an address.
type authority struct{ start, end int }

// judgeAuthority gives the reason why an authority is risky, or "".
func (in *input) judgeAuthority(a authority) (reason string, confidence int) {
	s := in.s
	if strings.LastIndexByte(s[a.start:a.end], '@') > 0 {
		return "userinfo", 970
	}
	if s[a.start] == '[' && strings.Contains(s[a.start:a.end], ":") {
		return "ip-host", 900
	}
	end := a.end
	if n := strings.IndexByte(s[a.start:end], ':'); n >= 0 {
		end = a.start + n
	}
	for end > a.start && s[end-1] == '.' {
		end--
	}
	if end == a.start {
		return "", 0
	}
	if strings.Contains(s[a.start:end], "%") {
		return "encoded", 900
	}
	return in.judgeHost(a.start, end)
}

// judgeHost gives the reason why the host s[start:end] is risky, or "".
func (in *input) judgeHost(start, end int) (reason string, confidence int) {
	host := fold(in.s[start:end])
	switch {
	case numericHost(host):
		if privateHost(host) {
			return "ip-host", 650
		}
		return "ip-host", 900
	case in.confusableHost(start, end):
		return "confusable", 960
	case strings.HasPrefix(host, "xn--") || strings.Contains(host, ".xn--"):
		return "punycode", 850
	}
	switch hosts := shortHosts(); hosts[strings.TrimPrefix(host, "www.")] {
	case 1:
		return "shortener", 900
	case 2:
		return "shortener", 550
	}
	if lookalikeHost(host) {
		return "lookalike", 850
	}
	return "", 0
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

// confusableHost reports whether the host was written with characters of
// another script or invisible ones, where the reader sees Latin letters: a label
// that only normalising makes ASCII, or one that mixes Latin with another
// script. Latin letters with accents are French, not a disguise.
func (in *input) confusableHost(start, end int) bool {
	sp := in.text.Span(start, end)
	if sp.End-sp.Start == end-start {
		return false // byte for byte what it seems
	}
	for label := range strings.SplitSeq(in.text.Orig[sp.Start:sp.End], ".") {
		latin, accented, other := scripts(label)
		if other && (latin || accented) || other && strings.IndexFunc(in.text.Norm[start:end], isForeign) < 0 {
			return true
		}
	}
	return false
}

func isForeign(r rune) bool { return r >= 0x80 }

// scripts tells what a label is written in: ASCII letters, accented Latin
// letters (U+00C0 to U+017F and combining accents, without dotless i and long
// s), anything else.
func scripts(label string) (latin, accented, other bool) {
	for _, r := range label {
		switch {
		case r < 0x80:
			latin = latin || letter(byte(r))
		case (r >= 0xC0 && r <= 0x17F && r != 0x131 && r != 0x17F) || r >= 0x300 && r <= 0x36F:
			accented = true
		default:
			other = true
		}
	}
	return latin, accented, other
}

// lookalikeHost reports whether host begins like a government's, but belongs to
// somebody else: gov.uk.evil.example, canada-ca.example.
func lookalikeHost(host string) bool {
	if !strings.Contains(host, "gov") && !strings.Contains(host, "ca.") && !strings.Contains(host, "-ca") {
		return false
	}
	labels := strings.Split(host, ".")
	for i, l := range labels[:len(labels)-1] {
		after := labels[i+1:]
		country := len(after) == 1 && len(after[0]) == 2 || len(after) == 2 && len(after[0]) == 2 && after[1] == "ca" ||
			len(after) == 1 && isWord(after[0], " wales scot ") || after[len(after)-1] == "gov"
		switch {
		case l == "gov" && !country, l == "gc" && after[0] == "ca" && len(after) > 1, l == "canada" && after[0] == "ca" && len(after) > 1,
			strings.HasSuffix(l, "gov-uk"), strings.HasSuffix(l, "gc-ca"), strings.HasSuffix(l, "canada-ca"), strings.HasSuffix(l, "nc-gov"):
			return true
		}
	}
	return false
}
