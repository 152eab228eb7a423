package detect

import (
	"strings"
	"unicode/utf8"
)

// attachmentName judges the name of an attachment; the file is never opened.
//
// The lists follow what mail systems block or open with care: Microsoft,
// "Blocked attachments in Outlook" (support.microsoft.com); Google, "File types
// blocked in Gmail" (support.google.com/mail/answer/6590); for the reversed name
// Unicode Technical Report 36 section 2.8 (bidirectional spoofing).
//
// Hit: "invoice.pdf.exe". Near miss: "minutes.v2.pdf".
var attachmentName = detector{
	id: "attachment-name", class: ClassAttachment,
	source:  "Microsoft, Blocked attachments in Outlook; Google, File types blocked in Gmail; Unicode Technical Report 36",
	about:   "attachment whose name hides its kind, or of a kind that can run, install or hide things",
	reasons: "direction-override double-extension hidden-extension executable installer macro disk-image archive web-page refused",
}

const (
	scripting = " com app bin run py rb pl php js "
	programs  = " exe scr pif cpl dll sys bat cmd ps1 ps1xml ps2 ps2xml psc1 psc2 psd1 psdm1 psm1 pssc cdxml vbs vbe vb vbp jse mjs wsf wsh wsc ws wsb sct hta jar jnlp sh bash zsh csh ksh fish " +
		"command elf application appref-ms gadget msh msh1 msh2 mshxml msh1xml msh2xml msc inf ins isp reg scf lnk url desktop website webloc library-ms search-ms searchconnector-ms " +
		"settingcontent-ms chm hlp hpj hta htc pyc pyo pyw pyz pyzw plx tcl lua ex ex_ nsh lib vxd ocx drv so dylib shb shs fxp prg xbap osd its a3x ahk applescript scpt workflow xsl "
	installers = " msi msix msixbundle msp mst msu appx appxbundle appinstaller dmg pkg mpkg deb rpm apk aab xapk ipa crx xpi snap flatpak flatpakref appimage vsix oxt cab diagcab diagcfg diagpkg ppkg webpnp "
	oldOffice  = " doc xls ppt rtf pub "
	macros     = " docm dotm dot xlsm xltm xlam xlsb xla xlt xll xlw pptm potm ppam ppsm ppa pps pot sldm one onepkg onetoc2 mdb accdb accde accda accdr accdu ade adp mda mde mdt mdw mdz mad maf mag mam maq " +
		"mar mas mat mau mav maw mcf slk iqy dqy oqy rqy odc odb udl wiz wbk vsmacros vsw "
	images    = " iso img vhd vhdx vmdk udf toast nrg wim esd ova ovf qcow2 daa mdf "
	archives  = " zip zipx 7z rar tar gz tgz bz2 tbz xz txz zst lz lzh lha lzma arj ace z uu uue xxe xar cbz cbr cpio r00 001 "
	webPages  = " html htm xhtml xht shtml shtm mht mhtml svg svgz "
	refused   = " asp aspx asx bas bgi cer cnt crt der grp ops pcd plg prf printerexport pst theme themepack deskthemepack tmp xnk "
	documents = " pdf doc docx xls xlsx ppt pptx odt ods odp txt rtf csv jpg jpeg png gif bmp tif tiff heic webp mp3 mp4 mov avi wav m4a htm html eml msg zip pages numbers key ics vcf "
)

// hidingSpaces before an ending push it out of sight.
const hidingSpaces = "   "

func findAttachmentName(in *input) {
	if i := strings.IndexFunc(in.text.Orig, isOverride); i >= 0 && in.s != "" {
		in.reportRisk(0, len(in.s), risk{"direction-override", 980, ending(in.s), readBackwards(in.text.Orig, i)})
		return
	}
	name := strings.TrimRight(in.s, " .\n")
	dot := strings.LastIndexByte(name, '.')
	if dot < 0 {
		return
	}
	kind, confidence := kindOf(fold(strings.Trim(name[dot+1:], " ")))
	if kind == "" {
		return
	}
	r := risk{kind, confidence, ending(name), ""}
	stem := strings.TrimRight(name[:dot], " _-")
	start := dot
	if at := strings.LastIndexByte(stem, '.'); at >= 0 && !isWord(kind, " archive macro refused ") && isWord(fold(stem[at+1:]), documents) {
		start, r = at, risk{"double-extension", 980, r.is, fold(stem[at:])}
	}
	if strings.HasSuffix(name[:dot], hidingSpaces) {
		r = risk{"hidden-extension", 980, r.is, fold(stem)}
	}
	in.reportRisk(start, len(name), r)
}

// ending is the last extension of a name, in small letters with its full stop.
func ending(name string) string {
	name = strings.TrimRight(name, " .\n")
	dot := strings.LastIndexByte(name, '.')
	if dot < 0 {
		return ""
	}
	return "." + fold(strings.Trim(name[dot+1:], " "))
}

// readBackwards is the extension that a reader sees in a name whose character at i
// turns the rest round, "" where it does not.
func readBackwards(name string, i int) string {
	turn, size := utf8.DecodeRuneInString(name[i:])
	if turn != 0x202E {
		return ""
	}
	var back []rune
	for _, r := range name[i+size:] {
		if !isOverride(r) {
			back = append([]rune{r}, back...)
		}
	}
	return ending(string(back))
}

// isOverride reports whether r turns the direction of a text (Unicode
// Bidi_Control, except the marks, which are invisible and turn nothing).
func isOverride(r rune) bool {
	return r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069
}

// endings are the kinds of extensions, and how sure it is that such a file can do
// harm: scripts are also addresses and sources, documents of old Office may hold
// macros and mostly do not, pages and archives are mostly harmless.
var endings = [...]struct {
	list, kind string
	confidence int
}{
	{scripting, "executable", 800}, {programs, "executable", 950}, {installers, "installer", 950}, {oldOffice, "macro", 500}, {macros, "macro", 900},
	{images, "disk-image", 900}, {archives, "archive", 650}, {webPages, "web-page", 600}, {refused, "refused", 700},
}

func kindOf(ext string) (kind string, confidence int) {
	for _, e := range endings {
		if isWord(ext, e.list) {
			return e.kind, e.confidence
		}
	}
	return "", 0
}
