package detect

import (
	"strings"
)

// attachmentName judges the name of an attachment; the file is never opened.
//
// The lists follow what mail systems block or open with care: Microsoft,
// "Blocked attachments in Outlook"; Google, "File types blocked in Gmail"; for
// the reversed name Unicode Technical Report 36 section 2.8 (bidirectional
// spoofing).
//
// Hit: "invoice.pdf.exe". Near miss: "minutes.v2.pdf".
var attachmentName = detector{
	id: "attachment-name", class: ClassAttachment,
	source:  "Microsoft, Blocked attachments in Outlook; Google, File types blocked in Gmail; Unicode Technical Report 36",
	about:   "attachment whose name hides its kind, or of a kind that can run, install or hide things",
	reasons: "direction-override double-extension executable installer macro disk-image archive",
}

const (
	programs   = " exe com scr pif cpl dll sys bat cmd ps1 psm1 vbs vbe vb js jse mjs wsf wsh wsc hta jar sh bash zsh command run bin elf app ws gadget msh inf reg scf lnk url desktop website chm hlp py pyw pyc pl rb php "
	installers = " msi msix msixbundle msp mst appx appxbundle appinstaller dmg pkg mpkg deb rpm apk aab xapk ipa crx xpi snap flatpak flatpakref appimage vsix oxt cab "
	macros     = " docm dotm xlsm xltm xlam xlsb xll pptm potm ppam ppsm sldm doc xls ppt one onepkg pub mdb accdb accde ade adp rtf slk iqy odb "
	images     = " iso img vhd vhdx vmdk udf toast nrg wim ova ovf qcow2 "
	archives   = " zip 7z rar tar gz tgz bz2 tbz xz txz zst lz lzh lzma arj ace z uue xar cbz cbr "
	documents  = " pdf doc docx xls xlsx ppt pptx odt ods odp txt rtf csv jpg jpeg png gif bmp tif tiff heic webp mp3 mp4 mov avi wav m4a htm html eml msg zip pages numbers key ics vcf "
)

func findAttachmentName(in *input) {
	if i := strings.IndexFunc(in.text.Orig, isOverride); i >= 0 && in.s != "" {
		in.report(0, len(in.s), 980, "direction-override")
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
	stem := strings.TrimRight(name[:dot], " _-")
	if at := strings.LastIndexByte(stem, '.'); at >= 0 && kind != "archive" && kind != "macro" && isWord(fold(stem[at+1:]), documents) {
		in.report(at, len(name), 980, "double-extension")
		return
	}
	in.report(dot, len(name), confidence, kind)
}

// isOverride reports whether r turns the direction of a text (Unicode
// Bidi_Control, except the marks, which are invisible and turn nothing).
func isOverride(r rune) bool {
	return r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069
}

// kindOf gives the kind of an extension, and how sure it is that such a file
// can do harm; "doc" and its like may hold macros, most do not.
func kindOf(ext string) (kind string, confidence int) {
	switch {
	case isWord(ext, " com app bin run py rb pl php js key "):
		return "executable", 800
	case isWord(ext, programs):
		return "executable", 950
	case isWord(ext, installers):
		return "installer", 950
	case isWord(ext, " doc xls ppt rtf pub mdb "):
		return "macro", 500
	case isWord(ext, macros):
		return "macro", 900
	case isWord(ext, images):
		return "disk-image", 900
	case isWord(ext, archives):
		return "archive", 650
	}
	return "", 0
}
