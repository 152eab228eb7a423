package detect

import (
	"strings"
	"sync"
)

// licenceTable is one jurisdiction a line: code, name, and the formats of its
// licence numbers as runs of letters (A) and digits (N) with their lengths.
// Two more are in fitting: Manitoba has any twelve letters and digits,
// Washington twelve that begin with a letter (the stars of numbers before 2018 are
// not read). New York's eight letters are left out: nothing tells them from a word.
const licenceTable = `AL|alabama|N1-8
AK|alaska|N1-7
AZ|arizona|A1N8-9,A2N2-5,N9
AR|arkansas|N4-9
CA|california|A1N7
CO|colorado|N9,A1N3-6,A2N2-5
CT|connecticut|N9
DE|delaware|N1-7
DC|district of columbia|N7,N9
FL|florida|A1N12
GA|georgia|N7-9
HI|hawaii|A1N8,N9
ID|idaho|A2N6A1,N9
IL|illinois|A1N11-12
IN|indiana|A1N9,N9-10
IA|iowa|N9,N3A2N4
KS|kansas|A1N1A1N1A1,A1N8,N9
KY|kentucky|A1N8-9,N9
LA|louisiana|N1-9
ME|maine|N7,N7A1,N8
MD|maryland|A1N12
MA|massachusetts|A1N8,N9
MI|michigan|A1N10,A1N12
MN|minnesota|A1N12
MS|mississippi|N9
MO|missouri|A1N5-9,A1N6A1,N8A2,N9A1,N9,N3A1N6
MT|montana|A1N8,N13,N9,N14
NE|nebraska|A1N6-8
NV|nevada|N9-10,N12,A1N8
NH|new hampshire|N2A3N5,A3N8
NJ|new jersey|A1N14
NM|new mexico|N8-9
NY|new york|A1N7,A1N18,N8-9,N16
NC|north carolina|N1-12
ND|north dakota|A3N6,N9
OH|ohio|A1N4-8,A2N3-7,N8
OK|oklahoma|A1N9,N9
OR|oregon|N1-9
PA|pennsylvania|N8
RI|rhode island|N7,A1N6
SC|south carolina|N5-11
SD|south dakota|N6-10,N12
TN|tennessee|N7-9
TX|texas|N7-8
UT|utah|N4-10
VT|vermont|N8,N7A1
VA|virginia|A1N8-11,N9
WA|washington|
WV|west virginia|N7,A1-2N5-6
WI|wisconsin|A1N13
WY|wyoming|N9-10
AB|alberta|N9
BC|british columbia|N7
MB|manitoba|
NB|new brunswick|N5-7
NL|newfoundland|A1N9
NT|northwest territories|N6
NS|nova scotia|A5N9
NU|nunavut|N9
ON|ontario|A1N14
PE|prince edward island|N5-6
QC|quebec|A1N12
SK|saskatchewan|N8
YT|yukon|N10
`

// run is a stretch of letters (A) or digits (N); most is 0 in a shape.
type run struct {
	kind        byte
	least, most int
}

// licenceFormat is a format and the jurisdiction's number in the table.
type licenceFormat struct {
	place int
	runs  []run
}

var licenceFormats = sync.OnceValue(parseFormats)

func parseFormats() (out []licenceFormat) {
	place := 0
	for line := range strings.Lines(licenceTable) {
		list := strings.TrimSuffix(line[strings.LastIndexByte(line, '|')+1:], "\n")
		for list != "" {
			var one string
			one, list, _ = strings.Cut(list, ",")
			out = append(out, licenceFormat{place, parseRuns(one)})
		}
		place++
	}
	return out
}

// parseRuns reads "A1N4-8".
func parseRuns(s string) (out []run) {
	for i := 0; i < len(s); {
		end := i + 1
		for end < len(s) && !letter(s[end]) {
			end++
		}
		least, most, ok := strings.Cut(s[i+1:end], "-")
		if !ok {
			most = least
		}
		out = append(out, run{s[i], number(least), number(most)})
		i = end
	}
	return out
}

// placeNames are the codes and names of the table, as marks.
func placeNames() string {
	out := ""
	for line := range strings.Lines(licenceTable) {
		code, rest, _ := strings.Cut(line, "|")
		name, _, _ := strings.Cut(rest, "|")
		out += strings.ToLower(code) + "|" + name + "|"
	}
	return out + "n.c"
}

// placeOf is the number in the table of a code in capitals or a name, -1 for
// none: "in" and "or" are no states.
func placeOf(s string) int {
	if s == "N.C" {
		s = "NC"
	}
	key := "|" + fold(s) + "|"
	if len(s) == 2 {
		if !upper(s[0]) || !upper(s[1]) {
			return -1
		}
		key = s + "|"
	}
	i := strings.Index(licenceTable, key)
	if i < 0 {
		return -1
	}
	return strings.Count(licenceTable[:i], "\n")
}

// shapeOf gives the runs of a squeezed number, and how many digits it has.
func shapeOf(s string) (shape []run, digits int) {
	for i := range len(s) {
		kind := byte('A')
		if digit(s[i]) {
			kind = 'N'
			digits++
		}
		if n := len(shape); n > 0 && shape[n-1].kind == kind {
			shape[n-1].least++
		} else {
			shape = append(shape, run{kind: kind, least: 1})
		}
	}
	return shape, digits
}

// fitting is the set of jurisdictions, one bit each, with a format of that shape.
func fitting(shape []run) (places uint64) {
	total := 0
	for _, r := range shape {
		total += r.least
	}
	if total == 12 {
		places |= 1 << placeOf("MB")
		if shape[0].kind == 'A' {
			places |= 1 << placeOf("WA")
		}
	}
	for _, f := range licenceFormats() {
		if len(f.runs) != len(shape) {
			continue
		}
		fits := true
		for i, r := range f.runs {
			fits = fits && r.kind == shape[i].kind && shape[i].least >= r.least && shape[i].least <= r.most
		}
		if fits {
			places |= 1 << f.place
		}
	}
	return places
}

// placesNear is the set of jurisdictions named near s[start:end], and whether
// a licence of any sort is.
func (in *input) placesNear(start, end int) (places uint64, licence bool) {
	for i := in.hitAt(start - bytesBefore); i < len(in.hits) && in.hits[i].end <= end+bytesAfter; i++ {
		h := in.hits[i]
		if h.kinds&in.marks == 0 || h.start < start-bytesBefore || h.end > start && h.start < end {
			continue
		}
		w := in.s[h.start:h.end]
		if p := placeOf(w); p >= 0 {
			places |= 1 << p
		} else if isWord(fold(w), anyLicence) {
			licence = true
		}
	}
	return places, licence
}
