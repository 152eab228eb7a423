package marking

// The United States' marks: 32 CFR 2002 and the CUI Marking Handbook for CUI;
// 32 CFR 2001 subpart C and the intelligence community's register for banners,
// portion marks and dissemination controls. FOUO, LES and SBU came before CUI.

var usTiers = []tier{
	{name: "CUI", scheme: "us", rank: RankProtected, sensitive: true, forms: []form{
		{"cui", acronym}, {"controlled unclassified information", label}, {"controlled", label},
	}},
	{name: "FOUO", scheme: "us", rank: RankProtected, sensitive: true, forms: []form{
		{"fouo", unique}, {"unclassified fouo", unique}, {"unclassified for official use only", unique}, {"for official use only", phrase},
	}},
	{name: "LAW ENFORCEMENT SENSITIVE", scheme: "us", rank: RankProtected, sensitive: true, forms: []form{
		{"law enforcement sensitive", level}, {"unclassified les", level},
	}},
	{name: "SENSITIVE BUT UNCLASSIFIED", scheme: "us", rank: RankProtected, sensitive: true, forms: []form{
		{"sensitive but unclassified", level}, {"unclassified sbu", level}, {"sbu", abbreviation},
	}},
}

// usClassified are the tiers a portion code or a banner with two slashes means.
var usClassified = [...]tier{
	{name: "CONFIDENTIAL", scheme: "us", rank: RankHigh},
	{name: "SECRET", scheme: "us", rank: RankSecret},
	{name: "TOP SECRET", scheme: "us", rank: RankTopSecret},
}

// portions are the codes of portion marks: (S//NF). A bare code in parentheses
// counts at the start of a line only: TS always, S and C beside other US marks.
var portions = []struct {
	code string
	tier *tier // nil for U: what follows the slashes decides
}{
	{"TS", &usClassified[2]}, {"S", &usClassified[1]}, {"C", &usClassified[0]}, {"U", nil},
}

var usExtras = []extra{
	{"NOFORN", caveat, false, []string{"nf", "no foreign nationals", "no foreign dissemination"}},
	{"ORCON", caveat, false, []string{"oc", "originator controlled"}},
	{"IMCON", caveat, false, nil},
	{"PROPIN", caveat, false, []string{"pr"}},
	{"RELIDO", caveat, false, nil},
	{"LIMDIS", caveat, false, nil},
	{"EXDIS", caveat, false, nil},
	{"NODIS", caveat, false, nil},
	{"FED ONLY", caveat, false, nil},
	{"FEDCON", caveat, false, nil},
	{"NOCON", caveat, false, nil},
	{"DL ONLY", caveat, false, nil},
	{"FISA", caveat, false, nil},
	{"SCI", descriptor, false, nil},
}

// usUnclassified are marks for unclassified information that stand as an item
// of a banner too: UNCLASSIFIED//FOUO. The names are those of their tiers.
var usUnclassified = []extra{
	{"FOUO", caveat, false, []string{"for official use only"}},
	{"LAW ENFORCEMENT SENSITIVE", caveat, false, []string{"les"}},
	{"SENSITIVE BUT UNCLASSIFIED", caveat, false, []string{"sbu"}},
}
