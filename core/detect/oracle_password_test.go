package detect

import "strings"

func oraclePassword(o *oracle) {
	for _, w := range o.wordsOf(o.d.marks) {
		noun := o.low[w[0]:w[1]]
		if noun == "code" {
			o.bareCode(w)
		} else {
			o.after(w, noun, secretForm{code: inList(noun, codeNouns)})
		}
		o.before(w[0])
	}
	for _, w := range o.wordsOf(o.d.words) {
		form := secretForm{how: ofPlace}
		switch lead := rx(oracleAssign).FindString(o.s[w[1]:]); {
		case o.pair(w), !inList(o.low[w[0]:w[1]], placeNouns):
		case lead != "":
			o.value(w[1]+len(lead), form)
		default:
			o.verbs(w[1], 64, form)
		}
	}
}

// bareCode judges the word "code" at w.
func (o *oracle) bareCode(w [2]int) {
	m := rx(`(?:^|[^A-Za-z])(?:([A-Za-z]{1,24}) )?([A-Za-z]{1,24}) $`).FindStringSubmatch(o.s[:w[0]])
	if m == nil {
		return
	}
	first, second := asciiLower(m[2]), asciiLower(m[1])
	uses := func(x string) bool {
		return rx(`^(?:use|enter|type|quote|utilisez|entrez|tapez|saisissez|indiquez|utilise|entre|tape|saisis)$`).MatchString(x)
	}
	owner := func(x string) bool { return rx(`^(?:your|my|our|this|votre|ton|mon|notre|ce)$`).MatchString(x) }
	use := uses(first) || rx(`^(?:the|le|this|ce)$`).MatchString(first) && uses(second)
	limit := 0
	switch {
	case owner(first), owner(second) && rx(`^[A-Z]`).MatchString(m[2]):
		limit = 900
	case rx(`^(?:the|le|new|nouveau|building)$`).MatchString(first):
		limit = 650
	case !use:
		return
	}
	rest := o.s[w[1]:]
	lead := rx(oracleAssign).FindString(rest)
	if lead == "" {
		lead = rx(`^ (?:is|est) (?:le )?`).FindString(rest)
	}
	if lead == "" && use {
		lead = rx(`^ `).FindString(rest)
	}
	if lead == "" {
		return
	}
	at := w[1] + len(lead)
	digits := rx(`^\d{0,9}`).FindString(o.s[at:])
	tail := asciiLower(o.s[at+len(digits):])
	known := len(digits) >= 6 || len(digits) >= 4 && rx(` (?:sign in|log in|login|verify|confirm|connect|identifi|unlock|join)`).MatchString(tail[:min(len(tail), 48)])
	switch {
	case limit == 650 && (len(digits) < 4 || rx(`^(?:19|20)..$`).MatchString(digits)):
	case limit == 0 && !known:
	default:
		if use && known {
			limit = max(limit, 850)
		}
		o.value(at, secretForm{how: byVerb, code: true, limit: limit})
	}
}

// pair judges a name and a secret told together after the word at w.
func (o *oracle) pair(w [2]int) bool {
	rest := o.s[w[1]:]
	lead := ""
	if !strings.HasPrefix(rest, "/") {
		if lead = rx(oracleAssign).FindString(rest); lead == "" {
			lead = rx(`^ (?:is|are|with|as|est|sont|avec|comme) `).FindString(rest)
		}
		name := rx(`^[A-Za-z][0-9A-Za-z._@\\+-]{1,63}`).FindString(rest[len(lead):])
		if lead == "" || name == "" {
			return false
		}
		lead += name
	}
	sign := rx(`^(?:/| (?:/|and|et|&) |, )`).FindString(rest[len(lead):])
	if sign == "" {
		return false
	}
	a := w[1] + len(lead) + len(sign)
	v := strings.TrimRight(rx(`^[^ \n\t\r]{0,128}`).FindString(o.s[a:]), ".,:;?)]}>\"'`")
	v, a = strings.TrimLeft(v, "\"'`"), a+len(v)-len(strings.TrimLeft(v, "\"'`"))
	is := func(p string) bool { return rx(p).MatchString(v) }
	shaped := is(`[A-Z]`) && is(`[a-z]`) || is(`[!@#$%^&*+=_~?]`) || is(`\d.*\d`) && is(`[A-Za-z].*[A-Za-z].*[A-Za-z]`)
	if len(v) < 6 || len(v) > 64 || !is(`\d`) || !is(`[A-Za-z]`) || !shaped || len(v) < 8 && !is(`[A-Z]`) && !is(`[!@#$%^&*+=_~?]`) ||
		oraclePlaceholder(v) || oracleMeasure(v) || is(`[/\\:]`) || rx(`(?:://|www\.)[^\x00- ]*$`).MatchString(o.s[max(0, a-128):a]) {
		return false
	}
	o.report(a, a+len(v), 850, "stated")
	return true
}

