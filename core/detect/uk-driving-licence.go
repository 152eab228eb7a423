package detect

// ukDrivingLicence finds driver numbers of Great Britain: sixteen characters, in
// one piece or in groups, most often 5-6-5.
//
// DVLA, "Driving licence: the driver number": five of the surname (filled with
// 9), the decade of birth, the month (plus 50 for women), the day, the year's
// last digit, two initials (9 for none), a letter or digit, two check letters.
//
// Hit: "MORGA657054SM9IJ". Near miss: "MORGA613054SM9IJ", month 13.
var ukDrivingLicence = detector{
	id: "uk-driving-licence", class: ClassIdentifier,
	source:  "DVLA, driver number format (INF1D)",
	about:   "British driving licence number",
	reasons: "context format",
	words:   "licence|licences|license|driving|driver|drivers|driver number|dvla|permis|permis de conduire",
	find:    findDrivingLicence,
}

func findDrivingLicence(in *input) {
	s, last := in.s, -1
	for _, g := range in.groups {
		if g.end-g.start < 3 && s[g.start] != '9' {
			continue
		}
		start := g.start
		for start > 0 && (alnum(s[start-1]) || isOneOf(s[start-1], " -")) && g.start-start < 6 {
			start-- // the surname, and the space in or after it
		}
		for ; start < g.start; start++ {
			if letter(s[start]) && start > last && (start == 0 || !alnum(s[start-1])) {
				last = start
				in.drivingLicence(start)
			}
		}
	}
}

// drivingLicence tries the number that begins at start.
func (in *input) drivingLicence(start int) {
	s := in.s
	var number [16]byte
	end, sep, groups := start, byte(0), 0
	for n := range number {
		if end < len(s) && n > 0 && isOneOf(s[end], " -") {
			if n > 15 || sep != 0 && s[end] != sep {
				return
			}
			sep = s[end]
			groups |= 1 << n
			end++
		}
		if end >= len(s) || !alnum(s[end]) {
			return
		}
		number[n] = s[end]
		end++
	}
	// The parts: surname, date of birth, initials, the rest; or fours.
	if groups&^(1<<5|1<<11|1<<13|1<<14) != 0 && groups != 1<<4|1<<8|1<<12 {
		return
	}
	if !isDriverNumber(squeeze(string(number[:]))) || !in.alone(start, end) {
		return
	}
	switch {
	case in.context(start, end):
		in.report(start, end, 980, "context")
	case groups == 0 || isUpper(s[start:end]):
		in.report(start, end, 950, "format")
	case groups == 1<<5|1<<11:
		in.report(start, end, 800, "format")
	}
}

func isDriverNumber(d string) bool {
	for i := range len(d) {
		b := d[i]
		switch {
		case i < 5 && (upper(b) && (i == 0 || d[i-1] != '9') || b == '9' && i > 0):
		case i >= 5 && i < 11 && digit(b):
		case (i == 11 || i == 12) && (upper(b) || b == '9'):
		case i == 13 && alnum(b), i > 13 && upper(b):
		default:
			return false
		}
	}
	month, day := number(d[6:8]), number(d[8:10])
	return (month >= 1 && month <= 12 || month >= 51 && month <= 62) && day >= 1 && day <= 31
}
