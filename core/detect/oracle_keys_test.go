package detect

import (
	"encoding/base64"
	"slices"
	"strings"
)

// oracleVaried reports whether s has eight different bytes.
func oracleVaried(s string) bool {
	b := []byte(s)
	slices.Sort(b)
	return len(slices.Compact(b)) >= 8
}

var oracleAlphabets = map[byte]string{'9': `[0-9]`, 'L': `[A-Za-z]`, 'U': `[0-9A-Z]`, 'K': `[0-9A-Z-]`, 'H': `[0-9a-f]`, 'X': `[0-9A-Fa-f]`,
	'G': `[0-9a-f-]`, 'A': `[0-9A-Za-z]`, 'W': `[0-9A-Za-z_-]`, 'D': `[0-9A-Za-z_.-]`, 'S': `[0-9A-Za-z_/-]`, 'C': `[0-9A-Za-z_+/=-]`, 'R': `[0-9A-Za-z_@/-]`}

// oracleSpan is the run of an alphabet's bytes at the start of s, without the full
// stops and hyphens at its end; of one longer than most, the first most+1 bytes.
func oracleSpan(s string, alphabet byte, most int) string {
	body := rx(`^` + oracleAlphabets[alphabet] + `*`).FindString(s)
	if len(body) <= most+1 {
		return strings.TrimRight(body, ".-")
	}
	return body[:most+1]
}

func oracleAPIKey(o *oracle) {
	for line := range strings.SplitSeq(strings.TrimSuffix(keyTable, "|"), "|") {
		m := rx(`^(\S+) (\w) (\d+) (\d+)$`).FindStringSubmatch(line)
		prefix, alphabet, least, most := m[1], m[2][0], number(m[3]), number(m[4])
		if !strings.Contains(o.s, prefix) {
			continue
		}
		each(rx(`[.]`).ReplaceAllString(prefix, `[.]`), o.s, func(m []int) {
			body := oracleSpan(o.s[m[1]:], alphabet, most)
			apart := !rx(`[0-9A-Za-z]$`).MatchString(o.s[:m[0]]) || !rx(`^[0-9A-Za-z]`).MatchString(prefix)
			if apart && len(body) >= least && len(body) <= most && oracleVaried(body) && (alphabet == 'L' || rx(`\d`).MatchString(body)) {
				o.report(m[0], m[1]+len(body), 980, "prefix")
			}
		})
	}
	oracleTokens(o)
	oracleLogins(o)
	for _, f := range midForms {
		each(`(?:^|[^0-9A-Za-z])`+rx(`[.]`).ReplaceAllString(f.mark, `[.]`)+`|[0-9A-Za-z]`+rx(`[.]`).ReplaceAllString(f.mark, `[.]`), o.s, func(m []int) {
			at := m[1] - len(f.mark)
			before := rx(oracleAlphabets[f.before] + `*$`).FindString(o.s[:at])
			before = before[max(0, len(before)-f.most-1):]
			after := oracleSpan(o.s[m[1]:], f.after, f.afterMax)
			body := before + f.mark + after
			if len(before) >= f.least && len(before) <= f.most && !rx(`[0-9A-Za-z]$`).MatchString(o.s[:at-len(before)]) &&
				len(after) >= f.afterMin && len(after) <= f.afterMax && oracleVaried(body) && rx(`\d`).MatchString(body) && rx(`[A-Za-z]`).MatchString(body) {
				o.report(at-len(before), m[1]+len(after), 970, "format")
			}
		})
	}
	for _, w := range o.wordsOf(keyNouns + "|" + keyProviders) {
		oracleNamedKey(o, w)
	}
}

// oracle64 decodes base64 of either alphabet, padded or not.
func oracle64(s string) string {
	s = strings.NewReplacer("+", "-", "/", "_").Replace(strings.TrimRight(s, "="))
	if !rx(`^[0-9A-Za-z_-]*$`).MatchString(s) {
		return "" // the library lets line ends by
	}
	plain, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		return ""
	}
	return string(plain)
}

// oracleTokens finds web tokens and access signatures.
func oracleTokens(o *oracle) {
	each(`eyJ[0-9A-Za-z_.-]*`, o.s, func(m []int) {
		token := oracleSpan(o.s[m[0]:], 'D', 4095)
		parts := strings.SplitN(token, ".", 2)
		if rx(`[0-9A-Za-z_.-]$`).MatchString(o.s[:m[0]]) || len(parts) < 2 || len(parts[1]) < 16 || parts[1][0] == '.' {
			return
		}
		n := strings.Count(token, ".")
		if (n == 2 || n == 4) && rx(`^\{[ -~]*"alg"[ -~]*$`).MatchString(oracle64(parts[0])) {
			o.report(m[0], m[0]+len(token), 980, "format")
		}
	})
	each(`[sS][iI][gG]=`, o.s, func(m []int) {
		before := rx("[^\\x00- \"'<>]*$").FindString(o.s[max(0, m[0]-512):m[0]])
		after := strings.TrimRight(rx("^[^\\x00- \"'<>]*").FindString(o.s[m[1]:min(len(o.s), m[1]+512)]), ".,;:!?)]}")
		if rx(`^[^&]{8}`).MatchString(after) && rx(`^[^&]{0,127}\d`).MatchString(after) && rx(`s[ve]=20.*\x00|\x00.*&s[ve]=20`).MatchString(before+"\x00"+after) {
			o.report(m[0]-len(before), m[1]+len(after), 950, "format")
		}
	})
}

