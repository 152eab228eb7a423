package policy

import "strings"

// domainOf returns the domain of an e-mail address, in lower case.
func domainOf(address string) (string, bool) {
	at := strings.LastIndexByte(address, '@')
	if at < 1 || at == len(address)-1 {
		return "", false
	}
	return strings.ToLower(strings.TrimSuffix(address[at+1:], ".")), true
}

// under tells whether domain is one of domains or below one of them.
func under(domain string, domains []string) bool {
	for _, d := range domains {
		d = strings.ToLower(strings.Trim(d, "."))
		if d != "" && (domain == d || strings.HasSuffix(domain, "."+d)) {
			return true
		}
	}
	return false
}

// exempt: the account belongs to the organisation and the rule book does not
// speak of such accounts. A channel is corporate by account, not by brand (UK-12).
func (j *judged) exempt(p *Pack) bool {
	domain, ok := domainOf(j.Draft.Account)
	return ok && under(domain, j.set.Organisation.Domains) && contains(p.Applies.CorporateExempt, string(j.channel.Kind))
}

// extended: the channel is of a kind the rule book's words do not cover.
func (j *judged) extended(p *Pack) bool { return !contains(p.Applies.Kinds, string(j.channel.Kind)) }
