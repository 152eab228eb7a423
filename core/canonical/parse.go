package canonical

import (
	"math"
	"strconv"
	"unicode/utf8"
)

// Limits bound what Parse accepts; a zero field means its default.
type Limits struct {
	Bytes int // default MaxBytes
	Depth int // default MaxDepth
}

const (
	// MaxBytes is eight times the largest body that is judged: room for escapes.
	MaxBytes = 8 << 20
	// MaxDepth: the deepest document of ours is a pack, at 8.
	MaxDepth = 32
)

// SyntaxError says where and why a text is not acceptable JSON.
type SyntaxError struct {
	Offset int    // bytes from the start of the text
	Line   int    // from 1
	Column int    // bytes from the start of the line, from 1
	Msg    string // lower case, no full stop
}

func (e *SyntaxError) Error() string {
	return "line " + strconv.Itoa(e.Line) + ", column " + strconv.Itoa(e.Column) + ": " + e.Msg
}

type parser struct {
	in    []byte
	pos   int
	depth int
}

// Parse reads exactly one JSON value (RFC 8259). Every error is a *SyntaxError.
func Parse(in []byte, lim Limits) (Value, error) {
	if lim.Bytes == 0 {
		lim.Bytes = MaxBytes
	}
	if lim.Depth == 0 {
		lim.Depth = MaxDepth
	}
	p := parser{in: in, depth: lim.Depth}
	if len(in) > lim.Bytes {
		return Value{}, p.fail(0, "the text is "+strconv.Itoa(len(in))+" bytes, the limit is "+strconv.Itoa(lim.Bytes))
	}
	p.space()
	v, err := p.value()
	if err != nil {
		return Value{}, err
	}
	p.space()
	if p.pos < len(in) {
		return Value{}, p.fail(p.pos, "text after the value")
	}
	return v, nil
}

// fail and peek are not inlined: their copies would add 6 KB to core.wasm.
//
//go:noinline
func (p *parser) fail(at int, msg string) *SyntaxError {
	e := &SyntaxError{Offset: at, Line: 1, Column: 1, Msg: msg}
	for _, c := range p.in[:min(at, len(p.in))] {
		e.Column++
		if c == '\n' {
			e.Line++
			e.Column = 1
		}
	}
	return e
}

func (p *parser) space() {
	for p.pos < len(p.in) {
		switch p.in[p.pos] {
		case ' ', '\t', '\n', '\r':
			p.pos++
		default:
			return
		}
	}
}

//go:noinline
func (p *parser) peek() byte {
	if p.pos < len(p.in) {
		return p.in[p.pos]
	}
	return 0
}

func (p *parser) value() (Value, error) {
	start := p.pos
	switch c := p.peek(); {
	case p.pos >= len(p.in):
		return Value{}, p.fail(start, "the text ends where a value should be")
	case c == '"':
		s, err := p.str()
		return Value{Kind: String, Str: s, Offset: start}, err
	case c == '{':
		return p.object()
	case c == '[':
		return p.array()
	case c == '-' || c >= '0' && c <= '9':
		return p.number()
	}
	for _, w := range [...]struct {
		text string
		v    Value
	}{{"true", Flag(true)}, {"false", Flag(false)}, {"null", Value{}}} {
		if n := len(w.text); len(p.in)-p.pos >= n && string(p.in[p.pos:p.pos+n]) == w.text {
			p.pos += n
			w.v.Offset = start
			return w.v, nil
		}
	}
	return Value{}, p.fail(start, "not a JSON value")
}

func (p *parser) enter() error {
	if p.depth--; p.depth < 0 {
		return p.fail(p.pos, "nested too deeply")
	}
	p.pos++
	p.space()
	return nil
}

func (p *parser) array() (Value, error) {
	v := Value{Kind: Array, Offset: p.pos}
	if err := p.enter(); err != nil {
		return v, err
	}
	for p.peek() != ']' {
		e, err := p.value()
		if err != nil {
			return v, err
		}
		v.Arr = append(v.Arr, e)
		if more, err := p.comma(']'); err != nil {
			return v, err
		} else if !more {
			break
		}
	}
	p.pos++
	p.depth++
	return v, nil
}

func (p *parser) object() (Value, error) {
	v := Value{Kind: Object, Offset: p.pos}
	if err := p.enter(); err != nil {
		return v, err
	}
	var seen names
	for p.peek() != '}' {
		at := p.pos
		if p.peek() != '"' {
			return v, p.fail(at, "expected a name in double quotes")
		}
		name, err := p.str()
		if err != nil {
			return v, err
		}
		if seen.twice(&v, name) {
			return v, p.fail(at, "the name "+quote(name)+" stands twice")
		}
		p.space()
		if p.peek() != ':' {
			return v, p.fail(p.pos, "expected a colon")
		}
		p.pos++
		p.space()
		e, err := p.value()
		if err != nil {
			return v, err
		}
		if v.Obj == nil {
			v.Obj = make([]Member, 0, 8) // most objects have fewer members
		}
		v.Obj = append(v.Obj, Member{name, e})
		if more, err := p.comma('}'); err != nil {
			return v, err
		} else if !more {
			break
		}
	}
	p.pos++
	p.depth++
	return v, nil
}

