package detect

import (
	"strconv"
	"strings"
)

func oracleLicence(o *oracle) {
	each(`\d{12}`, o.s, func(m []int) {
		word := rx(`([A-Za-z]*)[ #:.-]*$`).FindStringSubmatch(o.s[max(0, m[0]-40):m[0]])[1]
		other := word != "" && (word == strings.ToUpper(word) || strings.Contains(otherNumbers, " "+asciiLower(word)+" "))
		if strings.HasPrefix(o.s[m[0]:], "0000") && !oneDigitOnly(o.s[m[0]:m[1]]) && o.stands(m[0], m[1]) && !other {
			o.report(m[0], m[1], 550, "format")
		}
	})
	oraclePrinted(o)
	each(`[A-Za-z]{0,13}\d`, o.s, func(m []int) {
		a := m[0]
		if rx(`[0-9A-Za-z]$`).MatchString(o.s[max(0, a-1):a]) {
			return
		}
		from := a
		for a-from < 9 && rx(`[A-Z]-$`).MatchString(o.s[:from]) {
			from -= len(rx(`[A-Z]+-$`).FindString(o.s[:from]))
		}
		if p := rx(`[A-Z]+ $`).FindString(o.s[:a]); from == a && (len(p) == 2 || len(p) == 6) {
			from -= len(p)
		}
		if from < a && !rx(`[0-9A-Za-z]$`).MatchString(o.s[:from]) && o.licenceFrom(from) {
			return
		}
		o.licenceFrom(a)
	})
}

// licenceFrom tries the number that begins at a, with as many groups as can be.
func (o *oracle) licenceFrom(a int) bool {
	b := a + len(rx(`^[0-9A-Za-z]{1,21}(?:-[0-9A-Za-z]{1,21}| \d{1,21}){0,6}`).FindString(o.s[a:]))
	for {
		if o.stands(a, b) && o.licence(a, b) {
			return true
		}
		last := strings.LastIndexAny(o.s[a:b], " -")
		if last < 0 {
			return false
		}
		b = a + last
	}
}

func (o *oracle) licence(a, b int) bool {
	text := o.s[a:b]
	number := strings.ToUpper(plainDigits(text))
	digits := len(rx(`\d`).FindAllString(number, -1))
	grouped := rx(`[- ]`).MatchString(text)
	onlyDigits := digits == len(number)
	if digits < 2 || grouped && onlyDigits && !rx(`^(?:\d{3}[- ]\d{3}[- ]\d{3}|\d{2}[- ]\d{3}[- ]\d{3}|\d{2}[- ]\d{3}[- ]\d{4}|\d{6}[- ]\d{3})$`).MatchString(text) {
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
	strong := o.near(o.d.words, a, b, 40, 24)
	switch {
	case !strong && !(named && o.near("license|licence|permis", a, b, 64, 32)):
		return false
	case digits < 5 && (onlyDigits || rx(`[a-z]`).MatchString(text) || len(text) < 5):
		return false
	case named && fitsNamed:
		o.report(a, b, 950, "context")
	case !named && fits && digits >= 5 && (digits >= 7 && !(grouped && onlyDigits) || rx(`^[A-Z]`).MatchString(number)) && !rx(`^[A-Za-z]+ `).MatchString(text):
		o.report(a, b, 850, "context")
	default:
		return false
	}
	return true
}

const birthSix = `(?:(?:0[1-9]|[12]\d|3[01])(?:[05][1-9]|1[0-2]|6[0-2])\d\d|\d\d(?:[05][1-9]|1[0-2]|6[0-2])(?:0[1-9]|[12]\d|3[01]))`

func oraclePrinted(o *oracle) {
	for _, p := range []string{
		`[A-Z]\d{4}-\d{5}-\d{5}`, `[A-Z]\d{4} \d{5} \d{5}`, `[A-Z]\d{4}-` + birthSix + `-\d{2}`, `[A-Z]\d{4} ` + birthSix + ` \d{2}`,
		`[A-Z]{5}-?` + birthSix + `\d{3}`, `[A-Z]{2}-[A-Z]{2}-[A-Z]{2}-[A-Z]\d{3}[A-Z]{2}`,
	} {
		each(p, o.s, func(m []int) {
			number := plainDigits(o.s[m[0]:m[1]])
			if o.stands(m[0], m[1]) && (len(number) != 15 || rx(`^`+birthSix+`$`).MatchString(number[9:])) {
				o.report(m[0], m[1], 900, "format")
			}
		})
	}
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
		case sep != "" || o.lone(a, b):
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
	each(`[A-Za-z](?:[ -]?[0-9A-Za-z]){15}`, o.s, func(m []int) {
		text := o.s[m[0]:m[1]]
		sizes := ""
		for _, g := range rx(`[ -]`).Split(text, -1) {
			sizes += " " + strconv.Itoa(len(g))
		}
		joined := rx(`[ -]`).ReplaceAllString(text, "")
		if strings.Contains(text, " ") && strings.Contains(text, "-") || !o.stands(m[0], m[1]) ||
			!rx(`^ (?:16|(?:5 6|11)(?: 5| 2 3| 3 2| 2 1 2)|5 (?:11|8 3|9 2|8 1 2)|13 3|14 2|13 1 2|4 4 4 4)$`).MatchString(sizes) ||
			!rx(`^[A-Za-z](?:[A-Za-z]{4}|[A-Za-z]{3}9|[A-Za-z]{2}99|[A-Za-z]999|9999)\d(?:[05][1-9]|1[0-2]|6[0-2])(?:0[1-9]|[12]\d|3[01])\d[A-Za-z9]{2}[0-9A-Za-z][A-Za-z]{2}$`).MatchString(joined) {
			return
		}
		switch {
		case o.context(m[0], m[1]):
			o.report(m[0], m[1], 980, "context")
		case sizes == " 16" || strings.ToUpper(text) == text:
			o.report(m[0], m[1], 950, "format")
		case sizes == " 5 6 5":
			o.report(m[0], m[1], 800, "format")
		}
	})
}

func oraclePassport(o *oracle) {
	each(`\d{9}|[A-Za-z]\d{8}|[A-Za-z]{1,2}\d{7}|[A-Za-z]{2}\d{6}|[A-Z]{2} \d{6}|[A-Za-z]\d{6}[A-Za-z]{2}|\d{2}[A-Za-z]{2}\d{5}|\d{3} \d{3} \d{3}|\d{3}-\d{3}-\d{3}`, o.s, func(m []int) {
		if o.stands(m[0], m[1]) && o.near(o.d.words, m[0], m[1], 48, 24) {
			o.report(m[0], m[1], 850, "context")
		}
	})
}
