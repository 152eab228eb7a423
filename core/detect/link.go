package detect

import "strings"

// link finds addresses that hide where they lead or what they do.
//
// Reasons: userinfo (RFC 3986 section 3.2.1: what stands before @ is no host),
// ip-host (a number for a host, in every form of the WHATWG URL Standard's host
// parser: 1.2.3.4, 16909060, 0x1020304, [::1]), confusable and punycode (Unicode
// Technical Standard 39; RFC 3492), shortener (MISP warning list), lookalike (a
// government's domain at the front of another), encoded (percent signs in the
// host), slashes (more, fewer or reversed slashes), script (javascript:,
// vbscript:, and data: that can run).
//
// Hit: "https://gov.uk@evil.example/". Near miss: "https://www.gov.uk/contact".
var link = detector{
	id: "link", class: ClassLink,
	source:  "RFC 3986; WHATWG URL Standard; Unicode Technical Standard 39; MISP warning list url-shortener",
	about:   "link that hides where it leads or what it does",
	reasons: "userinfo ip-host confusable punycode shortener lookalike encoded slashes script",
	marks:   "http:*|https:*|ftp:*|data:*|javascript:*|vbscript:*|ms-msdt:*|search-ms:*|ms-officecmd:*",
	find:    findLink,
}

const maxLink = 2048 // bytes of one address that are read

func findLink(in *input) {
	if in.seen&in.marks != 0 {
		for _, h := range in.hits {
			if h.kinds&in.marks == 0 {
				continue
			}
			switch in.s[h.start] | 0x20 {
			case 'h', 'f':
				in.address(h)
			default:
				in.scriptLink(h)
			}
		}
	}
	in.bareHosts()
}

// linkEnd is where an address that begins at start ends: at a space, a quote, an
// angle bracket or the limit, closing punctuation off. Addresses are often inside
// one another, so the last end found is kept.
func (in *input) linkEnd(start int) int {
	s := in.s
	if start < in.linkFrom || start >= in.linkStop {
		in.linkFrom, in.linkStop = start, start
		for in.linkStop < len(s) && !closesLink(s[in.linkStop]) {
			in.linkStop++
		}
	}
	end := min(in.linkStop, start+maxLink)
	for end > start && isOneOf(s[end-1], ".,;:!?)]}'*\\") {
		if b := s[end-1]; b == ')' && strings.Contains(s[start:end], "(") || b == ']' && strings.Contains(s[start:end], "[") {
			break
		}
		end--
	}
	return end
}

func closesLink(b byte) bool {
	return b <= ' ' || b == '"' || b == '<' || b == '>' || b == '`' || b == '|'
}

// address judges scheme: and what follows it.
func (in *input) address(h hit) {
	s, end := in.s, in.linkEnd(h.start)
	i := h.end
	for i < end && isOneOf(s[i], `/\`) {
		i++
	}
	if i == h.end || i >= end {
		return
	}
	stop := i
	for stop < end && !isOneOf(s[stop], `/\?#`) {
		stop++
	}
	a := authority{start: i, end: stop}
	r := in.judgeAuthority(a)
	if sp := in.text.Span(stop, min(stop+1, end)); stop < end && in.text.Orig[sp.Start] >= 0x80 {
		// what looks like the end of the host is not
		r = risk{"confusable", 960, in.text.Orig[in.text.Span(i, stop).Start:sp.End], fold(s[i:stop])}
	}
	switch {
	case r.reason != "":
	case s[h.end:i] != "//" && strings.Contains(s[i:stop], "."):
		r = risk{"slashes", 900, fold(s[i:stop]), ""}
	case stop+1 < end && isOneOf(s[stop], `/\`) && isOneOf(s[stop+1], `/\`):
		r = risk{"slashes", 700, fold(s[i:stop]), ""}
	}
	if r.reason != "" {
		in.reportRisk(h.start, end, r)
	}
}

// scriptLink judges javascript:, vbscript: and data:.
func (in *input) scriptLink(h hit) {
	s, end := in.s, in.linkEnd(h.start)
	if end <= h.end {
		return
	}
	if name := fold(s[h.start : h.end-1]); name != "data" {
		in.reportRisk(h.start, end, risk{"script", 950, name, ""})
		return
	}
	kind, _, ok := strings.Cut(s[h.end:min(end, h.end+80)], ",")
	kind, _, _ = strings.Cut(fold(kind), ";")
	if ok && (strings.HasPrefix(kind, "text/html") || strings.HasPrefix(kind, "application/") || strings.HasPrefix(kind, "image/svg") ||
		strings.HasPrefix(kind, "text/xml") || strings.HasPrefix(kind, "text/javascript")) {
		in.reportRisk(h.start, end, risk{"script", 950, kind, ""})
	}
}
