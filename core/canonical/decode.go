package canonical

import (
	"sort"
	"strconv"
)

// The small methods here are called from hundreds of places and never on a hot
// path; inlined, they take 130 KiB of core.wasm. Hence go:noinline.

// Decoder reads an object's members by name into Go values and keeps account of
// everything that does not fit, so that one pass reports all of it. Paths are
// written as in JavaScript: to[0].name.
type Decoder struct {
	Errors  []Problem // a wrong type, a value outside its list, a missing member
	Unknown []Problem // members nobody asked for
}

// Problem is one place in a document and what is wrong with it.
type Problem struct {
	Path string
	Msg  string
}

func (p Problem) Error() string {
	if p.Path == "" {
		return p.Msg
	}
	return p.Path + ": " + p.Msg
}

// Obj is an object being decoded. Call Done when all members were asked for.
type Obj struct {
	d    *Decoder
	v    *Value
	path string
	used uint64 // bit i: member i was asked for (objects over 64 members: see asked)
	rest map[int]bool
}

// Object starts decoding v, which must be an object.
//
//go:noinline
func (d *Decoder) Object(v *Value, path string) *Obj {
	if v == nil || v.Kind != Object {
		if v != nil {
			d.fail(path, "expected an object, found "+v.Kind.String())
		}
		v = &Value{Kind: Object}
	}
	return &Obj{d: d, v: v, path: path}
}

//go:noinline
func (d *Decoder) fail(path, msg string) { d.Errors = append(d.Errors, Problem{path, msg}) }

// Fail records an error about the member called name.
//
//go:noinline
func (o *Obj) Fail(name, msg string) { o.d.fail(Join(o.path, name), msg) }

// Path is where the object stands in its document.
func (o *Obj) Path() string { return o.path }

// Join appends a member's name to a path.
//
//go:noinline
func Join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// Index appends a list position to a path.
//
//go:noinline
func Index(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }

// Has tells whether the member is there and not null.
//
//go:noinline
func (o *Obj) Has(name string) bool {
	v := o.v.Get(name)
	return v != nil && v.Kind != Null
}

// Any returns the member, or nil where it is absent or null, and marks it as known.
//
//go:noinline
func (o *Obj) Any(name string) *Value {
	for i := range o.v.Obj {
		if o.v.Obj[i].Name != name {
			continue
		}
		if i < 64 {
			o.used |= 1 << i
		} else {
			if o.rest == nil {
				o.rest = map[int]bool{}
			}
			o.rest[i] = true
		}
		if o.v.Obj[i].Value.Kind == Null {
			return nil
		}
		return &o.v.Obj[i].Value
	}
	return nil
}

func (o *Obj) kind(name string, k Kind) *Value {
	v := o.Any(name)
	if v != nil && v.Kind != k {
		o.Fail(name, "expected "+article(k)+", found "+v.Kind.String())
		return nil
	}
	return v
}

func article(k Kind) string {
	if k == Array || k == Object {
		return "an " + k.String()
	}
	return "a " + k.String()
}

// String returns a string member, "" where absent.
//
//go:noinline
func (o *Obj) String(name string) string {
	if v := o.kind(name, String); v != nil {
		return v.Str
	}
	return ""
}

// Need is String, but an absent or empty member is an error.
func (o *Obj) Need(name string) string {
	v := o.kind(name, String)
	if v == nil {
		if !o.Has(name) {
			o.Fail(name, "is missing")
		}
		return ""
	}
	if v.Str == "" {
		o.Fail(name, "is empty")
	}
	return v.Str
}

// Enum returns a string member that must be one of the allowed values; the first
// is the default for an absent member, and for a wrong one, which is an error.
func (o *Obj) Enum(name string, allowed ...string) string {
	v := o.kind(name, String)
	if v == nil {
		return allowed[0]
	}
	for _, a := range allowed {
		if v.Str == a {
			return a
		}
	}
	list := ""
	for i, a := range allowed {
		if i > 0 {
			list += ", "
		}
		list += a
	}
	o.Fail(name, quote(v.Str)+" is not one of "+list)
	return allowed[0]
}

