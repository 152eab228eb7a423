package detect

// macAddress finds hardware addresses of network cards: six pairs of hexadecimal
// digits apart by colons or hyphens, or three groups of four apart by full stops.
//
// IEEE 802-2014 clause 8 (EUI-48, hexadecimal representation). All ones is the
// broadcast address, all zeros none. Without a word there must be both a figure
// and a letter, since 10-11-12-01-02-03 may be anything.
//
// Hit: "00:1A:2B:3C:4D:5E". Near miss: "00:1A:2B:3C:4D", five pairs.
var macAddress = detector{
	id: "mac-address", class: ClassContact,
	source:  "IEEE Std 802-2014 clause 8; IEEE Registration Authority, EUI-48",
	about:   "hardware address of a device (MAC)",
	reasons: "context format",
	words:   "mac|macs|mac address|mac addresses|hardware address|physical address|ethernet|bssid|nic|adresse mac|adresse materielle|adresse physique",
	find:    findMAC,
}

func findMAC(in *input) {
	last := 0 // end of the last address
	for _, g := range in.groups {
		if g.start < last || g.end-g.start > 4 {
			continue
		}
		start := g.start
		for start > 0 && g.start-start < 4 && hexDigit(in.s[start-1]) {
			start--
		}
		// The group with the first figure may be any of the six.
		for n := 0; n < 6 && start >= 0; n++ {
			if end := in.mac(start); end > 0 {
				last = end
				break
			}
			start = in.pairBefore(start)
		}
	}
	if in.seen&in.words == 0 {
		return
	}
	for i, s := 0, in.s; i+14 <= len(s); i++ { // one without any figure
		if (s[i+2] == ':' || s[i+2] == '-' || s[i+4] == '.') && letter(s[i]) && (i == 0 || !alnum(s[i-1])) {
			in.mac(i)
		}
	}
}

// pairBefore is where the group of hexadecimal digits begins that ends a
// separator before start, -1 for none.
func (in *input) pairBefore(start int) int {
	s, i := in.s, start-1
	if i < 1 || !isOneOf(s[i], ":-.") {
		return -1
	}
	end := i
	for i > 0 && end-i < 4 && hexDigit(s[i-1]) {
		i--
	}
	if i == end {
		return -1
	}
	return i
}

// mac reports the address that begins at start and gives its end, 0 for none.
func (in *input) mac(start int) int {
	s, size, seps := in.s, 2, ":-"
	if start+4 < len(s) && s[start+4] == '.' {
		size, seps = 4, "."
	}
	end, sep, figure, letters := start, byte(0), false, false
	for n := range 12 {
		if n > 0 && n%size == 0 {
			if end >= len(s) || n == size && !isOneOf(s[end], seps) || n > size && s[end] != sep {
				return 0
			}
			sep = s[end]
			end++
		}
		if end >= len(s) || !hexDigit(s[end]) {
			return 0
		}
		figure, letters = figure || digit(s[end]), letters || letter(s[end])
		end++
	}
	if start > 0 && (alnum(s[start-1]) || s[start-1] == sep) || end < len(s) && (alnum(s[end]) || s[end] == sep && sep != '.') || nobody(s[start:end]) {
		return 0
	}
	switch {
	case in.context(start, end):
		in.report(start, end, 980, "context")
	case figure && letters:
		in.report(start, end, 950, "format")
	}
	return end
}

// nobody reports whether all digits of an address are F or 0.
func nobody(address string) bool {
	for i := range len(address) {
		if b := address[i]; alnum(b) && b|0x20 != address[0]|0x20 || alnum(b) && !isOneOf(b|0x20, "f0") {
			return false
		}
	}
	return true
}
