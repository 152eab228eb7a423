package detect

import (
	"net/netip"
	"strconv"
	"strings"
)

// address is the oracle's aloneAsAddress.
func (o *oracle) address(a, b int) bool {
	return !rx(`(?:[0-9A-Za-z_]|\d[-.])$`).MatchString(o.s[max(0, a-2):a]) && !rx(`^(?:[0-9A-Za-z_]|\.\d)`).MatchString(o.s[b:])
}

func (o *oracle) linked(a int) bool {
	return rx(`://|www\.`).MatchString(rx(`[^\x00- ]*$`).FindString(o.s[max(0, a-128):a]))
}

// withPrefix is where an address that ends at b ends with its prefix length.
func (o *oracle) withPrefix(b, limit int) int {
	m := rx(`^/(\d{1,3})(?:$|[^0-9A-Za-z])`).FindStringSubmatch(o.s[b:])
	if m == nil {
		return b
	}
	if n, _ := strconv.Atoi(m[1]); n > limit {
		return b
	}
	return b + 1 + len(m[1])
}

func oracleIP(o *oracle) {
	var six [][2]int
	each(`[0-9A-Fa-f:.]+`, o.s, func(m []int) {
		if rx(`[0-9A-Fa-f:.]$`).MatchString(o.s[max(0, m[0]-1):m[0]]) {
			return
		}
		a, b := m[0], m[1]
		if rx(`\.$|[^:]:$`).MatchString(o.s[a:b]) {
			b--
		}
		ip, err := netip.ParseAddr(o.s[a:b])
		if err != nil || o.linked(a) || !strings.Contains(o.s[a:b], ":") || rx(`[0-9A-Za-z_]$`).MatchString(o.s[max(0, a-1):a]) || rx(`^[0-9A-Za-z_]`).MatchString(o.s[b:]) ||
			!ip.IsValid() || !rx(`::|\d`).MatchString(o.s[a:b]) {
			return
		}
		zone := rx(`^%[0-9A-Za-z]+`).FindString(o.s[b:])
		c := o.withPrefix(b+len(zone), 128)
		six = append(six, [2]int{a, c})
		groups := rx(`[0-9A-Fa-f.]+`).FindAllString(o.s[a:b], -1)
		long := rx(`\d`).MatchString(o.s[a:b]) && rx(`[0-9A-Fa-f]{3}|\.`).MatchString(o.s[a:b])
		switch {
		case o.context(a, c):
			o.report(a, c, 970, "context")
		case c > b, len(groups) > 2, len(groups) == 2 && long:
			o.report(a, c, 950, "format")
		}
	})
	each(`(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})`, o.s, func(m []int) {
		var n [4]int
		for i := range n {
			n[i], _ = strconv.Atoi(o.s[m[2*i+2]:m[2*i+3]])
		}
		a, b := m[0], o.withPrefix(m[1], 32)
		for _, s := range six {
			if a >= s[0] && a < s[1] {
				return
			}
		}
		if max(n[0], n[1], n[2], n[3]) > 255 || o.linked(a) || strings.HasSuffix(o.s[:a], "/") || !o.address(a, b) {
			return
		}
		own := rx(`^(?:0*10|127|192\.168|172\.0?(?:1[6-9]|2\d|3[01]))\.`).MatchString(o.s[a:])
		switch {
		case o.context(a, b):
			o.report(a, b, 970, "context")
		case own || max(n[0], n[1], n[2], n[3]) > 31:
			o.report(a, b, 900, "format")
		}
	})
}

func oracleMAC(o *oracle) {
	const h = `[0-9A-Fa-f]`
	for _, p := range []string{
		h + `{2}(?::` + h + `{2}){5}`, h + `{2}(?:-` + h + `{2}){5}`, h + `{4}(?:\.` + h + `{4}){2}`,
	} {
		each(p, o.s, func(m []int) {
			a, b := m[0], m[1]
			sep := rx(`[:.-]`).FindString(o.s[a:b])
			digits := strings.ToUpper(strings.ReplaceAll(o.s[a:b], sep, ""))
			before, after := o.s[max(0, a-1):a], o.s[b:min(len(o.s), b+1)]
			if rx(`[0-9A-Za-z]`).MatchString(before+after) || before == sep || after == sep && sep != "." || rx(`^(?:0+|F+)$`).MatchString(digits) {
				return
			}
			switch {
			case o.context(a, b):
				o.report(a, b, 980, "context")
			case rx(`\d`).MatchString(digits) && rx(`[A-F]`).MatchString(digits):
				o.report(a, b, 950, "format")
			}
		})
	}
}
