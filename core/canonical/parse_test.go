package canonical

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
)

func TestParseErrors(t *testing.T) {
	long := strings.Repeat("n", 60)
	for _, c := range []struct {
		in           string
		line, column int
		msg          string
	}{
		{"", 1, 1, "the text ends where a value should be"},
		{" \n ", 2, 2, "the text ends where a value should be"},
		{`{"a":1,"a":2}`, 1, 8, `the name "a" stands twice`},
		{"{\n  \"a\": 1,\n  \"\\u0061\": 2}", 3, 3, `the name "a" stands twice`},
		{`{"` + long + `":1,"` + long + `":2}`, 1, 67, `the name "` + long[:40] + `"... stands twice`},
		{`{"a":1,}`, 1, 8, "a comma before the end"},
		{`[1,]`, 1, 4, "a comma before the end"},
		{`[1 2]`, 1, 4, "expected a comma or ]"},
		{`{"a":1 "b":2}`, 1, 8, "expected a comma or }"},
		{`{"a" 1}`, 1, 6, "expected a colon"},
		{`{a:1}`, 1, 2, "expected a name in double quotes"},
		{`{"a":`, 1, 6, "the text ends where a value should be"},
		{`{"a":1`, 1, 7, "expected a comma or }"},
		{`[`, 1, 2, "the text ends where a value should be"},
		{`1 2`, 1, 3, "text after the value"},
		{"nul", 1, 1, "not a JSON value"},
		{"truest", 1, 5, "text after the value"},
		{"NaN", 1, 1, "not a JSON value"},
		{"'a'", 1, 1, "not a JSON value"},
		{"\ufeff1", 1, 1, "not a JSON value"},
		{"\x00", 1, 1, "not a JSON value"},
		{"01", 1, 1, "a number with a leading zero"},
		{"-", 1, 2, "an unfinished number"},
		{"1.", 1, 3, "an unfinished number"},
		{"1e+", 1, 4, "an unfinished number"},
		{".5", 1, 1, "not a JSON value"},
		{"+1", 1, 1, "not a JSON value"},
		{"[1e400]", 1, 2, "a number out of range"},
		{`"abc`, 1, 1, "a string without its end"},
		{"\"a\nb\"", 1, 3, "a control character inside a string"},
		{`"a\x"`, 1, 3, "an unknown escape"},
		{`"\`, 1, 2, "an unknown escape"},
		{`"\u12`, 1, 2, `a broken \u escape`},
		{`"\u12g4"`, 1, 2, `a broken \u escape`},
		{`"\ud800"`, 1, 2, `a broken \u escape`},
		{`"\ud800\n"`, 1, 2, `a broken \u escape`},
		{`"\ud800\ud800"`, 1, 2, `a broken \u escape`},
		{`"x\udc00"`, 1, 3, `a broken \u escape`},
		{"\"a\xff\"", 1, 3, "invalid UTF-8"},
		{"\"\xed\xa0\x80\"", 1, 2, "invalid UTF-8"},
	} {
		_, err := Parse([]byte(c.in), Limits{})
		var e *SyntaxError
		if !errors.As(err, &e) {
			t.Errorf("%q: %v, want a syntax error", c.in, err)
			continue
		}
		if e.Line != c.line || e.Column != c.column || e.Msg != c.msg {
			t.Errorf("%q: %v (offset %d), want line %d, column %d: %s", c.in, e, e.Offset, c.line, c.column, c.msg)
		}
	}
}

func TestParseValues(t *testing.T) {
	v, err := Parse([]byte(` {"n":-1.5e2,"s":"\ud83d\ude00\/é","a":[true,null,{}],"":""} `), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if n := v.Get("n"); n.Num != -150 || n.Kind != Number {
		t.Errorf("n is %+v", n)
	}
	if s := v.Get("s"); s.Str != "😀/é" || s.Offset != 17 {
		t.Errorf("s is %+v", s)
	}
	if a := v.Get("a").Arr; len(a) != 3 || !a[0].Bool || a[1].Kind != Null || a[2].Kind != Object || a[2].Offset != 51 {
		t.Errorf("a is %+v", a)
	}
	if v.Get("") == nil || v.Get("none") != nil || v.Get("n").Get("x") != nil {
		t.Error("Get finds what is not there, or not what is")
	}
}

func TestParseLimits(t *testing.T) {
	nested := func(n int) []byte { return []byte(strings.Repeat("[", n) + strings.Repeat("]", n)) }
	if _, err := Parse(nested(MaxDepth), Limits{}); err != nil {
		t.Errorf("depth %d: %v", MaxDepth, err)
	}
	_, err := Parse(nested(MaxDepth+1), Limits{})
	var e *SyntaxError
	if !errors.As(err, &e) || e.Msg != "nested too deeply" || e.Offset != MaxDepth {
		t.Errorf("depth %d: %v", MaxDepth+1, err)
	}
	if _, err = Parse([]byte("[[1],[2]]"), Limits{Depth: 2}); err != nil {
		t.Errorf("two lists beside each other are not deep: %v", err)
	}
	if _, err = Parse([]byte("1234"), Limits{Bytes: 3}); err == nil || err.Error() != "line 1, column 1: the text is 4 bytes, the limit is 3" {
		t.Errorf("4 bytes of 3: %v", err)
	}
	if _, err = Parse([]byte("123"), Limits{Bytes: 3}); err != nil {
		t.Errorf("3 bytes of 3: %v", err)
	}
}

// Over 16 names the parser looks for doubles another way.
func TestParseDoublesAmongMany(t *testing.T) {
	for _, n := range []int{15, 16, 17, 80} {
		in := "{"
		for i := range n {
			in += `"k` + strings.Repeat("x", i) + `":1,`
		}
		if _, err := Parse([]byte(in+`"last":1}`), Limits{}); err != nil {
			t.Errorf("%d different names: %v", n, err)
		}
		for _, again := range []string{`"k":1}`, `"k` + strings.Repeat("x", n-1) + `":1}`} {
			if _, err := Parse([]byte(in+again), Limits{}); err == nil {
				t.Errorf("a double after %d names is accepted", n)
			}
		}
	}
}

// Reasons for which Parse may refuse what encoding/json takes.
var stricter = []string{"stands twice", `a broken \u escape`, "invalid UTF-8", "nested too deeply"}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		`{"b":[1,2.5e-7,"é\n\u20ac"],"a":{"x":null}}`, `[]`, `"\ud83d\ude00"`, ` -0.0 `, `1e400`, `{"a":1,"a":2}`, "\"\xff\"", `[[[[]]]]`, `{"":true}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		v, err := Parse(in, Limits{})
		var want any
		wantErr := json.Unmarshal(in, &want)
		if err != nil {
			checkRefusal(t, in, err, wantErr)
			return
		}
		if wantErr != nil {
			t.Fatalf("%q is accepted, encoding/json says %v", in, wantErr)
		}
		if got := plain(v); !reflect.DeepEqual(got, want) {
			t.Fatalf("%q is %#v, encoding/json says %#v", in, got, want)
		}
		once := Append(nil, v)
		again, err := Parse(once, Limits{Bytes: len(once)})
		if err != nil {
			t.Fatalf("%q is written %q, which is refused: %v", in, once, err)
		}
		if twice := Append(nil, again); !bytes.Equal(once, twice) {
			t.Fatalf("%q is written %q and then %q", in, once, twice)
		}
	})
}

func checkRefusal(t *testing.T, in []byte, err, wantErr error) {
	var e *SyntaxError
	if !errors.As(err, &e) {
		t.Fatalf("%q: %v is no syntax error", in, err)
	}
	if e.Offset < 0 || e.Offset > len(in) || e.Line < 1 || e.Column < 1 {
		t.Fatalf("%q: the error stands at %+v", in, e)
	}
	if wantErr != nil {
		return
	}
	for _, s := range stricter {
		if strings.Contains(e.Msg, s) {
			return
		}
	}
	t.Fatalf("%q is refused (%v), encoding/json takes it", in, e)
}

// plain is a value as encoding/json decodes it into an any.
func plain(v Value) any {
	switch v.Kind {
	case Bool:
		return v.Bool
	case Number:
		return v.Num
	case String:
		return v.Str
	case Array:
		a := make([]any, len(v.Arr))
		for i := range a {
			a[i] = plain(v.Arr[i])
		}
		return a
	case Object:
		m := make(map[string]any, len(v.Obj))
		for _, x := range v.Obj {
			m[x.Name] = plain(x.Value)
		}
		return m
	}
	return nil
}
