package detect

import (
	"strconv"
	"strings"
)

func oracleBirth(o *oracle) {
	judge := func(a, b, confidence int) {
		full := rx(`(?:19|20)\d\d`).FindString(o.s[a:b])
		switch {
		case !o.stands(a, b):
		case o.near(o.d.words, a, b, 40, 24):
			o.report(a, b, confidence, "context")
		case confidence == 900 && full < "2020" && o.near(o.d.marks, a, b, 40, 24):
			o.report(a, b, 800, "context")
		}
	}
	at := func(m []int, i int) string { return o.s[m[2*i]:m[2*i+1]] }
	const year = `(?:19\d\d|20[0-2]\d)`
	each(`(\d\d?)(?:/(\d\d?)/|-(\d\d?)-|\.(\d\d?)\.)(\d{4}|\d\d)`, o.s, func(m []int) {
		a, _ := strconv.Atoi(at(m, 1))
		c := at(m, 5)
		b := 0
		for i := 2; i <= 4; i++ {
			if m[2*i] >= 0 {
				b, _ = strconv.Atoi(at(m, i))
			}
		}
		if a < 1 || b < 1 || min(a, b) > 12 || max(a, b) > 31 || len(c) == 4 && !rx(`^`+year+`$`).MatchString(c) {
			return
		}
		if len(c) == 4 {
			judge(m[0], m[1], 900)
		} else {
			judge(m[0], m[1], 800)
		}
	})
	each(`(\d\d?) (\d\d?) (`+year+`)`, o.s, func(m []int) {
		a, _ := strconv.Atoi(at(m, 1))
		b, _ := strconv.Atoi(at(m, 2))
		if a > 0 && b > 0 && min(a, b) <= 12 && max(a, b) <= 31 {
			judge(m[0], m[1], 900)
		}
	})
	each(year+`(?:/(?:0?[1-9]|1[0-2])/|-(?:0?[1-9]|1[0-2])-|\.(?:0?[1-9]|1[0-2])\.)(?:3[01]|[12]\d|0?[1-9])`, o.s, func(m []int) { judge(m[0], m[1], 900) })
	names := strings.ReplaceAll(strings.TrimSpace(months), " ", "|")
	const day = `(?:3[01]|[12]\d|0?[1-9])`
	named := func(m []int) {
		if rx(`[^\d]\d\d$`).MatchString(o.s[m[0]:m[1]]) {
			judge(m[0], m[1], 800)
		} else {
			judge(m[0], m[1], 900)
		}
	}
	const years = `(?:` + year + `|\d\d)`
	each(day+`(?:st|nd|rd|th|er)?(?: (?:of )?(?:`+names+`)\.?,? |-(?:`+names+`)-|/(?:`+names+`)/|(?:`+names+`))`+years, o.low, named)
	each(`(?:`+names+`)\.? `+day+`(?:st|nd|rd|th|er)?,? `+years, o.low, named)
	each(`\d{8}`, o.s, func(m []int) {
		if rx(`^(?:`+year+`(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|(?:(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2]))`+year+`)$`).MatchString(o.s[m[0]:m[1]]) &&
			o.stands(m[0], m[1]) && o.near(o.d.words, m[0], m[1], 40, 24) {
			o.report(m[0], m[1], 800, "context")
		}
	})
}
