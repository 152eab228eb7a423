package detect

// national finds numbers as written within a country other than the United
// Kingdom and North America, group i being the first. France's five pairs and
// Australia's forms are telling; the others count beside a word only.
func (in *input) national(i int) {
	s, g := in.s, in.groups[i]
	named := in.seen&in.words != 0
	switch n := g.end - g.start; {
	case s[g.start] == '0':
		if s[min(g.start+1, len(s)-1)] == '0' {
			return
		}
		if !in.tellingPhone(i, n) && named && n > 1 {
			in.trunkPhone(i)
		}
	case !named:
	case n == 8 && isOneOf(s[g.start], "689"): // Singapore, Hong Kong
		in.phoneBeside(g.start, g.end)
	default:
		for _, f := range [...]struct {
			first string
			sizes []int
		}{
			{"6789", []int{5, 5}},          // India
			{"3689", []int{4, 4}},          // Singapore, Hong Kong
			{"6789", []int{3, 3, 3}},       // Spain, Poland
			{"1", []int{3, 4, 4}},          // China
			{"67", []int{3, 2, 2, 2}},      // Spain
			{"2345679", []int{2, 2, 2, 2}}, // Denmark, Norway
		} {
			if n != f.sizes[0] || !isOneOf(s[g.start], f.first) {
				continue
			}
			if end, _, ok := in.joined(i, " -", f.sizes...); ok {
				in.phoneBeside(g.start, end)
			}
		}
		in.withoutPlus(i)
	}
}

// phoneBeside reports a number right behind a word: 21 of 21 in 98,102 real
// messages were telephone numbers.
func (in *input) phoneBeside(start, end int) {
	if in.alone(start, end) && in.near(start, end, 24, 0) {
		in.report(start, end, 850, "context")
	}
}

// tellingPhone finds 01 99 00 12 34 (France), 0491 570 006 and (02) 5550 1234
// (Australia).
func (in *input) tellingPhone(i, n int) bool {
	s, g := in.s, in.groups[i]
	start, end, ok := g.start, 0, false
	switch second := s[g.start+1:]; {
	case n == 2 && second[0] != '0':
		if end, _, ok = in.joined(i, " .-", 2, 2, 2, 2, 2); ok {
			break
		}
		if isOneOf(second[0], "2378") && in.lengths(i, 3) == [3]int{2, 4, 4} && in.gap(i, " ", ") ") && in.gap(i+1, " ") {
			end, ok = in.groups[i+2].end, true
			if start > 0 && s[start-1] == '(' {
				start--
			}
		}
	case n == 4 && second[0] == '4':
		end, _, ok = in.joined(i, " -", 4, 3, 3)
	}
	if !ok || !in.alone(start, end) {
		return false
	}
	if in.context(start, end) {
		in.report(start, end, 970, "context")
	} else {
		in.report(start, end, 850, "format")
	}
	return true
}

// trunkPhone finds a zero and eight to ten digits in up to five groups, right
// behind a word: a change of separator ends it.
func (in *input) trunkPhone(i int) {
	s, g := in.s, in.groups[i]
	start, end, total := g.start, g.end, g.end-g.start
	if start > 0 && s[start-1] == '(' && in.gap(i, "", ") ", ")", ")-") {
		start--
	}
	for k := i; k < i+4 && in.gap(k, " -./", ") ", ")", ")-"); k++ {
		next := in.groups[k+1]
		size := next.end - next.start
		if size < 2 || total+size > 11 || total > 8 && k > i && s[end] != s[in.groups[k-1].end] {
			break
		}
		total, end = total+size, next.end
	}
	if total >= 9 && total <= 11 {
		in.phoneBeside(start, end)
	}
}

// withoutPlus finds a country's code and a number of its length in three groups
// or more with the same separator, near a word.
func (in *input) withoutPlus(i int) {
	s, g := in.s, in.groups[i]
	if g.end-g.start > 3 || !in.gap(i, " -") || !in.gap(i+1, " -") || !in.gap(i+2, " -") {
		return
	}
	least, most := nationalLength(s[g.start:g.end])
	if least == 0 {
		return
	}
	total, k := g.end-g.start, i
	for total < most && in.gap(k, " -") && s[in.groups[k].end] == s[g.end] {
		k++
		total += in.groups[k].end - in.groups[k].start
	}
	end := in.groups[k].end
	if k < i+3 || total < least || total > most || end-in.groups[k].start < 2 || !in.alone(g.start, end) || !in.context(g.start, end) {
		return
	}
	in.report(g.start, end, 800, "context")
}
