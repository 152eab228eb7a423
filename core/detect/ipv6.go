package detect

import "strings"

// ipv6 finds the address of version 6 that offset i stands in, with its zone and
// prefix length, and gives its end, 0 for none. Short ones ("::1") need a word or a
// prefix, for "::D" is a face; those in a link are the link's.
func (in *input) ipv6(i int) int {
	s, start, end := in.s, i, i
	for start > 0 && addressByte(s[start-1]) && i-start < 45 {
		start--
	}
	for end < len(s) && addressByte(s[end]) && end-i < 45 {
		end++
	}
	if strings.HasSuffix(s[start:end], ".") || strings.HasSuffix(s[start:end], ":") && !strings.HasSuffix(s[start:end], "::") {
		end--
	}
	groups, long := ipv6Groups(s[start:end])
	if groups < 0 || in.inLink(start) || start > 0 && (alnum(s[start-1]) || s[start-1] == '_') || end < len(s) && (alnum(s[end]) || s[end] == '_') {
		return 0
	}
	last := prefixEnd(s, zoneEnd(s, end), 128)
	switch {
	case in.context(start, last):
		in.report(start, last, 970, "context")
	case last > end && s[last-1] != ':', groups >= 3, groups == 2 && long:
		in.report(start, last, 950, "format")
	}
	return last
}

func addressByte(b byte) bool { return hexDigit(b) || b == ':' || b == '.' }

// zoneEnd is where an address that ends at i ends with its zone (%eth0).
func zoneEnd(s string, i int) int {
	if i == len(s) || s[i] != '%' {
		return i
	}
	end := i + 1
	for end < len(s) && alnum(s[end]) {
		end++
	}
	if end == i+1 {
		return i
	}
	return end
}

// ipv6Groups is how many groups are written in a, -1 where it is no address; long
// says that one of them has three digits or more, and one a figure.
func ipv6Groups(a string) (groups int, long bool) {
	head, tail, short := strings.Cut(a, "::")
	if strings.Contains(tail, "::") || !short && strings.Count(a, ":") < 6 {
		return -1, false
	}
	width, figure := 0, false
	for _, part := range [...]string{head, tail} {
		if part == "" {
			continue
		}
		for rest, more := part, true; more; {
			var g string
			g, rest, more = strings.Cut(rest, ":")
			figure = figure || strings.ContainsAny(g, "0123456789")
			switch {
			case g != "" && len(g) <= 4 && strings.IndexByte(g, '.') < 0:
				width++
				long = long || len(g) > 2
			case !more && (part == tail || !short) && isDottedQuad(g):
				width += 2
				long = true
			default:
				return -1, false
			}
			groups++
		}
	}
	if width > 8 || short && width == 8 || !short && width < 8 {
		return -1, false
	}
	return groups, long && figure
}

// isDottedQuad reports whether g is an address of version 4 without zeros in
// front of its numbers.
func isDottedQuad(g string) bool {
	for n := range 4 {
		one, rest, more := strings.Cut(g, ".")
		if one == "" || len(one) > 3 || len(one) > 1 && one[0] == '0' || more != (n < 3) {
			return false
		}
		for i := range len(one) {
			if !digit(one[i]) {
				return false
			}
		}
		if number(one) > 255 {
			return false
		}
		g = rest
	}
	return true
}
