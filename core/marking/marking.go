// Package marking reads protective markings in running text.
//
// A Marking is a whole label: tier + handling instructions + descriptors +
// prefix + caveats (UK Government Security Classifications Policy 2024).
package marking

import "hanaper/core/message"

// Marking is one label found in a text, or the highest of several.
type Marking struct {
	Scheme      string       // uk, ca or us
	Tier        string       // in the scheme's own English: OFFICIAL, SECRET, PROTECTED B, CUI
	Rank        Rank         // its place on the lattice all schemes share
	Sensitive   bool         // -SENSITIVE, or anything beyond the bare tier that asks for protective controls
	Handling    []string     // handling instructions: RECIPIENTS ONLY
	Descriptors []string     // COMMERCIAL, PERSONAL DATA
	Prefix      string       // UK
	Caveats     []string     // EYES ONLY, NOFORN
	Span        message.Span // where it stands
	Confidence  int          // per mille
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

// Parse finds all markings in t, in text order.
func Parse(t *message.Text) []Marking { return nil }

// String renders the marking as it is displayed: "UK OFFICIAL-SENSITIVE COMMERCIAL".
func (m Marking) String() string { return m.Tier }

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
