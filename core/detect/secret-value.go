package detect

import "strings"

// secretForm is how a secret is told.
type secretForm struct {
	how      int
	code     bool // the noun names a PIN or a code: digits, or letters and digits
	explicit bool // "the word ..." before it
}

const (
	byColon  = iota // password: value
	byVerb          // password is value
	adjacent        // password value
	ofPlace         // wifi ... is value
)

const (
	secretVerbs   = " is was are be it's its that's now still est sera c'est toujours maintenant = "
	secretChanges = " changed reset set updated switched change mis remis "
	secretAdverbs = " still now just simply currently again actually toujours encore maintenant going be "
	// after these a noun phrase is about something other than the value
	secretBlocks = " policy manager expiry expires expired expire length protection protected rules hint strength requirement " +
		"requirements prompt field box issue issues problem recovery hash sheet list if when because who anyone someone forgot and but so " +
		"which that si quand parce qui et mais politique gestionnaire "
)

// afterVerb goes word by word from offset i, at most reach bytes and within the
// clause, and tries the value after each verb.
func (in *input) afterVerb(i, reach int, form secretForm) {
	s, last, previous := in.s, min(i+reach, len(in.s)), ""
	for i < last && s[i] != '\n' {
		if s[i] == ' ' {
			i++
			continue
		}
		end := wordEnd(s, i)
		w := fold(s[i:end])
		stop := strings.TrimRight(w, ":,")
		switch {
		case isWord(stop, secretVerbs), w == "to" && isWord(previous, secretChanges), len(stop) < len(w) && w[len(w)-1] == ':':
			if at, f := in.skipAdverbs(end, form); in.tellSecret(at, f) {
				return
			}
		case isWord(stop, secretBlocks) && form.how != ofPlace:
			return
		}
		if isOneOf(w[len(w)-1], ".!?;") {
			return
		}
		previous, i = stop, end
	}
}

// skipAdverbs steps over "still", "now" and "the word" to where a value begins.
func (in *input) skipAdverbs(i int, form secretForm) (int, secretForm) {
	s := in.s
	for n := 0; n < 4; n++ {
		for i < len(s) && isOneOf(s[i], " :\n") {
			i++
		}
		end := wordEnd(s, i)
		w := fold(s[i:end])
		switch {
		case isWord(w, secretAdverbs):
		case (w == "the" || w == "le") && end < len(s) && isWord(fold(s[end+1:wordEnd(s, end+1)]), " word mot "):
			end, form.explicit = wordEnd(s, end+1), true
		default:
			return i, form
		}
		i = end
	}
	return i, form
}

func wordEnd(s string, i int) int {
	end := i
	for end < len(s) && !isOneOf(s[end], " \n\t\r") && end-i < 128 {
		end++
	}
	return end
}

// tellSecret reports the value at offset at, if it is one.
func (in *input) tellSecret(at int, form secretForm) bool {
	s := in.s
	if at >= len(s) {
		return false
	}
	start, end, quoted := at, wordEnd(s, at), false
	if q := strings.IndexByte("\"'`", s[at]); q >= 0 {
		start++
		if n := strings.IndexByte(s[start:min(len(s), start+64)], "\"'`"[q]); n > 0 && strings.IndexByte(s[start:start+n], '\n') < 0 {
			end, quoted = start+n, true
		}
	}
	if n := strings.IndexByte(s[start:end], ';'); n >= 0 {
		end = start + n
	}
	full := end
	for end > start && isOneOf(s[end-1], ".,:?)]}>\"'`") {
		end--
	}
	v := secretValue{text: s[start:end], quoted: quoted}
	v.closes = quoted || end < full || full == len(s) || s[full] != ' ' || full+1 == len(s)
	confidence, reason := v.judge(form)
	if confidence > 0 {
		in.report(start, end, confidence, reason)
	}
	return confidence > 0
}
