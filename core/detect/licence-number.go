package detect

// licencePrefix is where letters begin that stand before a number: capitals and
// hyphens (A-123-456, AB-CD-EF-G123HI), or one or five capitals and a space (A 123
// 456, SMITH 280186001). It is start where there are none.
func (in *input) licencePrefix(start int) int {
	s, from := in.s, start
	for from > 1 && s[from-1] == '-' && upper(s[from-2]) && start-from < 9 {
		for from--; from > 0 && upper(s[from-1]); {
			from--
		}
	}
	if from == start && from > 1 && s[from-1] == ' ' && upper(s[from-2]) {
		for from--; from > 0 && upper(s[from-1]); {
			from--
		}
		if n := start - 1 - from; n != 1 && n != 5 {
			return start
		}
	}
	if from > 0 && alnum(s[from-1]) {
		return start
	}
	return from
}

// licence tries the longest of up to seven groups that begin at start: after the
// first, digits behind a space, digits and letters behind a hyphen.
func (in *input) licence(start int) bool {
	s := in.s
	var ends [7]int
	n, i := 0, start
	for n < len(ends) {
		from, mixed := i, n == 0 || s[i-1] == '-'
		for i < len(s) && i-from <= 20 && (digit(s[i]) || mixed && letter(s[i])) {
			i++
		}
		if i == from {
			break
		}
		ends[n] = i
		n++
		if i == len(s) || !isOneOf(s[i], "- ") {
			break
		}
		i++
	}
	for n--; n >= 0; n-- {
		if in.alone(start, ends[n]) && in.licenceAt(start, ends[n], n > 0) {
			return true
		}
	}
	return false
}

// licenceAt reports s[start:end] if a jurisdiction's licences look so.
func (in *input) licenceAt(start, end int, grouped bool) bool {
	s := in.s[start:end]
	shape, digits := shapeOf(squeeze(s))
	if grouped && shape[0].kind == 'N' && len(shape) == 1 && !printedDigits(s) {
		return false
	}
	named, weak := in.placesNear(start, end)
	if digits < 2 || !in.near(start, end, 40, 24) && !(weak && named != 0) {
		return false
	}
	fits := fitting(shape)
	switch {
	case digits < 5 && (len(shape) == 1 || !isUpper(s) || len(s) < 5):
		return false
	case named != 0 && named&fits != 0:
		in.report(start, end, 950, "context")
	case named == 0 && fits != 0 && digits >= 5 && (digits >= 7 && (!grouped || len(shape) > 1) || shape[0].kind == 'A') && !spacedLetters(s):
		in.report(start, end, 850, "context")
	default:
		return false
	}
	return true
}

// printedDigits reports whether digits are grouped as New York (3-3-3),
// Pennsylvania (2-3-3), Colorado (2-3-4) or Alberta (6-3) print them, which no
// date, telephone or Social Security number is.
func printedDigits(s string) bool {
	var sizes [4]int
	n := 0
	for i := range len(s) {
		if digit(s[i]) {
			sizes[n]++
		} else if n++; n == 4 {
			return false
		}
	}
	return sizes == [4]int{3, 3, 3} || sizes == [4]int{2, 3, 3} || sizes == [4]int{2, 3, 4} || sizes == [4]int{6, 3}
}

// spacedLetters reports whether a space follows letters that s begins with: a
// word and a number, unless the place says otherwise.
func spacedLetters(s string) bool {
	i := 0
	for i < len(s) && letter(s[i]) {
		i++
	}
	return i > 0 && i < len(s) && s[i] == ' '
}

// printedLicence finds, without any word, what only Canadian licences look like,
// group i being the first digits: Ontario A1234-12345-12345 and Quebec
// A1234-123456-12 with a date of birth inside, Nova Scotia SMITH-280186001 with
// one too, Manitoba AB-CD-EF-G123HI.
func (in *input) printedLicence(i int) {
	s, g := in.s, in.groups[i]
	start, end := g.start-1, 0
	switch n := g.end - g.start; {
	case n == 4 && upper(s[start]):
		if e, _, ok := in.joined(i, "- ", 4, 5, 5); ok && birthDigits(squeeze(s[g.start:e])[8:]) {
			end = e
		} else if e, _, ok := in.joined(i, "- ", 4, 6, 2); ok && birthDigits(s[e-9:e-3]) {
			end = e
		}
	case n == 9 && birthDigits(s[g.start:]):
		if s[start] == '-' {
			start--
		}
		if start -= 4; start >= 0 && isUpper(s[start:start+5]) && fourLetters(s[start:]) && letter(s[start+4]) {
			end = g.end
		}
	case n == 3 && start >= 9 && s[start-1] == '-' && s[start-4] == '-' && s[start-7] == '-' && g.end+2 <= len(s):
		if start -= 9; onlyCapitals(s[start:g.start]) == 7 && onlyCapitals(s[g.end:g.end+2]) == 2 {
			end = g.end + 2
		}
	}
	if end > 0 && in.alone(start, end) {
		in.report(start, end, 900, "format")
	}
}

// onlyCapitals counts the capitals of s, -1 where there is anything else but
// hyphens.
func onlyCapitals(s string) (n int) {
	for i := range len(s) {
		switch {
		case upper(s[i]):
			n++
		case s[i] != '-':
			return -1
		}
	}
	return n
}

// birthDigits reports whether six digits can be a birth date, the day or the year
// first; 50 may be added to the month, for a woman.
func birthDigits(d string) bool {
	month, first, last := number(d[2:4]), number(d[:2]), number(d[4:6])
	if month > 50 {
		month -= 50
	}
	return isDay(first, month) || isDay(last, month)
}
