package detect

import "strings"

// webToken finds a JSON Web Token, signed (three parts of base64url) or encrypted
// (five): the first is a JSON object that names an algorithm.
func (in *input) webToken(h hit) {
	s := in.s
	if h.start > 0 && isOneOf(s[h.start-1], "-_.") {
		return
	}
	end := h.start + span(s[h.start:], 'D', maxToken)
	header, rest, _ := strings.Cut(s[h.start:end], ".")
	dots := strings.Count(rest, ".")
	if (dots != 1 && dots != 3) || len(rest) < 16 || rest[0] == '.' {
		return
	}
	if object := decode64(header); strings.HasPrefix(object, "{") && strings.Contains(object, `"alg"`) && printable(object) {
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

// connectionSchemes are those whose addresses carry a login to a service. In an
// http address a login is a trick, which link finds, unless it looks like one.
const connectionSchemes = " http https postgres postgresql mysql mariadb mongodb mongodb+srv redis rediss amqp amqps mssql sqlserver oracle ftp ftps sftp ssh " +
	"smtp smtps imap imaps ldap ldaps clickhouse cockroachdb kafka nats mqtt mqtts smb neo4j bolt cassandra couchbase couchdb db2 snowflake redshift influxdb " +
	"elasticsearch jdbc odbc socks5 ws wss rtsp rtmp svn git vnc rdp webdav dav davs "

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
	if !ok || !ok2 || secret == "" || repeated(secret) || isOneOf(secret[0], "<[{$") {
		return
	}
	if s[start]|0x20 == 'h' && (len(secret) < 6 || strings.Contains(login, ".") || strings.Trim(secret, "0123456789") == "" || !hasBoth(secret)) {
		return
	}
	in.report(start, end, 975, "userinfo")
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return "", s, false
}
