package detect

import "strings"

// webToken finds a JSON Web Token: three parts of base64url with full stops
// between, the first two being JSON objects.
func (in *input) webToken(h hit) {
	s := in.s
	if h.start > 0 && isOneOf(s[h.start-1], "-_.") {
		return
	}
	one := h.start + span(s[h.start:], 'W', maxToken)
	if one+4 > len(s) || s[one] != '.' || s[one+1:one+4] != "eyJ" {
		return
	}
	two := one + 1 + span(s[one+1:], 'W', maxToken)
	if two >= len(s) || s[two] != '.' {
		return
	}
	end := two + 1 + span(s[two+1:], 'W', maxToken)
	if one-h.start >= 10 && end-two > 10 {
		in.report(h.start, end, 980, "format")
	}
}

// maxToken bounds the length of one token, in bytes.
const maxToken = 4096

// accessSignature finds a shared access signature: a query with sv= or se= and
// sig=.
func (in *input) accessSignature(h hit) {
	s, start, end := in.s, h.start, h.end
	value, _, _ := strings.Cut(s[end:min(len(s), end+128)], "&")
	if len(value) < 8 || !strings.ContainsAny(value, "0123456789") {
		return
	}
	for start > 0 && h.start-start < 512 && !closesWord(s[start-1]) {
		start--
	}
	for end < len(s) && end-h.end < 512 && !closesWord(s[end]) {
		end++
	}
	for end > h.end && isOneOf(s[end-1], ".,;:!?)]}") {
		end--
	}
	value, _, _ = strings.Cut(s[h.end:min(end, h.end+128)], "&")
	before, after := s[start:h.start], s[h.end:end]
	if len(value) >= 8 && strings.ContainsAny(value, "0123456789") &&
		(strings.Contains(before, "sv=20") || strings.Contains(before, "se=20") || strings.Contains(after, "&sv=20") || strings.Contains(after, "&se=20")) {
		in.report(start, end, 950, "format")
	}
}

// connectionSchemes are those whose addresses carry a login to a service; for
// http the same is a trick, which link finds.
const connectionSchemes = " postgres postgresql mysql mariadb mongodb mongodb+srv redis rediss amqp amqps mssql sqlserver oracle ftp ftps sftp ssh " +
	"smtp smtps imap imaps ldap ldaps clickhouse cockroachdb kafka nats mqtt mqtts smb "

// connection finds scheme://user:password@host.
func (in *input) connection(h hit) {
	s, start, end := in.s, h.start, h.end
	for start > 0 && h.start-start < 20 && (alnum(s[start-1]) || s[start-1] == '+') {
		start--
	}
	if !isWord(fold(s[start:h.start]), connectionSchemes) {
		return
	}
	for end < len(s) && end-h.end < 512 && !closesWord(s[end]) {
		end++
	}
	for end > h.end && isOneOf(s[end-1], ".,;:!?)]}") {
		end--
	}
	authority := s[h.end:end]
	if n := strings.IndexAny(authority, "/?#"); n >= 0 {
		authority = authority[:n]
	}
	login, _, ok := cutLast(authority, "@")
	_, secret, ok2 := strings.Cut(login, ":")
	if ok && ok2 && secret != "" && !repeated(secret) && !isOneOf(secret[0], "<[{$") {
		in.report(start, end, 970, "userinfo")
	}
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return "", s, false
}

// namedKey finds a value after "api key:", "token =", "client secret is" or
// "Bearer": sixteen characters or more, with letters and digits.
func (in *input) namedKey(h hit) {
	s, i := in.s, h.end
	if i < len(s) && isOneOf(s[i], `"'`) {
		i++
	}
	at := assigned(s, i)
	switch {
	case at > 0:
	case strings.HasPrefix(s[i:], " is ") || strings.HasPrefix(s[i:], " est "):
		at = i + strings.IndexByte(s[i+1:], ' ') + 2
	case fold(s[h.start:h.end]) == "bearer" && i < len(s) && s[i] == ' ':
		at = i + 1
	default:
		return
	}
	if at < len(s) && isOneOf(s[at], "\"'`") {
		at++
	}
	end := at
	for end < len(s) && end-at <= 512 && (alnum(s[end]) || isOneOf(s[end], "_-+/.=~")) {
		end++
	}
	for end > at && isOneOf(s[end-1], ".-") {
		end--
	}
	v := s[at:end]
	if n := len(v); n >= 16 && n <= 512 && varied(v) && hasBoth(v) && (end == len(s) || s[end] <= ' ' || isOneOf(s[end], "\"'`,.;:!?)]}&-")) {
		in.report(at, end, 900, "stated")
	}
}

func hasBoth(s string) bool {
	letters, digits := false, false
	for i := range len(s) {
		letters = letters || letter(s[i])
		digits = digits || digit(s[i])
	}
	return letters && digits
}
