package detect

// paymentCard finds payment card numbers: 13 to 19 digits whose first ones
// belong to an issuer, with a Luhn check digit.
//
// ISO/IEC 7812-1 and the issuer identification numbers the schemes publish.
// Expiry dates and security codes are not looked for. Without a context word
// an unspaced number of an unusual length or scheme is not reported, unless it is
// all the message says.
//
// Hit: "4111 1111 1111 1111 exp 10/26". Near miss: "4012-8888-8888-1882", which
// fails the check.
var paymentCard = detector{
	id: "payment-card", class: ClassIdentifier,
	source:  "ISO/IEC 7812-1; issuer ranges published by the card schemes",
	about:   "payment card number",
	reasons: "checksum",
	words: "card|cards|visa|mastercard|master card|amex|american express|discover|diners|maestro|unionpay|jcb|credit|debit|" +
		"cc|cvv|cvc|cvv2|exp|expiry|expires|carte|cartes|carte bancaire|credit card|debit card",
	find: findCard,
}

func findCard(in *input) {
	for i, g := range in.groups {
		switch n := g.end - g.start; {
		case n >= 13 && n <= 19:
			in.card(g.start, g.end, false)
		case n == 4:
			for _, shape := range cardShapes {
				if end, _, ok := in.joined(i, " -.", shape...); ok {
					in.card(g.start, end, true)
				}
			}
		}
	}
}

// cardShapes are the ways numbers are embossed.
var cardShapes = [...][]int{{4, 4, 4, 4}, {4, 6, 5}, {4, 6, 4}, {4, 4, 4, 2}, {4, 4, 4, 4, 3}}

func (in *input) card(start, end int, spaced bool) {
	if !in.alone(start, end) {
		return
	}
	d := squeeze(in.s[start:end])
	r := cardRange(d)
	if r == nil || repeated(d) || !luhn(d) {
		return
	}
	switch near := in.context(start, end); {
	case near:
		in.report(start, end, 990, "checksum")
	case spaced && !r.rare:
		in.report(start, end, 970, "checksum")
	case spaced:
		in.report(start, end, 800, "checksum")
	case !r.rare && len(d) == r.usual:
		in.report(start, end, 850, "checksum")
	case in.whole(start, end):
		in.report(start, end, 700, "checksum")
	}
}

// issuer is a range of the first six digits and the lengths of its numbers.
// usual is the length nearly all have; rare ranges need a context word or the
// spacing of a card, for order numbers and time stamps begin alike.
type issuer struct {
	from, to        int
	min, max, usual int
	rare            bool
}

var issuers = [...]issuer{
	{100000, 199999, 15, 15, 15, true},  // UATP
	{220000, 220499, 16, 19, 16, true},  // Mir
	{222100, 272099, 16, 16, 16, false}, // Mastercard
	{300000, 305999, 14, 19, 14, true},  // Diners Club
	{309500, 309599, 14, 19, 14, true},
	{340000, 349999, 15, 15, 15, false}, // American Express
	{352800, 358999, 16, 19, 16, false}, // JCB
	{360000, 369999, 14, 19, 14, true},
	{370000, 379999, 15, 15, 15, false},
	{380000, 399999, 14, 19, 14, true},
	{400000, 499999, 13, 19, 16, false}, // Visa
	{500000, 509999, 13, 19, 16, true},  // Maestro, Dankort, Verve, Elo
	{510000, 559999, 16, 16, 16, false}, // Mastercard
	{560000, 589999, 13, 19, 16, true},  // Maestro
	{601100, 601199, 16, 19, 16, false}, // Discover
	{603000, 608999, 16, 16, 16, true},  // RuPay and store cards
	{620000, 629999, 16, 19, 16, false}, // UnionPay
	{630400, 639999, 13, 19, 16, true},  // Maestro
	{644000, 659999, 16, 19, 16, false}, // Discover
	{670000, 679999, 13, 19, 16, true},  // Maestro
	{810000, 817199, 16, 19, 16, true},  // RuPay, UnionPay
}

func cardRange(d string) *issuer {
	first := number(d[:6])
	for i := range issuers {
		r := &issuers[i]
		if first >= r.from && first <= r.to && len(d) >= r.min && len(d) <= r.max {
			return r
		}
	}
	return nil
}