func oraclePlaceholder(v string) bool {
	return rx(`^(?:[<\[{(]|\$\{|\$\(|[wW][wW][wW]\.)|://`).MatchString(v) || rx(`@`+oracleDomain+`$`).MatchString(v)
}

func oracleMeasure(v string) bool {
	return rx(`^[0-9.,:/+-]+(?:am|pm|st|nd|rd|th|s|m|h|d|x|min|mins|hrs|hours|days|day|weeks|mb|gb|k|km|chars|characters)$`).MatchString(asciiLower(v))
}

const oracleAssign = `^ ?(?:[:=]|->)[=>]*[ \n]{0,2}`

func inList(w, list string) bool {
	for _, l := range strings.Split(list, "|") {
		if strings.Trim(l, "*") == w {
			return true
		}
	}
	return false
}

func (o *oracle) after(w [2]int, noun string, form secretForm) {
	i := w[1]
	if strings.HasPrefix(o.s[i:], "'s ") {
		form.how = byVerb
		o.value(i+3, form)
		return
	}
	quote := rx(`^["']?`).FindString(o.s[i:])
	at := i + len(quote)
	lead := rx(oracleAssign).FindString(o.s[at:])
	if strings.Contains(noun, "phrase") {
		before := lead
		if before == "" {
			before = rx(`^ (?:is|est) `).FindString(o.s[at:])
		}
		text := strings.TrimRight(rx(`^[A-Za-z ]{0,96}`).FindString(o.s[at+len(before):]), " ")
		next := o.s[at+len(before)+len(rx(`^[A-Za-z ]{0,96}`).FindString(o.s[at+len(before):])):]
		first, _, _ := strings.Cut(asciiLower(text), " ")
		if before != "" && rx(`^[A-Za-z]*(?: [A-Za-z]+){2,7}$`).MatchString(text) && !strings.Contains(secretStops+secretAdverbs, " "+first+" ") && !rx(`^['-]`).MatchString(next) {
			o.report(at+len(before), at+len(before)+len(text), 800, "stated")
			return
		}
	}
	if strings.HasPrefix(o.s[at:], ">") && rx(`(?s)^.+?</`).MatchString(o.s[at+1:min(len(o.s), at+81)]) && !strings.HasPrefix(o.s[at+1:], "</") {
		if o.value(at+1, secretForm{how: byColon}) {
			return
		}
	}
	if lead != "" {
		form.how = byColon
		o.value(at+len(lead), form)
		return
	}
	if quote != "" {
		return
	}
	if noun == "pass" {
		form.how = adjacent
		if strings.HasPrefix(o.s[i:], " is ") {
			o.value(i+4, form)
		}
		return
	}
	user := rx(`(?:^|[^a-z])(user|username|userid|login|logon|identifiant|utilisateur) ([a-z]{1,24}) $`).FindStringSubmatch(o.low[:w[0]])
	if user != nil && !rx(`^(?:and|or|et|ou|your|my|the|is|as)$`).MatchString(user[2]) && strings.HasPrefix(o.s[i:], " ") && o.value(i+1, secretForm{how: byVerb}) {
		return
	}
	form.how = adjacent
	for _, lead := range []string{" - ", " "} {
		if strings.HasPrefix(o.s[i:], lead) && o.value(i+len(lead), form) {
			return
		}
	}
	form.how = byVerb
	o.verbs(i, 48, form)
}

