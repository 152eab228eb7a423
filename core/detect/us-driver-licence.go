package detect

import (
	"slices"
	"strings"
	"sync"
)

// usDriverLicence finds driver's licence numbers of the United States and
// Canada: a number of a jurisdiction's format near words that name a licence.
//
// Formats differ and few have a check digit, so a word such as "OLN", "DL" or
// "permis de conduire" must stand near, and five digits or more; where the
// jurisdiction is named too, its format is the only one that counts, and "license"
// alone will do. North
// Carolina: 1 to 12 digits (NCDMV); twelve with four leading zeros, as its
// systems print them, are also found by themselves.
//
// Hit: "other driver blew .19. OLN 000000227015". Near miss: "DL 1234567890123
// in NC", thirteen digits.
var usDriverLicence = detector{
	id: "us-driver-licence", class: ClassIdentifier,
	source:  "AAMVA DL/ID Card Design Standard (2020) annex D; the formats each jurisdiction publishes; N.C.G.S. 20-7",
	about:   "driver's licence number of a US state or Canadian province",
	reasons: "context format",
	words: "dl|dln|oln|dl #|ol #|driver licence|driver license|drivers licence|drivers license|driver's licence|driver's license|drivers lic|" +
		"driver lic|driving licence|licence number|license number|licence no|license no|license #|licence #|lic #|lic no|operator license|" +
		"operators license|my license|my licence|his license|his licence|her license|her licence|their license|your license|license is|" +
		"licence is|lic is|permis de conduire|no de permis|numero de permis|permis no",
	marks: placeNames() + "|license|licence|permis",
	find:  findLicence,
}

func findLicence(in *input) {
	last, named := -1, in.seen&in.words != 0 || in.saysLicence()
	for _, g := range in.groups {
		if g.end-g.start == 12 && in.paddedLicence(g) && !in.labelled(g.start) {
			in.report(g.start, g.end, 550, "format")
		}
		if !named {
			continue
		}
		start := g.start
		for start > 0 && alnum(in.s[start-1]) && g.start-start < 13 {
			start--
		}
		if start > last && (start == 0 || !alnum(in.s[start-1])) {
			last = start
			in.licence(start)
		}
	}
}

// saysLicence reports whether a licence of any sort is named in the text.
func (in *input) saysLicence() bool {
	if in.seen&in.marks == 0 {
		return false
	}
	return slices.ContainsFunc(in.hits, func(h hit) bool {
		return h.kinds&in.marks != 0 && isWord(fold(in.s[h.start:h.end]), anyLicence)
	})
}

// paddedLicence reports whether g is a North Carolina number with its zeros.
func (in *input) paddedLicence(g group) bool {
	d := in.s[g.start:g.end]
	return d[:4] == "0000" && !repeated(d) && in.alone(g.start, g.end)
}

// labelled reports whether the word before offset i says that the number is
// some other thing's: an abbreviation in capitals (INC 0000...) or "invoice".
func (in *input) labelled(i int) bool {
	end := i
	for end > 0 && isOneOf(in.s[end-1], " #:.-") {
		end--
	}
	start := end
	for start > 0 && end-start < 16 && letter(in.s[start-1]) {
		start--
	}
	w := in.s[start:end]
	return w != "" && (w == strings.ToUpper(w) || isWord(fold(w), otherNumbers))
}

const anyLicence = " license licence permis "

const otherNumbers = " ref reference case ticket order invoice incident account acct number no po req request serial id facture dossier commande "

// licence tries the longest of up to five groups that begin at start, digits
// hanging on to the first by hyphens or spaces.
func (in *input) licence(start int) {
	s := in.s
	var ends [5]int
	n, i := 0, start
	for n < len(ends) {
		from := i
		for i < len(s) && i-from <= 20 && (n == 0 && alnum(s[i]) || digit(s[i])) {
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
			return
		}
	}
}

// licenceAt reports s[start:end] if a jurisdiction's licences look so.
func (in *input) licenceAt(start, end int, grouped bool) bool {
	shape, digits := shapeOf(squeeze(in.s[start:end]))
	if digits < 5 || grouped && shape[0].kind == 'N' {
		return false
	}
	named, weak := in.placesNear(start, end)
	if !in.near(start, end, 40, 24) && !(weak && named != 0) {
		return false
	}
	fits := fitting(shape)
	switch {
	case named != 0 && named&fits != 0:
		in.report(start, end, 950, "context")
	case named == 0 && fits != 0 && (digits >= 7 || shape[0].kind == 'A'):
		in.report(start, end, 850, "context")
	default:
		return false
	}
	return true
}

var licenceFormats = sync.OnceValue(parseFormats)
