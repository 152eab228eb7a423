package detect

import (
	"slices"
	"strings"
)

// usDriverLicence finds driver's licence numbers of the United States and
// Canada: a number of a jurisdiction's format near words that name a licence.
//
// Formats differ and few have a check digit, so a word such as "OLN", "DL" or
// "permis de conduire" must stand near, and five digits or more; where the
// jurisdiction is named too, its format is the only one that counts, "license"
// alone will do, and fewer digits among letters. By themselves are found: the
// numbers of Ontario, Quebec, Manitoba and Nova Scotia as printed, which hold a
// birth date or are unlike anything else; and North Carolina's (1 to 12 digits,
// NCDMV) with four zeros in front, as its systems print them.
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
	for i, g := range in.groups {
		switch n := g.end - g.start; {
		case n == 12 && in.paddedLicence(g) && !in.labelled(g.start):
			in.report(g.start, g.end, 550, "format")
		case (n == 3 || n == 4 || n == 9) && g.start > 0 && !isOneOf(in.s[g.start-1], " \n"):
			in.printedLicence(i)
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
			if from := in.licencePrefix(start); from == start || !in.licence(from) {
				in.licence(start)
			}
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