// before reads "482913 is your verification code", i being where the noun begins.
func (o *oracle) before(i int) {
	m := rx(`(?:^|[^a-z-])(is|est|as|comme) (?:your|the|my|our|votre|ton|le|mon) ([a-z-]{0,19} ){0,2}$`).FindStringSubmatchIndex(o.low[:i])
	if m == nil {
		return
	}
	head := rx(`([^\x00- ]{1,64}) $`).FindStringSubmatchIndex(o.s[:m[2]])
	if head == nil {
		return
	}
	raw := o.s[head[2]:head[3]]
	v := strings.TrimLeft(raw, "\"'`(")
	a := head[3] - len(v)
	v = strings.TrimRight(v, "\"'`),")
	digits := rx(`^\d{4,8}$`).MatchString(v)
	if !digits && (len(v) < 6 || !rx(`\d`).MatchString(v) || !rx(`[A-Za-z]`).MatchString(v)) {
		return
	}
	if confidence, reason := oracleJudge(v, false, true, secretForm{how: byVerb, code: digits}); confidence > 0 {
		o.report(a, a+len(v), confidence, reason)
	}
}

// verbs tries what follows each verb of the clause from i on.
func (o *oracle) verbs(i, reach int, form secretForm) {
	last, previous := min(i+reach, len(o.s)), ""
	for {
		m := rx(`^( *)([^ \n\t\r]{1,128})`).FindStringSubmatchIndex(o.s[i:])
		if m == nil || i+m[4] >= last {
			return
		}
		w := o.low[i+m[4] : i+m[5]]
		i += m[5]
		bare := strings.TrimRight(w, ":,")
		verb := rx(`^(?:is|was|are|be|it's|its|that's|now|still|est|sera|c'est|toujours|maintenant|=)$`).MatchString(bare) ||
			w == "to" && rx(`^(?:changed|reset|set|updated|switched|change|mis|remis)$`).MatchString(previous) ||
			bare != w && strings.HasSuffix(w, ":")
		to := form.how == byVerb && (w == "to" && previous == "" || w == "pour")
		if form.how != ofPlace && strings.Contains(secretBlocks, " "+bare+" ") && bare != "" {
			return
		}
		if verb || to {
			at, f := i, form
			for n := 0; n < 4; n++ {
				at += len(rx(`^[ :\n]*`).FindString(o.s[at:]))
				if lead := rx(`^(?:the [wW][oO][rR][dD]|[tT][hH][eE] [wW][oO][rR][dD]|(?:the|le) mot|[lL][eE] (?:[wW][oO][rR][dD]|[mM][oO][tT])|[tT][hH][eE] [mM][oO][tT])(?:[ \n\t\r]|$)`).FindString(o.s[at:]); lead != "" {
					at += len(strings.TrimRight(lead, " \n\t\r"))
					f.explicit = true
				} else if lead := rx(`^(?:still|now|just|simply|currently|again|actually|toujours|encore|maintenant|going|be)(?:[ \n\t\r]|$)`).FindString(o.low[at:]); lead != "" {
					at += len(strings.TrimRight(lead, " \n\t\r"))
				} else if form.code && rx(`^le[ \n\t\r]\d`).MatchString(o.low[at:]) {
					at += len("le")
				} else {
					break
				}
			}
			if to {
				f.how = adjacent
			}
			if o.value(at, f) {
				return
			}
		}
		if rx(`[.!?;]$`).MatchString(w) {
			return
		}
		previous = bare
	}
}