// oracleLogins finds connection strings, basic authentication and curl's -u.
func oracleLogins(o *oracle) {
	each(`://`, o.s, func(m []int) {
		scheme := rx(`[0-9A-Za-z+]*$`).FindString(o.s[:m[0]])
		rest := strings.TrimRight(rx("^[^\\x00- \"'<>]*").FindString(o.s[m[1]:min(len(o.s), m[1]+512)]), ".,;:!?)]}")
		login := rx(`^([^/?#]*)@`).FindStringSubmatch(rest)
		if len(scheme) > 20 || scheme == "" || !strings.Contains(connectionSchemes, " "+asciiLower(scheme)+" ") || login == nil {
			return
		}
		_, secret, _ := strings.Cut(login[1], ":")
		if !rx(`^[^<\[{$]`).MatchString(secret) || strings.Count(secret, secret[:1]) == len(secret) {
			return
		}
		if rx(`^[hH]`).MatchString(scheme) && (len(secret) < 6 || strings.Contains(login[1], ".") || !rx(`\d`).MatchString(secret) || !rx(`[A-Za-z]`).MatchString(secret)) {
			return
		}
		o.report(m[0]-len(scheme), m[1]+len(rest), 975, "userinfo")
	})
	for _, w := range o.wordsOf("basic") {
		if !strings.HasPrefix(o.s[w[1]:], " ") {
			continue
		}
		code := oracleSpan(o.s[w[1]+1:], 'C', 511)
		if rx(`^[ -9;-~]+:[ -~]{3,}$`).MatchString(oracle64(code)) {
			o.report(w[1]+1, w[1]+1+len(code), 960, "format")
		}
	}
	for _, w := range o.wordsOf("curl") {
		near := o.s[w[1]:min(len(o.s), w[1]+256)]
		m := rx(`(?s)^.*?(?: -u | --user )["']*([^\x00- "'<>]*)`).FindStringSubmatchIndex(near)
		if m == nil {
			continue
		}
		user, secret, _ := strings.Cut(near[m[2]:m[3]], ":")
		if user != "" && len(secret) > 2 && strings.Count(secret, secret[:1]) < len(secret) && !rx(`^[<\[{$]`).MatchString(secret) {
			o.report(w[1]+m[2], w[1]+m[3], 900, "userinfo")
		}
	}
}

// oracleNamedKey judges what follows the words at w.
func oracleNamedKey(o *oracle, w [2]int) {
	name := asciiLower(o.s[w[0]:w[1]])
	service := strings.Contains("|"+keyProviders, "|"+name+"*")
	rest := o.s[w[1]:]
	sign := `(?: ?(?:[:=]|->)[=>]*[ \n]{0,2})`
	direct := `^["']?(?:` + sign + `| is | est )`
	if service {
		direct = `^["']?` + sign
	}
	if name == "bearer" {
		direct = `^["']?(?:` + sign + `| is | est | )`
	}
	near := true
	lead := rx(direct).FindString(rest)
	if lead == "" {
		near = false
		quote := rx(`^["']?`).FindString(rest)
		m := rx(`(?s)^.*?(:|=|->| is | est )`).FindStringSubmatchIndex(rest[len(quote):])
		if service {
			m = rx(`(?s)^.*?(:|=|->)`).FindStringSubmatchIndex(rest[len(quote):])
		}
		if m == nil || m[2] >= keyGap {
			return
		}
		gap := rest[len(quote) : len(quote)+m[2]]
		if !rx(`^[0-9A-Za-z _.'-]*$`).MatchString(gap) || rx(`\. `).MatchString(gap+rest[len(quote)+m[2]:len(quote)+m[3]]) {
			return
		}
		lead = quote + gap + rest[len(quote)+m[2]:len(quote)+m[3]]
		if !strings.HasSuffix(lead, " ") {
			lead += rx(`^[=>]*[ \n]{0,2}`).FindString(rest[len(lead):])
		}
	}
	a := w[1] + len(lead) + len(rx("^[\"'`]?").FindString(rest[len(lead):]))
	raw := rx(`^[0-9A-Za-z_+/.=~-]*`).FindString(o.s[a:])
	value := raw
	if len(raw) > 513 {
		return
	}
	value = strings.TrimRight(value, ".-")
	changes := 0
	for i := range value {
		if rx(`^(?:\d[A-Za-z]|[A-Za-z]\d)`).MatchString(value[i:]) {
			changes++
		}
	}
	switch {
	case len(value) < 10, len(value) > 512, !oracleVaried(value), !rx(`\d`).MatchString(value), !rx(`[A-Za-z]`).MatchString(value):
	case !rx("^(?:$|[\\x00- ]|[\"'`,.;:!?)\\]}&-])").MatchString(o.s[a+len(value):]):
	case service && (len(value) < 20 || changes < 3):
	case !near && (len(value) < 16 || changes < 2 || strings.Contains(value, "/") && strings.Contains(value, ".")):
	case len(value) < 16 && (changes < 3 || !strings.Contains(name, "key")):
	default:
		o.report(a, a+len(value), 900, "stated")
	}
}
