package marking

import (
	"strings"
	"testing"

	"hanaper/core/message"
)

func parse(field, s string) []Marking {
	x := message.Normalize(field, s)
	return Parse(&x)
}

func TestHighest(t *testing.T) {
	if m, ok := Highest(nil); ok {
		t.Errorf("the highest of none is %s", m)
	}
	for text, want := range map[string]string{
		"OFFICIAL\nSECRET\nOFFICIAL-SENSITIVE":        "SECRET",
		"OFFICIAL\nOFFICIAL - RECIPIENTS ONLY":        "OFFICIAL RECIPIENTS ONLY",
		"PROTECTED A\nPROTECTED B":                    "PROTECTED A", // one rank: the first
		"UK EYES ONLY stuff\nOFFICIAL":                "UK EYES ONLY",
		"(S//NF) One.\nTOP SECRET//SI\n(U//FOUO) Two": "TOP SECRET//SI",
	} {
		if m, _ := Highest(parse("body", text)); m.String() != want {
			t.Errorf("the highest in %q is %s, want %s", text, m, want)
		}
	}
}

func TestRanks(t *testing.T) {
	for text, want := range map[string]struct {
		rank      Rank
		sensitive bool
	}{
		"OFFICIAL":                      {RankOfficial, false},
		"OFFICIAL - FOR PUBLIC RELEASE": {RankOfficial, false},
		"OFFICIAL - RECIPIENTS ONLY":    {RankOfficial, true},
		"OFFICIAL-SENSITIVE":            {RankProtected, true},
		"UK EYES ONLY":                  {RankOfficial, true},
		"PROTECTED A":                   {RankProtected, true},
		"PROTECTED B":                   {RankProtected, true},
		"PROTECTED C":                   {RankHigh, true},
		"CONFIDENTIAL":                  {RankHigh, false},
		"CUI":                           {RankProtected, true},
		"FOUO":                          {RankProtected, true},
		"(C//NF)":                       {RankHigh, true},
		"SECRET":                        {RankSecret, false},
		"TRÈS SECRET":                   {RankTopSecret, false},
		"TS//SCI":                       {RankTopSecret, true},
	} {
		all := parse("body", text)
		if len(all) != 1 || all[0].Rank != want.rank || all[0].Sensitive != want.sensitive {
			t.Errorf("%s: %+v, want rank %d, sensitive %v", text, all, want.rank, want.sensitive)
		}
	}
}

// A tier that several countries have takes the scheme of its company.
func TestSharedTiers(t *testing.T) {
	for text, want := range map[string]string{
		"SECRET":                           "uk",
		"TOP SECRET":                       "uk",
		"CONFIDENTIAL":                     "ca",
		"SECRET//NOFORN":                   "us",
		"SECRET - CEO":                     "ca",
		"UK SECRET":                        "uk",
		"PROTECTED B\nSECRET":              "ca",
		"SECRET\n(U//FOUO) First.":         "us",
		"CONFIDENTIAL\nOFFICIAL-SENSITIVE": "uk",
		"SECRET - Reason: 1.4(C)":          "us",
	} {
		for _, m := range parse("body", text) {
			if m.Scheme != want {
				t.Errorf("%q: %s has the scheme %s, want %s", text, m, m.Scheme, want)
			}
		}
	}
}

// In a file's name underscores and hyphens are spaces, and the dot ends it.
func TestFileNames(t *testing.T) {
	for name, want := range map[string]string{
		"SECRET_plan.pdf":                      "SECRET",
		"brief-OFFICIAL-SENSITIVE.docx":        "OFFICIAL-SENSITIVE",
		"20250301_TOP_SECRET_readout.pdf":      "TOP SECRET",
		"Protected B - form.pdf":               "PROTECTED B",
		"secret-santa-list.xlsx":               "",
		"TOP_SECRET_RECIPE.docx":               "",
		"official-opening.jpg":                 "",
		"client_secret_123.apps.example.json":  "",
		"Secretary of State - thank you.docx":  "",
		"budget (PROTECTED B).xlsx":            "PROTECTED B",
		"note [OFFICIAL-SENSITIVE] final.docx": "OFFICIAL-SENSITIVE",
	} {
		m, _ := Highest(parse("attachments[0].name", name))
		if m.String() != want {
			t.Errorf("%s: %q, want %q", name, m, want)
		}
	}
}

// A line's far end does not matter, and a long text is read to its end.
func TestLongText(t *testing.T) {
	filler := strings.Repeat("we met again about the chairs ", 40_000)
	all := parse("body", filler+"\nOFFICIAL-SENSITIVE\n"+filler+" marked SECRET")
	if len(all) != 2 || all[0].Tier != "OFFICIAL-SENSITIVE" || all[1].Tier != "SECRET" {
		t.Errorf("read %v", all)
	}
	if got := all[1].Span; got.End != len(filler)*2+len("\nOFFICIAL-SENSITIVE\n marked SECRET") {
		t.Errorf("span %+v", got)
	}
}

// Lists have an end, and nothing is read beyond the text's.
func TestOverlongLists(t *testing.T) {
	for _, text := range []string{
		strings.Repeat("UK/US ", 20_000) + "EYES ONLY",
		"SECRET//" + strings.Repeat("SI//", 20_000),
		"SECRET//", "SECRET/", "TS//", "PROTECTED", "PROTECTED ", "S", "(S//", "(TS)", "UK ", "EYES ONLY", "SECRET -", "SECRET UK", "SECRET UK/", "S.E.C.R.E.", "SECRET//REL TO ", "CUI//",
	} {
		for _, m := range parse("body", text) {
			if n := len(m.Caveats) + len(m.Descriptors); n > 2*maxList {
				t.Errorf("%.40s: %d words", text, n)
			}
		}
	}
}

// Every form of every tier and every extra is read when it stands as a banner.
func TestEveryForm(t *testing.T) {
	for _, tiers := range [][]tier{ukTiers, caTiers, usTiers} {
		for i := range tiers {
			for _, f := range tiers[i].forms {
				banner := strings.ToUpper(f.text)
				if f.class == code {
					banner = "marked " + banner
				}
				all := parse("body", banner)
				if len(all) != 1 || all[0].Tier != tiers[i].name || all[0].Rank != tiers[i].rank {
					t.Errorf("%s: %v, want %s", banner, all, tiers[i].name)
				}
			}
		}
	}
	for head, extras := range map[string][]extra{"OFFICIAL-SENSITIVE ": ukExtras, "PROTECTED B ": caExtras, "SECRET//": usExtras} {
		for _, x := range extras {
			for _, f := range x.forms {
				all := parse("body", head+strings.ToUpper(f))
				if len(all) != 1 || len(all[0].Handling)+len(all[0].Descriptors)+len(all[0].Caveats) != 1 {
					t.Errorf("%s%s: %v", head, strings.ToUpper(f), all)
				} else if got := join([]string{join(all[0].Handling, ""), join(all[0].Descriptors, ""), join(all[0].Caveats, "")}, ""); got != x.name {
					t.Errorf("%s%s: %s, want %s", head, strings.ToUpper(f), got, x.name)
				}
			}
		}
	}
}

func TestUnmarkedTextCostsNothing(t *testing.T) {
	x := message.Normalize("body", strings.Repeat("See you at ten, usual place, bring the other file.\n", 20))
	if n := testing.AllocsPerRun(10, func() { Parse(&x) }); n != 0 {
		t.Errorf("%v allocations for an unmarked text, want 0", n)
	}
}
