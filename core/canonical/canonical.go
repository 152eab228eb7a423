// Package canonical reads strict JSON and writes its canonical form, RFC 8785 (JCS).
//
// It exists because encoding/json adds 1.3 MiB to core.wasm, ignores unknown
// fields by default, accepts duplicate names and repairs invalid UTF-8 silently.
// Here a duplicate name, a lone surrogate, an invalid UTF-8 byte, a number
// outside IEEE 754 double range or anything after the value is an error that
// names the place.
//
//	v, err := canonical.Parse([]byte(`{"b":1,"a":"é"}`), canonical.Limits{})
//	canonical.Append(nil, v) // {"a":"é","b":1}
package canonical

import (
	"math"
	"sort"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// Kind is the JSON type of a Value.
type Kind uint8

// The JSON types. Null is the zero Value.
const (
	Null Kind = iota
	Bool
	Number
	String
	Array
	Object
)

func (k Kind) String() string {
	return [...]string{"null", "boolean", "number", "string", "array", "object"}[k]
}

// Value is one JSON value. Only the fields of its Kind are set.
type Value struct {
	Kind   Kind
	Bool   bool
	Num    float64
	Str    string
	Arr    []Value
	Obj    []Member
	Offset int // byte offset of the value in the parsed text
}

// Member is one name and value of an object, in the order they were written.
type Member struct {
	Name  string
	Value Value
}

// Get returns the member's value, or nil when v is no object or lacks it.
func (v *Value) Get(name string) *Value {
	for i := range v.Obj {
		if v.Obj[i].Name == name {
			return &v.Obj[i].Value
		}
	}
	return nil
}

// Str, Num, Flag, List and Fields build values for Append.
func Str(s string) Value            { return Value{Kind: String, Str: s} }
func Num(n float64) Value           { return Value{Kind: Number, Num: n} }
func Flag(b bool) Value             { return Value{Kind: Bool, Bool: b} }
func List(a []Value) Value          { return Value{Kind: Array, Arr: a} }
func Fields(m ...Member) Value      { return Value{Kind: Object, Obj: m} }
func F(name string, v Value) Member { return Member{name, v} }

// Texts is an object of strings: name, value, name, value.
//
//go:noinline
func Texts(pairs ...string) Value {
	m := make([]Member, 0, len(pairs)/2+6)
	for i := 0; i+1 < len(pairs); i += 2 {
		m = append(m, Member{pairs[i], Value{Kind: String, Str: pairs[i+1]}})
	}
	return Value{Kind: Object, Obj: m}
}

// Put adds a member to an object. It stays out of line, like the decoder's
// methods: composing with F costs ten times the code.
//
//go:noinline
func (v *Value) Put(name string, x Value) { v.Obj = append(v.Obj, Member{name, x}) }

// ListOf is a list of what encode makes of each element.
func ListOf[T any](list []T, encode func(*T) Value) Value {
	out := make([]Value, len(list))
	for i := range list {
		out[i] = encode(&list[i])
	}
	return List(out)
}

// Strs is a list of strings.
func Strs(s []string) Value {
	a := make([]Value, len(s))
	for i := range s {
		a[i] = Str(s[i])
	}
	return List(a)
}

// Append appends the RFC 8785 form of v to dst: members sorted by UTF-16 code
// units, shortest escapes, numbers as ECMAScript prints them. NaN and infinities,
// which JSON cannot hold, are written as null.
func Append(dst []byte, v Value) []byte {
	switch v.Kind {
	case Bool:
		return strconv.AppendBool(dst, v.Bool)
	case Number:
		return appendNumber(dst, v.Num)
	case String:
		return AppendString(dst, v.Str)
	case Array:
		dst = append(dst, '[')
		for i := range v.Arr {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = Append(dst, v.Arr[i])
		}
		return append(dst, ']')
	case Object:
		return appendObject(dst, v.Obj)
	}
	return append(dst, "null"...)
}

// few is the number of members up to which an insertion sort is faster than a general one.
const few = 32

func appendObject(dst []byte, obj []Member) []byte {
	var small [few]int
	dst = append(dst, '{')
	for i, at := range inOrder(obj, small[:0]) {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = AppendString(dst, obj[at].Name)
		dst = append(dst, ':')
		dst = Append(dst, obj[at].Value)
	}
	return append(dst, '}')
}

// inOrder appends to order the places of obj's members in the order of their names,
// those of equal names as they stand. Places are moved, not members: those are large.
func inOrder(obj []Member, order []int) []int {
	for i := range obj {
		order = append(order, i)
	}
	if len(obj) > few {
		sort.SliceStable(order, func(i, k int) bool { return less(obj[order[i]].Name, obj[order[k]].Name) })
		return order
	}
	for i := range order {
		for k := i; k > 0 && less(obj[order[k]].Name, obj[order[k-1]].Name); k-- {
			order[k], order[k-1] = order[k-1], order[k]
		}
	}
	return order
}

// less orders names by UTF-16 code units, as RFC 8785 section 3.2.3 asks. It
// differs from byte order only between surrogates and U+E000..U+FFFF.
func less(a, b string) bool {
	for i := 0; i < len(a) && i < len(b); i++ {
		if a[i] >= utf8.RuneSelf || b[i] >= utf8.RuneSelf {
			return lessUTF16(utf16.Encode([]rune(a)), utf16.Encode([]rune(b)))
		}
		if a[i] != b[i] {
			return a[i] < b[i]
		}
	}
	return len(a) < len(b)
}

func lessUTF16(a, b []uint16) bool {
	for i := 0; i < len(a) && i < len(b); i++ {
		if a[i] != b[i] {
			return a[i] < b[i]
		}
	}
	return len(a) < len(b)
}

// appendNumber follows ECMAScript Number::toString (ECMA-262, 6.1.6.1.20).
func appendNumber(dst []byte, f float64) []byte {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return append(dst, "null"...)
	}
	if f == 0 {
		return append(dst, '0')
	}
	abs := math.Abs(f)
	if abs >= 1e-6 && abs < 1e21 {
		return strconv.AppendFloat(dst, f, 'f', -1, 64)
	}
	start := len(dst)
	dst = strconv.AppendFloat(dst, f, 'e', -1, 64)
	// Go writes at least two exponent digits (1e-07), ECMAScript as few as it can.
	if n := len(dst); n-start >= 4 && dst[n-2] == '0' && (dst[n-3] == '-' || dst[n-3] == '+') {
		dst[n-2] = dst[n-1]
		dst = dst[:n-1]
	}
	return dst
}

const hexDigits = "0123456789abcdef"

// AppendString appends s as a JSON string. Invalid UTF-8 becomes U+FFFD, so that
// the output is always valid; Parse never lets any in.
func AppendString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, n := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && n == 1 {
				dst = append(append(dst, s[start:i]...), "\uFFFD"...)
				start = i + 1
			}
			i += n
			continue
		}
		if c >= 0x20 && c != '"' && c != '\\' {
			i++
			continue
		}
		dst = append(dst, s[start:i]...)
		dst = appendEscape(dst, c)
		i++
		start = i
	}
	return append(append(dst, s[start:]...), '"')
}

func appendEscape(dst []byte, c byte) []byte {
	switch c {
	case '"', '\\':
		return append(dst, '\\', c)
	case '\b':
		return append(dst, '\\', 'b')
	case '\t':
		return append(dst, '\\', 't')
	case '\n':
		return append(dst, '\\', 'n')
	case '\f':
		return append(dst, '\\', 'f')
	case '\r':
		return append(dst, '\\', 'r')
	}
	return append(dst, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
}
