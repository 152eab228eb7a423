package main

import (
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"
)

const (
	beginPeers = "<!-- peers: written by ./task bench -- -update -peers -->"
	endPeers   = "<!-- end of peers -->"
)

// theirs are the peers' names of our kinds, as patterns over their names. A kind
// that is not here is one the peer does not know.
var theirs = map[string]map[string]*regexp.Regexp{
	"openredaction": {
		"ca-sin": named(`SIN_CA|CANADIAN_SIN`), "payment-card": named(`CREDIT_CARD`), "iban": named(`IBAN|UK_BANK_ACCOUNT_IBAN`), "us-ssn": named(`SSN`),
		"us-itin": named(`ITIN|TAX_ID`), "uk-nino": named(`NATIONAL_INSURANCE_UK`), "uk-nhs-number": named(`NHS_NUMBER|CHI_NUMBER`), "email-address": named(`EMAIL`),
		"phone": named(`PHONE_.*`), "passport-number": named(`PASSPORT_U[KS]`), "uk-driving-licence": named(`DRIVING_LICENSE_UK`),
		"us-driver-licence": named(`DRIVING_LICENSE_US|DRIVER.*`), "ip-address": named(`IPV[46]`), "mac-address": named(`MAC_ADDRESS`),
		"us-routing-number": named(`ROUTING_NUMBER_US`), "uk-utr": named(`UTR_UK`), "uk-vehicle-registration": named(`UK_LICENSE_PLATE`),
		"date-of-birth": named(`DATE_OF_BIRTH`), "api-key": secrets, "private-key": secrets, "password": secrets,
	},
	"sanitize-pii": {
		"ca-sin": named(`sin`), "payment-card": named(`credit_card`), "phone": named(`phone_number.*`), "ip-address": named(`ip_address`),
		"passport-number": named(`passport_canada`), "ca-health-card": named(`health_card_.*`), "us-driver-licence": named(`drivers_license_.*`),
	},
	"gitleaks":   {"api-key": named(`.*`), "private-key": named(`.*`), "password": named(`.*`)},
	"secretlint": {"api-key": named(`.*`), "private-key": named(`.*`), "password": named(`.*`)},
}

// secrets are openredaction's names of keys, tokens and passwords.
var secrets = named(`.*(?:_KEY|KEY_.*|TOKEN.*|SECRET.*|PASSWORD.*|WEBHOOK.*|DATABASE_CONNECTION|URL_WITH_AUTH|_AUTH|CREDENTIAL.*|SSH.*|GCP_SERVICE_ACCOUNT)`)

func named(pattern string) *regexp.Regexp { return regexp.MustCompile(`^(?:` + pattern + `)$`) }

// isSecret are our kinds that count for each other: a password in a connection
// string is found as either.
var isSecret = named(`api-key|private-key|password`)

// score counts places: found, missed, and found where none is.
type score struct{ hit, missed, wrong float64 }

// f1 is NaN where nothing was to be found and nothing was.
func (s score) f1() float64 { return 2 * s.hit / (2*s.hit + s.missed + s.wrong) }

func (s score) String() string {
	if s.hit+s.missed+s.wrong == 0 {
		return "-"
	}
	part := func(n float64) string {
		if math.IsNaN(n) {
			return "-"
		}
		return fmt.Sprintf("%.2f", n)
	}
	return fmt.Sprintf("%s (%s / %s)", part(s.f1()), part(s.hit/(s.hit+s.wrong)), part(s.hit/(s.hit+s.missed)))
}

// add counts one case: a place counts as found where a finding of the kind meets it.
func (s *score) add(c *benchCase, found []place, means func(kind string) bool) {
	used := make([]bool, len(found))
	for _, w := range c.Want {
		hit := false
		for i, f := range found {
			if means(f.Kind) && f.Start < w[1] && w[0] < f.End {
				hit, used[i] = true, true
			}
		}
		if hit {
			s.hit++
		} else {
			s.missed++
		}
	}
	for i, f := range found {
		if means(f.Kind) && !used[i] {
			s.wrong++
		}
	}
}

// scoreTable compares us with each peer, set by set and kind by kind, and tells in
// how many of a hundred kinds known to both we are ahead or level.
func scoreTable(cases []benchCase, all []contender) (table string, ahead float64) {
	sets := []struct{ id, title string }{
		{"suite", "Other projects' cases (Presidio, python-stdnum, stdnum-js)"},
		{"keys", "A key of every form an issuer has, made up, and one cut short"},
		{"examples", "Our own examples and near misses"},
	}
	var b strings.Builder
	both, won := 0.0, 0.0
	for _, set := range sets {
		kinds := map[string][]int{}
		for i, c := range cases {
			if c.Set == set.id {
				kinds[c.Kind] = append(kinds[c.Kind], i)
			}
		}
		if len(kinds) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\n%s: F1 (precision / recall)\n\n| kind | cases | Hanaper | gitleaks | openredaction | sanitize-pii | secretlint |\n|---|---|---|---|---|---|---|\n", set.title)
		for _, kind := range slices.Sorted(maps.Keys(kinds)) {
			row, known := fmt.Sprintf("| %s | %d |", kind, len(kinds[kind])), false
			us := score{}
			for _, c := range all {
				pattern := theirs[c.name][kind]
				if c.name != all[0].name && theirs[c.name] == nil {
					continue // our other rows find the same
				}
				s := score{}
				for _, i := range kinds[kind] {
					s.add(&cases[i], c.Findings[i], func(k string) bool {
						if c.name == all[0].name {
							return k == kind || isSecret.MatchString(kind) && isSecret.MatchString(k)
						}
						return pattern != nil && pattern.MatchString(k)
					})
				}
				switch {
				case c.name == all[0].name:
					us = s
				case pattern == nil:
					row += " |"
					continue
				default:
					known = true
					both++
					if !(us.f1() < s.f1()) {
						won++
					}
				}
				row += " " + s.String() + " |"
			}
			if known {
				b.WriteString(row + "\n")
			}
		}
	}
	return b.String(), 100 * won / max(1, both)
}

// speedTable lists what each costs.
func speedTable(all []contender) string {
	var b strings.Builder
	b.WriteString("\nThe same chat messages in one run:\n\n| program | messages/s | start-up, ms | size, KiB |\n|---|---|---|---|\n")
	show := func(n float64) string {
		if math.IsNaN(n) {
			return ""
		}
		return fmt.Sprintf("%.0f", n)
	}
	for _, c := range all {
		fmt.Fprintf(&b, "| %s | %.0f | %s | %s |\n", c.name, 1e6/c.Micros, show(c.startMS), show(c.kib))
	}
	return b.String()
}
