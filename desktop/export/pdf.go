package export

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/signintech/gopdf"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
)

// pdf is for reading: what the records say to people, each on a page of its own.
// It proves nothing and says so. Letters that the font lacks (it has Latin, Greek
// and Cyrillic) and characters that do not show are named: [U+1F3DB].
type pdf struct {
	*file
	doc   *gopdf.GoPdf
	info  Info
	font  *sfnt.Font
	buf   sfnt.Buffer
	count int
	page  int
	y     float64
	head  string // of the record that is being written
}

// Sizes in points on A4.
const (
	margin   = 56
	fontSize = 10
	leading  = 14
	bottom   = 842 - margin
	lineWide = 595 - 2*margin
)

// mostInPDF: the document is in memory until it is whole.
const mostInPDF = 10000

var pdfWords = map[string]struct{ title, made, note, page string }{
	"en": {"Kept records of messages", "Written out on %s by %s.", "This document is for reading. The evidence are the records themselves: mail files, which the same program writes out and proves. Under each record stands its id.", "page %d"},
	"fr": {"Messages conservés", "Établi le %s par %s.", "Ce document est destiné à la lecture. Font foi les documents eux-mêmes : des fichiers de courriel que le même programme établit et vérifie. Sous chacun figure son identifiant.", "page %d"},
}

func newPDF(path string, info Info) (Writer, error) {
	font, err := sfnt.Parse(goregular.TTF)
	if err != nil {
		return nil, err
	}
	doc := &gopdf.GoPdf{}
	doc.Start(gopdf.Config{PageSize: *gopdf.PageSizeA4})
	doc.SetInfo(gopdf.PdfInfo{Title: info.words().title, Creator: info.Tool, CreationDate: info.At.UTC()})
	if err := doc.AddTTFFontData("go", goregular.TTF); err != nil {
		return nil, err
	}
	f, err := newFile(path)
	if err != nil {
		return nil, err
	}
	p := &pdf{file: f, doc: doc, info: info, font: font}
	w := info.words()
	if err := p.cover(w.title, fmt.Sprintf(w.made, info.At.UTC().Format("2006-01-02 15:04 UTC"), info.Tool), w.note); err != nil {
		p.Abort()
		return nil, err
	}
	return p, nil
}

func (i Info) words() struct{ title, made, note, page string } {
	if w, ok := pdfWords[i.Lang]; ok {
		return w
	}
	return pdfWords["en"]
}

func (p *pdf) cover(lines ...string) error {
	if err := p.newPage(); err != nil {
		return err
	}
	for _, line := range lines {
		if err := p.paragraph(line); err != nil {
			return err
		}
		p.y += leading
	}
	return nil
}

func (p *pdf) Add(r Record) error {
	if p.count++; p.count > mostInPDF {
		return fmt.Errorf("a PDF takes %d records at most: choose fewer, or another form", mostInPDF)
	}
	p.head = r.ID
	if err := p.newPage(); err != nil {
		return err
	}
	for line := range strings.Lines(r.Text()) {
		if err := p.paragraph(strings.TrimRight(line, "\r\n")); err != nil {
			return err
		}
	}
	return nil
}

func (p *pdf) newPage() error {
	p.doc.AddPage()
	p.page++
	p.y = margin
	if err := p.doc.SetFont("go", "", 8); err != nil {
		return err
	}
	if err := p.at(margin/2, p.head); err != nil {
		return err
	}
	if err := p.at(bottom+margin/2, fmt.Sprintf(p.info.words().page, p.page)); err != nil {
		return err
	}
	return p.doc.SetFont("go", "", fontSize)
}

func (p *pdf) at(y float64, text string) error {
	if text == "" {
		return nil
	}
	p.doc.SetXY(margin, y)
	return p.doc.Cell(nil, text)
}

// paragraph writes one line of text over as many lines and pages as it needs.
func (p *pdf) paragraph(text string) error {
	lines := []string{""}
	if text = p.shown(text); strings.TrimSpace(text) != "" {
		var err error
		if lines, err = p.doc.SplitTextWithWordWrap(text, lineWide); err != nil {
			return err
		}
	}
	for _, line := range lines {
		if p.y+leading > bottom {
			if err := p.newPage(); err != nil {
				return err
			}
		}
		if err := p.at(p.y, line); err != nil {
			return err
		}
		p.y += leading
	}
	return nil
}

// shown puts the name of a character for one that could not be seen.
func (p *pdf) shown(text string) string {
	b := &strings.Builder{}
	for _, r := range text {
		glyph, err := p.font.GlyphIndex(&p.buf, r)
		switch {
		case r == '\t' || unicode.Is(unicode.Zs, r):
			b.WriteByte(' ')
		case err != nil || glyph == 0 || !unicode.IsPrint(r):
			fmt.Fprintf(b, "[U+%04X]", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func (p *pdf) Close() error {
	if _, err := p.doc.WriteTo(p.file); err != nil {
		return err
	}
	return p.file.Close()
}
