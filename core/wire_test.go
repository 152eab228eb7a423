package core_test

import (
	"os"
	"reflect"
	"regexp"
	"sort"
	"strings"
	"testing"

	"hanaper/core/message"
	"hanaper/core/policy"
)

// TestWireTypes compares extension/wire.ts with the Go types it mirrors: the same
// members, of the same JSON kind. wire.ts narrows strings to unions and stays
// written by hand for its comments; this is what keeps it true.
func TestWireTypes(t *testing.T) {
	src, err := os.ReadFile("../extension/wire.ts")
	if err != nil {
		t.Fatal(err)
	}
	settings, err := os.ReadFile("../extension/wire-settings.ts")
	if err != nil {
		t.Fatal(err)
	}
	interfaces := tsInterfaces(string(src) + "\n" + string(settings))
	for _, v := range []any{
		message.Draft{}, message.Party{}, message.Attachment{}, message.Message{}, message.Span{},
		policy.Verdict{}, policy.Reason{}, policy.Obligation{}, policy.Advice{}, policy.PackRef{}, policy.Warning{},
		policy.Authorisation{}, policy.ApprovedChannel{}, policy.Briefing{},
	} {
		typ := reflect.TypeOf(v)
		got, ok := interfaces[typ.Name()]
		if !ok {
			t.Errorf("wire.ts has no interface %s", typ.Name())
			continue
		}
		want := goMembers(typ)
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("%s differs\nwire.ts: %s\nGo:      %s", typ.Name(), strings.Join(got, " "), strings.Join(want, " "))
		}
	}
}

func goMembers(typ reflect.Type) []string {
	var out []string
	for i := range typ.NumField() {
		f := typ.Field(i)
		kind := "object"
		switch f.Type.Kind() {
		case reflect.String:
			kind = "string"
		case reflect.Bool:
			kind = "boolean"
		case reflect.Int, reflect.Int64, reflect.Float64:
			kind = "number"
		case reflect.Slice:
			kind = "list"
		}
		out = append(out, f.Tag.Get("json")+":"+kind)
	}
	sort.Strings(out)
	return out
}

var (
	tsBlock  = regexp.MustCompile(`(?s)export interface (\w+) \{\n(.*?)\n\}`)
	tsMember = regexp.MustCompile(`(?m)^  (\w+): (.+);$`)
	tsUnion  = regexp.MustCompile(`(?m)^export type (\w+) =\s+\|?\s*(["1])`)
)

func tsInterfaces(src string) map[string][]string {
	strs := map[string]bool{"string": true}
	for _, m := range tsUnion.FindAllStringSubmatch(src, -1) {
		strs[m[1]] = true
	}
	out := map[string][]string{}
	for _, m := range tsBlock.FindAllStringSubmatch(src, -1) {
		var members []string
		for _, f := range tsMember.FindAllStringSubmatch(m[2], -1) {
			kind := "object"
			switch typ := f[2]; {
			case strings.HasSuffix(typ, "[]"):
				kind = "list"
			case typ == "boolean":
				kind = "boolean"
			case typ == "number" || typ == "1":
				kind = "number"
			case strs[typ] || strings.HasPrefix(typ, `"`):
				kind = "string"
			}
			members = append(members, f[1]+":"+kind)
		}
		sort.Strings(members)
		out[m[1]] = members
	}
	return out
}

// TestPacksNameTheButton: packs tell people to press a button of the extension; it
// must carry the name they say.
func TestPacksNameTheButton(t *testing.T) {
	src, err := os.ReadFile("../extension/ui/strings/page.ts")
	if err != nil {
		t.Fatal(err)
	}
	labels := regexp.MustCompile(`notWhatItLooks: "(.+)"`).FindAllStringSubmatch(string(src), -1)
	if len(labels) != 2 {
		t.Fatalf("%d labels in page.ts, want English and French", len(labels))
	}
	for _, text := range []struct{ pack, id string }{{"uk-nccc-2023", "A-UK-11-EDIT"}, {"ca-im-protocol", "A-SENS-EDIT"}} {
		p, ok := policy.Bundled(text.pack)
		if !ok {
			t.Fatal(text.pack)
		}
		for i, lang := range []string{"en", "fr"} {
			if got := p.Text(text.id, lang); !strings.Contains(got, labels[i][1]) {
				t.Errorf("%s %s (%s) does not name the button %q: %s", text.pack, text.id, lang, labels[i][1], got)
			}
		}
	}
}
