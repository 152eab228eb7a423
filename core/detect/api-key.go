package detect

// apiKey finds credentials of programs: keys with the prefix their issuer gives
// them, JSON Web Tokens (RFC 7519), shared access signatures, addresses with a
// password (RFC 3986 section 3.2.1), basic authentication (RFC 7617), and values
// named as a key or token.
//
// The prefixes, alphabets and lengths are those of the issuers' documents. The
// body must use a good many different characters, so that "ghp_xxxx" in a manual
// is no finding.
//
// Hit: "AKIAIOSFODNN7EXAMPLE". Near miss: "AKIA is how AWS key ids begin".
var apiKey = detector{
	id: "api-key", class: ClassSecret,
	source:  "issuers' key formats (see keyTable); RFC 7519; RFC 7617; RFC 3986 section 3.2.1",
	about:   "key, token or connection string of a program",
	reasons: "prefix format userinfo stated",
	marks:   keyMarks + "eyj*|*sig=*|*://*|*q~*|*.atlasv1.*|*_mmk|*:aa*|basic|curl",
	words:   keyNouns + "|" + keyProviders,
	find:    findAPIKey,
}

func findAPIKey(in *input) {
	if in.seen&(in.marks|in.words) == 0 {
		return
	}
	for _, h := range in.hits {
		if h.kinds&in.words != 0 {
			in.namedKey(h)
		}
		if h.kinds&in.marks == 0 {
			continue
		}
		switch in.s[h.start:h.end] {
		case "://":
			in.connection(h)
		case "eyJ":
			in.webToken(h)
		case "Q~", ".atlasv1.", "_mmk", ":AA":
			in.midMark(h)
		default:
			switch fold(in.s[h.start:h.end]) {
			case "sig=":
				in.accessSignature(h)
			case "basic":
				in.basicLogin(h)
			case "curl":
				in.commandLogin(h)
			default:
				in.prefixedKey(h)
			}
		}
	}
}

// midForms are keys known by what stands in their middle or at their end: that
// mark, then the alphabet and length before it and after it.
var midForms = [...]struct {
	mark               string
	before             byte
	least, most        int
	after              byte
	afterMin, afterMax int
}{
	{"Q~", 'W', 4, 4, 'D', 31, 34},          // Azure client secret: three characters, a digit, Q~
	{".atlasv1.", 'A', 14, 14, 'C', 60, 70}, // Terraform Cloud
	{"_mmk", 'W', 36, 36, 'W', 0, 0},        // MaxMind
	{":AA", '9', 8, 10, 'W', 33, 33},        // Telegram bot
}

// midMark tries the form whose mark is at h.
func (in *input) midMark(h hit) {
	s := in.s
	for i := range midForms {
		f := &midForms[i]
		if s[h.start:h.end] != f.mark {
			continue
		}
		start := h.start
		for start > 0 && h.start-start <= f.most && inAlphabet(s[start-1], f.before) {
			start--
		}
		n := span(s[h.end:], f.after, f.afterMax+1)
		body := s[start : h.end+n]
		if before := h.start - start; before >= f.least && before <= f.most && !(start > 0 && alnum(s[start-1])) && n >= f.afterMin && n <= f.afterMax &&
			varied(body) && hasBoth(body) {
			in.report(start, h.end+n, 970, "format")
		}
	}
}
