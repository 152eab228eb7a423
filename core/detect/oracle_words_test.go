package detect

import (
	"slices"
	"strings"
)

func oraclePrivateKey(o *oracle) {
	line := func(a, b int, verb string) (int, int, bool) {
		head := rx(`-[0-9A-Z ]*$`).FindString(o.s[:a])
		label := head + o.s[a:b]
		tail := rx(`^(?: BLOCK)? ?-{1,8}`).FindString(o.s[b:])
		if head == "" || len(head) > 40 || tail == "" || !rx(`^- *`+verb+` .*PRIVATE KEY$`).MatchString(label) && !rx(`^- *`+verb+` PRIVATE KEY$`).MatchString(label) {
			return 0, 0, false
		}
		hyphens := rx(`-+$`).FindString(o.s[:a-len(head)+1])
		return max(a-len(head)+1-len(hyphens), a-64), b + len(tail), true
	}
	keys := o.wordsOf("private key")
	for i, k := range keys {
		a, b, ok := line(k[0], k[1], "BEGIN")
		if !ok {
			continue
		}
		marks := append(o.wordsOf("putty-user-key-file-*|age-secret-key-1*"), keys[i+1:]...)
		slices.SortFunc(marks, func(x, y [2]int) int { return x[1] - y[1] })
		for _, next := range marks {
			if next[1] <= k[1] {
				continue
			}
			if next[0]-b <= 16384 {
				if _, last, ok := line(next[0], next[1], "END"); ok && strings.HasPrefix(o.low[next[0]:], "private key") {
					b = last
				}
			}
			break
		}
		o.report(a, b, 990, "format")
	}
	for _, m := range o.wordsOf("putty-user-key-file-*") {
		o.report(m[0], m[1], 990, "format")
	}
	for _, m := range o.wordsOf("age-secret-key-1*") {
		if key := rx(`^[0-9A-Za-z]*`).FindString(o.s[m[1]:]); len(key) == 58 {
			o.report(m[0], m[1]+58, 990, "format")
		}
	}
}

func oracleAttachment(o *oracle) {
	if rx(`[\x{202A}-\x{202E}\x{2066}-\x{2069}]`).MatchString(o.t.Orig) && o.s != "" {
		o.report(0, len(o.s), 980, "direction-override")
		return
	}
	name := strings.TrimRight(o.low, " .\n")
	m := rx(`\. *([^. ][^.]*?) *$`).FindStringSubmatchIndex(name)
	if m == nil {
		return
	}
	if strings.Contains(name[m[2]:m[3]], " ") {
		return
	}
	ext := " " + name[m[2]:m[3]] + " "
	kinds := []struct {
		list, kind string
		confidence int
	}{
		{" com app bin run py rb pl php js key ", "executable", 800}, {programs, "executable", 950}, {installers, "installer", 950},
		{" doc xls ppt rtf pub mdb ", "macro", 500}, {macros, "macro", 900}, {images, "disk-image", 900}, {archives, "archive", 650},
	}
	for _, k := range kinds {
		if !strings.Contains(k.list, ext) {
			continue
		}
		inner := rx(`\.([^.]+?)[ _-]*$`).FindStringSubmatchIndex(name[:m[0]])
		if k.kind != "archive" && k.kind != "macro" && inner != nil && !strings.Contains(name[inner[2]:inner[3]], " ") && strings.Contains(documents, " "+name[inner[2]:inner[3]]+" ") {
			o.report(inner[0], len(name), 980, "double-extension")
		} else {
			o.report(m[0], len(name), k.confidence, k.kind)
		}
		return
	}
}

func oracleLink(o *oracle) {
	end := func(a int) int {
		raw := rx("^[^\\x00- \"<>`|]*").FindString(o.s[a:min(len(o.s), a+2048)])
		for {
			cut := rx(`[.,;:!?)\]}'*\\]$`).ReplaceAllString(raw, "")
			if cut == raw || strings.HasSuffix(raw, ")") && strings.Contains(raw, "(") || strings.HasSuffix(raw, "]") && strings.Contains(raw, "[") {
				return a + len(raw)
			}
			raw = cut
		}
	}
	for _, w := range o.wordsOf("http:*|https:*|ftp:*|*xn--*|data:*|javascript:*|vbscript:*") {
		a, b := w[0], end(w[0])
		word := o.low[w[0]:w[1]]
		switch {
		case word == "xn--":
			o.bare(a, end)
		case b <= w[1]:
		case word == "javascript:" || word == "vbscript:":
			o.report(a, b, 950, "script")
		case word == "data:":
			if rx(`^(?:text/html|application/|image/svg|text/xml|text/javascript)[^,]*,`).MatchString(o.low[w[1]:min(b, w[1]+80)]) {
				o.report(a, b, 950, "script")
			}
		default:
			o.web(a, w[1], b)
		}
	}
	each(`[0-9A-Za-z]/[^\x00- ]`, o.s, func(m []int) {
		if m[0] > 2 {
			o.bare(m[0], end)
		}
	})
}

