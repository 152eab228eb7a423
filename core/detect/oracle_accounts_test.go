package detect

import (
	"strconv"
	"strings"
)

// lone is the oracle's whole.
func (o *oracle) lone(a, b int) bool {
	return !rx(`[0-9A-Za-z]|[^\x00-\x7f]`).MatchString(o.s[:a] + o.s[b:])
}

func weighted(d string, weights ...int) (sum int) {
	for i, w := range weights {
		n, _ := strconv.Atoi(d[i : i+1])
		sum += w * n
	}
	return sum
}

func oracleRouting(o *oracle) {
	each(`\d{9}|\d{4}-\d{4}-\d`, o.s, func(m []int) {
		d := plainDigits(o.s[m[0]:m[1]])
		if !rx(`^(?:0\d|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)`).MatchString(d) || oneDigitOnly(d) ||
			weighted(d, 3, 7, 1, 3, 7, 1, 3, 7, 1)%10 != 0 || !o.stands(m[0], m[1]) {
			return
		}
		switch {
		case o.context(m[0], m[1]):
			o.report(m[0], m[1], 970, "checksum")
		case m[1]-m[0] == 11:
			o.report(m[0], m[1], 800, "format")
		case o.lone(m[0], m[1]):
			o.report(m[0], m[1], 570, "checksum")
		}
	})
}

func oracleUTR(o *oracle) {
	each(`\d{5}[ -]?\d{5}`, o.s, func(m []int) {
		d := plainDigits(o.s[m[0]:m[1]])
		check := []string{"2", "1", "9", "8", "7", "6", "5", "4", "3", "2", "1"}[weighted(d[1:], 6, 7, 8, 9, 10, 5, 4, 3, 2)%11]
		a, b := m[0], m[1]+len(rx(`^[kK]`).FindString(o.s[m[1]:]))
		if oneDigitOnly(d) || !strings.HasPrefix(d, check) || !o.stands(a, b) {
			return
		}
		if o.context(a, b) {
			o.report(a, b, 970, "checksum")
		} else if o.lone(a, b) {
			o.report(a, b, 550, "checksum")
		}
	})
}

func oracleBusinessNumber(o *oracle) {
	each(`(\d{9}|\d{5}[ -]\d{4}|\d{3} \d{3} \d{3}|\d{3}-\d{3}-\d{3})([ -]?[Rr][CDEGMNPRSTZcdegmnprstz][ -]?\d{4})?`, o.s, func(m []int) {
		d := plainDigits(o.s[m[2]:m[3]])
		if luhnSum(d)%10 != 0 || oneDigitOnly(d) {
			return
		}
		if m[4] >= 0 && o.stands(m[0], m[1]) {
			o.report(m[0], m[1], 980, "checksum")
		} else if o.stands(m[2], m[3]) && o.near(o.d.words, m[2], m[3], 40, 24) {
			o.report(m[2], m[3], 930, "checksum")
		}
	})
	each(`\d{10}[ -]?[Tt][Qq][ -]?\d{4}`, o.s, func(m []int) {
		if o.stands(m[0], m[1]) {
			o.report(m[0], m[1], 950, "format")
		}
	})
}

func oracleAccount(o *oracle) {
	each(`\d{5}([ -])\d{3}([ -])\d{7,12}`, o.s, func(m []int) {
		switch {
		case rx(`^\d`).MatchString(o.s[m[1]:]) || !o.stands(m[0], m[1]):
		case o.context(m[0], m[1]) || o.near(o.d.marks, m[0], m[1], 64, 32):
			o.report(m[0], m[1], 960, "context")
		case o.s[m[2]:m[3]]+o.s[m[4]:m[5]] == "--":
			o.report(m[0], m[1], 800, "format")
		}
	})
	plain := func(m []int) {
		if o.stands(m[0], m[1]) && o.near(o.d.words, m[0], m[1], 32, 16) && o.near(o.d.marks, m[0], m[1], 64, 48) {
			o.report(m[0], m[1], 880, "context")
		}
	}
	each(`\d{6,17}`, o.s, plain)
	each(`\d{4}[ -]\d{4}`, o.s, plain)
	each(`\d\d-\d\d-\d\d(?:[ /]|, | / | - )\d{8}`, o.s, plain)
}

