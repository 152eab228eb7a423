package detect

import "strings"

// emailAddress finds e-mail addresses as people write them: an addr-spec of
// RFC 5322 without quotes, comments or literals, whose domain has at least two
// labels and a top-level domain of letters or punycode.
//
// Hit: "write to p.greer@ncdot.example". Near miss: "back @ 5.30pm".
var emailAddress = detector{
	id: "email-address", class: ClassContact,
	source:  "RFC 5322 section 3.4.1; RFC 1035 section 2.3.1",
	about:   "e-mail address",
	reasons: "format",
	marks:   "*@*",
	find:    findEmail,
}

func findEmail(in *input) {
	for _, h := range in.hits {
		if h.kinds&in.marks == 0 {
			continue
		}
		start, end := localStart(in.s, h.start), domainEnd(in.s, h.end)
		if start >= 0 && end > 0 {
			in.report(start, end, 950, "format")
		}
	}
}

// localStart is where the local part before offset at begins, or -1: at most 64
// bytes, a letter or digit first, no two full stops in a row, none before the @.
func localStart(s string, at int) int {
	i := at
	for i > 0 && (alnum(s[i-1]) || isOneOf(s[i-1], "._%+'-")) {
		if i--; at-i > 64 {
			return -1
		}
	}
	if i > 0 && isOneOf(s[i-1], "/@") {
		return -1
	}
	for i < at && !alnum(s[i]) {
		i++
	}
	if i == at || s[at-1] == '.' || strings.Contains(s[i:at], "..") {
		return -1
	}
	return i
}

// domainEnd is where the domain that begins at start ends, or 0 where what
// stands there is not one.
func domainEnd(s string, start int) int {
	end := start
	for end < len(s) && end-start <= 253 && hostByte(s[end]) {
		end++
	}
	for end > start && isOneOf(s[end-1], ".-") {
		end--
	}
	if end-start > 253 || end < len(s) && isOneOf(s[end], "@_") || !isDomain(s[start:end]) {
		return 0
	}
	return end
}

func hostByte(b byte) bool { return alnum(b) || b == '.' || b == '-' }

// isDomain reports whether host has two labels or more, each of 1 to 63
// letters, digits and inner hyphens, the last of letters only or punycode.
func isDomain(host string) bool {
	labels := 0
	for rest, more := host, true; more; {
		var label string
		label, rest, more = strings.Cut(rest, ".")
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		labels++
		if !more && !topLevel(label) {
			return false
		}
	}
	return labels > 1
}

func topLevel(label string) bool {
	if len(label) > 4 && fold(label[:4]) == "xn--" {
		return true
	}
	for i := range len(label) {
		if !letter(label[i]) {
			return false
		}
	}
	return len(label) >= 2
}
