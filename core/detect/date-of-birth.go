package detect

// dateOfBirth finds a date beside words that make it somebody's birth: numbers
// in any order, ISO 8601, eight digits in one piece, or with the month's name in
// English or French. "Birthday" may mean this year's party, so beside it the year
// must be written in full and lie before 2020.
//
// A birth date is a personal detail, no number of an office: class contact.
//
// Hit: "DL 000000041290 dob 7/19/88". Near miss: "born in a barn, 7/19 at the
// latest", no year.
var dateOfBirth = detector{
	id: "date-of-birth", class: ClassContact,
	source:  "ISO 8601-1; UK GDPR article 4(1); Privacy Act (Canada) s. 3; N.C.G.S. 132-1.10",
	about:   "date of birth",
	reasons: "context",
	words: "dob|d.o.b|dobs|date of birth|birth date|birthdate|date/birth|born|born on|ddn|d.d.n|date de naissance|date naissance|date naiss|" +
		"ne le|nee le|ne(e) le|nes le|nees le|naissance",
	marks: "birthday|birthdays|b-day|bday|anniversaire",
	find:  findBirth,
}

func findBirth(in *input) {
	if in.seen&(in.words|in.marks) == 0 {
		return
	}
	for i, g := range in.groups {
		end, year := in.numericDate(i)
		start := g.start
		if end == 0 && g.end-g.start <= 2 {
			start, end, year = in.namedDate(i)
		}
		solid := end == 0 && g.end-g.start == 8
		if solid {
			end, year = g.end, solidYear(in.s[g.start:g.end])
		}
		if end == 0 || solid && year == 0 || !in.alone(start, end) {
			continue
		}
		switch near := in.near(start, end, 40, 24); {
		case near && year > 99 && !solid:
			in.report(start, end, 900, "context")
		case near, year > 99 && year < 2020 && !solid && in.nearOf(in.marks, start, end, 40, 24):
			in.report(start, end, 800, "context")
		}
	}
}

// solidYear is the year of eight digits that are a date, 0 where they are none.
func solidYear(d string) int {
	first, last := number(d[:4]), number(d[4:])
	switch {
	case isYear(first) && isDay(number(d[6:]), number(d[4:6])):
		return first
	case isYear(last) && (isDay(number(d[:2]), number(d[2:4])) || isDay(number(d[2:4]), number(d[:2]))):
		return last
	}
	return 0
}

// numericDate reads groups i to i+2 as a date with one and the same separator;
// end is 0 where they are none.
func (in *input) numericDate(i int) (end, year int) {
	n := in.lengths(i, 3)
	if n[0]*n[1]*n[2] == 0 || !in.gap(i, "/-. ") || !in.gap(i+1, "/-. ") || in.s[in.groups[i].end] != in.s[in.groups[i+1].end] {
		return 0, 0
	}
	if in.s[in.groups[i].end] == ' ' && n[2] != 4 {
		return 0, 0 // only a year in full makes three numbers a date
	}
	if n[0] > 4 || n[1] > 2 || n[2] > 4 {
		return 0, 0
	}
	a, b, c := in.value(i), in.value(i+1), in.value(i+2)
	switch {
	case n[0] == 4 && n[2] <= 2 && isYear(a) && isDay(c, b):
		year = a
	case n[0] <= 2 && n[2] == 4 && isYear(c) && (isDay(a, b) || isDay(b, a)):
		year = c
	case n[0] <= 2 && n[2] == 2 && (isDay(a, b) || isDay(b, a)):
		year = c
	default:
		return 0, 0
	}
	return in.groups[i+2].end, year
}

func (in *input) value(i int) int { return number(in.s[in.groups[i].start:in.groups[i].end]) }

func isYear(n int) bool         { return n >= 1900 && n <= 2029 }
func isDay(day, month int) bool { return day >= 1 && day <= 31 && month >= 1 && month <= 12 }
