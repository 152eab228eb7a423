package record

// Dates and times are checked and printed here by hand: package time would be
// linked into core.wasm for nothing else.

// date reads YYYY-MM-DD of the Gregorian calendar, from 1900 (RFC 5322, 3.3).
func date(s string) (y, m, d int, ok bool) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return 0, 0, 0, false
	}
	y, m, d = number(s[:4]), number(s[5:7]), number(s[8:])
	ok = y >= 1900 && m >= 1 && m <= 12 && d >= 1 && d <= daysIn(y, m)
	return y, m, d, ok
}

func daysIn(y, m int) int {
	switch {
	case m == 2 && y%4 == 0 && (y%100 != 0 || y%400 == 0):
		return 29
	case m == 2:
		return 28
	case m == 4 || m == 6 || m == 9 || m == 11:
		return 30
	}
	return 31
}

// clock reads HH:MM or HH:MM:SS; a leap second is not accepted, mail readers
// refuse it.
func clock(s string) (seconds, ok bool) {
	if len(s) == 8 {
		if s[5] != ':' || !within(s[6:], 59) {
			return false, false
		}
		seconds, s = true, s[:5]
	}
	return seconds, len(s) == 5 && s[2] == ':' && within(s[:2], 23) && within(s[3:], 59)
}

// zone reads an offset from UTC, -12:00 to +14:00. -00:00 says that the time is
// UTC and the place not known (RFC 3339, 4.3).
func zone(s string) bool {
	if len(s) != 6 || s[3] != ':' || !within(s[4:], 59) {
		return false
	}
	minutes := number(s[1:3])*60 + number(s[4:])
	switch s[0] {
	case '+':
		return within(s[1:3], 14) && minutes <= 14*60
	case '-':
		return within(s[1:3], 12) && minutes <= 12*60
	}
	return false
}

// instant checks an RFC 3339 time: 2026-11-22T14:03:00.25+01:00.
func instant(s string) bool {
	if len(s) < 20 || s[10] != 'T' {
		return false
	}
	if _, _, _, ok := date(s[:10]); !ok {
		return false
	}
	if _, ok := clock(s[11:19]); !ok {
		return false
	}
	rest := s[19:]
	if rest[0] == '.' {
		n := 1
		for n < len(rest) && rest[n] >= '0' && rest[n] <= '9' {
			n++
		}
		if n == 1 {
			return false
		}
		rest = rest[n:]
	}
	return rest == "Z" || zone(rest)
}

// number reads decimal digits; -1 where there is anything else.
//
//go:noinline
func number(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return -1
		}
		n = n*10 + int(s[i]-'0')
	}
	return n
}

func within(s string, hi int) bool {
	n := number(s)
	return n >= 0 && n <= hi
}

// mailDate renders an RFC 5322 date. A time known to the minute has no seconds,
// and an unknown zone is -0000, as that standard asks.
func mailDate(f *Fields) string {
	y, m, d, ok := date(f.Date)
	if !ok {
		return ""
	}
	z := "-0000"
	if f.Zone != "" {
		z = f.Zone[:3] + f.Zone[4:]
	}
	return days[weekday(y, m, d)] + ", " + f.Date[8:] + " " + months[m-1] + " " + f.Date[:4] + " " + f.Time + " " + z
}

var days = [...]string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"}
var months = [...]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}

// weekday is Sakamoto's rule, 0 for Sunday.
func weekday(y, m, d int) int {
	if m < 3 {
		y--
	}
	return (y + y/4 - y/100 + y/400 + [...]int{0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4}[m-1] + d) % 7
}
