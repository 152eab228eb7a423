package detect

import (
	"math/big"
	"slices"
	"strings"
	"unicode/utf8"
)

func oracleLink(o *oracle) {
	for _, w := range o.wordsOf("http:*|https:*|ftp:*|data:*|javascript:*|vbscript:*|ms-msdt:*|search-ms:*|ms-officecmd:*") {
		a, b := w[0], o.linkEnd(w[0])
		switch word := o.low[w[0]:w[1]]; {
		case b <= w[1]:
		case rx(`^(?:http|ftp)`).MatchString(word):
			o.web(a, w[1], b)
		case word == "data:":
			if kind := rx(`^(?:text/html|application/|image/svg|text/xml|text/javascript)[^,]*,`).FindString(o.low[w[1]:min(b, w[1]+80)]); kind != "" {
				o.risky(a, b, risk{"script", 950, rx(`^[^;,]*`).FindString(kind), ""})
			}
		default:
			o.risky(a, b, risk{"script", 950, strings.TrimSuffix(word, ":"), ""})
		}
	}
	for _, m := range rx(`[0-9A-Za-z.-]+\.[A-Za-z][0-9A-Za-z.-]*`).FindAllStringIndex(o.s, -1) {
		o.bare(m[0], m[1])
	}
}

func (o *oracle) risky(start, end int, r risk) {
	o.out = append(o.out, found{start, end, r.confidence, o.at, r.reason, r.is, r.shows})
}

// linkEnd is where an address that begins at a ends.
func (o *oracle) linkEnd(a int) int {
	raw := rx("^[^\\x00- \"<>`|]*").FindString(o.s[a:min(len(o.s), a+2048)])
	for {
		cut := rx(`[.,;:!?)\]}'*\\]$`).ReplaceAllString(raw, "")
		if cut == raw || strings.HasSuffix(raw, ")") && strings.Contains(raw, "(") || strings.HasSuffix(raw, "]") && strings.Contains(raw, "[") {
			return a + len(raw)
		}
		raw = cut
	}
}

// web judges s[a:b], whose scheme ends at i.
func (o *oracle) web(a, i, b int) {
	m := rx(`^([/\\]+)([^/\\?#]*)(.*)$`).FindStringSubmatch(o.s[i:b])
	if m == nil || m[2] == "" && m[3] == "" {
		return
	}
	slashes, authority, rest := m[1], m[2], m[3]
	from := i + len(slashes)
	r := risk{}
	host := rx(`^([^:]*?)\.*(?::.*)?$`).FindStringSubmatch(authority)[1]
	login := rx(`^([^:]*).*@([^:@]*?)\.*(?::[^@]*)?$`).FindStringSubmatch(authority)
	switch {
	case login != nil && !strings.HasPrefix(authority, "@"), rx(`.@`).MatchString(authority):
		r = risk{"userinfo", 970, asciiLower(login[2]), rx(`^[^:]*`).FindString(authority[:strings.LastIndex(authority, "@")])}
	case strings.HasPrefix(authority, "[") && strings.Contains(authority, ":"):
		r = risk{"ip-host", 900, authority, ""}
	case host == "":
	case strings.Contains(host, "%"):
		r = risk{"encoded", 900, host, ""}
	default:
		r = o.host(from, from+len(host))
	}
	if at := from + len(authority); at < b && rx(`^[^\x00-\x7f]`).MatchString(o.t.Orig[o.t.Span(at, at+1).Start:]) {
		whole := o.t.Span(from, at+1)
		if authority == "" {
			whole = o.t.Span(at, at+1)
		}
		r = risk{"confusable", 960, o.t.Orig[whole.Start:whole.End], asciiLower(authority)}
	}
	switch {
	case r.reason != "":
	case slashes != "//" && strings.Contains(authority, "."):
		r = risk{"slashes", 900, asciiLower(authority), ""}
	case rx(`^[/\\]{2}`).MatchString(rest):
		r = risk{"slashes", 700, asciiLower(authority), ""}
	}
	if r.reason != "" {
		o.risky(a, b, r)
	}
}

// bare judges a host without a scheme.
func (o *oracle) bare(a, b int) {
	first := a + rx(`\.[A-Za-z]`).FindStringIndex(o.s[a:b])[0]
	a = max(a, first-64)
	stop := min(b, first+253)
	host := strings.TrimRight(o.s[a:stop], ".-")
	b = a + len(host)
	labels := strings.Split(host, ".")
	last := labels[len(labels)-1]
	if rx(`[/\\@:_%\pL]$`).MatchString(o.s[:a]) || rx(`^\pL`).MatchString(o.s[stop:]) || len(labels) < 2 || !rx(`^[A-Za-z].`).MatchString(last) {
		return
	}
	if top := o.t.Span(b-len(last), b); o.t.Orig[top.Start:top.End] != last && top.End-top.Start != len(last) {
		return
	}
	r := o.host(a, b)
	if r.reason == "shortener" && rx(`^/[^\x00- ]`).MatchString(o.s[b:]) || slices.Contains([]string{"punycode", "confusable", "lookalike"}, r.reason) {
		o.risky(a, o.linkEnd(a), r)
	}
}

