package detect

import (
	"strings"
	"testing"

	"hanaper/core/message"
)

// The types that mail systems refuse: Google, "File types blocked in Gmail"
// (support.google.com/mail/answer/6590), and Microsoft, "Blocked attachments in
// Outlook", as of 2026.
const (
	gmailRefuses = "ade adp apk appx appxbundle bat cab chm cmd com cpl diagcab diagcfg diagpkg dll dmg ex ex_ exe hta img ins iso isp jar jnlp js jse lib lnk mde " +
		"mjs msc msi msix msixbundle msp mst nsh pif ps1 scr sct shb sys vb vbe vbs vhd vxd wsc wsf wsh xll"
	outlookRefuses = "ade adp app application appref-ms asp aspx asx bas bat bgi cab cdxml cer chm cmd cnt com cpl crt csh der diagcab exe fxp gadget grp hlp hpj hta htc " +
		"inf ins isp its jar jnlp js jse ksh lnk mad maf mag mam maq mar mas mat mau mav maw mcf mda mdb mde mdt mdw mdz mht mhtml msc msh msh1 msh2 mshxml msh1xml msh2xml msi msp mst msu " +
		"ops osd pcd pif pl plg prf prg printerexport ps1 ps1xml ps2 ps2xml psc1 psc2 psd1 psdm1 pssc pst py pyc pyo pyw pyz pyzw reg scf scr sct shb shs theme tmp udl url vb vbe vbp " +
		"vbs vhd vhdx vsmacros vsw webpnp website ws wsb wsc wsf wsh xbap xll xnk"
)

func TestRefusedTypes(t *testing.T) {
	for ext := range strings.FieldsSeq(gmailRefuses + " " + outlookRefuses) {
		for _, name := range []string{"minutes." + ext, "MINUTES." + strings.ToUpper(ext), "minutes." + ext + ". "} {
			x := message.Normalize("attachments[0].name", name)
			if f := ScanName(&x); len(f) != 1 || f[0].Confidence < 600 || f[0].Is != "."+ext {
				t.Errorf("%q: %v", name, f)
			}
		}
	}
}

// TestSays: what was seen, in both languages.
func TestSays(t *testing.T) {
	for _, c := range []struct{ text, en, fr string }{
		{"https://аpple.example/", "shows apple.example with a Cyrillic а", "affiche apple.example avec un а cyrillique"},
		{"https://xn--pple-43d.example/", "shows apple.example with a Cyrillic а", "affiche apple.example avec un а cyrillique"},
		{"https://ap\u200bple.example/", "shows apple.example with an unusual U+200B", "affiche apple.example avec un U+200B inhabituel"},
		{"https://www.gov.uk@evil.example:8080/", "leads to evil.example: what stands before the @, www.gov.uk, is only a login", "mène à evil.example : ce qui précède l’arobase, www.gov.uk, n’est qu’un identifiant"},
		{"http://0xCB007109/", "leads to a bare number, 203.0.113.9", "mène à une adresse numérique, 203.0.113.9"},
		{"bit.ly/3xYz12", "bit.ly hides where it leads", "bit.ly cache où mène le lien"},
		{"https://g0v.uk/", "g0v.uk resembles gov.uk and is no part of it", "g0v.uk ressemble à gov.uk et n’en fait pas partie"},
		{"https://xn--bcher-kva.example", "is written in code and shows bücher.example", "est écrit en code et affiche bücher.example"},
		{"javascript:alert(1)", "runs a program (javascript) instead of opening a page", "exécute un programme (javascript) au lieu d’ouvrir une page"},
		{"data:text/html;base64,PHA+", "runs a program (text/html) instead of opening a page", "exécute un programme (text/html) au lieu d’ouvrir une page"},
	} {
		f := seeing(c.text, testProtected...)
		if en, fr := f.Says("en"), f.Says("fr"); en != c.en || fr != c.fr {
			t.Errorf("%q: %q, %q", c.text, en, fr)
		}
	}
	for _, c := range []struct{ name, en, fr string }{
		{"invoice.pdf.exe", "ends in .exe, though it looks like .pdf", "finit par .exe, bien qu’il ressemble à .pdf"},
		{"annex\u202efdp.exe", "is named so that it reads backwards: it ends in .exe, not in .pdf", "porte un nom qui se lit à l’envers : il finit par .exe, non par .pdf"},
		{"plan.pdf      .lnk", "hides its ending .lnk behind spaces", "cache sa terminaison .lnk derrière des espaces"},
		{"rota.docm", ".docm can hold macros or programs", ".docm peut contenir des macros ou des programmes"},
	} {
		x := message.Normalize("attachments[0].name", c.name)
		f := ScanName(&x)
		if len(f) != 1 || f[0].Says("en") != c.en || f[0].Says("fr") != c.fr {
			t.Errorf("%q: %v %q", c.name, f, f[0].Says("en"))
		}
	}
}

// TestEveryRiskSays: no finding of a link or a file is without its words, and none
// leaves a parameter unfilled.
func TestEveryRiskSays(t *testing.T) {
	for _, e := range allExamples(t) {
		for _, f := range scan(e.id, e.text) {
			for _, language := range []string{"en", "fr"} {
				said := f.Says(language)
				if risky := f.Class == ClassLink || f.Class == ClassAttachment; risky != (said != "") || strings.Contains(said, "{") || strings.Contains(said, "  ") {
					t.Errorf("%s %s %s: %q of %q", f.Detector, f.Reason, language, said, e.text)
				}
			}
		}
	}
}
