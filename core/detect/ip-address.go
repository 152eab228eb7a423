package detect

// ipAddress finds addresses of the Internet protocol, with a prefix length or
// zone where there is one. An address tells of a network, seldom of a person:
// packs treat it as worth a notice.
//
// Version 4 (RFC 791): four numbers up to 255. Numbers of sections and versions
// look alike (3.1.2.4): without a word an address counts where it is private
// (RFC 1918), of the machine itself, or has a number above 31. Version 6 (RFC
// 4291 section 2.2): eight groups of up to four hexadecimal digits, one run of
// zero groups written "::", the last two groups also as version 4.
//
// Hit: "ssh to 192.168.4.20". Near miss: "version 4.2.1.3".
var ipAddress = detector{
	id: "ip-address", class: ClassContact,
	source:  "RFC 791; RFC 1918; RFC 4291 section 2.2; RFC 4632 section 3.1; RFC 4007 section 11",
	about:   "address of a device on the Internet",
	reasons: "context format",
	words: "ip|ips|ip address|ipv4|ipv6|address|addresses|subnet|subnets|cidr|gateway|router|firewall|vpn|dns|host|hosts|localhost|server|servers|" +
		"ping|ssh|rdp|proxy|vlan|port|printer|adresse|adresse ip|adresses ip|sous-reseau|passerelle|routeur|pare-feu|serveur|serveurs|imprimante",
	marks: "*::*",
	find:  findIP,
}

func findIP(in *input) {
	last := 0
	for i, g := range in.groups {
		if g.start < last {
			continue
		}
		s := in.s
		if g.start > 0 && s[g.start-1] == ':' || g.end < len(s) && s[g.end] == ':' || hexBeside(s, g) {
			if end := in.ipv6(g.start); end > 0 {
				last = end
				continue
			}
		}
		if end, ok := in.ipv4(i); ok {
			last = end
		}
	}
	if in.seen&in.marks == 0 {
		return
	}
	for _, h := range in.hits {
		if h.kinds&in.marks != 0 {
			in.ipv6(h.start)
		}
	}
}

func hexDigit(b byte) bool { return digit(b) || b|0x20-'a' < 6 }

// hexBeside reports whether letters A to F touch the group and a colon comes
// after them or before.
func hexBeside(s string, g group) bool {
	i, j := g.start, g.end
	for i > 0 && g.start-i < 4 && hexDigit(s[i-1]) {
		i--
	}
	for j < len(s) && j-g.end < 4 && hexDigit(s[j]) {
		j++
	}
	return i > 0 && s[i-1] == ':' || j < len(s) && s[j] == ':'
}

// ipv4 reads groups i to i+3; end is where the address ends, with its prefix.
func (in *input) ipv4(i int) (end int, ok bool) {
	if i+4 > len(in.groups) || !in.gap(i, ".") || !in.gap(i+1, ".") || !in.gap(i+2, ".") {
		return 0, false
	}
	var n [4]int
	for k := range n {
		g := in.groups[i+k]
		if g.end-g.start > 3 {
			return 0, false
		}
		if n[k] = in.value(i + k); n[k] > 255 {
			return 0, false
		}
	}
	s, start := in.s, in.groups[i].start
	end = prefixEnd(s, in.groups[i+3].end, 32)
	if in.inLink(start) || start > 0 && s[start-1] == '/' || !in.aloneAsAddress(start, end) {
		return 0, false
	}
	own := n[0] == 10 || n[0] == 127 || n[0] == 192 && n[1] == 168 || n[0] == 172 && n[1] >= 16 && n[1] <= 31
	switch {
	case in.context(start, end):
		in.report(start, end, 970, "context")
	case own || max(n[0], n[1], n[2], n[3]) > 31:
		in.report(start, end, 900, "format")
	}
	return end, true
}

// prefixEnd is where an address that ends at i ends with a prefix length of at
// most limit behind a slash.
func prefixEnd(s string, i, limit int) int {
	end := i + 1
	for end < len(s) && end-i < 5 && digit(s[end]) {
		end++
	}
	if i == len(s) || s[i] != '/' || end == i+1 || end-i > 4 || number(s[i+1:end]) > limit || end < len(s) && alnum(s[end]) {
		return i
	}
	return end
}

// aloneAsAddress is alone for what may stand before a slash, an @ or a range.
func (in *input) aloneAsAddress(a, b int) bool {
	s := in.s
	if a > 0 && (alnum(s[a-1]) || s[a-1] == '_') || a > 1 && isOneOf(s[a-1], "-.") && digit(s[a-2]) {
		return false
	}
	return b == len(s) || !alnum(s[b]) && s[b] != '_' && (s[b] != '.' || b+1 == len(s) || !digit(s[b+1]))
}
