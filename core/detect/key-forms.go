package detect

import "strings"

// keyForm is a prefix that an issuer gives its keys and what follows it.
type keyForm struct {
	prefix   string
	alphabet byte // see inAlphabet
	min, max int  // bytes after the prefix
}

// keyTable is "prefix alphabet min max|" for each kind of key, by issuer. The
// facts are those of the issuers' documents and of the rule lists of gitleaks
// and secretlint; min and max are wider where an issuer says that lengths change.
const keyTable = "" +
	// clouds: AWS, Google, Alibaba, Tencent, DigitalOcean, Heroku, Fly, OpenShift, PlanetScale, Supabase, Netlify, Render, Scaleway, Vercel, Dynatrace
	"AKIA U 16 16|ASIA U 16 16|ABIA U 16 16|ACCA U 16 16|A3T U 17 17|ABSK C 109 272|bedrock-api-key- C 40 2048|AIza W 35 35|GOCSPX- W 28 28|ya29. D 30 2048|1//0 W 38 160|" +
	"LTAI A 16 24|AKID A 32 32|dop_v1_ H 64 64|doo_v1_ H 64 64|dor_v1_ H 64 64|HRKU-AA W 58 58|fo1_ W 43 43|fm1r_ C 100 2048|fm1a_ C 100 2048|fm2_ C 100 2048|" +
	"sha256~ W 43 43|pscale_tkn_ D 32 64|pscale_oauth_ D 32 64|pscale_pw_ D 32 64|sbp_ H 40 40|sb_secret_ W 20 64|nfp_ A 36 40|rnd_ A 28 32|SCW U 17 17|tk-us- W 48 48|" +
	"vcp_ A 20 60|vci_ A 20 60|vca_ A 20 60|vcr_ A 20 60|vck_ A 20 60|dt0c01. D 80 100|v1.0- H 24 24|" +
	// HashiCorp, Pulumi, Doppler, 1Password, Infracost, Prefect, Databricks, Akamai
	"hvs. W 24 300|hvb. W 100 300|hvr. W 90 300|s. A 24 24|pul- H 40 40|dp.pt. A 40 44|dp.st. D 40 80|dp.ct. A 40 44|dp.sa. A 40 44|dp.scim. A 40 44|dp.audit. A 40 44|" +
	"ops_ C 250 2048|A3- K 36 37|ico- A 32 32|pnu_ A 36 36|dapi H 32 32|akab- D 30 64|" +
	// source code: GitHub, GitLab, Bitbucket, Atlassian, Sourcegraph, Sonar, packages (npm, PyPI, RubyGems, Clojars, NuGet, Cargo, Docker, JFrog), CI
	"ghp_ A 36 255|gho_ A 36 255|ghu_ A 36 255|ghs_ A 36 255|ghr_ A 36 255|github_pat_ W 60 255|glpat- D 20 320|gldt- D 20 320|glrt- D 20 320|glcbt- W 20 64|glptt- H 40 40|" +
	"glft- W 20 64|glimt- W 25 64|glagent- W 50 64|gloas- W 64 64|glffct- W 20 64|glsoat- W 20 64|GR1348941 W 20 20|_gitlab_session= H 32 32|" +
	"ATBB A 28 40|ATCTT3 C 60 255|ATATT3 C 60 255|ATTA X 72 72|BBDC- C 40 48|sgp_ W 40 60|squ_ H 40 40|sqp_ H 40 40|sqa_ H 40 40|npm_ A 36 36|pypi- W 80 1024|" +
	"rubygems_ H 48 48|CLOJARS_ A 60 60|oy2 A 43 43|cio A 32 32|dckr_pat_ W 27 27|dckr_oat_ W 27 32|AKCp A 69 69|cmVmd A 59 59|API- U 25 32|CCIPAT_ W 40 80|bkua_ H 40 40|" +
	// chat and mail: Slack, Discord, Teams, SendGrid, Mailgun, Mailchimp, Brevo, MailerSend, Resend, Twilio, Facebook, GOV.UK-style Notify of Canada
	"xoxb- W 16 255|xoxp- W 16 255|xoxa- W 16 255|xoxr- W 16 255|xoxs- W 16 255|xoxo- W 16 255|xoxe- W 16 255|xoxc- W 16 255|xoxe.xoxp- W 100 255|xoxe.xoxb- W 100 255|xapp- W 20 255|" +
	"hooks.slack.com/services/ S 30 64|hooks.slack.com/workflows/ S 30 96|hooks.slack.com/triggers/ S 30 96|discord.com/api/webhooks/ S 60 120|discordapp.com/api/webhooks/ S 60 120|" +
	".webhook.office.com/webhookb2/ R 100 300|SG. D 60 80|key- H 32 32|pubkey- H 32 32|xkeysib- W 81 81|xsmtpsib- W 81 81|mlsn. H 64 64|re_ W 30 40|" +
	// Twilio: SK and 32 digits of hexadecimal; SK alone is Saskatchewan
	"SK0 X 31 31|SK1 X 31 31|SK2 X 31 31|SK3 X 31 31|SK4 X 31 31|SK5 X 31 31|SK6 X 31 31|SK7 X 31 31|SK8 X 31 31|SK9 X 31 31|SKa X 31 31|SKb X 31 31|SKc X 31 31|SKd X 31 31|SKe X 31 31|SKf X 31 31|" +
	"EAAM A 90 400|EAAC A 90 400|EAAB A 90 400|EAAG A 90 400|gcntfy- W 73 140|" +
	// payment: Stripe, Square, Shopify, Plaid, GoCardless, EasyPost, Shippo, Flutterwave, Duffel, Amazon
	"sk_live_ A 10 255|sk_test_ A 10 255|sk_prod_ A 10 255|rk_live_ A 10 255|rk_test_ A 10 255|rk_prod_ A 10 255|whsec_ C 24 64|sq0atp- W 22 22|sq0csp- W 43 43|EAAA W 60 60|" +
	"shpat_ X 32 64|shpca_ X 32 64|shppa_ X 32 64|shpss_ X 32 64|shptka_ X 32 64|access-production- G 36 36|access-development- G 36 36|access-sandbox- G 36 36|live_ A 30 43|" +
	"EZAK A 54 54|EZTK A 54 54|shippo_live_ X 40 40|shippo_test_ X 40 40|FLWSECK- D 12 40|FLWSECK_TEST- D 12 40|duffel_live_ W 43 43|duffel_test_ W 43 43|amzn.mws. G 36 36|amzn1.oa2-cs.v1. H 64 64|" +
	// language models: OpenAI, Anthropic, Groq, Perplexity, xAI, Replicate, Hugging Face, NVIDIA, Together, OpenRouter, Pinecone, Tavily
	"sk-proj- W 40 255|sk-svcacct- W 40 255|sk-admin- W 40 255|sk-ant- W 40 255|sk-or-v1- H 64 64|sk- A 32 64|gsk_ A 52 52|pplx- A 48 48|xai- A 60 96|r8_ A 37 40|hf_ L 30 40|api_org_ L 34 34|" +
	"nvapi- W 60 72|tgp_v1_ W 40 64|pcsk_ W 50 96|tvly- W 20 64|" +
	// work tools: Notion, Linear, Figma, Grafana, New Relic, Sentry, PostHog, Postman, HubSpot, Airtable, Contentful, Dropbox, Typeform, ReadMe, Adobe, Yandex, Mapbox, Harness, Defined, Frame.io, SettleMint, 42
	"ntn_ A 40 60|secret_ A 43 43|lin_api_ A 40 40|lin_oauth_ A 40 64|figd_ W 40 200|glc_ C 32 400|glsa_ W 40 48|eyJrIjoi C 60 400|NRAK- U 27 27|NRII- W 32 32|NRJS- H 19 19|NRBR- H 19 19|" +
	"sntrys_ C 60 500|sntryu_ H 64 64|phc_ A 40 50|phx_ A 40 50|PMAK- G 59 59|pat-na1- G 36 36|pat-eu1- G 36 36|pat D 79 79|pat. D 68 68|sat. D 68 68|CFPAT- W 43 43|sl. W 130 2048|tfp_ D 40 80|rdme_ A 70 70|" +
	"p8e- A 32 32|t1. D 90 400|AQVN W 35 38|sk.eyJ D 80 200|dnkey- W 79 79|fio-u- W 64 64|sm_aat_ A 16 16|sm_pat_ A 16 16|sm_sat_ A 16 16|s-s4t2ud- H 64 64|s-s4t2af- H 64 64|"

