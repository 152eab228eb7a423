package message

import "unicode"

// What foldOf can say besides an ASCII byte (from ' ' up, and '\n').
const (
	keep    = 0    // stays as it is
	drop    = 1    // invisible: removed
	mark    = 2    // a mark upon the character before it: removed
	several = 0x80 // several+i: becomes expansions[i].to
)

// table holds a fold for each character, in pages of 256 of which most are the
// one empty page; it is made once, from the data of fold.go.
type table struct {
	index [0xE10]uint8 // page of a character >> 8
	pages [][256]uint8
}

var (
	folds = makeTable()
	ascii = &folds.pages[folds.index[0]]
)

func foldOf(r rune) uint8 {
	if p := r >> 8; int(p) < len(folds.index) {
		return folds.pages[folds.index[p]][r&0xFF]
	}
	return keep
}

func (t *table) set(r rune, f uint8) {
	p := r >> 8
	if t.index[p] == 0 {
		t.index[p] = uint8(len(t.pages))
		t.pages = append(t.pages, [256]uint8{})
	}
	t.pages[t.index[p]][r&0xFF] = f
}

func (t *table) get(r rune) uint8 { return t.pages[t.index[r>>8]][r&0xFF] }

// makeTable fills a table; where the data overlap, the later wins.
func makeTable() *table {
	t := &table{pages: make([][256]uint8, 1, 128)}
	for _, v := range invisible {
		for r := v[0]; r <= v[1]; r++ {
			t.set(r, drop)
		}
	}
	t.classes()
	for _, row := range rows {
		for i := range row.to {
			if row.to[i] != '_' {
				t.set(row.first+rune(i), row.to[i])
			}
		}
	}
	for _, s := range sequences {
		for i := range s.n {
			t.set(s.first+i, s.from+uint8(i))
		}
	}
	for _, row := range lookalikes {
		for _, r := range row[1:] {
			t.set(r, row[0])
		}
	}
	for i, e := range expansions {
		t.set(e.from, several+uint8(i))
	}
	t.mathematical()
	t.set('\t', ' ')
	t.set('\r', '\n')
	return t
}

// classes sets marks, spaces, dashes and the digits of every script, which
// Unicode keeps in unbroken rows from 0 to 9.
func (t *table) classes() {
	each(unicode.Mn, func(r, _ rune) { t.set(r, mark) })
	each(unicode.Me, func(r, _ rune) { t.set(r, mark) })
	each(unicode.Zs, func(r, _ rune) { t.set(r, ' ') })
	each(unicode.Pd, func(r, _ rune) { t.set(r, '-') })
	each(unicode.Nd, func(r, first rune) { t.set(r, '0'+uint8((r-first)%10)) })
	for r := rune(' '); r <= '~'; r++ {
		t.set(r, keep)
	}
}

func each(class *unicode.RangeTable, f func(r, first rune)) {
	for _, v := range class.R16 {
		for r := rune(v.Lo); r <= rune(v.Hi); r += rune(v.Stride) {
			f(r, rune(v.Lo))
		}
	}
	for _, v := range class.R32 {
		for r := rune(v.Lo); r <= rune(v.Hi); r += rune(v.Stride) {
			f(r, rune(v.Lo))
		}
	}
}

// mathematical sets the Mathematical Alphanumeric Symbols, U+1D400 to U+1D7CB:
// thirteen Latin alphabets, dotless i and j, and five Greek alphabets of 58.
func (t *table) mathematical() {
	const latin, dotless, greek, alphabets = 0x1D400, 0x1D6A4, 0x1D6A8, 5
	for r := rune(latin); r < dotless; r++ {
		k := uint8((r - latin) % 52)
		if k < 26 {
			t.set(r, 'A'+k)
		} else {
			t.set(r, 'a'+k-26)
		}
	}
	t.set(dotless, 'i')
	t.set(dotless+1, 'j')
	for r := rune(greek); r < greek+58*alphabets; r++ {
		switch k := (r - greek) % 58; {
		case k < 25:
			t.set(r, t.get('Α'+k))
		case k >= 26 && k < 51:
			t.set(r, t.get('α'+k-26))
		case k == 52: // epsilon symbol
			t.set(r, 'e')
		case k == 54: // kappa symbol
			t.set(r, 'k')
		case k == 56: // rho symbol
			t.set(r, 'p')
		}
	}
}
