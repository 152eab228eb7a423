package marking

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// TestAgain puts the schemes' own words together at random, so that markings
// that fuzzing seldom meets are written down and read again too.
func TestAgain(t *testing.T) {
	words := []string{"UK", "NATO", "US", "SI", "TK", "SP-PRVCY", "REL TO USA, GBR", "EYES ONLY", "UK/US EYES ONLY", "MOD USE ONLY", "note", "is marked", "U", "S", "TS", "(", ")", "[", "]"}
	for _, tiers := range [][]tier{ukTiers, caTiers, usTiers} {
		for i := range tiers {
			words = append(words, tiers[i].name, strings.ToUpper(tiers[i].forms[0].text))
		}
	}
	for _, extras := range [][]extra{ukExtras, caExtras, usExtras, usUnclassified} {
		for i := range extras {
			words = append(words, extras[i].name, strings.ToUpper(extras[i].forms[len(extras[i].forms)-1]))
		}
	}
	gaps := []string{" ", " ", "//", "/", " - ", ": ", "\n", ", ", ""}
	r := rand.New(rand.NewPCG(1, 2))
	read := 0
	for range 60_000 {
		text := ""
		for range 2 + r.IntN(5) {
			text += words[r.IntN(len(words))] + gaps[r.IntN(len(gaps))]
		}
		last := 0
		for _, m := range parse("body", text) {
			checkSpan(t, text, m.Span, last)
			last = m.Span.End
			checkAgain(t, text, m)
			read++
		}
	}
	if read < 10_000 {
		t.Errorf("only %d markings were met", read)
	}
}
