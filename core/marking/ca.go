package marking

// Canada's scheme: Directive on Security Management, appendix J (Standard on
// Security Categorization), Treasury Board, 2019, in both languages.

var caTiers = []tier{
	{name: "PROTECTED A", scheme: "ca", rank: RankProtected, sensitive: true, forms: []form{
		{"protected a", level}, {"protege a", level}, {"protegee a", level}, {"proteges a", level}, {"protegees a", level}, {"prot a", level},
	}},
	{name: "PROTECTED B", scheme: "ca", rank: RankProtected, sensitive: true, forms: []form{
		{"protected b", level}, {"protege b", level}, {"protegee b", level}, {"proteges b", level}, {"protegees b", level}, {"prot b", level},
		{"pb", code},
	}},
	{name: "PROTECTED C", scheme: "ca", rank: RankHigh, sensitive: true, forms: []form{
		{"protected c", level}, {"protege c", level}, {"protegee c", level}, {"proteges c", level}, {"protegees c", level}, {"prot c", level},
	}},
	{name: "CONFIDENTIAL", scheme: "ca", rank: RankHigh, shared: true, forms: []form{{"confidential", weak}}},
	{name: "CONFIDENTIAL", scheme: "ca", rank: RankHigh, forms: []form{{"confidentiel", weak}, {"confidentielle", weak}}},
	{name: "TOP SECRET", scheme: "ca", rank: RankTopSecret, forms: []form{{"tres secret", classified}}},
}

var caExtras = []extra{
	{"CANADIAN EYES ONLY", caveat, false, []string{
		"reserve aux canadiens", "reservee aux canadiens", "reserve aux citoyens canadiens", "ceo",
		"canada eyes only", "pour canadiens seulement",
	}},
	{"CABINET CONFIDENCE", handling, false, []string{
		"cabinet confidences", "confidence of the kings privy council", "confidence of the king's privy council",
		"document confidentiel du cabinet", "renseignement confidentiel du cabinet",
	}},
	{"SOLICITOR-CLIENT PRIVILEGE", handling, false, []string{
		"solicitor client privileged", "secret professionnel de l'avocat", "privilege avocat client",
	}},
	{"WHEN COMPLETED", handling, false, []string{
		"when complete", "once completed", "when filled", "une fois rempli", "une fois remplie", "lorsque rempli",
		"lorsque remplie", "une fois complete", "une fois completee",
	}},
	{"COMSEC", caveat, false, nil},
}

// caAlone are the extras that say something without a tier.
var caAlone = []form{
	{"canadian eyes only", unique}, {"canada eyes only", unique}, {"reserve aux canadiens", unique}, {"reservee aux canadiens", unique},
	{"reserve aux citoyens canadiens", unique}, {"cabinet confidence", phrase},
}
