package detect

import "strings"

// maxProtected bounds how many protected domains a host is compared with.
const maxProtected = 256

// imitates compares a host, as seen and in plain letters, with the protected
// domains: the one it imitates, how, and how sure that is.
func (in *input) imitates(host, seen string) (r risk) {
	protected := in.protected[:min(len(in.protected), maxProtected)]
	for _, p := range protected {
		if p = fold(p); host == p || strings.HasSuffix(host, "."+p) {
			return risk{}
		}
	}
	if official(host) {
		return risk{}
	}
	look := skeleton(seen)
	for _, p := range protected {
		if confidence := resembles(look, skeleton(p)); confidence > r.confidence {
			r = risk{reason: "lookalike", confidence: confidence, is: host, shows: fold(p)}
		}
	}
	return r
}

// official reports whether a host is of a domain that only governments can
// register: .gov, .mil, gov.wales, gouv.fr, gc.ca. Another government's site is no
// imitation of ours.
func official(host string) bool {
	labels := strings.Split(host, ".")
	n := len(labels)
	if last := labels[n-1]; last == "gov" || last == "mil" || last == "int" {
		return true
	}
	return n > 1 && isWord(labels[n-2], " gov gouv govt gob go gub gc mil gv ") && (len(labels[n-1]) == 2 || isWord(labels[n-1], " wales scot ")) ||
		n > 2 && labels[n-1] == "ca" && isWord(labels[n-2], " ab bc mb nb nf nl ns nt nu on pe qc sk yk ") && labels[n-3] == "gov"
}

// resembles is how surely a host imitates a protected domain, both as skeletons,
// 0 for not.
func resembles(host, domain string) int {
	size := strings.Count(domain, ".") + 1
	tail := lastLabels(host, size)
	if tail == domain {
		return 950 // in other letters: g0v.uk
	}
	if strings.Count(host, ".") >= size-1 && typo(tail, domain) {
		return 800
	}
	flat, dashed := strings.ReplaceAll(host, ".", "-"), strings.ReplaceAll(domain, ".", "-")
	if at := bounded(flat, dashed); at >= 0 {
		if at+len(dashed) == len(flat) {
			return 700 // air-canada.ca
		}
		return 850 // gov.uk.example, www-gov-uk.example
	}
	joined := strings.ReplaceAll(domain, ".", "")
	if at := bounded(flat, joined); size == 2 && len(joined) >= 5 && at >= 0 && at+len(joined) < len(flat) {
		return 700 // govuk-refund.example
	}
	return 0
}

// lastLabels are the last n labels of a host.
func lastLabels(host string, n int) string {
	for i := len(host) - 1; i >= 0; i-- {
		if host[i] == '.' {
			if n--; n == 0 {
				return host[i+1:]
			}
		}
	}
	return host
}

// bounded is where part stands in s between hyphens or the ends, or -1.
func bounded(s, part string) int {
	for at := 0; ; at++ {
		i := strings.Index(s[at:], part)
		if i < 0 {
			return -1
		}
		at += i
		end := at + len(part)
		if (at == 0 || s[at-1] == '-') && (end == len(s) || s[end] == '-') {
			return at
		}
	}
}

// Domains shorter than these many bytes have too many honest neighbours one or
// two slips away (gov.uk and gov.ua).
const (
	oneSlip  = 9
	twoSlips = 15
)

// typo reports whether a is b with a slip or two of the fingers: a letter left
// out, put in, changed or swapped with its neighbour; in a short domain swapped only.
func typo(a, b string) bool {
	n := len(b)
	most := 1
	if n >= twoSlips {
		most = 2
	}
	if d := len(a) - n; a == b || d > most || -d > most || n >= oneSlip && a[0] != b[0] && a[len(a)-1] != b[n-1] {
		return false
	}
	if n < oneSlip {
		return swapped(a, b)
	}
	return slips(a, b, most) <= most
}

// swapped reports whether a is b with two neighbours swapped.
func swapped(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}

// slips is the edit distance of a and b with neighbours swapped as one edit (the
// restricted Damerau-Levenshtein distance), or more than most.
func slips(a, b string, most int) int {
	for a != "" && b != "" && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	switch {
	case a == "" || b == "":
		return len(a) + len(b)
	case most == 0:
		return 1
	}
	best := slips(a[1:], b[1:], most-1)
	best = min(best, slips(a[1:], b, most-1), slips(a, b[1:], most-1))
	if len(a) > 1 && len(b) > 1 && a[0] == b[1] && a[1] == b[0] {
		best = min(best, slips(a[2:], b[2:], most-1))
	}
	return best + 1
}
