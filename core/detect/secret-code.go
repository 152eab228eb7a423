package detect

import "strings"

// toldCode reads a code that only the words around "code" make a secret: "your
// code is 482913", "n'indiquez ce code : 482913", "use code 482913 to sign in". A
// cost code, a postcode and an error code have other words before them.
func (in *input) toldCode(h hit) {
	s := in.s
	before := in.wordsBefore(h.start)
	first, second := fold(before[0]), fold(before[1])
	use := isWord(first, codeUses) || isWord(first, " the le this ce ") && isWord(second, codeUses)
	limit := 0
	switch {
	case isWord(first, codeOwners), isWord(second, codeOwners) && upper(before[0][0]): // your Amazon code
		limit = 900
	case isWord(first, " the le new nouveau building "):
		limit = 650
	case !use:
		return
	}
	at := assigned(s, h.end)
	switch {
	case at > 0:
	case strings.HasPrefix(s[h.end:], " is ") || strings.HasPrefix(s[h.end:], " est "):
		at = h.end + strings.IndexByte(s[h.end+1:], ' ') + 2
		if strings.HasPrefix(s[at:], "le ") {
			at += len("le ")
		}
	case use && strings.HasPrefix(s[h.end:], " "):
		at = h.end + 1
	default:
		return
	}
	n := span(s[at:], '9', 9)
	known := n >= 6 || n >= 4 && saysSignIn(s[at+n:])
	if year := n == 4 && (s[at:at+2] == "19" || s[at:at+2] == "20"); limit == 650 && (n < 4 || year) || use && limit == 0 && !known {
		return
	}
	if use && known {
		limit = max(limit, 850)
	}
	in.tellSecret(at, secretForm{how: byVerb, code: true, limit: limit})
}

const (
	codeOwners = " your my our this votre ton mon notre ce "
	codeUses   = " use enter type quote utilisez entrez tapez saisissez indiquez utilise entre tape saisis "
)

// saysSignIn reports whether the words after a code say what it opens.
func saysSignIn(s string) bool {
	s = fold(s[:min(len(s), 48)])
	for _, purpose := range [...]string{" sign in", " log in", " login", " verify", " confirm", " connect", " identifi", " unlock", " join"} {
		if strings.Contains(s, purpose) {
			return true
		}
	}
	return false
}

// wordsBefore are the two words before offset i, the nearest first, as written;
// a space where there is none.
func (in *input) wordsBefore(i int) (words [2]string) {
	words = [2]string{" ", " "}
	for n := range words {
		end := i - 1
		if end < 1 || in.s[end] != ' ' {
			return words
		}
		for i = end; i > 0 && end-i < 24 && letter(in.s[i-1]); i-- {
		}
		if i == end {
			return words
		}
		words[n] = in.s[i:end]
	}
	return words
}

// passPhrase reads three to eight plain words after a noun that says so: "pass
// phrase is correct horse battery".
func (in *input) passPhrase(i int, noun string) bool {
	if !strings.Contains(noun, "phrase") {
		return false
	}
	s := in.s
	at := assigned(s, i)
	if at == 0 {
		at = afterOne(s, i, " is | est ")
	}
	if at == 0 {
		return false
	}
	end := at
	for end < len(s) && (letter(s[end]) || s[end] == ' ') && end-at < 96 {
		end++
	}
	text := strings.TrimRight(s[at:end], " ")
	words := strings.Count(text, " ") + 1
	first, _, _ := strings.Cut(fold(text), " ")
	if words < 3 || words > 8 || strings.Contains(text, "  ") || secretWords()[first]&(isStop|isAdverb) != 0 || end < len(s) && isOneOf(s[end], "'-") {
		return false
	}
	in.report(at, at+len(text), 800, "stated")
	return true
}

// element reads the value at offset i, which ends at the tag "</".
func (in *input) element(i int) bool {
	n := strings.Index(in.s[i:min(len(in.s), i+80)], "</")
	return n > 0 && in.tellSecret(i, secretForm{how: byColon})
}

// toldPair reads a name and a secret told together: "login is jsmith/Passw0rd1",
// "sign in with admin and Passw0rd1", "root/toor1234".
func (in *input) toldPair(h hit) bool {
	s := in.s
	i := h.end
	if !(i < len(s) && s[i] == '/') { // root/toor1234 names the user itself
		if at := assigned(s, i); at > 0 {
			i = at
		} else if at := afterOne(s, i, pairVerbs); at > 0 {
			i = at
		} else {
			return false
		}
		start := i
		for i < len(s) && i-start < 64 && (alnum(s[i]) || isOneOf(s[i], "._@\\+-")) {
			i++
		}
		if i-start < 2 || !letter(s[start]) {
			return false
		}
	}
	at := afterOne(s, i, pairSigns)
	if at == 0 {
		return false
	}
	end := wordEnd(s, at)
	for end > at && isOneOf(s[end-1], ".,:;?)]}>\"'`") {
		end--
	}
	for at < end && isOneOf(s[at], "\"'`") {
		at++
	}
	v := secretValue{text: s[at:end]}
	v.count()
	mixed := v.uppers > 0 && v.lowers > 0 || v.signs > 0 || v.digits > 1 && v.letters > 2
	if n := len(v.text); n < 6 || n > 64 || v.digits == 0 || v.letters == 0 || !mixed || n < 8 && v.uppers == 0 && v.signs == 0 ||
		v.placeholder() || v.measure() || strings.ContainsAny(v.text, "/\\:") || in.inLink(at) {
		return false
	}
	in.report(at, end, 850, "stated")
	return true
}

// pairVerbs and pairSigns stand before a name and between it and its secret.
const (
	pairVerbs = " is | are | with | as | est | sont | avec | comme "
	pairSigns = "/| / | and | et | & |, "
)

// afterOne is where s goes on after one of a list of strings, bars between them,
// at offset i, or 0.
func afterOne(s string, i int, list string) int {
	for one := range strings.SplitSeq(list, "|") {
		if strings.HasPrefix(s[i:], one) {
			return i + len(one)
		}
	}
	return 0
}

// afterUser reports whether a name was told just before the noun at h: "username
// admin password letmein".
func (in *input) afterUser(h hit) bool {
	before := in.wordsBefore(h.start)
	return oneOfWords(fold(before[1]), userNouns) && !isWord(fold(before[0]), " and or et ou your my the is as ")
}

const userNouns = "user|username|userid|login|logon|identifiant|utilisateur"
