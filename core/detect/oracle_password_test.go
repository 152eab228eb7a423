package detect

import "strings"

func oraclePassword(o *oracle) {
	for _, w := range o.wordsOf(o.d.marks) {
		noun := o.low[w[0]:w[1]]
		form := secretForm{code: inList(noun, codeNouns)}
		o.after(w[1], noun, form)
		o.before(w[0])
	}
	for _, w := range o.wordsOf(o.d.words) {
		form := secretForm{how: ofPlace}
		if lead := rx(oracleAssign).FindString(o.s[w[1]:]); lead != "" {
			o.value(w[1]+len(lead), form)
		} else {
			o.verbs(w[1], 64, form)
		}
	}
}

const oracleAssign = `^ ?(?:[:=]|->)[=>]*[ \n]{0,2}`

func inList(w, list string) bool {
	for _, l := range strings.Split(list, "|") {
		if l == w {
			return true
		}
	}
	return false
}

func (o *oracle) after(i int, noun string, form secretForm) {
	if strings.HasPrefix(o.s[i:], "'s ") {
		form.how = byVerb
		o.value(i+3, form)
		return
	}
	quote := rx(`^["']?`).FindString(o.s[i:])
	if lead := rx(oracleAssign).FindString(o.s[i+len(quote):]); lead != "" {
		form.how = byColon
		o.value(i+len(quote)+len(lead), form)
		return
	}
	if noun == "pass" || quote != "" {
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
	m := rx(`(?:^|[^a-z-])(is|est|as|comme) (?:your|the|my|our|votre|ton|le|mon) ([a-z-]{0,18} ){0,2}$`).FindStringSubmatchIndex(o.low[:i])
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
		to := w == "to" && previous == "" && form.how == byVerb
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
	text, _, _ = strings.Cut(text, ";")
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
	if is(`^(?:[<\[{(]|\$\{|\$\(|[wW][wW][wW]\.)|://`) || is(`@`+oracleDomain+`$`) {
		return 0, ""
	}
	measure := rx(`^[0-9.,:/+-]+(?:am|pm|st|nd|rd|th|s|m|h|d|x|min|mins|hrs|hours|days|day|weeks|mb|gb|k|km|chars|characters)$`).MatchString(low)
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
		case digits < 3 || measure || is(`[/:,]`):
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
