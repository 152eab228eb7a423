package canonical

import (
	"reflect"
	"strings"
	"testing"
)

type place struct {
	City string
	Lat  float64
}

func decode(t *testing.T, in string) (*Decoder, *Obj) {
	t.Helper()
	v, err := Parse([]byte(in), Limits{})
	if err != nil {
		t.Fatalf("%s: %v", in, err)
	}
	d := &Decoder{}
	return d, d.Object(&v, "")
}

func TestDecodeEverything(t *testing.T) {
	d, o := decode(t, `{"s":"x","n":7,"f":0.5,"b":true,"e":"two","l":["a","b"],"o":{"in":"y"},"each":[{"city":"York","lat":53.9},{"city":"Ely","lat":52.4}],"none":null}`)
	if s := o.String("s"); s != "x" {
		t.Errorf("s = %q", s)
	}
	if s := o.Need("s"); s != "x" {
		t.Errorf("needed s = %q", s)
	}
	if n := o.Int("n", 1, 0, 10); n != 7 {
		t.Errorf("n = %d", n)
	}
	if f := o.Num("f", 1, 0, 1); f != 0.5 {
		t.Errorf("f = %v", f)
	}
	if !o.Bool("b", false) || o.Enum("e", "one", "two") != "two" {
		t.Error("b or e")
	}
	if l := o.Strings("l"); !reflect.DeepEqual(l, []string{"a", "b"}) {
		t.Errorf("l = %q", l)
	}
	in := o.Obj("o")
	if in.Path() != "o" || in.String("in") != "y" {
		t.Errorf("o.in at %s", in.Path())
	}
	in.Done()
	var all []place
	o.Each("each", func(i int, e *Obj) { all = append(all, place{e.Need("city"), e.Num("lat", 0, -90, 90)}) })
	if !reflect.DeepEqual(all, []place{{"York", 53.9}, {"Ely", 52.4}}) {
		t.Errorf("each = %v", all)
	}
	if o.String("none") != "" || o.Int("absent", 4, 0, 9) != 4 || o.Bool("absent", true) != true || o.Strings("absent") != nil {
		t.Error("null or absent is not the default")
	}
	o.Done()
	if err := d.Err(true); err != nil {
		t.Error(err)
	}
}

func TestDecodeProblems(t *testing.T) {
	for _, c := range []struct {
		in   string
		read func(o *Obj)
		want string
	}{
		{`{"a":1}`, func(o *Obj) { o.String("a") }, "a: expected a string, found number"},
		{`{"a":"x"}`, func(o *Obj) { o.Int("a", 0, 0, 1) }, "a: expected a number, found string"},
		{`{"a":{}}`, func(o *Obj) { o.Strings("a") }, "a: expected an array, found object"},
		{`{"a":[1]}`, func(o *Obj) { o.Obj("a") }, "a: expected an object, found array"},
		{`{"a":0}`, func(o *Obj) { o.Bool("a", true) }, "a: expected a boolean, found number"},
		{`{}`, func(o *Obj) { o.Need("a") }, "a: is missing"},
		{`{"a":null}`, func(o *Obj) { o.Need("a") }, "a: is missing"},
		{`{"a":""}`, func(o *Obj) { o.Need("a") }, "a: is empty"},
		{`{"a":[]}`, func(o *Obj) { o.Need("a") }, "a: expected a string, found array"},
		{`{"a":"c"}`, func(o *Obj) { o.Enum("a", "b", "d") }, `a: "c" is not one of b, d`},
		{`{"a":1.5}`, func(o *Obj) { o.Int("a", 0, 0, 9) }, "a: must be a whole number from 0 to 9"},
		{`{"a":1e300}`, func(o *Obj) { o.Int("a", 0, 0, 1<<62) }, "a: must be a whole number from 0 to 4611686018427387904"},
		{`{"a":9007199254740992}`, func(o *Obj) { o.Int("a", 0, 0, 1<<62) }, "a: must be a whole number from 0 to 4611686018427387904"},
		{`{"a":-1}`, func(o *Obj) { o.Int("a", 0, 0, 9) }, "a: must be a whole number from 0 to 9"},
		{`{"a":2}`, func(o *Obj) { o.Num("a", 0, 0.5, 1) }, "a: must be from 0.5 to 1"},
		{`{"a":["x",1]}`, func(o *Obj) { o.Strings("a") }, "a[1]: expected a string, found number"},
		{`{"a":[{"b":1},2,{"b":"x","c":0}]}`, func(o *Obj) { o.Each("a", func(_ int, e *Obj) { e.String("b") }) },
			"a[0].b: expected a string, found number; a[1]: expected an object, found number; a[2].c: unknown field"},
		{`{"a":{"b":{"c":1}},"d":0}`, func(o *Obj) { b := o.Obj("a").Obj("b"); b.Fail("x", "is odd"); b.Done() },
			"a.b.x: is odd; a.b.c: unknown field; d: unknown field"},
	} {
		d, o := decode(t, c.in)
		c.read(o)
		o.Done()
		if err := d.Err(true); err == nil || err.Error() != c.want {
			t.Errorf("%s: %v\nwant %s", c.in, err, c.want)
		}
	}
}

func TestDecodeNotAnObject(t *testing.T) {
	d, o := decode(t, `[1]`)
	o.Done()
	if err := d.Err(false); err == nil || err.Error() != "expected an object, found array" {
		t.Errorf("%v", err)
	}
}

func TestUnknownFieldsAreErrorsOnlyWhenStrict(t *testing.T) {
	d, o := decode(t, `{"x":1}`)
	o.Done()
	if err := d.Err(false); err != nil {
		t.Errorf("not strict: %v", err)
	}
	if err := d.Err(true); err == nil {
		t.Error("strict: no error")
	}
}

func TestMoreThan64Members(t *testing.T) {
	in := `{"m0":0`
	for i := 1; i < 70; i++ {
		in += `,"` + strings.Repeat("m", i) + `1":1`
	}
	d, o := decode(t, in+"}")
	for _, n := range o.Names() {
		if n != "mmm1" && n != strings.Repeat("m", 68)+"1" {
			o.Any(n)
		}
	}
	o.Done()
	if len(d.Unknown) != 2 || d.Unknown[0].Path != "mmm1" || len(d.Unknown[1].Path) != 69 {
		t.Errorf("unknown: %v", d.Unknown)
	}
}

func TestManyProblemsAreCutShort(t *testing.T) {
	p := Problems{}
	for range 11 {
		p = append(p, Problem{"a", "x"})
	}
	if s := p.Error(); strings.Count(s, "a: x") != 8 || !strings.HasSuffix(s, "; and 3 more") {
		t.Errorf("%s", s)
	}
}
