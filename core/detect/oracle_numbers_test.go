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
		if !o.stands(a, b) || d[0] == '8' || oneDigitOnly(d) || luhnSum(d)%10 != 0 {
			return
		}
		figure := rx(`[0-9$+] $`).MatchString(o.s[:a]) || rx(`^(?:[,%$]|[^\x00-\x7f]| [0-9$%]| [^\x00-\x7f])`).MatchString(o.s[b:])
		switch near := o.context(a, b); {
		case d[0] == '0':
			if near {
				o.report(a, b, 700, "format")
			}
		case near:
			o.report(a, b, 980, "checksum")
		case sep == "-":
			o.report(a, b, 800, "format")
		case sep == " " && !figure:
			o.report(a, b, 650, "format")
		case sep == "" && o.lone(a, b):
			o.report(a, b, 560, "checksum")
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
		case o.lone(a, b):
			o.report(a, b, 550, "checksum")
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
			case o.lone(a, b):
				o.report(a, b, 700, "checksum")
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