// keyForms is keyTable read; keyMarks are its prefixes as words to search for.
var keyForms, keyMarks = readKeyTable()

func readKeyTable() (forms []keyForm, marks string) {
	words := make([]byte, 0, len(keyTable))
	for line := range strings.SplitSeq(keyTable, "|") {
		prefix, rest, ok := strings.Cut(line, " ")
		if !ok {
			break
		}
		least, most, _ := strings.Cut(rest[2:], " ")
		forms = append(forms, keyForm{prefix, rest[0], number(least), number(most)})
		if !alnum(prefix[0]) {
			words = append(words, '*') // it begins inside an address or a cookie
		}
		words = append(words, fold(prefix)...)
		words = append(words, "*|"...)
	}
	return forms, string(words)
}

// prefixedKey tries the issuers' forms whose prefix is at h.
func (in *input) prefixedKey(h hit) {
	for i := range keyForms {
		f := &keyForms[i]
		if in.s[h.start:h.end] != f.prefix {
			continue
		}
		n := span(in.s[h.end:], f.alphabet, f.max+1)
		if body := in.s[h.end : h.end+n]; n >= f.min && n <= f.max && varied(body) && (f.alphabet == 'L' || strings.ContainsAny(body, "0123456789")) {
			in.report(h.start, h.end+n, 980, "prefix")
		}
	}
}

