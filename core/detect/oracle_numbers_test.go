package detect

import (
	"fmt"
	"strconv"
	"strings"
)

func oracleSSN(o *oracle) {
	judge := func(a, b int, sep string) {
		d := plainDigits(o.s[a:b])
		if !o.stands(a, b) || rx(`^(?:000|666|9)|^...00|0000$`).MatchString(d) || oneDigitOnly(d) || strings.Contains(publicSSNs, d) {
			return
		}
		switch near := o.context(a, b); {
		case near && sep == "":
			o.report(a, b, 900, "context")
		case near:
			o.report(a, b, 980, "context")
		case sep == "-":
			o.report(a, b, 850, "format")
		case sep != "":
			o.report(a, b, 600, "format")
		}
	}
	each(`\d{3}-\d{2}-\d{4}|\d{3} \d{2} \d{4}|\d{3}\.\d{2}\.\d{4}`, o.s, func(m []int) { judge(m[0], m[1], o.s[m[0]+3:m[0]+4]) })
	each(`\d{9}`, o.s, func(m []int) { judge(m[0], m[1], "") })
}

func oracleSIN(o *oracle) {
	judge := func(a, b int, sep string) {
		d := plainDigits(o.s[a:b])
		if !o.stands(a, b) || rx(`^[08]`).MatchString(d) || oneDigitOnly(d) || luhnSum(d)%10 != 0 {
			return
		}
		figure := rx(`[0-9$+] $`).MatchString(o.s[:a]) || rx(`^(?:[,%$]|[^\x00-\x7f]| [0-9$%]| [^\x00-\x7f])`).MatchString(o.s[b:])
		switch near := o.context(a, b); {
		case near:
			o.report(a, b, 980, "checksum")
		case sep == "-":
			o.report(a, b, 800, "format")
		case sep == " " && !figure:
			o.report(a, b, 650, "format")
		}
	}
	each(`\d{3}-\d{3}-\d{3}|\d{3} \d{3} \d{3}`, o.s, func(m []int) { judge(m[0], m[1], o.s[m[0]+3:m[0]+4]) })
	each(`\d{9}`, o.s, func(m []int) { judge(m[0], m[1], "") })
}

func oracleNINO(o *oracle) {
	each(`([A-Za-z])([A-Za-z])[ -]?(?:\d{6}|\d\d( )\d\d \d\d|\d\d(-)\d\d-\d\d)`, o.s, func(m []int) {
		a, b := m[0], m[1]
		prefix := strings.ToUpper(o.s[a : a+2])
		if rx(`[0-9A-Za-z_]$`).MatchString(o.s[:a]) || rx(`^(?:[DFIQUV].|.[DFIQUVO]|BG|GB|KN|NK|NT|TN|ZZ)$`).MatchString(prefix) {
			return
		}
		spaced := m[6] >= 0 || m[8] >= 0
		suffix := rx(`^[ -]?([A-Da-d])`).FindString(o.s[b:])
		if c := b + len(suffix); suffix != "" && o.stands(a, c) {
			switch {
			case o.context(a, c):
				o.report(a, c, 980, "context")
			case rx(`^[A-Z]{2}[^a-z]*$`).MatchString(o.s[a:c]):
				o.report(a, c, 950, "format")
			case !spaced:
				o.report(a, c, 850, "format")
			case !strings.Contains(shortWords, " "+strings.ToLower(prefix)+" "):
				o.report(a, c, 550, "format")
			}
		} else if o.stands(a, b) && o.context(a, b) {
			o.report(a, b, 850, "context")
		}
	})
}

func couldBeNANP(d string) bool {
	return rx(`^[2-9](?:[02-9]\d|1[02-9])[2-9](?:[02-9]\d|1[02-9])\d{4}$`).MatchString(d)
}

