package policy

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"testing"

	"hanaper/core/canonical"
)

// encoded is a verdict's canonical JSON.
func encoded(v Verdict) string { return string(canonical.Append(nil, EncodeVerdict(&v))) }

// The hand-written encoder says what the struct tags say: encoding/json, with
// lists for nil, then made canonical, gives the same bytes; and reads them back.
func TestEncodeAgainstTags(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	for i := range 1000 {
		v := Decide(randomInput(r), packs(t, uk, ca, nc)[:i%4%3+1], randomSettings(r), now)
		if i%7 == 0 {
			v = Decide(randomInput(r), nil, randomSettings(r), "")
		}
		got := encoded(v)
		fill := reflect.ValueOf(&v).Elem()
		withoutNil(fill)
		std, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		parsed, err := canonical.Parse(std, canonical.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if want := string(canonical.Append(nil, parsed)); got != want {
			t.Fatalf("\n got %s\nwant %s", got, want)
		}
		var back Verdict
		if err := json.Unmarshal([]byte(got), &back); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(back, v) {
			t.Fatalf("read back differs:\n%+v\n%+v", back, v)
		}
	}
}

// withoutNil makes every nil slice below v an empty one.
func withoutNil(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			withoutNil(v.Field(i))
		}
	case reflect.Slice:
		if v.IsNil() {
			v.Set(reflect.MakeSlice(v.Type(), 0, 0))
		}
		for i := range v.Len() {
			withoutNil(v.Index(i))
		}
	}
}
