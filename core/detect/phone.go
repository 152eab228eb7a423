package detect

// phone finds telephone numbers in the international form, of the United
// Kingdom and North America, and of further countries in their national form.
//
// ITU-T E.164 (at most 15 digits after +); Ofcom, National Telephone Numbering
// Plan (0 and nine or ten digits); North American Numbering Plan (area and
// exchange begin with 2 to 9 and do not end in 11); Arcep, ACMA and other plans
// (national). Seven digits, or ten unspaced, and most national forms need a
// context word.
//
// Hit: "Dwight's cell 919-555-0142". Near miss: "ticket 9195550142".
var phone = detector{
	id: "phone", class: ClassContact,
	source:  "ITU-T E.164; Ofcom National Telephone Numbering Plan; North American Numbering Plan",
	about:   "telephone number",
	reasons: "context format",
	words: "call|calls|called|calling|phone|phones|telephone|tel|cell|mobile|mob|landline|text|txt|sms|fax|whatsapp|signal|ring|dial|" +
		"number is|my number|his number|her number|new number|voicemail|vm|desk|extension|hotline|helpline|" +
		"appelle|appeler|appelez|appelle-moi|telephone|portable|cellulaire|cel|numero|rappelle|rappeler|texte|joindre|au bureau",
	find: findPhone,
}

func findPhone(in *input) {
	for i, g := range in.groups {
		switch n := g.end - g.start; {
		case in.international(g):
			continue
		case in.s[g.start] == '0':
			in.british(i)
		case n == 3 || n == 1 && in.s[g.start] == '1':
			in.american(i)
		case n == 10 || n == 11 && in.s[g.start] == '1':
			in.bareAmerican(g)
		}
		in.national(i)
	}
}

// bareAmerican judges ten digits, or 1 and ten, in one piece.
func (in *input) bareAmerican(g group) {
	if !nanp(in.s[g.end-10:g.end]) || !in.alone(g.start, g.end) {
		return
	}
	if in.context(g.start, g.end) {
		in.report(g.start, g.end, 800, "context")
	} else if in.whole(g.start, g.end) {
		in.report(g.start, g.end, 700, "format")
	}
}

// nanp reports whether ten digits can be a North American number.
func nanp(d string) bool {
	return d[0] >= '2' && d[3] >= '2' && d[1:3] != "11" && d[4:6] != "11"
}

// american finds NXX-NXX-XXXX with any of the usual separators, with or
// without brackets and a 1 before, and NXX-XXXX near a context word.
func (in *input) american(i int) {
	start := in.groups[i].start
	one := in.groups[i].end-start == 1
	if one {
		if !in.gap(i, " -.", " (") {
			return
		}
		i++
	}
	if !in.tenDigits(i, start, one) && !one {
		in.sevenDigits(i)
	}
}

// tenDigits reads groups i to i+2 as area, exchange and line.
func (in *input) tenDigits(i, start int, one bool) bool {
	s, n := in.s, in.lengths(i, 3)
	if n != [3]int{3, 3, 4} || !in.gap(i+1, " -.") {
		return false
	}
	area, end := in.groups[i], in.groups[i+2].end
	bracket := area.start > 0 && s[area.start-1] == '(' && in.gap(i, "", ") ", ")-", ")")
	if !bracket && (!in.gap(i, " -./") || one && s[area.start-1] == '(') {
		return false
	}
	if bracket && !one {
		start--
	}
	if !nanp(s[area.start:area.end]+s[in.groups[i+1].start:end]) || !in.alone(start, end) {
		return true
	}
	_, _, plain := in.joined(i, " -", 3, 3, 4)
	switch {
	case in.context(start, end):
		in.report(start, end, 970, "context")
	case plain && !bracket && !one && in.whole(start, end) && nhsCheck(squeeze(s[start:end])):
		// As well an NHS number: uk-nhs-number reports it as possible.
	case !bracket && !one && s[area.end] == ' ' && s[in.groups[i+1].end] == ' ':
		in.report(start, end, 800, "format")
	default:
		in.report(start, end, 900, "format")
	}
	return true
}

func (in *input) sevenDigits(i int) {
	if n := in.lengths(i, 2); n[0] != 3 || n[1] != 4 || !in.gap(i, "-.") {
		return
	}
	start, end := in.groups[i].start, in.groups[i+1].end
	if s := in.s; s[start] >= '2' && s[start+1:start+3] != "11" && in.alone(start, end) && in.near(start, end, 24, 0) {
		in.report(start, end, 700, "context")
	}
}
