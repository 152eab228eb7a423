package detect

// gap reports whether groups i and i+1 are one of seps apart, or one of the
// longer forms, such as ") ".
func (in *input) gap(i int, seps string, longer ...string) bool {
	if i+1 >= len(in.groups) {
		return false
	}
	between := in.s[in.groups[i].end:in.groups[i+1].start]
	if len(between) == 1 && isOneOf(between[0], seps) {
		return true
	}
	for _, l := range longer {
		if between == l {
			return true
		}
	}
	return false
}

// lengths are those of groups i to i+n-1, 0 where there is none.
func (in *input) lengths(i, n int) (out [3]int) {
	for k := 0; k < n && i+k < len(in.groups); k++ {
		out[k] = in.groups[i+k].end - in.groups[i+k].start
	}
	return out
}

// british finds 0 and nine or ten further digits in up to four groups, the
// later ones of three digits or more.
func (in *input) british(i int) {
	s, first := in.s, in.groups[i]
	start, total, end, groups := first.start, first.end-first.start, first.end, 1
	if start > 0 && s[start-1] == '(' && in.gap(i, "", ") ") {
		start--
	}
	for total < 11 && groups < 4 && in.gap(i, " -", ") ") && in.groups[i+1].end-in.groups[i+1].start >= 3 {
		i++
		groups++
		total += in.groups[i].end - in.groups[i].start
		end = in.groups[i].end
	}
	if first.end-first.start < 2 || !isOneOf(s[first.start+1], "123578") || !in.alone(start, end) {
		return
	}
	near := in.context(start, end)
	switch {
	case total == 10 && near && isOneOf(s[first.start+1], "18"):
		in.report(start, end, 800, "context")
	case total != 11:
	case near:
		in.report(start, end, 970, "context")
	case s[first.start+1] == '7':
		in.report(start, end, 900, "format")
	case groups > 1:
		in.report(start, end, 850, "format")
	}
}
