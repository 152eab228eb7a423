package detect

import "strings"

// apiKey finds credentials of programs: keys with the prefix their issuer gives
// them, JSON Web Tokens (RFC 7519), shared access signatures, addresses with a
// password (RFC 3986 section 3.2.1), and values named as a key or token.
//
// The prefixes, alphabets and lengths are those of the issuers' documents. The
// body must use a good many different characters, so that "ghp_xxxx" in a manual
// is no finding.
//
// Hit: "AKIAIOSFODNN7EXAMPLE". Near miss: "AKIA is how AWS key ids begin".
var apiKey = detector{
	id: "api-key", class: ClassSecret,
	source:  "issuers' key formats (see keyForms); RFC 7519; RFC 3986 section 3.2.1",
	about:   "key, token or connection string of a program",
	reasons: "prefix format userinfo stated",
	marks:   keyMarks() + "eyj*|*sig=*|*://*",
	words: "*api key|*api_key|*apikey|*api-key|*secret key|*secret_key|*secretkey|*access key|*access_key|*accesskey|*client secret|*client_secret|*clientsecret|" +
		"*access token|*access_token|*auth token|*auth_token|*private token|*private_token|bearer|*token|*secret|accountkey|sharedaccesskey|" +
		"cle api|cle d'api|cle secrete|jeton|cle d'acces",
	find: findAPIKey,
}

// keyForm is a prefix and what follows it: the alphabet and the length.
type keyForm struct {
	prefix   string
	alphabet byte // U: A-Z 0-9, H: 0-9 a-f, A: letters and digits, W: those and _ -, D: those and .
	min, max int
	company  string
}

var keyForms = [...]keyForm{
	{"AKIA", 'U', 16, 16, "AWS"}, {"ASIA", 'U', 16, 16, "AWS"}, {"AIza", 'W', 35, 35, "Google"}, {"GOCSPX-", 'W', 28, 28, "Google"},
	{"ya29.", 'D', 30, 2048, "Google"}, {"ghp_", 'A', 36, 255, "GitHub"}, {"gho_", 'A', 36, 255, "GitHub"}, {"ghu_", 'A', 36, 255, "GitHub"},
	{"ghs_", 'A', 36, 255, "GitHub"}, {"ghr_", 'A', 36, 255, "GitHub"}, {"github_pat_", 'W', 60, 255, "GitHub"},
	{"glpat-", 'D', 20, 300, "GitLab"}, {"gldt-", 'W', 20, 64, "GitLab"}, {"glrt-", 'D', 20, 300, "GitLab"},
	{"xoxb-", 'W', 20, 255, "Slack"}, {"xoxp-", 'W', 20, 255, "Slack"}, {"xoxa-", 'W', 20, 255, "Slack"}, {"xoxr-", 'W', 20, 255, "Slack"},
	{"xoxs-", 'W', 20, 255, "Slack"}, {"xapp-", 'W', 20, 255, "Slack"}, {"sk_live_", 'A', 16, 255, "Stripe"}, {"sk_test_", 'A', 16, 255, "Stripe"},
	{"rk_live_", 'A', 16, 255, "Stripe"}, {"whsec_", 'A', 24, 255, "Stripe"}, {"sk-proj-", 'W', 40, 255, "OpenAI"}, {"sk-ant-", 'W', 40, 255, "Anthropic"},
	{"sk-", 'A', 40, 64, "OpenAI"}, {"SG.", 'D', 60, 80, "SendGrid"}, {"npm_", 'A', 36, 36, "npm"}, {"pypi-", 'W', 80, 512, "PyPI"},
	{"hf_", 'A', 30, 40, "Hugging Face"}, {"dop_v1_", 'H', 64, 64, "DigitalOcean"}, {"shpat_", 'H', 32, 32, "Shopify"},
	{"sq0atp-", 'W', 22, 22, "Square"}, {"sq0csp-", 'W', 43, 43, "Square"}, {"dckr_pat_", 'W', 27, 27, "Docker"}, {"hvs.", 'W', 24, 255, "Vault"},
	{"dapi", 'H', 32, 32, "Databricks"}, {"ATATT3", 'W', 60, 255, "Atlassian"}, {"glsa_", 'W', 40, 48, "Grafana"}, {"lin_api_", 'A', 40, 40, "Linear"},
	{"NRAK-", 'U', 27, 27, "New Relic"}, {"PMAK-", 'W', 59, 59, "Postman"}, {"rubygems_", 'H', 48, 48, "RubyGems"}, {"key-", 'H', 32, 32, "Mailgun"},
}

func keyMarks() string {
	out := ""
	for _, f := range keyForms {
		out += strings.ToLower(f.prefix) + "*|"
	}
	return out
}

func findAPIKey(in *input) {
	if in.seen&(in.marks|in.words) == 0 {
		return
	}
	for _, h := range in.hits {
		if h.kinds&in.words != 0 {
			in.namedKey(h)
		}
		if h.kinds&in.marks == 0 {
			continue
		}
		switch in.s[h.start:h.end] {
		case "://":
			in.connection(h)
		case "eyJ":
			in.webToken(h)
		default:
			if fold(in.s[h.start:h.end]) == "sig=" {
				in.accessSignature(h)
			} else {
				in.prefixedKey(h)
			}
		}
	}
}

// prefixedKey tries the issuer's form whose prefix is at h.
func (in *input) prefixedKey(h hit) {
	for i := range keyForms {
		f := &keyForms[i]
		if in.s[h.start:h.end] != f.prefix {
			continue
		}
		n := span(in.s[h.end:], f.alphabet, f.max+1)
		if body := in.s[h.end : h.end+n]; n >= f.min && n <= f.max && varied(body) && strings.ContainsAny(body, "0123456789") {
			in.report(h.start, h.end+n, 980, "prefix")
		}
	}
}

// span counts the bytes at the start of s that belong to an alphabet, up to most.
func span(s string, alphabet byte, most int) int {
	n := 0
	for n < len(s) && n < most && inAlphabet(s[n], alphabet) {
		n++
	}
	for alphabet != 'A' && n > 0 && n < most && isOneOf(s[n-1], ".-") {
		n--
	}
	return n
}

func inAlphabet(b, alphabet byte) bool {
	switch alphabet {
	case '9':
		return digit(b)
	case 'U':
		return upper(b) || digit(b)
	case 'H':
		return digit(b) || b >= 'a' && b <= 'f'
	case 'W':
		return alnum(b) || b == '_' || b == '-'
	case 'D':
		return alnum(b) || b == '_' || b == '-' || b == '.'
	}
	return alnum(b)
}

// varied reports whether a secret's body uses at least eight different bytes.
func varied(s string) bool {
	var seen [256]bool
	n := 0
	for i := range len(s) {
		if !seen[s[i]] {
			seen[s[i]] = true
			n++
		}
	}
	return n >= 8
}
