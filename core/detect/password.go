package detect

import "strings"

// password finds a password, PIN or one-time code told in words, in English and
// French: the value itself, after a word that names it.
//
// There is no register of passwords: a value is told by its shape (letters with
// digits or signs), by quotation marks, or by standing where the sentence ends.
// NIST SP 800-63B sections 3.1.1 and 3.1.3 names the kinds: passwords, PINs,
// out-of-band and one-time codes.
//
// Hit: "the wifi password is Psalm23walk". Near miss: "forgot my password",
// "the password is not working".
var password = detector{
	id: "password", class: ClassSecret,
	source: "NIST SP 800-63B section 3.1 (kinds of memorised and one-time secrets)",
	about:  "password, PIN or one-time code told in words",
	marks:  secretNouns + "|" + codeNouns,
	words:  placeNouns,
	find:   findPassword,
}

const (
	secretNouns = "password|passwords|passwd|pwd|psw|pw|pass word|passphrase|pass phrase|pass|wifi key|wpa key|mot de passe|mots de passe|" +
		"motdepasse|mdp|phrase de passe|mot secret|cle wifi|*_password|*_pwd"
	codeNouns = "pin|pins|pin code|pin number|passcode|pass code|otp|nip|code pin|door code|gate code|alarm code|entry code|access code|" +
		"keypad code|lock code|lockbox code|safe code|garage code|building code|security code|verification code|confirmation code|" +
		"login code|one-time code|one time code|2fa code|auth code|host code|meeting code|door combo|combination|" +
		"code d'acces|code de verification|code de securite|code secret|code de la porte|code porte|code d'entree|code de l'alarme|code unique"
	placeNouns = "wifi|wi-fi|acct|account|login|log in|logon|admin|router|vpn|root|compte|identifiant|connexion"
)

// The reach of a noun: how far on its value may stand.
const (
	reachNoun  = 48
	reachPlace = 64
)

func findPassword(in *input) {
	if in.seen&(in.marks|in.words) == 0 {
		return
	}
	for _, h := range in.hits {
		switch {
		case h.kinds&in.marks != 0:
			in.toldAfter(h)
			in.toldBefore(h)
		case h.kinds&in.words != 0:
			in.toldOf(h)
		}
	}
}

// toldAfter reads "NOUN: value", "NOUN for the portal is value", "NOUN value".
func (in *input) toldAfter(h hit) {
	noun := fold(in.s[h.start:h.end])
	form := secretForm{code: strings.Contains("|"+codeNouns+"|", "|"+noun+"|")}
	i := h.end
	if i < len(in.s) && isOneOf(in.s[i], `"'`) {
		i++
	}
	if at := assigned(in.s, i); at > 0 {
		form.how = byColon
		in.tellSecret(at, form)
		return
	}
	if noun == "pass" || i != h.end {
		return
	}
	if i+1 < len(in.s) && in.s[i] == ' ' {
		form.how = adjacent
		if in.tellSecret(i+1, form) {
			return
		}
	}
	form.how = byVerb
	in.afterVerb(i, reachNoun, form)
}

// toldOf reads "the wifi changed, its value", for values that hardly are
// anything but a password.
func (in *input) toldOf(h hit) {
	if at := assigned(in.s, h.end); at > 0 {
		in.tellSecret(at, secretForm{how: ofPlace})
		return
	}
	in.afterVerb(h.end, reachPlace, secretForm{how: ofPlace})
}

// toldBefore reads "482913 is your verification code".
func (in *input) toldBefore(h hit) {
	i := in.groupBefore(h.start)
	if i < 0 {
		return
	}
	g := in.groups[i]
	if n := g.end - g.start; n >= 4 && n <= 8 && h.start-g.end <= 40 && in.alone(g.start, g.end) && isYours(in.s[g.end:h.start]) {
		in.report(g.start, g.end, 950, "stated")
	}
}

// isYours reports whether between is " is your " with up to two further words.
func isYours(between string) bool {
	f := strings.Split(fold(between), " ")
	if len(f) < 4 || len(f) > 6 || f[0] != "" || f[len(f)-1] != "" {
		return false
	}
	for _, w := range f[1 : len(f)-1] {
		if w == "" || strings.Trim(w, "abcdefghijklmnopqrstuvwxyz-") != "" {
			return false
		}
	}
	return isWord(f[1], " is est ") && isWord(f[2], " your the my our votre ton le mon ")
}

// assigned is where the value begins when s[i:] goes on with a colon, an equals
// sign or an arrow, or 0.
func assigned(s string, i int) int {
	if i < len(s) && s[i] == ' ' {
		i++
	}
	switch {
	case i < len(s) && isOneOf(s[i], ":="):
		i++
	case i+1 < len(s) && s[i] == '-' && s[i+1] == '>':
		i++
	default:
		return 0
	}
	for i < len(s) && isOneOf(s[i], "=>") {
		i++
	}
	for n := 0; n < 2 && i < len(s) && isOneOf(s[i], " \n"); n++ {
		i++
	}
	return i
}