func oracleNHS(o *oracle) {
	judge := func(a, b int, spaced bool) {
		d := plainDigits(o.s[a:b])
		sum := 0
		for i, weight := range []int{10, 9, 8, 7, 6, 5, 4, 3, 2, 1} {
			sum += weight * int(d[i]-'0')
		}
		if !o.stands(a, b) || oneDigitOnly(d) || sum%11 != 0 {
			return
		}
		switch {
		case o.context(a, b):
			o.report(a, b, 980, "checksum")
		case spaced && couldBeNANP(d):
			o.report(a, b, 500, "format")
		case spaced:
			o.report(a, b, 800, "format")
		}
	}
	each(`\d{3} \d{3} \d{4}|\d{3}-\d{3}-\d{4}`, o.s, func(m []int) { judge(m[0], m[1], true) })
	each(`\d{10}`, o.s, func(m []int) { judge(m[0], m[1], false) })
}

func oracleCard(o *oracle) {
	judge := func(a, b int, spaced bool) {
		d := plainDigits(o.s[a:b])
		if !o.stands(a, b) || oneDigitOnly(d) || luhnSum(d)%10 != 0 {
			return
		}
		first, _ := strconv.Atoi(d[:6])
		for _, r := range issuers {
			if first < r.from || first > r.to || len(d) < r.min || len(d) > r.max {
				continue
			}
			switch {
			case o.context(a, b):
				o.report(a, b, 990, "checksum")
			case spaced && !r.rare:
				o.report(a, b, 970, "checksum")
			case spaced:
				o.report(a, b, 800, "checksum")
			case !r.rare && len(d) == r.usual:
				o.report(a, b, 850, "checksum")
			}
			return
		}
	}
	for _, p := range []string{`\d{4}-\d{4}-\d{4}-\d{4}`, `\d{4}-\d{6}-\d{5}`, `\d{4}-\d{6}-\d{4}`, `\d{4}-\d{4}-\d{4}-\d{2}`, `\d{4}-\d{4}-\d{4}-\d{4}-\d{3}`} {
		for _, p := range []string{p, strings.ReplaceAll(p, "-", " "), strings.ReplaceAll(p, "-", `\.`)} {
			each(p, o.s, func(m []int) { judge(m[0], m[1], true) })
		}
	}
	each(`\d{13,19}`, o.s, func(m []int) { judge(m[0], m[1], false) })
}

func oracleIBAN(o *oracle) {
	each(`([A-Za-z]{2})\d\d`, o.s, func(m []int) {
		if rx(`[0-9A-Za-z_]$`).MatchString(o.s[:m[0]]) {
			return
		}
		at := strings.Index(" "+ibanLengths, " "+strings.ToUpper(o.s[m[0]:m[3]]))
		if at < 0 {
			return
		}
		length, _ := strconv.Atoi(ibanLengths[at+2 : at+4])
		for _, sep := range []string{"", " ", "-"} {
			p := fmt.Sprintf(`^[0-9A-Za-z]{4}(?:%s[0-9A-Za-z]{4}){%d}`, sep, length/4-1)
			if length%4 > 0 {
				p += fmt.Sprintf(`%s[0-9A-Za-z]{%d}`, sep, length%4)
			}
			got := rx(p).FindString(o.s[m[0]:])
			b := m[0] + len(got)
			if got != "" && !rx(`^[0-9A-Za-z_]`).MatchString(o.s[b:]) && bigMod97(strings.ToUpper(plainDigits(got))) == 1 {
				o.report(m[0], b, 990, "checksum")
			}
		}
	})
}

const oracleDomain = `(?:[0-9A-Za-z](?:[0-9A-Za-z-]{0,61}[0-9A-Za-z])?\.)+(?:[A-Za-z]{2,63}|[xX][nN]--(?:[0-9A-Za-z-]{0,58}[0-9A-Za-z]))`

