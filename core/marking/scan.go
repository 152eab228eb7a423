package marking

import (
	"strings"

	"hanaper/core/message"
)

// scanner goes over one text.
type scanner struct {
	text  *message.Text
	norm  string
	file  bool // the text is a file's name
	found []candidate
}

// candidate is a marking before the text as a whole was seen.
type candidate struct {
	Marking
	start, end int  // in Norm
	shared     bool // the scheme is still open
	bare       bool // a portion code without slashes: counts beside other US marks only
	tierless   bool //
}

// at looks for a marking at i, the start of a word, and returns where to go on.
func (s *scanner) at(i int) int {
	if c, ok := s.portion(i); ok {
		return s.add(c)
	}
	if !entry.open(s.norm, i) {
		return i + 1
	}
	list := anchors[s.norm[i]]
	for k := range list {
		a := &list[k]
		if !a.head.agrees(s.norm[i+1:]) {
			continue
		}
		h, ok := match(s.norm, i, a.text)
		if !ok {
			continue
		}
		if c, ok := s.read(i, h, a); ok {
			return s.add(c)
		}
		if h.split > 0 || strings.IndexByte(a.text, ' ') >= 0 {
			continue // a shorter form may still stand here
		}
		break
	}
	return i + 1
}

func (s *scanner) add(c candidate) int {
	if n := len(s.found); n > 0 && s.joins(&s.found[n-1], &c) {
		return c.end
	}
	s.found = append(s.found, c)
	return c.end
}

// floor is where the marking before ends.
func (s *scanner) floor() int {
	if n := len(s.found); n > 0 {
		return s.found[n-1].end
	}
	return 0
}

// lead is where c begins together with a caveat right before it.
func (s *scanner) lead(c *candidate) int {
	if n := len(s.found); n > 0 && s.adjoins(&s.found[n-1], c) {
		return s.found[n-1].start
	}
	return c.start
}

// adjoins reports that last is a caveat that stands right before the tier c:
// UK EYES ONLY SECRET.
func (s *scanner) adjoins(last, c *candidate) bool {
	if !last.tierless || c.tierless || c.bare || !c.shared && c.Scheme != last.Scheme {
		return false
	}
	for _, b := range []byte(s.norm[last.end:c.start]) {
		if b == '\n' || message.IsWord(b) {
			return false
		}
	}
	return true
}

// joins merges c into the caveat before it.
func (s *scanner) joins(last, c *candidate) bool {
	if !s.adjoins(last, c) {
		return false
	}
	c.Handling = union(last.Handling, c.Handling)
	c.Descriptors = union(last.Descriptors, c.Descriptors)
	c.Caveats = union(last.Caveats, c.Caveats)
	c.start, c.Confidence = last.start, max(last.Confidence, c.Confidence)
	c.Sensitive = c.Sensitive || last.Sensitive
	c.Scheme, c.shared = last.Scheme, false
	*last = *c
	return true
}

// read makes a candidate of a form found at i, with what stands around it.
func (s *scanner) read(i int, h hit, a *anchor) (candidate, bool) {
	c := candidate{start: i, end: h.end, shared: a.tier.shared, tierless: a.tier.name == ""}
	c.Scheme, c.Tier, c.Rank, c.Sensitive = a.tier.scheme, a.tier.name, a.tier.rank, a.tier.sensitive
	rank := a.class
	switch {
	case a.class == eyes:
		if !s.eyesOnly(&c) {
			return c, false
		}
		rank = unique
	case a.extra != nil:
		c.put(a.extra)
	}
	if a.text[len(a.text)-2] == ' ' && !s.levelLetter(h) {
		return c, false
	}
	extras := !(c.tierless && c.Scheme == "us") && s.trailer(&c, h, a.tier)
	if s.prefix(&c, h) {
		extras = true
	}
	if extras && rank != eyes && rank < label {
		rank = min(rank, level)
	}
	c.end = s.closed(c.start, c.end)
	c.Confidence = s.confidence(&c, h, rank)
	return c, c.Confidence >= Minimum
}

// closed takes in the sign that closes a bracket or a quotation opened between
// start and end.
func (s *scanner) closed(start, end int) int {
	part, at := s.norm[start:end], end
	if at < len(s.norm) && s.norm[at] == ' ' {
		at++
	}
	if at == len(s.norm) {
		return end
	}
	open := strings.IndexByte(")]\"", s.norm[at])
	if open < 0 {
		return end
	}
	c := "([\""[open]
	n := strings.Count(part, string(c))
	if c == '"' && n%2 == 1 || c != '"' && n > strings.Count(part, s.norm[at:at+1]) {
		return at + 1
	}
	return end
}

// confidence judges the place and the writing of a candidate, per mille; 0
// where the word is not meant as a marking.
func (s *scanner) confidence(c *candidate, h hit, rank class) int {
	x := newSite(s.norm, s.lead(c), c.end)
	if !s.file && x.identifier() {
		return 0
	}
	if c.shared && x.authority() {
		c.Scheme, c.shared = "us", false
	}
	at, how := x.position(), h.letters()
	if h.disguised() && how != capitals {
		how = mixed
	}
	if (at == running || at == clauseEnd) && rank <= level && x.before.n > 0 && copulas[x.before.w[0]] {
		at = said
	}
	strong := at == alone || at == bracketed || at == called || at == labelling && how == capitals
	switch {
	case plainAfter[x.after] || proseAfter[x.after] && !strong && rank >= phrase,
		at != alone && at != labelling && at != closing && at != bracketed && x.negated(),
		rank == classified && (x.playful() || x.joking(at, how)),
		rank == weak && how != capitals && at == called && !endsClause(x.after) && !proseAfter[x.after],
		h.leet > 0 && x.near(passwords),
		rank == code && at == bracketed && !x.opening && !x.ending:
		return 0
	case rank != unique && rank != level && !strong && x.shouted() && at != said:
		return 0
	case !strong && s.plain(x, rank, how):
		return 0
	case how != capitals && at == alone && !s.heads(x):
		at = running
	}
	conf := confidences[rank][how][at]
	if h.disguised() {
		conf = max(conf, disguised(rank, x)) - 30
	}
	return max(conf, 0)
}

