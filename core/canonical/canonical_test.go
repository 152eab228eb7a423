package canonical

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
)

// The sample document of RFC 8785, sections 3.2.2 and 3.2.3.
func TestRFC8785Sample(t *testing.T) {
	const in = `{
		"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
		"string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
		"literals": [null, true, false]
	}`
	const want = `{"literals":[null,true,false],` +
		`"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],` +
		`"string":"€$\u000f\nA'B\"\\\\\"/"}`
	if got := form(t, in); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// Members are sorted by UTF-16 code units: U+1F600 (D83D DE00) before U+FB33.
func TestRFC8785Sorting(t *testing.T) {
	const in = `{"\u20ac":5,"\r":1,"\ufb33":7,"1":2,"\ud83d\ude00":6,"\u0080":3,"\u00f6":4,"":0,"1a":2.5}`
	const want = `{"":0,"\r":1,"1":2,"1a":2.5,"` + "\u0080" + `":3,"ö":4,"€":5,"😀":6,"` + "\ufb33" + `":7}`
	if got := form(t, in); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// Numbers of RFC 8785, appendix B, by their IEEE 754 bits.
func TestRFC8785Numbers(t *testing.T) {
	for bits, want := range map[uint64]string{
		0x0000000000000000: "0",
		0x8000000000000000: "0",
		0x0000000000000001: "5e-324",
		0x8000000000000001: "-5e-324",
		0x7fefffffffffffff: "1.7976931348623157e+308",
		0xffefffffffffffff: "-1.7976931348623157e+308",
		0x4340000000000000: "9007199254740992",
		0xc340000000000000: "-9007199254740992",
		0x4430000000000000: "295147905179352830000",
		0x44b52d02c7e14af5: "9.999999999999997e+22",
		0x44b52d02c7e14af6: "1e+23",
		0x44b52d02c7e14af7: "1.0000000000000001e+23",
		0x444b1ae4d6e2ef4e: "999999999999999700000",
		0x444b1ae4d6e2ef4f: "999999999999999900000",
		0x444b1ae4d6e2ef50: "1e+21",
		0x3eb0c6f7a0b5ed8c: "9.999999999999997e-7",
		0x3eb0c6f7a0b5ed8d: "0.000001",
		0x41b3de4355555553: "333333333.3333332",
		0x41b3de4355555554: "333333333.33333325",
		0x41b3de4355555555: "333333333.3333333",
		0x41b3de4355555556: "333333333.3333334",
		0x41b3de4355555557: "333333333.33333343",
		0xbecbf647612f3696: "-0.0000033333333333333333",
		0x43143ff3c1cb0959: "1424953923781206.2",
		0x7ff0000000000000: "null", // JSON has no infinity
		0x7fffffffffffffff: "null", // nor NaN
	} {
		if got := string(Append(nil, Num(math.Float64frombits(bits)))); got != want {
			t.Errorf("%016x is written %s, want %s", bits, got, want)
		}
	}
}

func TestAppendString(t *testing.T) {
	for in, want := range map[string]string{
		"":                            `""`,
		"\b\t\n\f\r\"\\/":             `"\b\t\n\f\r\"\\/"`,
		"\x00\x1f\x7f<>&\u2028":       "\"\\u0000\\u001f\x7f<>&\u2028\"",
		"a\xffb\xc3":                  "\"a\uFFFDb\uFFFD\"",
		"\xed\xa0\x80":                "\"\uFFFD\uFFFD\uFFFD\"", // a surrogate in UTF-8
		strings.Repeat("é", 3) + "\n": `"ééé\n"`,
	} {
		if got := string(AppendString(nil, in)); got != want {
			t.Errorf("AppendString(%q) = %s, want %s", in, got, want)
		}
	}
}

// Append must leave the members of its argument in their order.
func TestAppendDoesNotSortInPlace(t *testing.T) {
	v := Fields(F("b", Num(1)), F("a", Flag(true)), F("c", Strs([]string{"x"})))
	if got := string(Append([]byte("> "), v)); got != `> {"a":true,"b":1,"c":["x"]}` {
		t.Errorf("got %s", got)
	}
	if v.Obj[0].Name != "b" {
		t.Error("Append changed the order of the value it was given")
	}
}

func FuzzNumber(f *testing.F) {
	for _, bits := range []uint64{0, 1, 0x3ff0000000000000, 0x444b1ae4d6e2ef50, 0x3eb0c6f7a0b5ed8c, 0x7fefffffffffffff} {
		f.Add(bits)
	}
	f.Fuzz(func(t *testing.T, bits uint64) {
		n := math.Float64frombits(bits)
		if math.IsNaN(n) || math.IsInf(n, 0) {
			return
		}
		got := Append(nil, Num(n))
		want, err := json.Marshal(n + 0) // -0 is 0 here
		if n == 0 {
			want = []byte("0")
		}
		if err != nil || string(got) != string(want) {
			t.Fatalf("%016x is written %s, encoding/json says %s, %v", bits, got, want, err)
		}
		back, err := Parse(got, Limits{})
		if err != nil || back.Num != n {
			t.Fatalf("%s reads back as %v, %v", got, back.Num, err)
		}
	})
}

func form(t *testing.T, in string) string {
	t.Helper()
	v, err := Parse([]byte(in), Limits{})
	if err != nil {
		t.Fatalf("%s: %v", in, err)
	}
	return string(Append(nil, v))
}