func oracleEmail(o *oracle) {
	each(`@`, o.s, func(m []int) {
		local := rx(`[0-9A-Za-z._%+'-]*$`).FindString(o.s[:m[0]])
		rest := rx(`^[0-9A-Za-z.-]*`).FindString(o.s[m[1]:])
		domain := strings.TrimRight(rest, ".-")
		if len(local) > 64 || len(rest) > 253 || rx(`[/@]$`).MatchString(o.s[:m[0]-len(local)]) {
			return
		}
		local = rx(`^[^0-9A-Za-z]+`).ReplaceAllString(local, "")
		if !rx(`^[0-9A-Za-z](?:\.?[^.])*$`).MatchString(local) || !rx(`^`+oracleDomain+`$`).MatchString(domain) ||
			rest == domain && rx(`^[@_]`).MatchString(o.s[m[1]+len(domain):]) {
			return
		}
		o.report(m[0]-len(local), m[1]+len(domain), 950, "format")
	})
}

func oraclePhone(o *oracle) {
	report := func(a, b, with, without int) {
		if near := o.context(a, b); near && with > 0 {
			o.report(a, b, with, "context")
		} else if !near && without > 0 {
			o.report(a, b, without, "format")
		}
	}
	oracleInternational(o, report)
	plus := func(a int) bool { return strings.HasSuffix(o.s[:a], "+") }
	each(`(?:1[ .-])?(\d{3})([ ./-])(\d{3})([ .-])(\d{4})|1 \((\d{3})(?:\) |\)-|\))(\d{3})[ .-](\d{4})|\((\d{3})(?:\) |\)-|\))(\d{3})[ .-](\d{4})`, o.s, func(m []int) {
		a, b := m[0], m[1]
		var d string
		for _, g := range [][2]int{{2, 3}, {6, 7}, {10, 11}, {12, 13}, {14, 15}, {16, 17}, {18, 19}, {20, 21}, {22, 23}} {
			if m[g[0]] >= 0 {
				d += o.s[m[g[0]]:m[g[1]]]
			}
		}
		if !couldBeNANP(d) || !o.stands(a, b) || plus(a) {
			return
		}
		if rx(`^\d{3} \d{3} `).MatchString(o.s[a:b]) {
			report(a, b, 970, 800)
		} else {
			report(a, b, 970, 900)
		}
	})
	each(`\d{3}[.-]\d{4}`, o.s, func(m []int) {
		if rx(`^[2-9](?:[02-9]\d|1[02-9])`).MatchString(o.s[m[0]:]) && o.stands(m[0], m[1]) && o.near(o.d.words, m[0], m[1], 24, 0) {
			o.report(m[0], m[1], 700, "context")
		}
	})
	each(`1?(\d{10})`, o.s, func(m []int) {
		if couldBeNANP(o.s[m[2]:m[3]]) && o.stands(m[0], m[1]) && !plus(m[0]) {
			report(m[0], m[1], 800, 0)
		}
	})
	each(`0\d+`, o.s, func(m []int) { oracleBritish(o, m, report) })
}

func oracleInternational(o *oracle, report func(a, b, with, without int)) {
	s := strings.ReplaceAll(o.s, "(0)", "(\x01)")
	if strings.Contains(o.s, "\x01") {
		s = o.s // a control character in the text: read as it is
	}
	each(`\+[1-9]|0044`, s, func(m []int) {
		lead := 1
		if s[m[0]] == '0' {
			lead = 2
		}
		if lead == 2 && rx(`_$`).MatchString(s[:m[0]]) || rx(`[0-9A-Za-z+]$`).MatchString(s[:m[0]]) {
			return
		}
		least, most := 8, 15
		for _, c := range []struct {
			code        string
			least, most int
		}{{"1", 11, 11}, {"44", 11, 12}, {"33", 11, 11}, {"61", 11, 11}, {"353", 10, 12}, {"91", 12, 12}, {"55", 12, 13}} {
			if strings.HasPrefix(s[m[0]+lead:], c.code) {
				least, most = c.least, c.most
				break
			}
		}
		sep := `(?:[ .()-]{0,3}|[ .()-]?\(\x01\)|\(\x01\)[ .()-]?)`
		got := rx(fmt.Sprintf(`^(?:\+|00)\d(?:%s\d){%d,%d}`, sep, least-1, most-1)).FindString(s[m[0]:])
		b := m[0] + len(got)
		if got != "" && !rx(`^[0-9A-Za-z_]`).MatchString(s[b:]) {
			report(m[0], b, 980, 950)
		}
	})
}