// value judges what stands at offset at.
func (o *oracle) value(at int, form secretForm) bool {
	if at >= len(o.s) {
		return false
	}
	a, quoted := at, false
	text := rx(`^[^ \n\t\r]{0,128}`).FindString(o.s[at:])
	for _, q := range []string{`"`, `'`, "`"} {
		if !strings.HasPrefix(text, q) {
			continue
		}
		a, text = a+1, text[1:]
		if m := rx(`^([^` + q + `\n]+)` + q).FindStringSubmatch(o.s[a:min(len(o.s), a+64)]); m != nil {
			text, quoted = m[1], true
		}
		break
	}
	if n := strings.IndexAny(text, ";<"); n > 0 {
		text = text[:n]
	}
	if n := strings.Index(text, "..."); n > 0 {
		text = text[:n]
	}
	full := a + len(text)
	text = strings.TrimRight(text, ".,:?)]}>\"'`")
	closes := quoted || a+len(text) < full || rx(`^(?:$|[^ ]| $)`).MatchString(o.s[full:])
	if two := rx(`^(\d{3,4} \d{3,4})(?:[^0-9A-Za-z]|$)`).FindStringSubmatch(o.s[a:]); two != nil && form.code && rx(`^\d+$`).MatchString(text) {
		text = two[1]
	}
	confidence, reason := oracleJudge(text, quoted, closes, form)
	if form.limit > 0 {
		confidence = min(confidence, form.limit)
	}
	if rx(`(?:://|www\.)[^\x00- ]*$`).MatchString(o.s[max(0, a-128):a]) {
		confidence = min(confidence, 600)
	}
	if confidence > 0 {
		o.report(a, a+len(text), confidence, reason)
	}
	return confidence > 0
}

func oracleJudge(v string, quoted, closes bool, form secretForm) (int, string) {
	is := func(p string) bool { return rx(p).MatchString(v) }
	low := asciiLower(v)
	if len(v) < 4 || len(v) > 64 || strings.Count(v, v[:1]) == len(v) || len(rx(`[0-9A-Za-z]`).FindAllString(v, -1)) < 3 {
		return 0, ""
	}
	if oraclePlaceholder(v) {
		return 0, ""
	}
	measure := oracleMeasure(v)
	digits, letters := len(rx(`\d`).FindAllString(v, -1)), is(`[A-Za-z]`)
	switch {
	case form.how == ofPlace:
		if len(v) >= 8 && is(`[a-z]`) && is(`[A-Z]`) && digits > 0 && !is(`[./@,:]`) {
			return 650, "shape"
		}
	case !letters:
		return oracleDigits(v, digits, form)
	case form.code:
		switch {
		case digits < 3 && (digits == 0 || len(v) < 6 || !is(`[a-z]`) || !is(`[A-Z]`)) || measure || is(`[/:,]`):
		case form.how == adjacent:
			return 700, "stated"
		default:
			return 900, "stated"
		}
	case is(`[0-9!@#$%^&*+=_~?]`) && !measure:
		switch {
		case form.how != adjacent && rx(`^[!?*_a-z'-]*$`).MatchString(low):
			return oracleWord(strings.Trim(v, "!?*_"), quoted, true, form)
		case form.how != adjacent:
			return 950, "stated"
		}
		core := strings.Trim(v, "!?")
		if len(v) >= 6 && core != strings.Trim(v, "!?0123456789$%") {
			return 850, "stated"
		}
	case digits == 0 && form.how != adjacent:
		return oracleWord(v, quoted, closes, form)
	}
	return 0, ""
}

func oracleWord(v string, quoted, closes bool, form secretForm) (int, string) {
	low := asciiLower(v)
	switch {
	case len(low) < 4 || strings.Contains(secretStops, " "+low+" "):
	case quoted || form.explicit || rx(`^.+[A-Z]`).MatchString(v) && rx(`[a-z]`).MatchString(v):
		return 850, "stated"
	case !closes || rx(`(?:ed|ing|able)$|'`).MatchString(low):
	case form.how == byColon:
		return 800, "stated"
	default:
		return 700, "stated"
	}
	return 0, ""
}

func oracleDigits(v string, digits int, form secretForm) (int, string) {
	is := func(p string) bool { return rx(p).MatchString(v) }
	tidy := is(`^[#*]*\d+[#*]*$`) || form.code && is(`^[#*]*\d+(?:[ -]\d+)+[#*]*$`)
	switch {
	case !tidy || form.how == adjacent && is(`-`) || digits < 4 || digits > 12:
	case form.code && digits <= 8 && form.how == adjacent:
		return 850, "stated"
	case form.code && digits <= 8:
		return 950, "stated"
	case !form.code && form.how != adjacent:
		return 850, "stated"
	}
	return 0, ""
}