func (o *oracle) host(a, b int) risk {
	host := o.low[a:b]
	span := o.t.Span(a, b)
	written := o.t.Orig[span.Start:span.End]
	if rx(`(?:^|\.)(?:0x[0-9a-f]*|\d+)$`).MatchString(host) {
		r := risk{"ip-host", 900, oracleAddress(host), ""}
		if rx(`^(?:10\.|127\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)`).MatchString(host) {
			r.confidence = 650
		}
		return r
	}
	plain, coded, bad := oracleDecoded(written)
	for _, label := range strings.Split(plain, ".") {
		if !bad && oracleDisguised(label) {
			return risk{"confusable", 960, written, oracleShown(plain)}
		}
	}
	r := risk{}
	switch {
	case bad:
		r = risk{"punycode", 850, written, ""}
	case coded:
		r = risk{"punycode", 600, written, plain}
	}
	if l := o.imitates(asciiLower(written), plain); l.confidence > r.confidence {
		r = l
	}
	switch short := strings.TrimPrefix(host, "www."); {
	case r.reason != "":
	case strings.Contains(shorteners, " "+short+" "):
		return risk{"shortener", 900, host, ""}
	case strings.Contains(brandShorteners, " "+short+" "):
		return risk{"shortener", 550, host, ""}
	}
	return r
}

// oracleAddress is a numeric host in the usual form, or as it is.
func oracleAddress(host string) string {
	parts := strings.Split(host, ".")
	sum := new(big.Int)
	for i, p := range parts {
		n, ok := new(big.Int), true
		switch {
		case rx(`^0x[0-9a-f]*$`).MatchString(p):
			n, ok = n.SetString("0"+p[2:], 16)
		case rx(`^0[0-7]+$`).MatchString(p):
			n, ok = n.SetString(p, 8)
		case rx(`^(?:0|[1-9]\d*)$`).MatchString(p):
			n, ok = n.SetString(p, 10)
		default:
			return host
		}
		room := int64(256)
		if i == len(parts)-1 {
			room = 1 << (8 * max(0, 5-len(parts)))
		}
		if !ok || n.Cmp(big.NewInt(room)) >= 0 || len(parts) > 4 {
			return host
		}
		sum = sum.Add(sum.Mul(sum, big.NewInt(room)), n)
	}
	b := sum.FillBytes(make([]byte, 4))
	var out []string
	for _, x := range b {
		out = append(out, big.NewInt(int64(x)).String())
	}
	return strings.Join(out, ".")
}

// oracleDecoded is a host with its labels of Punycode decoded.
func oracleDecoded(host string) (plain string, coded, bad bool) {
	labels := strings.Split(host, ".")
	for i, l := range labels {
		if !rx(`^[xX][nN]--.`).MatchString(l) {
			continue
		}
		coded = true
		if d, ok := oraclePunycode(l[4:]); ok {
			labels[i] = d
		} else {
			bad = true
		}
	}
	return strings.Join(labels, "."), coded, bad
}

// oraclePunycode is RFC 3492 section 6.2 word for word, in big numbers.
func oraclePunycode(s string) (string, bool) {
	if !rx(`^[\x00-\x7f]{1,63}$`).MatchString(s) {
		return "", false
	}
	out, rest := []rune{}, s
	if i := strings.LastIndexByte(s, '-'); i >= 0 {
		out, rest = []rune(s[:i]), s[i+1:]
	}
	basic := len(out)
	n, i, bias := int64(128), big.NewInt(0), int64(72)
	for rest != "" {
		old, w := new(big.Int).Set(i), big.NewInt(1)
		for k := int64(36); ; k += 36 {
			if rest == "" {
				return "", false
			}
			d := int64(strings.IndexByte("abcdefghijklmnopqrstuvwxyz0123456789", asciiLower(rest[:1])[0]))
			rest = rest[1:]
			if d < 0 {
				return "", false
			}
			i.Add(i, new(big.Int).Mul(big.NewInt(d), w))
			t := min(max(k-bias, 1), 26)
			if d < t {
				break
			}
			w.Mul(w, big.NewInt(36-t))
		}
		size := int64(len(out) + 1)
		if i.Cmp(big.NewInt(1<<30)) > 0 {
			return "", false
		}
		delta := new(big.Int).Sub(i, old).Int64()
		if old.Sign() == 0 { // as the RFC says it, not "the first time"
			delta /= 700
		} else {
			delta /= 2
		}
		delta += delta / size
		k := int64(0)
		for ; delta > 455; k += 36 {
			delta /= 35
		}
		bias = k + 36*delta/(delta+38)
		n += i.Int64() / size
		i = big.NewInt(i.Int64() % size)
		if n > 0x10FFFF || n >= 0xD800 && n <= 0xDFFF {
			return "", false
		}
		out = slices.Insert(out, int(i.Int64()), rune(n))
		i.Add(i, big.NewInt(1))
	}
	return string(out), len(out) > basic
}

