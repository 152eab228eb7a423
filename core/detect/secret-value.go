package detect

import (
	"strings"
	"sync"
)

// secretForm is how a secret is told.
type secretForm struct {
	how      int
	code     bool // the noun names a PIN or a code: digits, or letters and digits
	explicit bool // "the word ..." before it
	limit    int  // the highest confidence, 0 for any
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

// secretWords is the lists above and secretStops; the bits are below.
var secretWords = sync.OnceValue(func() map[string]uint8 {
	return wordSet(secretVerbs, secretChanges, secretAdverbs, secretBlocks, secretStops)
})

const (
	isVerb = 1 << iota
	isChange
	isAdverb
	isBlock
	isStop
)

// afterVerb goes word by word from offset i, at most reach bytes and within the
// clause, and tries the value after each verb.
func (in *input) afterVerb(i, reach int, form secretForm) {
	s, last, previous, words := in.s, min(i+reach, len(in.s)), "", secretWords()
	for i < last && s[i] != '\n' {
		if s[i] == ' ' {
			i++
			continue
		}
		end := wordEnd(s, i)
		w := fold(s[i:end])
		stop := strings.TrimRight(w, ":,")
		// reset your password to value, change le mot de passe pour valeur
		to := form.how == byVerb && (w == "to" && previous == "" || w == "pour")
		switch {
		case words[stop]&isBlock != 0 && form.how != ofPlace:
			return
		case to, words[stop]&isVerb != 0, w == "to" && words[previous]&isChange != 0, len(stop) < len(w) && w[len(w)-1] == ':':
			at, f := in.skipAdverbs(end, form)
			if to {
				f.how = adjacent
			}
			if in.tellSecret(at, f) {
				return
			}
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
		case secretWords()[w]&isAdverb != 0:
		case (w == "the" || w == "le") && end < len(s) && isWord(fold(s[end+1:wordEnd(s, end+1)]), " word mot "):
			end, form.explicit = wordEnd(s, end+1), true
		case w == "le" && form.code && end+1 < len(s) && digit(s[end+1]): // le code est le 482913
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
	if n := strings.IndexAny(s[start:end], ";<"); n > 0 {
		end = start + n
	}
	if n := strings.Index(s[start:end], "..."); n > 0 {
		end = start + n
	}
	full := end
	for end > start && isOneOf(s[end-1], ".,:?)]}>\"'`") {
		end--
	}
	if form.code {
		end = codeEnd(s, start, end)
	}
	v := secretValue{text: s[start:end], quoted: quoted}
	v.closes = quoted || end < full || full == len(s) || s[full] != ' ' || full+1 == len(s)
	confidence, reason := v.judge(form)
	if form.limit > 0 {
		confidence = min(confidence, form.limit)
	}
	if confidence > 0 && in.inLink(start) {
		confidence = min(confidence, 600) // pwd= in a link to a meeting is there to be shared
	}
	if confidence > 0 {
		in.report(start, end, confidence, reason)
	}
	return confidence > 0
}

// codeEnd is where a code ends that is told in two groups of digits, or end.
func codeEnd(s string, start, end int) int {
	first := span(s[start:], '9', 5)
	if start+first != end || first < 3 || first > 4 || end >= len(s) || s[end] != ' ' {
		return end
	}
	second := span(s[end+1:], '9', 5)
	if last := end + 1 + second; second >= 3 && second <= 4 && (last == len(s) || !alnum(s[last])) {
		return last
	}
	return end
}

// toldBefore reads "482913 is your verification code" and "Hunter22 is the
// password": the value, a verb, whose it is, up to two further words, the noun.
func (in *input) toldBefore(h hit) {
	s, i := in.s, h.start
	var words [4]string // before the noun, the nearest first
	for n := range words {
		if i < 2 || s[i-1] != ' ' || h.start-i > 40 {
			return
		}
		start := i - 1
		for start > 0 && (letter(s[start-1]) || s[start-1] == '-') && i-start < 20 {
			start--
		}
		words[n] = fold(s[start : i-1])
		i = start
		if n > 0 && isWord(words[n], " is est as comme ") && isWord(words[n-1], " your the my our votre ton le mon ") {
			in.tellBackwards(i)
			return
		}
	}
}

// tellBackwards reports the value that ends one space before offset i: a code
// of 4 to 8 digits, or a word with digits in it.
func (in *input) tellBackwards(i int) {
	s := in.s
	if i < 2 || s[i-1] != ' ' {
		return
	}
	end := i - 1
	start := end
	for start > 0 && s[start-1] > ' ' && end-start < 64 {
		start--
	}
	for start < end && isOneOf(s[start], "\"'`(") {
		start++
	}
	for end > start && isOneOf(s[end-1], "\"'`),") {
		end--
	}
	if v := s[start:end]; hasBoth(v) && len(v) >= 6 || len(v) >= 4 && len(v) <= 8 && strings.Trim(v, "0123456789") == "" {
		v := secretValue{text: v, closes: true}
		if confidence, reason := v.judge(secretForm{how: byVerb, code: !hasBoth(v.text)}); confidence > 0 {
			in.report(start, end, confidence, reason)
		}
	}
}
