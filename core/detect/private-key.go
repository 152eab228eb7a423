package detect

import "strings"

// privateKey finds private keys: PEM blocks (RFC 7468; also OpenSSH, PGP and
// the traditional forms), PuTTY key files and age identities.
//
// The span is the header, or the whole block where its footer follows.
//
// Hit: "-----BEGIN PRIVATE KEY-----". Near miss: "-----BEGIN PUBLIC KEY-----".
var privateKey = detector{
	id: "private-key", class: ClassSecret,
	source:  "RFC 7468; RFC 9580 section 6.2; OpenSSH PROTOCOL.key; PuTTY appendix C; age-encryption.org/v1",
	about:   "private key",
	reasons: "format",
	marks:   "private key|putty-user-key-file-*|age-secret-key-1*",
	find:    findPrivateKey,
}

// maxKey is how far from its header a footer is looked for: a 16,384-bit RSA
// key is 13 KB.
const maxKey = 16 << 10

func findPrivateKey(in *input) {
	if in.seen&in.marks == 0 {
		return
	}
	for i, h := range in.hits {
		if h.kinds&in.marks == 0 {
			continue
		}
		switch s := in.s; {
		case s[h.start]|0x20 == 'a':
			end := h.end
			for end < len(s) && end-h.end <= 58 && alnum(s[end]) {
				end++
			}
			if end-h.end == 58 {
				in.report(h.start, end, 990, "format")
			}
		case s[h.start+1]|0x20 == 'u':
			in.report(h.start, h.end, 990, "format")
		default:
			if start, end, ok := pemLine(s, h, "BEGIN "); ok {
				in.report(start, in.pemFooter(i, end), 990, "format")
			}
		}
	}
}

// pemFooter is where the block ends whose header is hit i and ends at end.
func (in *input) pemFooter(i, end int) int {
	for _, next := range in.hits[i+1:] {
		if next.start-end > maxKey {
			break
		}
		if next.kinds&in.marks != 0 {
			if _, last, ok := pemLine(in.s, next, "END "); ok {
				return last
			}
			break
		}
	}
	return end
}

// pemLine reads the line around the words PRIVATE KEY: hyphens, BEGIN or END,
// the kind in capitals, PRIVATE KEY, perhaps BLOCK, and hyphens; SSH2 files
// have a space inside the hyphens.
func pemLine(s string, h hit, verb string) (start, end int, ok bool) {
	start, end = h.start, h.end
	for start > 0 && h.start-start < 40 && (upper(s[start-1]) || digit(s[start-1]) || s[start-1] == ' ') {
		start--
	}
	label := strings.TrimLeft(s[start:end], " ")
	if !strings.HasPrefix(label, verb) || !strings.HasSuffix(label, "PRIVATE KEY") || start == 0 || s[start-1] != '-' {
		return 0, 0, false
	}
	for start > 0 && h.start-start < 64 && s[start-1] == '-' {
		start--
	}
	if strings.HasPrefix(s[end:], " BLOCK") {
		end += len(" BLOCK")
	}
	if end < len(s) && s[end] == ' ' {
		end++
	}
	hyphens := end
	for end < len(s) && s[end] == '-' && end-hyphens < 8 {
		end++
	}
	return start, end, end > hyphens
}