// span counts the bytes at the start of s that belong to an alphabet, up to most;
// full stops and hyphens at their end are the sentence's.
func span(s string, alphabet byte, most int) int {
	n := 0
	for n < len(s) && n < most && inAlphabet(s[n], alphabet) {
		n++
	}
	if n == len(s) || !inAlphabet(s[n], alphabet) {
		for n > 0 && isOneOf(s[n-1], ".-") {
			n--
		}
	}
	return n
}

// inAlphabet knows the alphabets of keyTable: 9 digits, L letters, U capitals
// and digits, K those and hyphens, H and X hexadecimal (lower, any case), G lower
// hexadecimal and hyphens, A letters and digits, W those and _ -, D W and full
// stops, S W and slashes, C base64 in both forms with its padding, R the path of
// an address.
func inAlphabet(b, alphabet byte) bool {
	switch alphabet {
	case '9':
		return digit(b)
	case 'L':
		return letter(b)
	case 'U':
		return upper(b) || digit(b)
	case 'K':
		return upper(b) || digit(b) || b == '-'
	case 'H':
		return digit(b) || b-'a' < 6
	case 'X':
		return digit(b) || b|0x20-'a' < 6
	case 'G':
		return digit(b) || b-'a' < 6 || b == '-'
	case 'W':
		return alnum(b) || b == '_' || b == '-'
	case 'D':
		return alnum(b) || isOneOf(b, "_-.")
	case 'S':
		return alnum(b) || isOneOf(b, "_-/")
	case 'C':
		return alnum(b) || isOneOf(b, "_-+/=")
	case 'R':
		return alnum(b) || isOneOf(b, "_-/@")
	}
	return alnum(b)
}

// varied reports whether a secret's body uses at least eight different bytes, so
// that the "ghp_xxxx" of a manual is no finding.
func varied(s string) bool {
	var seen [4]uint64
	n := 0
	for i := range len(s) {
		w, bit := &seen[s[i]>>6], uint64(1)<<(s[i]&63)
		if *w&bit == 0 {
			*w |= bit
			n++
		}
	}
	return n >= 8
}
