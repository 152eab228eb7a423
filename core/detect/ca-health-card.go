package detect

// caHealthCard finds health insurance numbers of the Canadian provinces and
// territories.
//
// Ontario: ten digits with a Luhn check digit, 4-3-3, and a version of one or two
// letters. British Columbia: ten digits, 9 first, the last one a check digit
// modulo 11. Quebec: three letters of the surname, one of the given name, year,
// month (plus 50 for women) and day of birth, two digits. Newfoundland and
// Labrador: twelve digits, 3-3-3-3. Northwest Territories: a letter and seven
// digits. Nova Scotia: ten digits, 4-3-3. Alberta, Manitoba, New Brunswick,
// Nunavut, Saskatchewan and Yukon: nine digits; Prince Edward Island: eight.
// What has no check digit needs a word that names the card.
//
// Hit: "ma carte soleil: TREM 8551 1512". Near miss: "TREM 8513 1512", month 13.
var caHealthCard = detector{
	id: "ca-health-card", class: ClassIdentifier,
	source: "Health Insurance Act (Ontario) Reg. 552 and OHIP technical specification; BC Ministry of Health, PHN check digit; RAMQ; " +
		"CIHI, provincial and territorial health card number formats",
	about:   "Canadian health card number",
	reasons: "checksum context format",
	words: "health card|health cards|health card number|health number|health no|health insurance|ohip|hcn|phn|phin|mcp|ahcip|ramq|msp|hsn|" +
		"personal health|personal health number|care card|carecard|medicare card|health services card|carte sante|cartes sante|carte soleil|" +
		"carte d'assurance maladie|assurance maladie|assurance-maladie|numero de sante|numero d'assurance maladie|nam|regie de l'assurance",
	find: findHealthCard,
}

func findHealthCard(in *input) {
	named := in.seen&in.words != 0
	for i, g := range in.groups {
		in.quebecCard(i)
		end, ok := in.tenDigitCard(i)
		if ok {
			in.healthCard(g.start, end, end > g.end)
			continue
		}
		if end, ok = in.namedCard(i); named && ok {
			start := g.start
			if g.end-g.start == 7 {
				start--
			}
			if in.alone(start, end) && in.near(start, end, 48, 24) {
				in.report(start, end, 850, "context")
			}
		}
	}
}

// tenDigitCard reads ten digits, in one piece or 4-3-3.
func (in *input) tenDigitCard(i int) (end int, ok bool) {
	if g := in.groups[i]; g.end-g.start == 10 {
		return g.end, true
	}
	end, _, ok = in.joined(i, " -", 4, 3, 3)
	return end, ok
}

// namedCard reads the forms that need a word: nine digits (3-3-3, 5-4), eight,
// twelve (3-3-3-3), a letter and seven.
func (in *input) namedCard(i int) (end int, ok bool) {
	g := in.groups[i]
	switch n := g.end - g.start; {
	case n == 8 || n == 9 || n == 12, n == 7 && g.start > 0 && letter(in.s[g.start-1]):
		return g.end, true
	case n == 3:
		if end, _, ok = in.joined(i, " -", 3, 3, 3, 3); !ok || !in.alone(g.start, end) {
			end, _, ok = in.joined(i, " -", 3, 3, 3)
		}
	case n == 5:
		end, _, ok = in.joined(i, " -", 5, 4)
	}
	return end, ok
}

// healthCard judges ten digits: Ontario's with a version behind, British
// Columbia's, Nova Scotia's.
func (in *input) healthCard(start, end int, grouped bool) {
	d := squeeze(in.s[start:end])
	last := in.cardVersion(end)
	ontario, columbia := luhn(d) && d[0] != '0', d[0] == '9' && phnCheck(d)
	if !ontario || !in.alone(start, last) {
		last = end
	}
	switch near := in.context(start, last); {
	case repeated(d) || !in.alone(start, last):
	case near && (ontario || columbia):
		in.report(start, last, 980, "checksum")
	case near && d[0] != '9':
		in.report(start, last, 800, "context")
	case ontario && last > end && grouped:
		in.report(start, last, 950, "checksum")
	case grouped && (ontario || columbia):
		in.report(start, last, 800, "checksum")
	case ontario && last > end, columbia && in.whole(start, last):
		in.report(start, last, 560, "checksum")
	}
}

// cardVersion is where Ontario's version, one or two capitals, ends behind a
// number that ends at i; i where there is none.
func (in *input) cardVersion(i int) int {
	s, end := in.s, i
	if end < len(s) && isOneOf(s[end], " -") {
		end++
	}
	from := end
	for end < len(s) && upper(s[end]) && end-from < 3 {
		end++
	}
	if end == from || end-from > 2 {
		return i
	}
	return end
}

func phnCheck(d string) bool {
	sum := 0
	for i, weight := range [...]int{2, 4, 8, 5, 10, 9, 7, 3} {
		sum += weight * int(d[i+1]-'0') % 11
	}
	return (11-sum%11)%11 == int(d[9]-'0')
}
