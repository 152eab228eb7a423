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
	source:  "NIST SP 800-63B section 3.1 (kinds of memorised and one-time secrets)",
	about:   "password, PIN or one-time code told in words",
	reasons: "stated shape",
	marks:   secretNouns + "|" + codeNouns + "|" + bareCode,
	words:   placeNouns + "|" + pairNouns,
	find:    findPassword,
}

const (
	secretNouns = "*password|passwords|*passwd|*pwd|psw|pw|pass word|passphrase|pass phrase|pass|wifi key|wpa key|network key|encryption key|decryption key|recovery key|" +
		"mot de passe|mots de passe|p/w|wifi pass|motdepasse|mdp|phrase de passe|phrase secrete|mot secret|cle wifi|cle du wifi|cle reseau|cle de chiffrement"
	codeNouns = "pin|pins|pin code|pin number|passcode|pass code|otp|nip|code pin|door code|gate code|alarm code|entry code|access code|" +
		"keypad|keypad code|wifi code|wi-fi code|teams code|zoom code|conference code|participant code|sign-in code|key safe code|" +
		"code for the door|code to the door|code for the gate|code to the gate|code for the alarm|code for the building|code to the building|code for the safe|" +
		"lock code|lockbox|lockbox code|keybox|key box|keybox code|unlock code|safe code|garage code|security code|verification code|confirmation code|activation code|" +
		"login code|one-time code|one time code|one-time passcode|2fa code|mfa code|auth code|authentication code|host code|meeting code|door combo|combination|" +
		"code d'acces|code de verification|code de securite|code secret|code de la porte|code porte|code d'entree|code de l'alarme|code unique|digicode|code wifi|" +
		"code du portail|code de l'immeuble|code du cadenas|code du coffre|code du garage|code de la boite a cle|code de la boite a cles|code confidentiel|" +
		"code de confirmation|code d'activation|code d'authentification|code de connexion|code a usage unique|code temporaire|code provisoire|combinaison|combinaison du coffre"
	bareCode   = "code"
	placeNouns = "wifi|wi-fi|acct|account|login|log in|logon|admin|router|vpn|root|compte|identifiant|connexion"
	pairNouns  = "creds|credentials|sign in|sign-in|username|userid|user id|user|identifiants|connecte-toi|connectez-vous|ssh"
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
		case h.kinds&in.marks != 0 && fold(in.s[h.start:h.end]) == bareCode:
			in.toldCode(h)
			in.toldBefore(h)
		case h.kinds&in.marks != 0:
			in.toldAfter(h)
			in.toldBefore(h)
		case h.kinds&in.words != 0:
			if !in.toldPair(h) && oneOfWords(fold(in.s[h.start:h.end]), placeNouns) {
				in.toldOf(h)
			}
		}
	}
}

// toldAfter reads "NOUN: value", "NOUN for the portal is value", "NOUN value".
func (in *input) toldAfter(h hit) {
	noun := fold(in.s[h.start:h.end])
	form := secretForm{code: oneOfWords(noun, codeNouns)}
	i := h.end
	if strings.HasPrefix(in.s[i:], "'s ") {
		form.how = byVerb
		in.tellSecret(i+3, form)
		return
	}
	if i < len(in.s) && isOneOf(in.s[i], `"'`) {
		i++
	}
	if in.passPhrase(i, noun) || i < len(in.s) && in.s[i] == '>' && in.element(i+1) {
		return
	}
	if at := assigned(in.s, i); at > 0 {
		form.how = byColon
		in.tellSecret(at, form)
		return
	}
	if i != h.end {
		return
	}
	if noun == "pass" { // it does not fail: of its many meanings only a mixed value tells
		form.how = adjacent
		if strings.HasPrefix(in.s[i:], " is ") {
			in.tellSecret(i+4, form)
		}
		return
	}
	if in.afterUser(h) && strings.HasPrefix(in.s[i:], " ") && in.tellSecret(i+1, secretForm{how: byVerb}) {
		return
	}
	form.how = adjacent
	if strings.HasPrefix(in.s[i:], " - ") && in.tellSecret(i+3, form) || strings.HasPrefix(in.s[i:], " ") && in.tellSecret(i+1, form) {
		return
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