// disguised is the confidence that spaced or digit-spelled letters deserve
// wherever they stand: nobody writes S E C R E T by accident.
func disguised(rank class, x *site) int {
	if x.before.n > 0 && plainBefore[x.before.w[0]] {
		return 0
	}
	if rank == weak {
		return 650
	}
	return 780
}

// plain reports prose around a word that stands in a sentence.
func (s *scanner) plain(x *site, rank class, how letters) bool {
	if levelAfter[x.after] {
		return true
	}
	if x.before.n == 0 {
		return false
	}
	before := x.before.w[0]
	switch {
	case levelBefore[before] && x.s[x.start-1] == ' ' && message.IsWord(x.s[x.start-2]),
		rank == level && streets[before],
		rank >= classified && x.near(keepers):
		return true
	}
	return (rank >= classified || how != capitals && rank != unique) && plainBefore[before]
}

// heads reports that the site's line is the first or the last of several.
func (s *scanner) heads(x *site) bool {
	const far = 1 << 12 // bytes; further off nobody sees the line as a heading
	return decorated(s.norm[max(x.from-far, 0):x.from]) != decorated(s.norm[x.to:min(x.to+far, len(s.norm))])
}

// levelLetter refuses the French preposition in "protege a", the article in
// "protected a child" and abbreviations like b/c.
func (s *scanner) levelLetter(h hit) bool {
	letter := s.norm[h.end-1]
	if h.end < len(s.norm) && (s.norm[h.end] == '+' || s.norm[h.end] == '/' && !message.IsUpper(letter)) {
		return false // A+, b/c
	}
	if letter|0x20 != 'a' {
		return true
	}
	at := s.text.Span(h.end-1, h.end)
	if strings.ContainsAny(s.text.Orig[at.Start:at.End], "ÀàÂâ") {
		return false
	}
	x := newSite(s.norm, h.end-1, h.end)
	return letter == 'A' || x.after == "" || papers[x.after]
}

// prefix takes in UK or NATO before a tier in capitals.
func (s *scanner) prefix(c *candidate, h hit) bool {
	if c.tierless || h.small > 0 || c.Scheme != "uk" && !c.shared {
		return false
	}
	for _, p := range ukPrefixes {
		at := c.start - len(p) - 1
		if at < s.floor() || s.norm[at:at+len(p)] != p || at > 0 && message.IsWord(s.norm[at-1]) {
			continue
		}
		if b := s.norm[c.start-1]; b != ' ' && b != '-' && b != '/' {
			continue
		}
		c.Prefix, c.Scheme, c.shared, c.start = p, "uk", false, at
		return true
	}
	return false
}

// eyesOnly reads the countries before EYES ONLY, back from c.start.
func (s *scanner) eyesOnly(c *candidate) bool {
	names := []string{}
	for i := c.start; len(names) < maxCountries; {
		end := i
		for end > s.floor() && strings.IndexByte(listSeparators, s.norm[end-1]) >= 0 {
			end--
		}
		begin := end
		for begin > s.floor() && message.IsLetter(s.norm[begin-1]) {
			begin--
		}
		word := lower(s.norm[begin:end])
		if begin == end || end == i || strings.Contains(s.norm[end:i], "//") || !eyesCountries[word] && (word != "and" || len(names) == 0) {
			break
		}
		if i = begin; word != "and" {
			names = append(names, strings.ToUpper(word))
			c.start = i
		}
	}
	if len(names) == 0 {
		return false
	}
	c.Scheme = schemeOf(names[len(names)-1])
	c.addCaveat(eyesName(names))
	return true
}

func eyesName(nearestFirst []string) string {
	out := ""
	for i := len(nearestFirst) - 1; i >= 0; i-- {
		if out != "" {
			out += "/"
		}
		out += nearestFirst[i]
	}
	return out + " EYES ONLY"
}

func (c *candidate) put(x *extra) {
	switch x.kind {
	case handling:
		c.Handling = add(c.Handling, x.name)
	case descriptor:
		c.Descriptors = add(c.Descriptors, x.name)
	case caveat:
		c.addCaveat(x.name)
	}
	c.Sensitive = c.Sensitive || !x.free
}

func (c *candidate) addCaveat(name string) {
	c.Caveats = add(c.Caveats, name)
	c.Sensitive = true
}

// maxList is how many handling instructions, descriptors or caveats are kept.
const maxList = 16

func add(list []string, name string) []string {
	if len(list) == maxList {
		return list
	}
	for _, x := range list {
		if x == name {
			return list
		}
	}
	return append(list, name)
}

func union(a, b []string) []string {
	for _, x := range b {
		a = add(a, x)
	}
	return a
}

// finish settles the schemes and drops bare portion codes without company.
func (s *scanner) finish() []Marking {
	clue := ""
	for i := range s.found {
		if c := &s.found[i]; !c.shared && !c.bare && clue == "" {
			clue = c.Scheme
		}
	}
	out := make([]Marking, 0, len(s.found))
	for i := range s.found {
		c := &s.found[i]
		if c.bare && clue != "us" {
			continue
		}
		if c.shared && clue != "" {
			c.Scheme = clue
		}
		c.Span = s.text.Span(c.start, c.end)
		out = append(out, c.Marking)
	}
	return out
}
