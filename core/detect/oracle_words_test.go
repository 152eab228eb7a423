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
	if m := rx(`([\x{202A}-\x{202E}\x{2066}-\x{2069}])(?s:(.*))$`).FindStringSubmatch(o.t.Orig); m != nil && o.s != "" {
		shows := ""
		if m[1] == "\u202e" {
			letters := []rune(rx(`[\x{202A}-\x{202E}\x{2066}-\x{2069}]`).ReplaceAllString(m[2], ""))
			slices.Reverse(letters)
			shows = oracleEnding(string(letters))
		}
		o.risky(0, len(o.s), risk{"direction-override", 980, oracleEnding(o.s), shows})
		return
	}
	name := strings.TrimRight(o.low, " .\n")
	m := rx(`\.([^.]*)$`).FindStringSubmatchIndex(name)
	if m == nil {
		return
	}
	ext := strings.Trim(name[m[2]:m[3]], " ")
	for _, k := range endings {
		if ext == "" || strings.Contains(ext, " ") || !strings.Contains(k.list, " "+ext+" ") {
			continue
		}
		start, r := m[0], risk{k.kind, k.confidence, "." + ext, ""}
		stem := rx(`[ _-]*$`).ReplaceAllString(name[:m[0]], "")
		if inner := rx(`\.([^. ]+)$`).FindStringSubmatchIndex(stem); inner != nil && !rx(`^(?:archive|macro|refused)$`).MatchString(k.kind) &&
			strings.Contains(documents, " "+stem[inner[2]:]+" ") {
			start, r = inner[0], risk{"double-extension", 980, "." + ext, stem[inner[0]:]}
		}
		if rx(` {3}$`).MatchString(name[:m[0]]) {
			r = risk{"hidden-extension", 980, "." + ext, stem}
		}
		o.risky(start, len(name), r)
		return
	}
}

func oracleEnding(name string) string {
	m := rx(`\.([^.]*)$`).FindStringSubmatch(strings.TrimRight(asciiLower(name), " .\n"))
	if m == nil {
		return ""
	}
	return "." + strings.Trim(m[1], " ")
}