// web judges s[a:b], whose scheme ends at i.
func (o *oracle) web(a, i, b int) {
	m := rx(`^([/\\]+)([^/\\?#]*)(.*)$`).FindStringSubmatch(o.s[i:b])
	if m == nil || m[2] == "" && m[3] == "" {
		return
	}
	slashes, authority, rest := m[1], m[2], m[3]
	from := i + len(slashes)
	reason, confidence := "", 0
	host := rx(`^([^:]*?)\.*(?::.*)?$`).FindStringSubmatch(authority)
	switch {
	case rx(`.@`).MatchString(authority):
		reason, confidence = "userinfo", 970
	case strings.HasPrefix(authority, "[") && strings.Contains(authority, ":"):
		reason, confidence = "ip-host", 900
	case host[1] == "":
	case strings.Contains(host[1], "%"):
		reason, confidence = "encoded", 900
	default:
		reason, confidence = o.host(from, from+len(host[1]))
	}
	if at := from + len(authority); at < b && rx(`^[^\x00-\x7f]`).MatchString(o.t.Orig[o.t.Span(at, at+1).Start:]) {
		reason, confidence = "confusable", 960
	}
	switch {
	case reason != "":
	case slashes != "//" && strings.Contains(authority, "."):
		reason, confidence = "slashes", 900
	case rx(`^[/\\]{2}`).MatchString(rest):
		reason, confidence = "slashes", 700
	}
	if reason != "" {
		o.report(a, b, confidence, reason)
	}
}

// bare judges an address without a scheme, of whose host s[i] is a byte.
func (o *oracle) bare(i int, end func(int) int) {
	a := i - len(rx(`[0-9A-Za-z.-]{0,64}$`).FindString(o.s[max(0, i-64):i]))
	host := strings.TrimRight(o.s[a:i]+rx(`^[0-9A-Za-z.-]*`).FindString(o.s[i:min(len(o.s), i+253)]), ".-")
	if rx(`[/\\@:_%]$`).MatchString(o.s[:a]) || !strings.Contains(host, ".") {
		return
	}
	reason, confidence := o.host(a, a+len(host))
	if slices.Contains([]string{"shortener", "punycode", "confusable", "lookalike"}, reason) {
		o.report(a, end(a), confidence, reason)
	}
}

func (o *oracle) host(a, b int) (string, int) {
	host := o.low[a:b]
	span := o.t.Span(a, b)
	orig := o.t.Orig[span.Start:span.End]
	foreign := `[^\x00-\x7f\x{c0}-\x{130}\x{132}-\x{17e}\x{300}-\x{36f}]`
	switch {
	case rx(`(?:^|\.)(?:0x[0-9a-f]*|\d+)$`).MatchString(host):
		if rx(`^(?:10\.|127\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)`).MatchString(host) {
			return "ip-host", 650
		}
		return "ip-host", 900
	case orig != o.s[a:b] && slices.ContainsFunc(strings.Split(orig, "."), func(l string) bool {
		return rx(foreign).MatchString(l) && (rx(`[A-Za-z\x{c0}-\x{130}\x{132}-\x{17e}\x{300}-\x{36f}]`).MatchString(l) || !rx(`[^\x00-\x7f]`).MatchString(o.s[a:b]))
	}):
		return "confusable", 960
	case rx(`(?:^|\.)xn--`).MatchString(host):
		return "punycode", 850
	case strings.Contains(shorteners, " "+strings.TrimPrefix(host, "www.")+" ") || strings.Contains(shorteners, " "+host+" "):
		return "shortener", 900
	case strings.Contains(brandShorteners, " "+host+" "):
		return "shortener", 550
	case oracleLookalike(host):
		return "lookalike", 850
	}
	return "", 0
}

func oracleLookalike(host string) bool {
	if rx(`(?:gov-uk|gc-ca|canada-ca|nc-gov)\.|(?:^|\.)(?:gc|canada)\.ca\.`).MatchString(host) {
		return true
	}
	found := false
	each(`(?:^|\.)gov\.`, host, func(m []int) {
		found = found || !rx(`^(?:[^.]{2}(?:\.ca)?|wales|scot|.*\.gov|gov)$`).MatchString(host[m[1]:])
	})
	return found
}
