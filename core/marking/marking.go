// Package marking reads protective markings in running text.
//
// A Marking is a whole label: tier + handling instructions + descriptors +
// prefix + caveats (UK Government Security Classifications Policy 2024).
//
// The words of each country's scheme are data, in uk.go, ca.go and us.go. A word
// like SECRET is a marking only where it stands as one: see context.go. Words
// that are spaced out or spelled with digits (S E C R E T, S3CRET) count as if
// they stood plain; look-alike letters are message.Normalize's business.
package marking

import (
	"strings"

	"hanaper/core/message"
)

// Marking is one label found in a text, or the highest of several.
type Marking struct {
	Scheme      string       // uk, ca or us
	Tier        string       // in the scheme's own English: OFFICIAL-SENSITIVE, SECRET, PROTECTED B, CUI; "" for a caveat or handling instruction that stands alone
	Rank        Rank         // its place on the lattice all schemes share
	Sensitive   bool         // -SENSITIVE, or anything beyond the bare tier that asks for protective controls
	Handling    []string     // handling instructions: RECIPIENTS ONLY
	Descriptors []string     // COMMERCIAL, PERSONAL DATA; US categories and control systems
	Prefix      string       // UK, NATO
	Caveats     []string     // UK EYES ONLY; US dissemination controls: NOFORN
	Span        message.Span // where it stands
	Confidence  int          // per mille, Minimum or more
}

// Rank orders tiers across countries.
type Rank uint8

// The lattice. Official covers everything below a classified tier.
const (
	RankNone      Rank = iota
	RankOfficial       // UK OFFICIAL, Canada Unclassified with a mark
	RankProtected      // UK OFFICIAL-SENSITIVE, Canada Protected A and B, US CUI and FOUO
	RankHigh           // Canada Protected C and Confidential, US Confidential
	RankSecret         // SECRET
	RankTopSecret      // TOP SECRET
)

// Minimum is the least confidence, per mille, with which a marking is reported.
const Minimum = 500

// Parse finds all markings in t, in text order; they do not overlap.
//
// SECRET, TOP SECRET and CONFIDENTIAL belong to several countries: the scheme
// is that of what stands beside them, else of the first other marking in the
// text that has only one, else the UK's for the first two and Canada's for the
// third. Their rank is the same everywhere.
func Parse(t *message.Text) []Marking {
	s := scanner{text: t, norm: t.Norm, file: strings.HasPrefix(t.Field, "attachments")}
	for i := 0; i < len(s.norm); {
		if !starts[s.norm[i]] || i > 0 && message.IsWord(s.norm[i-1]) {
			i++
			continue
		}
		i = s.at(i)
	}
	if s.found == nil {
		return nil
	}
	return s.finish()
}

// Highest returns the marking with the highest rank, the first of equals; ok is
// false when there is none.
func Highest(all []Marking) (m Marking, ok bool) {
	for _, x := range all {
		if !ok || x.Rank > m.Rank || x.Rank == m.Rank && x.Sensitive && !m.Sensitive {
			m, ok = x, true
		}
	}
	return m, ok
}

// String renders the marking as it is displayed: "UK OFFICIAL-SENSITIVE
// COMMERCIAL", "SECRET//NOFORN". Parse of it gives the same marking, but for
// span and confidence, and for the scheme of a tier several countries share.
func (m Marking) String() string {
	if m.Scheme == "us" {
		return usBanner(m)
	}
	words := []string{m.Prefix, m.Tier}
	if m.Tier == "" && (len(m.Handling) == 0 || !standsAlone[m.Handling[0]]) {
		words = append(append(words, m.Caveats...), m.Handling...)
		return join(append(words, m.Descriptors...), " ")
	}
	words = append(append(words, m.Handling...), m.Descriptors...)
	return join(append(words, m.Caveats...), " ")
}

// In is String in the language given (en or fr): Canada marks in both.
func (m Marking) In(language string) string {
	if m.Scheme == "ca" && language == "fr" {
		for _, t := range [...][2]string{
			{"PROTECTED A", "PROTÉGÉ A"}, {"PROTECTED B", "PROTÉGÉ B"}, {"PROTECTED C", "PROTÉGÉ C"},
			{"CONFIDENTIAL", "CONFIDENTIEL"}, {"TOP SECRET", "TRÈS SECRET"},
		} {
			if m.Tier == t[0] {
				m.Tier = t[1]
			}
		}
	}
	return m.String()
}

// usBanner separates the parts of a banner by two slashes, and the items of a
// part by one (CUI Marking Handbook; 32 CFR 2001.21).
func usBanner(m Marking) string {
	return join([]string{m.Tier, join(m.Descriptors, "/"), join(m.Handling, "/"), join(m.Caveats, "/")}, "//")
}

func join(words []string, sep string) string {
	out := ""
	for _, w := range words {
		if w != "" && out != "" {
			out += sep
		}
		out += w
	}
	return out
}
