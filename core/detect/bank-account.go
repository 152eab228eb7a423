package detect

// bankAccount finds account numbers of banks in the United States, Canada and the
// United Kingdom, which have no check digit anybody may use: so beside a word for
// an account, with a word for banking near.
//
// United States: four to seventeen digits (Nacha Operating Rules, entry detail
// record, field 5); shorter than six are not looked for. Canada: transit number,
// institution and account, 5-3-7 to 12 digits (Payments Canada, Rule 006). United
// Kingdom: sort code, 2-2-2, and eight digits (Pay.UK, Vocalink standard 18).
//
// Hit: "routing 011000015, account number 004512346". Near miss: "account number
// 004512345 with the water board".
var bankAccount = detector{
	id: "bank-account", class: ClassIdentifier,
	source:  "Nacha Operating Rules, appendix three; Payments Canada Rule 006; Pay.UK, sort codes and account numbers",
	about:   "bank account number",
	reasons: "context format",
	words: "account|acct|account no|account number|account #|acct #|a/c|checking|savings|chequing|compte|numero de compte|no de compte|" +
		"account details|bank details|coordonnees bancaires",
	marks: "bank|banks|banking|routing|aba|sort code|sort-code|sortcode|sc|checking|savings|chequing|direct deposit|deposit|wire|ach|bacs|payee|" +
		"payroll|transit|institution|swift|bic|bank details|building society|banque|bancaire|coordonnees bancaires|virement|depot direct|" +
		"succursale|caisse|chq|cheque|specimen de cheque|void cheque",
	find: findAccount,
}

func findAccount(in *input) {
	for i, g := range in.groups {
		n := g.end - g.start
		if n == 5 {
			in.canadianAccount(i)
		}
		if in.seen&in.words == 0 {
			continue
		}
		end, ok := g.end, n >= 6 && n <= 17
		switch n {
		case 2:
			end, ok = in.sortCodeAccount(i)
		case 4:
			end, _, ok = in.joined(i, " -", 4, 4)
		}
		if ok && in.alone(g.start, end) && in.near(g.start, end, 32, 16) && in.nearOf(in.marks, g.start, end, 64, 48) {
			in.report(g.start, end, 880, "context")
		}
	}
}

// canadianAccount reads groups i to i+2 as transit number, institution, account.
func (in *input) canadianAccount(i int) {
	n := in.lengths(i, 3)
	if n[1] != 3 || n[2] < 7 || n[2] > 12 || !in.gap(i, " -") || !in.gap(i+1, " -") {
		return
	}
	start, end := in.groups[i].start, in.groups[i+2].end
	hyphens := in.s[in.groups[i].end] == '-' && in.s[in.groups[i+1].end] == '-'
	switch {
	case !in.alone(start, end):
	case in.context(start, end) || in.nearOf(in.marks, start, end, bytesBefore, bytesAfter):
		in.report(start, end, 960, "context")
	case hyphens:
		in.report(start, end, 800, "format")
	}
}

// sortCodeAccount reads groups i to i+3 as a sort code and an account.
func (in *input) sortCodeAccount(i int) (end int, ok bool) {
	if _, _, ok = in.joined(i, "-", 2, 2, 2); !ok || !in.gap(i+2, " /", ", ", " / ", " - ") || in.lengths(i+3, 1)[0] != 8 {
		return 0, false
	}
	return in.groups[i+3].end, true
}
