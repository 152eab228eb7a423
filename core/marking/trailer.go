package marking

import (
	"strings"

	"hanaper/core/message"
)

// trailer takes in the handling instructions, descriptors and caveats after a
// tier, and reports whether there are any.
func (s *scanner) trailer(c *candidate, h hit, t *tier) bool {
	if strings.HasPrefix(s.norm[c.end:], "//") && (t.scheme == "us" || t.shared && !s.allied(c.end+2)) && s.banner(c) {
		c.Scheme, c.shared = "us", false
		return true
	}
	any := false
	for s.extra(c, h) {
		any = true
	}
	return any
}

// extra takes in one word of the schemes that c may belong to. It has to be in
// capitals where the tier is.
func (s *scanner) extra(c *candidate, h hit) bool {
	at := s.separators(c.end)
	if at < 0 {
		return false
	}
	best, bestEnd, scheme := (*extra)(nil), 0, c.Scheme
	for k, list := range extrasOf(c) {
		for i := range list {
			if end := s.extraAt(at, h, &list[i]); end > bestEnd {
				best, bestEnd = &list[i], end
				if c.shared {
					scheme = sharedSchemes[k]
				}
			}
		}
	}
	if best == nil {
		if first := s.countries(c, at); first != "" {
			c.settle(first)
			return true
		}
		return s.useOnly(c, at)
	}
	c.put(best)
	c.Scheme, c.shared, c.end = scheme, false, bestEnd
	return true
}

// extraAt gives the end of the longest form of x at i, 0 if there is none.
func (s *scanner) extraAt(i int, h hit, x *extra) (end int) {
	try := func(f string) {
		if len(f) < 5 && x.kind != descriptor && f != "ceo" && f != "lpp" && !strings.HasPrefix(f, "ukeo") {
			return
		}
		if i >= len(s.norm) || s.norm[i]|0x20 != f[0] {
			return
		}
		if e, ok := match(s.norm, i, f); ok && e.end > end && (h.small > 0 || e.small == 0 || strings.IndexByte(f, ' ') > 0) && e.split == 0 &&
			!strings.Contains(s.norm[i:e.end], "//") {
			end = e.end
		}
	}
	for _, f := range x.forms {
		try(f)
	}
	return end
}

// allied reports that no US banner goes on at i, but words of another scheme or
// countries before EYES ONLY.
func (s *scanner) allied(i int) bool {
	return s.foreign(i) || s.countries(&candidate{}, i) != ""
}

// foreign reports an extra of the British or the Canadian scheme at i.
func (s *scanner) foreign(i int) bool {
	for _, list := range sharedExtras[:2] {
		for k := range list {
			if s.extraAt(i, hit{}, &list[k]) > 0 {
				return true
			}
		}
	}
	return false
}

// separators skips what may stand between a tier and its extras: up to four
// signs in the line. It gives -1 where no word follows.
func (s *scanner) separators(i int) int {
	for n := 0; i < len(s.norm) && n < 4; n++ {
		switch s.norm[i] {
		case ' ', '-', ',', '/', '|', ':', '(', ')', '[', ']', '*', '_':
			i++
		default:
			if n == 0 || !message.IsWord(s.norm[i]) {
				return -1
			}
			return i
		}
	}
	if i < len(s.norm) && message.IsWord(s.norm[i]) {
		return i
	}
	return -1
}

// Of a list of countries before EYES ONLY.
const (
	maxCountries   = 8
	listSeparators = " ,/&"
)

// countries takes in "UK/US EYES ONLY" after a tier and gives the first country,
// "" where there is none.
func (s *scanner) countries(c *candidate, at int) string {
	names := []string{}
	i := at
	for {
		end := i
		for end < len(s.norm) && message.IsLetter(s.norm[end]) {
			end++
		}
		word := lower(s.norm[i:end])
		if word == "eyes" {
			h, ok := match(s.norm, i, "eyes only")
			if !ok || len(names) == 0 {
				return ""
			}
			c.addCaveat(join(names, "/") + " EYES ONLY")
			c.end = h.end
			return names[0]
		}
		if !eyesCountries[word] && (word != "and" || len(names) == 0) || len(names) == maxCountries {
			return ""
		}
		if word != "and" {
			names = append(names, strings.ToUpper(word))
		}
		for i = end; i < len(s.norm) && strings.IndexByte(listSeparators, s.norm[i]) >= 0; i++ {
		}
		if i == len(s.norm) || i == end || strings.Contains(s.norm[end:i], "//") {
			return ""
		}
	}
}

// settle chooses the scheme of a tier whose name several countries share by the
// first country before EYES ONLY.
func (c *candidate) settle(country string) {
	first := len(c.Handling)+len(c.Descriptors)+len(c.Caveats) == 1
	if !c.shared && !(first && sharedNames[c.Tier] && c.Scheme != "us") {
		return
	}
	c.shared, c.Scheme = false, schemeOf(country)
}

// schemeOf is the scheme of a country that stands before EYES ONLY.
func schemeOf(country string) string {
	switch country {
	case "CAN", "CA", "CANADA":
		return "ca"
	case "US", "USA":
		return "us"
	}
	return "uk"
}