func oracleBritish(o *oracle, m []int, report func(a, b, with, without int)) {
	a, b := m[0], m[1]
	first := o.s[a:b]
	if strings.HasSuffix(o.s[:a], "(") && rx(`^\) \d`).MatchString(o.s[b:]) {
		a--
	}
	if rx(`[+0-9]$`).MatchString(o.s[:m[0]]) || !rx(`^0[123578]`).MatchString(first) {
		return
	}
	total, groups := len(first), 1
	for total < 11 && groups < 4 {
		next := rx(`^(?:[ -]|\) )(\d{3,})`).FindStringSubmatch(o.s[b:])
		if next == nil {
			break
		}
		total, groups, b = total+len(next[1]), groups+1, b+len(next[0])
	}
	switch {
	case !o.stands(a, b):
	case total == 10 && rx(`^0[18]`).MatchString(first):
		if o.context(a, b) {
			o.report(a, b, 800, "context")
		}
	case total != 11:
	case first[1] == '7':
		report(a, b, 970, 900)
	case groups > 1:
		report(a, b, 970, 850)
	default:
		report(a, b, 970, 0)
	}
}

func oracleLicence(o *oracle) {
	each(`\d{12}`, o.s, func(m []int) {
		word := rx(`([A-Za-z]*)[ #:.-]*$`).FindStringSubmatch(o.s[max(0, m[0]-40):m[0]])[1]
		other := word != "" && (word == strings.ToUpper(word) || strings.Contains(otherNumbers, " "+asciiLower(word)+" "))
		if strings.HasPrefix(o.s[m[0]:], "0000") && !oneDigitOnly(o.s[m[0]:m[1]]) && o.stands(m[0], m[1]) && !other {
			o.report(m[0], m[1], 550, "format")
		}
	})
	each(`[A-Za-z]{0,13}\d[0-9A-Za-z]*(?:[- ]\d+){0,4}`, o.s, func(m []int) {
		if rx(`[0-9A-Za-z]$`).MatchString(o.s[:m[0]]) {
			return
		}
		for b := m[1]; b > m[0]; b = m[0] + strings.LastIndexAny(o.s[m[0]:b], " -") {
			if o.stands(m[0], b) && o.licence(m[0], b) {
				return
			}
			if !strings.ContainsAny(o.s[m[0]:b], " -") {
				return
			}
		}
	})
}

func (o *oracle) licence(a, b int) bool {
	number := strings.ToUpper(plainDigits(o.s[a:b]))
	if len(rx(`\d`).FindAllString(number, -1)) < 5 || rx(`^\d.*[- ]`).MatchString(o.s[a:b]) {
		return false
	}
	fits, named, fitsNamed := false, false, false
	for _, line := range strings.Split(strings.TrimSuffix(licenceTable, "\n"), "\n") {
		f := strings.Split(line, "|")
		code, name := f[0], f[1]
		here := code == "MB" && len(number) == 12 || code == "WA" && rx(`^[A-Z][0-9A-Z]{11}$`).MatchString(number)
		for _, format := range strings.Split(f[2], ",") {
			p := rx(`([AN])(\d+)-(\d+)`).ReplaceAllString(format, `$1{$2,$3}`)
			p = rx(`([AN])(\d+)`).ReplaceAllString(p, `$1{$2}`)
			p = strings.NewReplacer("A", "[A-Z]", "N", `\d`).Replace(p)
			here = here || p != "" && rx(`^`+p+`$`).MatchString(number)
		}
		says := o.near(name, a, b, 64, 32)
		for _, w := range o.wordsOf(strings.ToLower(code) + map[bool]string{true: "|n.c"}[code == "NC"]) {
			text := o.s[w[0]:w[1]]
			in := w[0] >= a-64 && w[1] <= a || w[0] >= b && w[1] <= b+32
			says = says || in && (text == code || text == "N.C")
		}
		fits, named, fitsNamed = fits || here, named || says, fitsNamed || here && says
	}
	digits := len(rx(`\d`).FindAllString(number, -1))
	strong := o.near(o.d.words, a, b, 40, 24)
	switch {
	case !strong && !(named && o.near("license|licence|permis", a, b, 64, 32)):
		return false
	case named && fitsNamed:
		o.report(a, b, 950, "context")
	case !named && fits && (digits >= 7 || rx(`^[A-Z]`).MatchString(number)):
		o.report(a, b, 850, "context")
	default:
		return false
	}
	return true
}

