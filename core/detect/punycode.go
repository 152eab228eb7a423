package detect

import "unicode/utf8"

// Parameters of Punycode for host names (RFC 3492 section 5).
const (
	punyBase, punyTMin, punyTMax, punySkew, punyDamp = 36, 1, 26, 38, 700
	punyStart                                        = 0x80
	maxLabel                                         = 63 // bytes of one label of a host (RFC 1035 section 2.3.4)
)

// decodePunycode decodes what stands after "xn--" in a label (RFC 3492 section
// 6.2). ok is false where it is no Punycode, holds no character beyond ASCII, or
// one that Unicode lacks.
func decodePunycode(s string) (label string, ok bool) {
	if s == "" || len(s) > maxLabel {
		return "", false
	}
	basic := 0
	for i := range len(s) {
		if s[i] >= 0x80 {
			return "", false
		}
		if s[i] == '-' {
			basic = i
		}
	}
	out := []rune(s[:basic])
	at := basic
	if basic > 0 || s[0] == '-' {
		at++
	}
	code, index, bias := punyStart, 0, 72
	for at < len(s) {
		before, weight := index, 1
		for k := punyBase; ; k += punyBase {
			if at >= len(s) {
				return "", false
			}
			digit := punyDigit(s[at])
			at++
			if digit < 0 || digit > (1<<30-index)/weight {
				return "", false
			}
			index += digit * weight
			limit := min(max(k-bias, punyTMin), punyTMax)
			if digit < limit {
				break
			}
			if weight > (1<<30)/(punyBase-limit) {
				return "", false
			}
			weight *= punyBase - limit
		}
		n := len(out) + 1
		bias = punyAdapt(index-before, n, before == 0)
		code += index / n
		index %= n
		if code > utf8.MaxRune || !utf8.ValidRune(rune(code)) {
			return "", false
		}
		out = append(out, 0)
		copy(out[index+1:], out[index:])
		out[index] = rune(code)
		index++
	}
	return string(out), len(out) > basic
}

// punyDigit is the value of a digit, a to z 0 to 25 and 0 to 9 26 to 35, or -1.
func punyDigit(b byte) int {
	switch {
	case letter(b):
		return int(b|0x20) - 'a'
	case digit(b):
		return int(b-'0') + 26
	}
	return -1
}

func punyAdapt(delta, n int, first bool) int {
	if first {
		delta /= punyDamp
	} else {
		delta /= 2
	}
	delta += delta / n
	k := 0
	for delta > (punyBase-punyTMin)*punyTMax/2 {
		delta /= punyBase - punyTMin
		k += punyBase
	}
	return k + (punyBase-punyTMin+1)*delta/(delta+punySkew)
}
