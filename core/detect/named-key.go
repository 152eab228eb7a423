package detect

import "strings"

const (
	keyNouns = "*api key|*api_key|*apikey|*api-key|*secret key|*secret_key|*secretkey|*access key|*access_key|*accesskey|*client secret|*client_secret|*clientsecret|" +
		"*access token|*access_token|*auth token|*auth_token|*private token|*private_token|*refresh token|*refresh_token|bearer|*token|*secret|accountkey|sharedaccesskey|" +
		"encryption key|*encryption_key|*signing key|*signing_key|*license key|licence key|*webhook secret|subscription key|instrumentationkey|*app key|*app_key|" +
		"cle api|cle d'api|cle secrete|jeton|cle d'acces|cle d'abonnement|cle de licence"
	// services whose keys have no prefix: a long random value assigned to one of
	// these names is a key of it
	keyProviders = "adafruit*|adobe*|airtable*|algolia*|alibaba*|asana*|atlassian*|confluence*|jira*|beamer*|bitbucket*|bittrex*|meraki*|cloudflare*|codecov*|" +
		"cohere*|coinbase*|confluent*|contentful*|datadog*|discord*|droneci*|dropbox*|etsy*|facebook*|fastly*|finicity*|finnhub*|flickr*|freshbooks*|gitter*|" +
		"gocardless*|heroku*|hubspot*|intercom*|jfrog*|artifactory*|bintray*|kraken*|kucoin*|launchdarkly*|linkedin*|looker*|mailchimp*|mailgun*|mapbox*|" +
		"mattermost*|messagebird*|netlify*|newrelic*|new-relic*|new_relic*|nytimes*|okta*|plaid*|rapidapi*|sendbird*|sentry*|snyk*|sonar*|sourcegraph*|" +
		"squarespace*|sumologic*|telegram*|travis*|twilio*|twitch*|twitter*|yandex*|zendesk*"
)

// keyGap is how many bytes of further words may stand between the name of a key
// and the sign or verb after which its value comes: "token for the portal is".
const keyGap = 32

// namedKey finds a value after "api key:", "token for the portal is" or "Bearer":
// sixteen characters or more, with letters and digits. After a service's name
// alone it must be assigned and look drawn by lot.
func (in *input) namedKey(h hit) {
	s, i := in.s, h.end
	name := fold(s[h.start:h.end])
	if i < len(s) && isOneOf(s[i], `"'`) {
		i++
	}
	service := oneOfWords(name, keyProviders)
	at, near := assigned(s, i), true
	switch {
	case at > 0:
	case !service && (strings.HasPrefix(s[i:], " is ") || strings.HasPrefix(s[i:], " est ")):
		at = i + strings.IndexByte(s[i+1:], ' ') + 2
	case name == "bearer" && i < len(s) && s[i] == ' ':
		at = i + 1
	default:
		at, near = in.afterGap(i, service), false
	}
	if at == 0 {
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
	n := len(v)
	if n < 10 || n > 512 || !varied(v) || !hasBoth(v) || end < len(s) && s[end] > ' ' && !isOneOf(s[end], "\"'`,.;:!?)]}&-") {
		return
	}
	switch changes := switches(v); {
	case service && (n < 20 || changes < 3),
		!near && (n < 16 || changes < 2 || strings.Contains(v, "/") && strings.Contains(v, ".")),
		n < 16 && (changes < 3 || !strings.Contains(name, "key")):
		return
	}
	in.report(at, end, 900, "stated")
}

// afterGap is where a value begins after up to keyGap bytes of words and an
// assignment sign or a verb (a sign only, after a service's name), or 0.
func (in *input) afterGap(i int, service bool) int {
	s := in.s
	for last := min(i+keyGap, len(s)); i < last; i++ {
		switch b := s[i]; {
		case isOneOf(b, ":=") || b == '-' && i+1 < len(s) && s[i+1] == '>':
			return assigned(s, i)
		case b == ' ' && !service && strings.HasPrefix(s[i:], " is "):
			return i + len(" is ")
		case b == ' ' && !service && strings.HasPrefix(s[i:], " est "):
			return i + len(" est ")
		case !alnum(b) && !isOneOf(b, " _-.'"), b == '.' && i+1 < len(s) && s[i+1] == ' ':
			return 0
		}
	}
	return 0
}

// switches counts the places where a digit and a letter stand side by side: a
// value drawn by lot has many, a name or a date few.
func switches(s string) (n int) {
	for i := 1; i < len(s); i++ {
		if digit(s[i-1]) && letter(s[i]) || letter(s[i-1]) && digit(s[i]) {
			n++
		}
	}
	return n
}

func hasBoth(s string) bool {
	letters, digits := false, false
	for i := range len(s) {
		letters = letters || letter(s[i])
		digits = digits || digit(s[i])
	}
	return letters && digits
}

// basicLogin finds "Basic " and base64 of user:password (RFC 7617).
func (in *input) basicLogin(h hit) {
	if h.end >= len(in.s) || in.s[h.end] != ' ' {
		return
	}
	n := span(in.s[h.end+1:], 'C', 512)
	login := decode64(in.s[h.end+1 : h.end+1+n])
	if user, secret, ok := strings.Cut(login, ":"); ok && printable(login) && user != "" && len(secret) > 2 {
		in.report(h.end+1, h.end+1+n, 960, "format")
	}
}

// commandLogin finds the user:password after -u or --user of a curl command.
func (in *input) commandLogin(h hit) {
	s := in.s[h.end:min(len(in.s), h.end+256)]
	at := -1
	for _, option := range [...]string{" -u ", " --user "} {
		if i := strings.Index(s, option); i >= 0 && (at < 0 || i+len(option) < at) {
			at = i + len(option)
		}
	}
	if at < 0 {
		return
	}
	for at < len(s) && isOneOf(s[at], `"'`) {
		at++
	}
	end := at
	for end < len(s) && !closesWord(s[end]) {
		end++
	}
	user, secret, ok := strings.Cut(s[at:end], ":")
	if ok && user != "" && len(secret) > 2 && !repeated(secret) && !isOneOf(secret[0], "<[{$") {
		in.report(h.end+at, h.end+end, 900, "userinfo")
	}
}

// decode64 decodes base64 or base64url (RFC 4648), with or without padding, ""
// where it is neither.
func decode64(s string) string {
	s = strings.TrimRight(s, "=")
	out := make([]byte, 0, len(s)*3/4)
	bits, have := uint32(0), 0
	for i := range len(s) {
		v := uint32(0)
		switch b := s[i]; {
		case upper(b):
			v = uint32(b - 'A')
		case lower(b):
			v = uint32(b-'a') + 26
		case digit(b):
			v = uint32(b-'0') + 52
		case b == '+' || b == '-':
			v = 62
		case b == '/' || b == '_':
			v = 63
		default:
			return ""
		}
		bits, have = bits<<6|v, have+6
		if have >= 8 {
			have -= 8
			out = append(out, byte(bits>>have))
		}
	}
	if have >= 6 {
		return ""
	}
	return string(out)
}

// printable reports whether s is visible ASCII and spaces.
func printable(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return s != ""
}
