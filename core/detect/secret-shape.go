package detect

import "strings"

// secretValue is what stands where a secret would be told.
type secretValue struct {
	text   string
	quoted bool
	closes bool // the clause ends after it

	digits, letters, uppers, lowers, signs int
}

// secretStops are words that follow "the password is" and are not one.
const secretStops = " wrong not expired expiring required needed incorrect invalid changed reset set stored saved in on with the a an your my " +
	"his her our their it this that these those too very weak strong same case being always never only also about due locked unknown secret " +
	"safe secure for from at as to of or and by working broken there here what where who how why when ok okay fine good bad done sent coming " +
	"below above attached no yes blank empty missing forgotten confidential protected temporary ready available used correct right enough " +
	"long short easy hard simple great terrible back gone out up down off visible case-sensitive written printed posted taped hidden tbc tba tbd " +
	"asap none null n/a please thanks ask see call text me you us them him all one two three important annoying rubbish garbage stupid crap " +
	"different unchanged public private shared default standard old new next last today tomorrow tonight yesterday monday tuesday wednesday " +
	"thursday friday saturday sunday active dead live wonky useless silly longer shorter better worse yours mine theirs again later soon " +
	"demand prompt policy sensitive " +
	"expire incorrecte invalide perdu perdue oublie dans sur le la les un une mon ma ton ta son sa votre notre celui trop pas bon bonne faux requis " +
	"change reinitialise obligatoire valide faible fort forte ici demain aujourd'hui hier toujours jamais encore oui non nouveau ancien meme " +
	"envoye ecrit bloque correct termine pareil secrete merci bientot "

func (v *secretValue) count() {
	for i := range len(v.text) {
		switch b := v.text[i]; {
		case digit(b):
			v.digits++
		case upper(b):
			v.uppers++
		case lower(b):
			v.lowers++
		case isOneOf(b, "!@#$%^&*+=_~?"):
			v.signs++
		}
	}
	v.letters = v.uppers + v.lowers
}

// judge is the confidence that v is a secret told in that form, 0 for none.
func (v *secretValue) judge(form secretForm) (int, string) {
	v.count()
	n := len(v.text)
	if n < 4 || n > 64 || repeated(v.text) || v.digits+v.letters < 3 || v.placeholder() {
		return 0, ""
	}
	switch {
	case form.how == ofPlace:
		return v.judgeOfPlace()
	case v.letters == 0:
		return v.judgeDigits(form)
	case form.code:
		return v.judgeCode(form)
	case v.digits+v.signs > 0 && !v.measure():
		return v.judgeMixed(form)
	case v.digits == 0 && form.how != adjacent:
		return v.judgeWord(form)
	}
	return 0, ""
}

// placeholder reports whether v stands for a value, or is an address.
func (v *secretValue) placeholder() bool {
	t := v.text
	if isOneOf(t[0], "<[{(") || strings.HasPrefix(t, "${") || strings.HasPrefix(t, "$(") ||
		strings.Contains(t, "://") || strings.HasPrefix(fold(t), "www.") {
		return true
	}
	at := strings.LastIndexByte(t, '@')
	return at >= 0 && isDomain(t[at+1:])
}

// measure reports whether v is digits and a unit, an ordinal or a time.
func (v *secretValue) measure() bool {
	unit := strings.TrimLeft(fold(v.text), "0123456789.,:/-+")
	return len(unit) < len(v.text) && isWord(unit, " am pm st nd rd th s m h d x min mins hrs hours days day weeks mb gb k km chars characters ")
}

func (v *secretValue) judgeOfPlace() (int, string) {
	mixed := v.uppers > 0 && v.lowers > 0 && v.digits > 0
	if len(v.text) < 8 || !mixed || strings.ContainsAny(v.text, "./@,:") {
		return 0, ""
	}
	return 650, "shape"
}

// judgeDigits: a PIN or code of 4 to 8 digits, perhaps in groups and with # and
// * about it, or a password of digits only.
func (v *secretValue) judgeDigits(form secretForm) (int, string) {
	core := strings.Trim(v.text, "#*")
	groups := strings.FieldsFunc(core, func(r rune) bool { return r == '-' || r == ' ' })
	grouped := len(groups) > 1
	switch {
	case v.digits < 4 || v.digits > 12 || v.digits+len(groups)-1 != len(core) || grouped && !form.code:
	case form.code && v.digits <= 8 && form.how == adjacent && !(grouped && strings.Contains(core, "-")):
		return 850, "stated"
	case form.code && v.digits <= 8 && form.how != adjacent:
		return 950, "stated"
	case !form.code && form.how != adjacent:
		return 850, "stated"
	}
	return 0, ""
}

func (v *secretValue) judgeCode(form secretForm) (int, string) {
	mixed := v.digits > 0 && v.uppers > 0 && v.lowers > 0 && len(v.text) >= 6
	if v.digits < 3 && !mixed || v.measure() || strings.ContainsAny(v.text, "/:,") {
		return 0, ""
	}
	if form.how == adjacent {
		return 700, "stated"
	}
	return 900, "stated"
}

func (v *secretValue) judgeMixed(form secretForm) (int, string) {
	if form.how == adjacent {
		if len(v.text) < 6 || v.digits == 0 && v.signs == 0 || strings.Trim(v.text, "!?") == strings.Trim(v.text, "!?0123456789$%") {
			return 0, ""
		}
		return 850, "stated"
	}
	if v.digits == 0 && strings.Trim(fold(v.text), "!?*_abcdefghijklmnopqrstuvwxyz-'") == "" {
		w := *v
		w.text, w.closes = strings.Trim(v.text, "!?*_"), true
		return w.judgeWord(form)
	}
	return 950, "stated"
}

// judgeWord judges a word of letters only.
func (v *secretValue) judgeWord(form secretForm) (int, string) {
	w := fold(v.text)
	inner := v.uppers > 0 && v.lowers > 0 && strings.ToLower(v.text[1:]) != v.text[1:]
	switch {
	case len(w) < 4 || secretWords()[w]&isStop != 0:
	case v.quoted || form.explicit || inner:
		return 850, "stated"
	case !v.closes || strings.HasSuffix(w, "ed") || strings.HasSuffix(w, "ing") || strings.HasSuffix(w, "able") || isOneOf('\'', w):
	case form.how == byColon:
		return 800, "stated"
	default:
		return 700, "stated"
	}
	return 0, ""
}
