package detect

import (
	"fmt"
	"strings"
)

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