// oracleScript goes through the blocks backwards.
func oracleScript(r rune) int {
	for i := len(scriptBlocks) - 1; i >= 0; i-- {
		if b := scriptBlocks[i]; b.first <= r && r <= b.last {
			return int(b.script)
		}
	}
	if r < 128 {
		return scriptNone
	}
	return scriptOther
}

// oracleAlikes is the table of look-alikes, letter by letter.
var oracleAlikes = func() map[rune]rune {
	all, to := map[rune]rune{}, rune(0)
	for _, r := range confusables {
		if r < 128 {
			to = r
		} else if all[r] == 0 {
			all[r] = to
		}
	}
	return all
}()

func oraclePlain(r rune) rune {
	if p, ok := oracleAlikes[r]; ok {
		return p
	}
	if n := normalOf(string(r)); rx(`^[0-9A-Za-z]$`).MatchString(n) {
		return rune(asciiLower(n)[0])
	}
	return 0
}

func oracleDisguised(label string) bool {
	scripts, alike := map[int]bool{}, true
	for _, r := range label {
		scripts[oracleScript(r)] = true
		alike = alike && (r < 128 || oraclePlain(r) != 0)
	}
	delete(scripts, scriptNone)
	latin := scripts[scriptLatin]
	delete(scripts, scriptLatin)
	return len(scripts) > 1 || len(scripts) == 1 && (alike || latin && !scripts[scriptEastAsian])
}

func oracleShown(host string) string {
	var out []rune
	for _, r := range host {
		if p := oraclePlain(r); r >= utf8.RuneSelf && p != 0 {
			r = p
		}
		out = append(out, r)
	}
	return asciiLower(normalOf(string(out)))
}

func oracleSkeleton(host string) string {
	s := oracleShown(host)
	for _, a := range [][2]string{{"0", "o"}, {"1", "l"}, {"rn", "m"}, {"vv", "w"}} {
		s = rx(a[0]).ReplaceAllString(s, a[1])
	}
	return s
}

func (o *oracle) imitates(host, seen string) (best risk) {
	governments := `(?:^|\.)(?:gov|mil|int|(?:gov|gouv|govt|gob|go|gub|gc|mil|gv)\.(?:[^.]{2}|wales|scot)|gov\.(?:ab|bc|mb|nb|nf|nl|ns|nt|nu|on|pe|qc|sk|yk)\.ca)$`
	if rx(governments).MatchString(host) {
		return risk{}
	}
	for _, p := range o.protected {
		if strings.HasSuffix("."+host, "."+asciiLower(p)) {
			return risk{}
		}
	}
	for _, p := range o.protected {
		if n := oracleResembles(oracleSkeleton(seen), oracleSkeleton(p)); n > best.confidence {
			best = risk{"lookalike", n, host, asciiLower(p)}
		}
	}
	return best
}

func oracleResembles(host, domain string) int {
	all, labels := strings.Split(host, "."), strings.Split(domain, ".")
	tail := strings.Join(all[max(0, len(all)-len(labels)):], ".")
	most := 1
	if len(domain) >= 15 {
		most = 2
	}
	quote := func(s string) string { return rx(`[.]`).ReplaceAllString(s, `-`) }
	flat := quote(host)
	switch {
	case tail == domain:
		return 950
	case len(all) < len(labels):
	case len(domain) < 9 && len(tail) == len(domain) && oracleDistance(tail, domain) == 1 && sortedBytes(tail) == sortedBytes(domain):
		return 800
	case len(domain) >= 9 && (tail[0] == domain[0] || tail[len(tail)-1] == domain[len(domain)-1]) && oracleDistance(tail, domain) <= most:
		return 800
	}
	dashed, joined := quote(domain), strings.ReplaceAll(domain, ".", "")
	// the first place decides, as in bounded
	if m := rx(`(?:^|-)` + dashed + `(?:-|$)`).FindStringIndex(flat); m != nil {
		if m[1] == len(flat) && !strings.HasSuffix(flat[m[0]:m[1]], "-") {
			return 700
		}
		return 850
	}
	if m := rx(`(?:^|-)` + joined + `-`).FindStringIndex(flat); m != nil && len(labels) == 2 && len(joined) >= 5 {
		return 700
	}
	return 0
}

func sortedBytes(s string) string {
	b := []byte(s)
	slices.Sort(b)
	return string(b)
}

// oracleDistance is the restricted Damerau-Levenshtein distance by its table.
func oracleDistance(a, b string) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		for j := range d[i] {
			switch {
			case i == 0 || j == 0:
				d[i][j] = i + j
				continue
			case a[i-1] == b[j-1]:
				d[i][j] = d[i-1][j-1]
			default:
				d[i][j] = d[i-1][j-1] + 1
			}
			d[i][j] = min(d[i][j], d[i-1][j]+1, d[i][j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}