func oracleITIN(o *oracle) {
	judge := func(a, b int, sep string) {
		d := plainDigits(o.s[a:b])
		if !o.stands(a, b) || !rx(`^9..(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])`).MatchString(d) || strings.HasSuffix(d, "0000") || oneDigitOnly(d) {
			return
		}
		switch near := o.context(a, b); {
		case near && sep == "":
			o.report(a, b, 900, "context")
		case near:
			o.report(a, b, 970, "context")
		case sep == "-":
			o.report(a, b, 800, "format")
		case sep != "":
			o.report(a, b, 550, "format")
		}
	}
	each(`\d{3}-\d{2}-\d{4}|\d{3} \d{2} \d{4}|\d{3}\.\d{2}\.\d{4}`, o.s, func(m []int) { judge(m[0], m[1], o.s[m[0]+3:m[0]+4]) })
	each(`\d{9}`, o.s, func(m []int) { judge(m[0], m[1], "") })
}

func oracleMBI(o *oracle) {
	const a, e = `[ac-hjkmnp-rt-yAC-HJKMNP-RT-Y]`, `[0-9ac-hjkmnp-rt-yAC-HJKMNP-RT-Y]`
	each(`[1-9]`+a+e+`\d(-?)`+a+e+`\d(-?)`+a+a+`\d\d`, o.s, func(m []int) {
		dash := m[3] - m[2]
		if dash != m[5]-m[4] || !o.stands(m[0], m[1]) {
			return
		}
		switch {
		case o.context(m[0], m[1]):
			o.report(m[0], m[1], 980, "context")
		case dash > 0:
			o.report(m[0], m[1], 950, "format")
		default:
			o.report(m[0], m[1], 850, "format")
		}
	})
}

func oracleDrivingLicence(o *oracle) {
	each(`[A-Za-z](?:[A-Za-z]{4}|[A-Za-z]{3}9|[A-Za-z]{2}99|[A-Za-z]999|9999)( ?)\d(?:[05][1-9]|1[0-2]|6[0-2])(?:0[1-9]|[12]\d|3[01])\d( ?)[A-Za-z9]{2}[0-9A-Za-z][A-Za-z]{2}`, o.s, func(m []int) {
		if m[3]-m[2] != m[5]-m[4] || !o.stands(m[0], m[1]) {
			return
		}
		if o.context(m[0], m[1]) {
			o.report(m[0], m[1], 980, "context")
		} else {
			o.report(m[0], m[1], 950, "format")
		}
	})
}

func oraclePassport(o *oracle) {
	each(`\d{9}|[A-Za-z]\d{8}|[A-Za-z]{2}\d{6,7}|[A-Za-z]\d{6}[A-Za-z]{2}`, o.s, func(m []int) {
		if o.stands(m[0], m[1]) && o.near(o.d.words, m[0], m[1], 48, 24) {
			o.report(m[0], m[1], 850, "context")
		}
	})
}
