package marking

// The United Kingdom's scheme: Government Security Classifications Policy,
// Cabinet Office, 2024. NATO tiers are marked in the same manner. Older
// descriptors and COMMERCIAL IN CONFIDENCE are still met.

var ukTiers = []tier{
	{name: "OFFICIAL-SENSITIVE", scheme: "uk", rank: RankProtected, sensitive: true, forms: []form{
		{"official sensitive", unique}, {"off-sen", unique}, {"offsen", unique}, {"off-sensitive", unique},
		{"o-s", abbreviation}, {"os", code},
	}},
	{name: "OFFICIAL", scheme: "uk", rank: RankOfficial, forms: []form{{"official", weak}}},
	{name: "TOP SECRET", scheme: "uk", rank: RankTopSecret, shared: true, forms: []form{{"top secret", classified}}},
	{name: "SECRET", scheme: "uk", rank: RankSecret, shared: true, forms: []form{{"secret", classified}}},
}

// ukPrefixes stand before a tier.
var ukPrefixes = []string{"UK", "NATO", "COSMIC"}

var ukExtras = []extra{
	{"RECIPIENTS ONLY", handling, false, []string{"named recipients only", "for recipients only"}},
	{"ORGANISATIONAL USE ONLY", handling, false, []string{"organizational use only", "organisation use only"}},
	{"HMG USE ONLY", handling, false, nil},
	{"FOR PUBLIC RELEASE", handling, true, []string{"public release"}},
	{"EMBARGOED", handling, false, []string{"under embargo", "embargo"}},
	{"DELEGATED", handling, false, nil},
	{"NO ONWARD FORWARDING", handling, false, []string{
		"not for onward forwarding", "no onward transmission", "not for onward transmission", "no onward circulation",
		"not for onward circulation", "not for onward distribution", "no onward distribution", "no onward sharing", "not for onward sharing",
	}},
	{"PERSONAL DATA", descriptor, false, []string{"personal"}},
	{"COMMERCIAL", descriptor, false, []string{"commercially sensitive", "commercial sensitive"}},
	{"COMMERCIAL IN CONFIDENCE", handling, false, []string{"commercial in confidence"}},
	{"MARKET SENSITIVE", descriptor, false, nil},
	{"LOCSEN", descriptor, false, []string{"loc sen", "locally sensitive"}},
	{"LEGAL PROFESSIONAL PRIVILEGE", descriptor, false, []string{"legally privileged", "lpp"}},
	{"LEGAL", descriptor, false, nil},
	{"HR/MANAGEMENT", descriptor, false, []string{"hr and management", "hr"}},
	{"POLICY", descriptor, false, nil},
	{"STAFF", descriptor, false, nil},
	{"MEDICAL", descriptor, false, nil},
	{"INVESTIGATION", descriptor, false, []string{"investigations"}},
	{"APPOINTMENTS", descriptor, false, nil},
	{"HONOURS", descriptor, false, nil},
	{"BUDGET", descriptor, false, nil},
	{"STRAP1", caveat, false, []string{"strap 1"}},
	{"STRAP2", caveat, false, []string{"strap 2"}},
	{"STRAP3", caveat, false, []string{"strap 3"}},
	{"STRAP", caveat, false, nil},
	{"ATOMIC", caveat, false, nil},
	{"UK EYES ONLY", caveat, false, []string{"ukeo"}},
	{"EYES ONLY", caveat, false, nil},
}

// ukAlone are the extras that say something without a tier.
var ukAlone = []form{
	{"no onward forwarding", unique}, {"not for onward forwarding", unique}, {"no onward transmission", unique},
	{"not for onward transmission", unique}, {"no onward circulation", unique}, {"not for onward circulation", unique},
	{"no onward distribution", unique}, {"not for onward distribution", unique}, {"not for onward sharing", unique}, {"no onward sharing", unique},
	{"uk eyes only", unique}, {"ukeo", abbreviation}, {"commercial in confidence", phrase},
	{"recipients only", label}, {"named recipients only", phrase}, {"organisational use only", label}, {"hmg use only", phrase},
	{"eyes only", eyes},
}

// eyesCountries may stand before EYES ONLY, joined by slashes, commas or "and".
var eyesCountries = set(`uk us usa gbr can canada ca aus au australia nz nzl five fvey fr fra de deu ger irl nato canus
	auscannzukus auscannzuk`)
