package marking

import (
	"strings"

	"hanaper/core/message"
)

// tier is a level of a scheme and how it is written.
type tier struct {
	name      string // as rendered; "" where forms are handling instructions or caveats that may stand alone
	scheme    string
	rank      Rank
	sensitive bool
	shared    bool // other countries have a tier of that name
	forms     []form
}

// form is one way to write a tier, in small ASCII letters; a space stands for
// nothing or up to three separators.
type form struct {
	text  string
	class class
}

// extra is a word of a scheme that goes with a tier.
type extra struct {
	name  string // as rendered
	kind  kind
	free  bool     // does not ask for protective controls
	forms []string // other ways to write it, as in form; init puts the name itself first
}

type kind uint8

const (
	handling kind = iota
	descriptor
	caveat
)

// anchor is a form with its tier, as the scanner looks it up.
type anchor struct {
	form
	head  head
	tier  *tier
	extra *extra // set where a handling instruction or caveat stands alone
}

// head is what follows a form's first letter: letters, then zeros.
type head [4]byte

// agrees reports that s may go on as the form does: as far as s has plain
// letters, they are the form's.
func (h *head) agrees(s string) bool {
	for i := 0; i < len(h) && i < len(s) && h[i] != 0 && message.IsLetter(s[i]); i++ {
		if s[i]|0x20 != h[i] {
			return false
		}
	}
	return true
}

var (
	anchors [256][]anchor // by the first byte as it stands in a text
	starts  [256]bool     // those bytes, and of the portion codes
	entry   gate          //

	standsAlone = map[string]bool{} // names of extras that are markings without a tier
)

func init() {
	for _, tiers := range [...][]tier{ukTiers, caTiers, usTiers} {
		for i := range tiers {
			for _, f := range tiers[i].forms {
				index(anchor{form: f, tier: &tiers[i]})
			}
		}
	}
	for _, extras := range append(sharedExtras[:3:3], usUnclassified) {
		for i := range extras {
			extras[i].forms = append([]string{plainForm(extras[i].name)}, extras[i].forms...)
		}
	}
	indexAlone(&tier{scheme: "uk", rank: RankOfficial, sensitive: true}, ukAlone, ukExtras)
	indexAlone(&tier{scheme: "ca", rank: RankOfficial, sensitive: true}, caAlone, caExtras)
	for _, c := range portions {
		starts[c.code[0]] = true
	}
}

// indexAlone indexes the extras that are markings without a tier.
func indexAlone(t *tier, forms []form, extras []extra) {
	for _, f := range forms {
		for i := range extras {
			if extras[i].is(f.text) {
				index(anchor{form: f, tier: t, extra: &extras[i]})
				standsAlone[extras[i].name] = true
			}
		}
	}
}

func (x *extra) is(text string) bool {
	for _, f := range x.forms {
		if f == text {
			return true
		}
	}
	return false
}

// index files an anchor under every byte its first letter may be written with,
// longer forms before shorter ones.
func index(a anchor) {
	c := a.text[0]
	entry.admit(a.text)
	for i := range min(len(a.head), len(a.text)-1) {
		if c := a.text[1+i]; message.IsLetter(c) {
			a.head[i] = c
		} else {
			break
		}
	}
	for _, b := range []byte{c, c - 'a' + 'A', leetOf(c)} {
		if b == 0 {
			continue
		}
		starts[b] = true
		list := append(anchors[b], a)
		for i := len(list) - 1; i > 0 && len(list[i].text) > len(list[i-1].text); i-- {
			list[i], list[i-1] = list[i-1], list[i]
		}
		anchors[b] = list
	}
}

// extrasOf gives the words that may follow a marking so far: those of all
// schemes while its own is open.
func extrasOf(c *candidate) [][]extra {
	if c.shared {
		return sharedExtras
	}
	for i, id := range sharedSchemes {
		if id == c.Scheme {
			return sharedExtras[i : i+1]
		}
	}
	return nil
}

var (
	sharedExtras  = [][]extra{ukExtras, caExtras, usExtras}
	sharedNames   = map[string]bool{"CONFIDENTIAL": true, "SECRET": true, "TOP SECRET": true}
	sharedSchemes = []string{"uk", "ca", "us"}
)

// plainForm is a name as a form.
func plainForm(name string) string {
	b := []byte(lower(name))
	for i := range b {
		if b[i] == '-' || b[i] == '/' {
			b[i] = ' '
		}
	}
	return string(b)
}

func lower(s string) string { return strings.ToLower(s) }