// Bool returns a boolean member, def where absent.
//
//go:noinline
func (o *Obj) Bool(name string, def bool) bool {
	if v := o.kind(name, Bool); v != nil {
		return v.Bool
	}
	return def
}

// maxSafe is the largest integer a JSON number holds exactly everywhere (RFC 8259, 6).
const maxSafe = 1<<53 - 1

// Int returns an integer member within [lo,hi], def where absent.
func (o *Obj) Int(name string, def, lo, hi int64) int64 {
	v := o.kind(name, Number)
	if v == nil {
		return def
	}
	if !Whole(v.Num) || int64(v.Num) < lo || int64(v.Num) > hi {
		o.Fail(name, "must be a whole number from "+strconv.FormatInt(lo, 10)+" to "+strconv.FormatInt(hi, 10))
		return def
	}
	return int64(v.Num)
}

// Whole reports whether f is an integer that every reader of JSON takes for the same
// (RFC 8785, appendix D). The bounds come first: what int64 makes of a number beyond
// them differs from one machine to another.
func Whole(f float64) bool { return f <= maxSafe && f >= -maxSafe && f == float64(int64(f)) }

// Num returns a number member within [lo,hi], def where absent.
func (o *Obj) Num(name string, def, lo, hi float64) float64 {
	v := o.kind(name, Number)
	if v == nil {
		return def
	}
	if v.Num < lo || v.Num > hi {
		o.Fail(name, "must be from "+string(appendNumber(nil, lo))+" to "+string(appendNumber(nil, hi)))
		return def
	}
	return v.Num
}

// Obj decodes an object member; an absent one decodes as empty.
func (o *Obj) Obj(name string) *Obj {
	return o.d.Object(o.Any(name), Join(o.path, name))
}

// Each calls f for every object of a list member.
func (o *Obj) Each(name string, f func(i int, e *Obj)) {
	v := o.kind(name, Array)
	if v == nil {
		return
	}
	for i := range v.Arr {
		e := o.d.Object(&v.Arr[i], Index(Join(o.path, name), i))
		f(i, e)
		e.Done()
	}
}

// Strings returns a list of strings, nil where absent.
func (o *Obj) Strings(name string) []string {
	v := o.kind(name, Array)
	if v == nil {
		return nil
	}
	out := make([]string, 0, len(v.Arr))
	for i := range v.Arr {
		if v.Arr[i].Kind != String {
			o.d.fail(Index(Join(o.path, name), i), "expected a string, found "+v.Arr[i].Kind.String())
			continue
		}
		out = append(out, v.Arr[i].Str)
	}
	return out
}

// Names returns the object's member names, sorted, and marks nothing as known:
// for maps whose keys are data.
func (o *Obj) Names() []string {
	out := make([]string, len(o.v.Obj))
	for i := range o.v.Obj {
		out[i] = o.v.Obj[i].Name
	}
	sort.SliceStable(out, func(i, k int) bool { return out[i] < out[k] })
	return out
}

// Done reports every member that was not asked for.
//
//go:noinline
func (o *Obj) Done() {
	for i := range o.v.Obj {
		if i < 64 && o.used&(1<<i) == 0 || i >= 64 && !o.rest[i] {
			o.d.Unknown = append(o.d.Unknown, Problem{Join(o.path, o.v.Obj[i].Name), "unknown field"})
		}
	}
}

// Err returns all problems as one error: errors, and when strict the unknown
// members too. It is nil when there are none.
func (d *Decoder) Err(strict bool) error {
	all := append(Problems(nil), d.Errors...)
	if strict {
		all = append(all, d.Unknown...)
	}
	if len(all) == 0 {
		return nil
	}
	return all
}

// Problems is an error that names every place; it prints at most eight.
type Problems []Problem

func (p Problems) Error() string {
	s := ""
	for i := range p {
		if i == 8 {
			return s + "; and " + strconv.Itoa(len(p)-i) + " more"
		}
		if i > 0 {
			s += "; "
		}
		s += p[i].Error()
	}
	return s
}
