package detect

import "strings"

// Says tells in a few words what was seen, in English or French: "shows
// apple.example with a Cyrillic а". It is a clause without a subject, "" for kinds
// whose name says it all.
func (f *Finding) Says(language string) string {
	for _, s := range says {
		if s.detector != f.Detector || s.reason != f.Reason || s.shows != (f.Shows != "") {
			continue
		}
		text := s.en
		if language == "fr" {
			text = s.fr
		}
		text = strings.ReplaceAll(text, "{is}", f.Is)
		text = strings.ReplaceAll(text, "{shows}", f.Shows)
		if strings.Contains(text, "{letter}") {
			text = strings.ReplaceAll(text, "{letter}", strangeLetter(f.Is, language))
		}
		return text
	}
	return ""
}

// says holds the clauses; shows tells apart those with something it looks like.
var says = [...]struct {
	detector, reason string
	shows            bool
	en, fr           string
}{
	{"link", "userinfo", true, "leads to {is}: what stands before the @, {shows}, is only a login", "mène à {is} : ce qui précède l’arobase, {shows}, n’est qu’un identifiant"},
	{"link", "userinfo", false, "leads to {is}: what stands before the @ is only a login", "mène à {is} : ce qui précède l’arobase n’est qu’un identifiant"},
	{"link", "ip-host", false, "leads to a bare number, {is}", "mène à une adresse numérique, {is}"},
	{"link", "confusable", true, "shows {shows} with {letter}", "affiche {shows} avec {letter}"},
	{"link", "punycode", true, "is written in code and shows {shows}", "est écrit en code et affiche {shows}"},
	{"link", "punycode", false, "{is} is written in a code that means nothing", "{is} est écrit dans un code qui ne veut rien dire"},
	{"link", "shortener", false, "{is} hides where it leads", "{is} cache où mène le lien"},
	{"link", "lookalike", true, "{is} resembles {shows} and is no part of it", "{is} ressemble à {shows} et n’en fait pas partie"},
	{"link", "encoded", false, "hides its host behind percent signs", "cache son hôte derrière des signes de pourcentage"},
	{"link", "slashes", false, "has slashes that hide where it leads", "a des barres obliques qui cachent où il mène"},
	{"link", "script", false, "runs a program ({is}) instead of opening a page", "exécute un programme ({is}) au lieu d’ouvrir une page"},
	{"attachment-name", "direction-override", true, "is named so that it reads backwards: it ends in {is}, not in {shows}", "porte un nom qui se lit à l’envers : il finit par {is}, non par {shows}"},
	{"attachment-name", "direction-override", false, "has a name that reads backwards", "porte un nom qui se lit à l’envers"},
	{"attachment-name", "double-extension", true, "ends in {is}, though it looks like {shows}", "finit par {is}, bien qu’il ressemble à {shows}"},
	{"attachment-name", "hidden-extension", true, "hides its ending {is} behind spaces", "cache sa terminaison {is} derrière des espaces"},
	{"attachment-name", "executable", false, "{is} is a program", "{is} est un programme"},
	{"attachment-name", "installer", false, "{is} installs programs", "{is} installe des programmes"},
	{"attachment-name", "macro", false, "{is} can hold macros or programs", "{is} peut contenir des macros ou des programmes"},
	{"attachment-name", "disk-image", false, "{is} is a disk image, which can hide programs", "{is} est une image de disque, qui peut cacher des programmes"},
	{"attachment-name", "archive", false, "{is} is an archive: what is inside cannot be seen", "{is} est une archive : son contenu ne se voit pas"},
	{"attachment-name", "web-page", false, "{is} is a web page that can run scripts", "{is} est une page web qui peut exécuter des scripts"},
	{"attachment-name", "refused", false, "{is} is a kind that mail systems refuse", "{is} est un type que les messageries refusent"},
}

// scriptNames are those of the scripts, as they stand before (English) or after
// (French) the letter itself.
var scriptNames = [...]struct{ en, fr string }{
	scriptGreek: {"a Greek", "grec"}, scriptCyrillic: {"a Cyrillic", "cyrillique"}, scriptArmenian: {"an Armenian", "arménien"}, scriptCherokee: {"a Cherokee", "cherokee"},
	scriptEastAsian: {"an East Asian", "d’Asie orientale"}, scriptOther: {"an unusual", "inhabituel"},
}

// strangeLetter describes the first character of a host that is not what it seems.
func strangeLetter(host, language string) string {
	plain, _ := decodedHost(host)
	for _, r := range plain {
		s := scriptOf(r)
		if s == scriptNone || s == scriptLatin {
			continue
		}
		letter := string(r)
		if plainLetter(r) == 0 {
			letter = codePoint(r)
		}
		if language == "fr" {
			return "un " + letter + " " + scriptNames[s].fr
		}
		return scriptNames[s].en + " " + letter
	}
	if language == "fr" {
		return "un caractère qui en imite un autre"
	}
	return "a character that imitates another"
}

// codePoint is U+ and at least four hexadecimal digits.
func codePoint(r rune) string {
	const digits = "0123456789ABCDEF"
	out := ""
	for r > 0 || len(out) < 4 {
		out = string(digits[r&15]) + out
		r >>= 4
	}
	return "U+" + out
}