func oracleHealthCard(o *oracle) {
	each(`\d{10}|\d{4} \d{3} \d{3}|\d{4}-\d{3}-\d{3}`, o.s, func(m []int) {
		a, b := m[0], m[1]
		d := plainDigits(o.s[a:b])
		sum := 0
		for i, w := range []int{2, 4, 8, 5, 10, 9, 7, 3} {
			sum += weighted(d[i+1:], w) % 11
		}
		ontario := luhnSum(d)%10 == 0 && d[0] != '0'
		columbia := d[0] == '9' && strconv.Itoa((11-sum%11)%11) == d[9:]
		version := rx(`^[ -]?[A-Z]{1,2}(?:$|[^A-Z])`).FindString(o.s[b:])
		version = rx(`^[ -]?[A-Z]{1,2}`).FindString(version)
		grouped := len(d) < b-a
		if !ontario || !o.stands(a, b+len(version)) {
			version = ""
		}
		b += len(version)
		near := o.context(a, b)
		switch {
		case oneDigitOnly(d) || !o.stands(a, b):
		case near && (ontario || columbia):
			o.report(a, b, 980, "checksum")
		case near && d[0] != '9':
			o.report(a, b, 800, "context")
		case version != "" && grouped:
			o.report(a, b, 950, "checksum")
		case grouped && (ontario || columbia):
			o.report(a, b, 800, "checksum")
		case version != "" || columbia && o.lone(a, b):
			o.report(a, b, 560, "checksum")
		}
	})
	named := func(m []int) {
		if o.stands(m[0], m[1]) && o.near(o.d.words, m[0], m[1], 48, 24) {
			o.report(m[0], m[1], 850, "context")
		}
	}
	for _, p := range []string{`\d{9}`, `\d{8}`, `\d{12}`, `[A-Za-z]\d{7}`, `\d{3} \d{3} \d{3}`, `\d{3}-\d{3}-\d{3}`,
		`\d{3} \d{3} \d{3} \d{3}`, `\d{3}-\d{3}-\d{3}-\d{3}`, `\d{5}[ -]\d{4}`} {
		each(p, o.s, named)
	}
	const birth = `\d\d(?:[05][1-9]|1[0-2]|6[0-2])`
	const day = `(?:0[1-9]|[12]\d|3[01])\d\d`
	each(`[A-Za-z]{4}(?:[ -]?`+birth+day+`|`+birth+`[ -]`+day+`|-`+birth+`-`+day+`| `+birth+` `+day+`)`, o.s, func(m []int) {
		switch {
		case !o.stands(m[0], m[1]):
		case o.context(m[0], m[1]):
			o.report(m[0], m[1], 980, "context")
		case strings.ToUpper(o.s[m[0]:m[1]]) == o.s[m[0]:m[1]]:
			o.report(m[0], m[1], 950, "format")
		}
	})
}

func oracleVehicle(o *oracle) {
	each(`[A-HJ-PR-Ya-hj-pr-y]{2}(?:0[2-9]|[12]\d|5[1-9]|[67]\d)([ -]?)[A-HJ-PR-Za-hj-pr-z]{3}`, o.s, func(m []int) {
		a, b := m[0], m[1]
		capitals := strings.ToUpper(o.s[a:b]) == o.s[a:b]
		switch {
		case !o.stands(a, b):
		case capitals && o.context(a, b):
			o.report(a, b, 970, "context")
		case capitals:
			o.report(a, b, 850, "format")
		case m[2] == m[3] && o.context(a, b):
			o.report(a, b, 900, "context")
		}
	})
	for _, p := range []string{`[A-HJ-NPR-TV-Y](?:[1-9]\d{0,2})[ -]?[A-HJ-PR-Y]{3}`, `[A-HJ-PR-Y]{3}[ -]?[1-9]\d{0,2}[A-HJ-NPR-TV-Y]`,
		`(?:[IZ][A-PR-Z]|[A-PR-Z][IZ]|[IZ][A-PR-Z]{2}|[A-PR-Z][IZ][A-PR-Z]|[A-PR-Z]{2}[IZ])[ -]?(?:[1-9]\d{0,3})`} {
		each(p, o.s, func(m []int) {
			switch {
			case !o.stands(m[0], m[1]), rx(`^[A-Z]{2}\d\d[ -]?[A-Za-z]{3}(?:$|[^A-Za-z])`).MatchString(o.s[m[0]:]):
			case o.near(o.d.words, m[0], m[1], 40, 24):
				o.report(m[0], m[1], 800, "context")
			case o.lone(m[0], m[1]):
				o.report(m[0], m[1], 550, "format")
			}
		})
	}
}