// useOnly takes in an organisation's name before USE ONLY: MOD USE ONLY.
func (s *scanner) useOnly(c *candidate, at int) bool {
	if c.Scheme != "uk" && !c.shared {
		return false
	}
	end := at
	for end < len(s.norm) && message.IsUpper(s.norm[end]) {
		end++
	}
	if end-at < 2 || end-at > 12 || !strings.HasPrefix(s.norm[end:], " USE ONLY") {
		return false
	}
	stop := end + len(" USE ONLY")
	if stop < len(s.norm) && message.IsWord(s.norm[stop]) {
		return false
	}
	c.put(&extra{name: s.norm[at:stop], kind: handling})
	c.Scheme, c.shared, c.end = "uk", false, stop
	return true
}

// banner reads the parts of a US banner after its tier: //SP-PRVCY/SP-TAX//NOFORN.
func (s *scanner) banner(c *candidate) bool {
	any := false
	for {
		i := c.end
		for i < len(s.norm) && i < c.end+2 && s.norm[i] == '/' {
			i++
		}
		if i == c.end {
			return any
		}
		if i < len(s.norm) && s.norm[i] == ' ' {
			i++
		}
		end := s.bannerItem(c, i)
		if end == 0 {
			return any
		}
		c.end, any = end, true
	}
}

// bannerItem reads one item: a control of the register, REL TO and its
// countries, or any name in capitals. It gives its end, 0 if there is none.
func (s *scanner) bannerItem(c *candidate, i int) int {
	if end := s.releasable(c, i); end > 0 {
		return end
	}
	if s.countries(c, i) != "" {
		return c.end
	}
	if x, end := s.control(i); x != nil {
		c.put(x)
		return end
	}
	end := i
	for end < len(s.norm) && end < i+24 && (message.IsUpper(s.norm[end]) || message.IsDigit(s.norm[end]) || s.norm[end] == '-') {
		end++
	}
	for end > i && s.norm[end-1] == '-' {
		end--
	}
	if c.shared && s.foreign(i) {
		return 0
	}
	if end < i+2 || !message.IsUpper(s.norm[i]) || end < len(s.norm) && message.IsWord(s.norm[end]) {
		return 0
	}
	c.put(&extra{name: s.norm[i:end], kind: descriptor})
	return end
}

// control finds the longest control of the register at i, in any case.
func (s *scanner) control(i int) (best *extra, bestEnd int) {
	for _, list := range [...][]extra{usExtras, usUnclassified} {
		for k := range list {
			for _, f := range list[k].forms {
				if h, ok := match(s.norm, i, f); ok && h.end > bestEnd && h.split == 0 {
					best, bestEnd = &list[k], h.end
				}
			}
		}
	}
	return best, bestEnd
}

// releasable reads REL TO USA, GBR.
func (s *scanner) releasable(c *candidate, i int) int {
	const head = "REL TO "
	if !strings.HasPrefix(s.norm[i:], head) {
		return 0
	}
	names, end := "", 0
	for i += len(head); ; {
		n := i
		for n < len(s.norm) && message.IsUpper(s.norm[n]) {
			n++
		}
		if n < i+2 || n > i+4 {
			break
		}
		names, end = join([]string{names, s.norm[i:n]}, ", "), n
		if !strings.HasPrefix(s.norm[n:], ", ") {
			break
		}
		i = n + 2
	}
	if end > 0 {
		c.addCaveat(head + names)
	}
	return end
}

// portion reads a portion mark or a banner that begins with its code: (S//NF),
// TS//SI, (TS).
func (s *scanner) portion(i int) (candidate, bool) {
	if !message.IsUpper(s.norm[i]) {
		return candidate{}, false
	}
	for _, p := range portions {
		end := i + len(p.code)
		if !strings.HasPrefix(s.norm[i:], p.code) {
			continue
		}
		if strings.HasPrefix(s.norm[end:], "//") {
			return s.coded(i, end, p.tier)
		}
		if p.tier != nil && i > 0 && s.norm[i-1] == '(' && strings.HasPrefix(s.norm[end:], ") ") {
			return s.bareCode(i, end, p.tier)
		}
	}
	return candidate{}, false
}

func (s *scanner) coded(i, end int, t *tier) (candidate, bool) {
	c := candidate{start: i, end: end}
	c.Scheme, c.Confidence = "us", 850
	c.shared = t != nil // written out, the tier is one that others share
	if t != nil && s.allied(end+2) {
		for s.extra(&c, hit{}) {
		}
	} else if !s.banner(&c) {
		return c, false
	}
	c.shared = false
	if t != nil {
		c.Tier, c.Rank = t.name, t.rank
	} else if !s.unclassified(&c) {
		return c, false
	}
	if i > 0 && s.norm[i-1] == '(' && c.end < len(s.norm) && s.norm[c.end] == ')' {
		c.start, c.end, c.Confidence = i-1, c.end+1, 950
	}
	return c, true
}

// unclassified makes a tier of what follows U//: FOUO, LES or SBU.
func (s *scanner) unclassified(c *candidate) bool {
	for k, name := range c.Caveats {
		for i := range usTiers {
			if t := &usTiers[i]; name == t.name {
				c.Tier, c.Rank, c.Sensitive = t.name, t.rank, true
				c.Caveats = append(append([]string(nil), c.Caveats[:k]...), c.Caveats[k+1:]...)
				return true
			}
		}
	}
	return false
}

func (s *scanner) bareCode(i, end int, t *tier) (candidate, bool) {
	x := newSite(s.norm, i-1, end+1)
	if !decorated(s.norm[x.from:x.start]) {
		return candidate{}, false
	}
	c := candidate{start: i - 1, end: end + 1, bare: t.rank != RankTopSecret}
	c.Scheme, c.Tier, c.Rank, c.Confidence = "us", t.name, t.rank, 650
	return c, true
}
