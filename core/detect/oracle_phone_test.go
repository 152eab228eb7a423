package detect

import (
	"fmt"
	"strconv"
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
		if !o.context(a, b) && o.lone(a, b) && rx(`^\d{3}(?: \d{3} |-\d{3}-)`).MatchString(o.s[a:b]) && weighted(d, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1)%11 == 0 {
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
			if !o.context(m[0], m[1]) && o.lone(m[0], m[1]) {
				o.report(m[0], m[1], 700, "format")
			}
		}
	})
	oracleNational(o)
	each(`0\d+`, o.s, func(m []int) { oracleBritish(o, m, report) })
}

// codeLengths is the entry of the longest country code that d begins with.
func codeLengths(d string) (least, most int) {
	for _, entry := range strings.Fields(countryCodes) {
		var code, a, b int
		fmt.Sscanf(entry, "%d:%d-%d", &code, &a, &b)
		if strings.HasPrefix(d, strconv.Itoa(code)) {
			least, most = a, b
		}
	}
	return least, most
}

func oracleInternational(o *oracle, report func(a, b, with, without int)) {
	s := strings.ReplaceAll(o.s, "(0)", "(\x01)")
	if strings.Contains(o.s, "\x01") {
		s = o.s // a control character in the text: read as it is
	}
	each(`\+[1-9]|00[1-9]\d`, s, func(m []int) {
		lead := 1
		if s[m[0]] == '0' {
			lead = 2
		}
		if lead == 2 && rx(`_$`).MatchString(s[:m[0]]) || rx(`[0-9A-Za-z+]$`).MatchString(s[max(0, m[0]-1):m[0]]) {
			return
		}
		least, most := codeLengths(rx(`^\d{1,3}`).FindString(s[m[0]+lead:]))
		if least == 0 {
			return
		}
		sep := `(?:[ .()-]{0,3}|[ .()-]?\(\x01\)|\(\x01\)[ .()-]?)`
		got := rx(fmt.Sprintf(`^(?:\+|00)\d(?:%s\d){%d,%d}`, sep, least-1, most-1)).FindString(s[m[0]:])
		b := m[0] + len(got)
		if got == "" || rx(`^[0-9A-Za-z_]`).MatchString(s[b:]) {
			return
		}
		if lead == 2 && rx(`^\d+$`).MatchString(got) && !strings.HasPrefix(got, "0044") {
			report(m[0], b, 980, 0)
		} else {
			report(m[0], b, 980, 950)
		}
	})
}

func oracleNational(o *oracle) {
	beside := func(a, b int) {
		if o.stands(a, b) && o.near(o.d.words, a, b, 24, 0) {
			o.report(a, b, 850, "context")
		}
	}
	telling := map[int]bool{}
	for _, p := range []string{`(0[1-9])(?: \d\d){4}`, `(0[1-9])(?:-\d\d){4}`, `(0[1-9])(?:\.\d\d){4}`, `\(?(0[2378])(?: |\) )\d{4} \d{4}`, `(04\d\d) \d{3} \d{3}`, `(04\d\d)-\d{3}-\d{3}`} {
		each(p, o.s, func(m []int) {
			a := m[0]
			if o.inside(m[2]) || rx(`^\d`).MatchString(o.s[m[1]:]) || o.s[m[2]] == '0' && a == m[2] && rx(`^0[2378](?: |\) )\d{4} \d{4}`).MatchString(o.s[a:]) && strings.HasSuffix(o.s[:a], "(") {
				return
			}
			if o.stands(a, m[1]) {
				telling[m[2]] = true
				if o.context(a, m[1]) {
					o.report(a, m[1], 970, "context")
				} else {
					o.report(a, m[1], 850, "format")
				}
			}
		})
	}
	for _, p := range []string{`[6-9]\d{4}[ -]\d{5}`, `[3689]\d{3}[ -]\d{4}`, `[6-9]\d\d \d{3} \d{3}`, `[6-9]\d\d-\d{3}-\d{3}`, `1\d\d \d{4} \d{4}`, `1\d\d-\d{4}-\d{4}`,
		`[67]\d\d(?: \d\d){3}`, `[67]\d\d(?:-\d\d){3}`, `[2-79]\d(?: \d\d){3}`, `[2-79]\d(?:-\d\d){3}`, `[689]\d{7}`} {
		each(p, o.s, func(m []int) {
			if !o.inside(m[0]) && !rx(`^\d`).MatchString(o.s[m[1]:]) {
				beside(m[0], m[1])
			}
		})
	}
	each(`0[1-9]\d*`, o.s, func(m []int) {
		if !o.inside(m[0]) && !telling[m[0]] {
			oracleTrunk(o, m[0], m[1], beside)
		}
	})
	each(`[1-9]\d{0,2}(?:(?: \d+)+|(?:-\d+)+)`, o.s, func(m []int) {
		if o.inside(m[0]) {
			return
		}
		code := rx(`^\d+`).FindString(o.s[m[0]:])
		least, most := codeLengths(code)
		if least == 0 {
			return
		}
		b, total := m[0]+len(code), len(code)
		groups := 1
		for total < most && b < m[1] {
			next := len(rx(`^\d+`).FindString(o.s[b+1:]))
			b, total, groups = b+1+next, total+next, groups+1
		}
		if groups > 3 && total >= least && total <= most && rx(`\d\d$`).MatchString(o.s[:b]) && o.stands(m[0], b) && o.context(m[0], b) {
			o.report(m[0], b, 800, "context")
		}
	})
}

// inside reports whether a stands in a run of digits, or behind a plus sign.
func (o *oracle) inside(a int) bool { return rx(`[0-9+]$`).MatchString(o.s[max(0, a-1):a]) }

func oracleTrunk(o *oracle, a, b int, beside func(a, b int)) {
	total, last := b-a, ""
	if strings.HasSuffix(o.s[:a], "(") && rx(`^\)[ -]?\d`).MatchString(o.s[b:]) {
		a--
	}
	if total < 2 {
		return
	}
	for groups := 1; groups < 5; groups++ {
		m := rx(`^( |-|\.|/|\) |\)|\)-)(\d+)`).FindStringSubmatch(o.s[b:])
		if m == nil || len(m[2]) < 2 || total+len(m[2]) > 11 || total > 8 && last != "" && m[1][:1] != last {
			break
		}
		total, b, last = total+len(m[2]), b+len(m[0]), m[1][:1]
	}
	if total >= 9 && total <= 11 {
		beside(a, b)
	}
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