// names are the names of an object so far; the map is made only for large ones.
type names struct{ m map[string]bool }

// twice reports whether the object being read, v, has the name already.
func (n *names) twice(v *Value, name string) bool {
	const large = 16
	if n.m == nil && len(v.Obj) < large {
		return v.Get(name) != nil
	}
	if n.m == nil {
		n.m = make(map[string]bool, 4*large)
		for i := range v.Obj {
			n.m[v.Obj[i].Name] = true
		}
	}
	if n.m[name] {
		return true
	}
	n.m[name] = true
	return false
}

// comma reads what may follow an element: a comma and another, or the end.
func (p *parser) comma(end byte) (more bool, err error) {
	p.space()
	switch p.peek() {
	case end:
		return false, nil
	case ',':
		p.pos++
		p.space()
		if p.peek() == end {
			return false, p.fail(p.pos, "a comma before the end")
		}
		return true, nil
	}
	return false, p.fail(p.pos, "expected a comma or "+string(rune(end)))
}

func (p *parser) number() (Value, error) {
	start := p.pos
	digits := func() bool {
		at := p.pos
		for c := p.peek(); c >= '0' && c <= '9'; c = p.peek() {
			p.pos++
		}
		return p.pos > at
	}
	if p.peek() == '-' {
		p.pos++
	}
	first := p.pos
	ok := digits()
	if ok && p.in[first] == '0' && p.pos > first+1 {
		return Value{}, p.fail(first, "a number with a leading zero")
	}
	if ok && p.peek() == '.' {
		p.pos++
		ok = digits()
	}
	if ok && (p.peek() == 'e' || p.peek() == 'E') {
		p.pos++
		if p.peek() == '+' || p.peek() == '-' {
			p.pos++
		}
		ok = digits()
	}
	if !ok {
		return Value{}, p.fail(p.pos, "an unfinished number")
	}
	f, err := strconv.ParseFloat(string(p.in[start:p.pos]), 64)
	if err != nil || math.IsInf(f, 0) {
		return Value{}, p.fail(start, "a number out of range")
	}
	return Value{Kind: Number, Num: f, Offset: start}, nil
}

func (p *parser) str() (string, error) {
	start := p.pos
	p.pos++
	run := p.pos
	var out []byte
	for p.pos < len(p.in) {
		switch c := p.in[p.pos]; {
		case c == '"':
			s := p.in[run:p.pos]
			p.pos++
			if out == nil {
				return string(s), nil
			}
			return string(append(out, s...)), nil
		case c == '\\':
			out = append(out, p.in[run:p.pos]...)
			var err error
			if out, err = p.escape(out); err != nil {
				return "", err
			}
			run = p.pos
		case c < 0x20:
			return "", p.fail(p.pos, "a control character inside a string")
		case c < utf8.RuneSelf:
			p.pos++
		default:
			r, n := utf8.DecodeRune(p.in[p.pos:])
			if r == utf8.RuneError && n == 1 {
				return "", p.fail(p.pos, "invalid UTF-8")
			}
			p.pos += n
		}
	}
	return "", p.fail(start, "a string without its end")
}

func (p *parser) escape(out []byte) ([]byte, error) {
	at := p.pos
	p.pos++
	c := p.peek()
	p.pos++
	switch c {
	case '"', '\\', '/':
		return append(out, c), nil
	case 'b':
		return append(out, '\b'), nil
	case 'f':
		return append(out, '\f'), nil
	case 'n':
		return append(out, '\n'), nil
	case 'r':
		return append(out, '\r'), nil
	case 't':
		return append(out, '\t'), nil
	case 'u':
		r, ok := p.hex4()
		if ok && r >= 0xD800 && r < 0xDC00 && p.peek() == '\\' {
			p.pos++
			if p.peek() == 'u' {
				p.pos++
				var low rune
				if low, ok = p.hex4(); ok && low >= 0xDC00 && low < 0xE000 {
					return utf8.AppendRune(out, (r-0xD800)<<10+(low-0xDC00)+0x10000), nil
				}
			}
		}
		if !ok || r >= 0xD800 && r < 0xE000 {
			return nil, p.fail(at, "a broken \\u escape")
		}
		return utf8.AppendRune(out, r), nil
	}
	return nil, p.fail(at, "an unknown escape")
}

func (p *parser) hex4() (rune, bool) {
	if p.pos+4 > len(p.in) {
		return 0, false
	}
	n, err := strconv.ParseUint(string(p.in[p.pos:p.pos+4]), 16, 32)
	p.pos += 4
	return rune(n), err == nil
}

// quote shows what was found in an error, which should not grow with it.
func quote(s string) string {
	const most = 40 // bytes
	if len(s) > most {
		return strconv.Quote(s[:most]) + "..."
	}
	return strconv.Quote(s)
}
