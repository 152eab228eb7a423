package detect

// ukVehicleRegistration finds registration marks of the United Kingdom.
//
// DVLA, INF104: since 2001 two letters (where), two digits (02 to 29 for the half
// year from March, 51 to 79 for that from September), three letters; 1983 to
// 2001 a letter (year), up to three digits, three letters; 1963 to 1983 the
// reverse; Northern Ireland two or three letters of which one is I or Z and up
// to four digits. I and Q are not used, nor O, U or Z for a year, nor Z in front
// outside Northern Ireland. The newest form is telling by itself; the others
// look like "B3 INA" and need a word and capitals, or a message that is the mark
// alone.
//
// Hit: "is the van LN14 HGT yours". Near miss: "AB35 ABC", no year's number.
var ukVehicleRegistration = detector{
	id: "uk-vehicle-registration", class: ClassIdentifier,
	source:  "DVLA, Vehicle registration numbers and number plates (INF104); SI 2001/561",
	about:   "United Kingdom vehicle registration",
	reasons: "context format",
	words: "reg|registration|registration number|registration mark|reg no|reg number|vrm|vrn|number plate|numberplate|number plates|" +
		"plate|plates|licence plate|license plate|car|cars|van|lorry|vehicle|vehicles|truck|motorbike|parking|parked|car park|barrier|" +
		"dvla|v5c|mot|ulez|immatriculation|plaque|plaque d'immatriculation|voiture|vehicule|camion|stationnement",
	find: findVehicle,
}

func findVehicle(in *input) {
	s := in.s
	for _, g := range in.groups {
		digits := g.end - g.start
		if digits > 4 {
			continue
		}
		start, before, gapBefore := in.lettersBefore(g.start)
		end, after, gapAfter := in.lettersAfter(g.end)
		switch {
		case before == 2 && digits == 2 && after == 3 && !gapBefore:
			in.currentMark(start, end, gapAfter)
		case s[g.start] == '0': // older ones begin with 1
		case before == 1 && digits < 4 && after == 3 && !gapBefore && !isOneOf(s[start]&^0x20, "IOQUZ"):
			in.olderMark(start, end, "IQZ")
		case before == 3 && digits < 4 && after == 1 && !gapAfter && !isOneOf(s[end-1]&^0x20, "IOQUZ"):
			in.olderMark(start, end, "IQZ")
		case (before == 2 || before == 3) && (after == 0 || gapAfter) && hasOneOf(s[start:g.start], "IZ"):
			in.olderMark(start, g.end, "Q")
		}
	}
}

// lettersBefore is where the letters begin that stand before offset i or one
// space or hyphen away, and how many they are, 4 for more than three.
func (in *input) lettersBefore(i int) (start, count int, gap bool) {
	s := in.s
	if i > 1 && isOneOf(s[i-1], " -") && letter(s[i-2]) {
		i, gap = i-1, true
	}
	for start = i; start > 0 && i-start < 4 && letter(s[start-1]); {
		start--
	}
	return start, i - start, gap
}

func (in *input) lettersAfter(i int) (end, count int, gap bool) {
	s := in.s
	if i+1 < len(s) && isOneOf(s[i], " -") && letter(s[i+1]) {
		i, gap = i+1, true
	}
	for end = i; end < len(s) && end-i < 4 && letter(s[end]); {
		end++
	}
	return end, end - i, gap
}

// currentMark judges the form since 2001; in small letters it counts in one
// piece only, near a word.
func (in *input) currentMark(start, end int, gap bool) {
	s := in.s
	if n := number(s[start+2 : start+4]); n < 2 || n > 29 && n < 51 || n > 79 ||
		hasOneOf(s[start:start+2], "IQZ") || hasOneOf(s[end-3:end], "IQ") || !in.alone(start, end) {
		return
	}
	capitals, near := isUpper(s[start:end]), in.context(start, end)
	switch {
	case capitals && near:
		in.report(start, end, 970, "context")
	case capitals:
		in.report(start, end, 850, "format")
	case near && !gap:
		in.report(start, end, 900, "context")
	}
}

func (in *input) olderMark(start, end int, unused string) {
	if s := in.s[start:end]; !isUpper(s) || hasOneOf(s, unused) || !in.alone(start, end) {
		return
	}
	switch {
	case in.near(start, end, 40, 24):
		in.report(start, end, 800, "context")
	case in.whole(start, end):
		in.report(start, end, 550, "format")
	}
}
