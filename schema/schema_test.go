// Package schema_test compares the published contract with what the core reads
// and writes.
package schema_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"golang.org/x/tools/txtar"

	"hanaper/core/canonical"
	"hanaper/core/message"
	"hanaper/core/policy"
	"hanaper/core/record"
)

func compile(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	s, err := jsonschema.NewCompiler().Compile(name + ".schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func check(t *testing.T, s *jsonschema.Schema, doc []byte) error {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(doc))
	if err != nil {
		t.Fatalf("%v: %s", err, doc)
	}
	return s.Validate(v)
}

// TestMembers: every struct member is in the schema, with a type that fits, and
// every property of the schema is a member.
func TestMembers(t *testing.T) {
	for name, typ := range map[string]reflect.Type{
		"draft": reflect.TypeFor[message.Draft](), "verdict": reflect.TypeFor[policy.Verdict](), "record": reflect.TypeFor[record.Record](),
	} {
		raw, err := os.ReadFile(name + ".schema.json")
		if err != nil {
			t.Fatal(err)
		}
		var root map[string]any
		if err := json.Unmarshal(raw, &root); err != nil {
			t.Fatal(err)
		}
		if properties, _ := root["properties"].(map[string]any); name == "verdict" {
			delete(properties, "explain") // put there by hanaper check --explain alone (desktop/cli)
		}
		compare(t, name, root, root, typ)
	}
}

func compare(t *testing.T, path string, root, node map[string]any, typ reflect.Type) {
	t.Helper()
	node = resolve(root, node)
	for typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	switch typ.Kind() {
	case reflect.Struct:
		properties, _ := node["properties"].(map[string]any)
		var got, want []string
		for p := range properties {
			got = append(got, p)
		}
		for i := range typ.NumField() {
			f := typ.Field(i)
			if !f.IsExported() {
				continue
			}
			member := f.Tag.Get("json")
			want = append(want, member)
			if p, ok := properties[member].(map[string]any); ok {
				compare(t, path+"."+member, root, p, f.Type)
			}
		}
		sort.Strings(got)
		sort.Strings(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s: the schema has %v, %s has %v", path, got, typ, want)
		}
	case reflect.Slice:
		items, _ := node["items"].(map[string]any)
		if node["type"] != "array" || items == nil {
			t.Errorf("%s: %s is a list, the schema says %v", path, typ, node)
			return
		}
		compare(t, path+"[]", root, items, typ.Elem())
	default:
		if got := jsonType(node); !slices.Contains(map[reflect.Kind][]string{
			reflect.String: {"string"}, reflect.Bool: {"boolean"}, reflect.Float64: {"number"},
			reflect.Int: {"integer"}, reflect.Int64: {"integer"},
		}[typ.Kind()], got) {
			t.Errorf("%s: %s, the schema says %s", path, typ, got)
		}
	}
}

func resolve(root, node map[string]any) map[string]any {
	for {
		ref, ok := node["$ref"].(string)
		if !ok {
			return node
		}
		node = root["$defs"].(map[string]any)[strings.TrimPrefix(ref, "#/$defs/")].(map[string]any)
	}
}

func jsonType(node map[string]any) string {
	if s, ok := node["type"].(string); ok {
		return s
	}
	values, _ := node["enum"].([]any)
	if c, ok := node["const"]; ok {
		values = append(values, c)
	}
	for _, v := range values {
		switch v.(type) {
		case string:
			return "string"
		case float64:
			return "integer"
		}
	}
	return "nothing"
}

// TestRecords: what the core makes of a capture fits, and what the core refuses
// does not.
func TestRecords(t *testing.T) {
	s := compile(t, "record")
	for _, name := range []string{"group.json", "minimal.json", "redacted.json"} {
		raw, err := os.ReadFile("../testdata/record/" + name)
		if err != nil {
			t.Fatal(err)
		}
		v, err := canonical.Parse(raw, canonical.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		var d canonical.Decoder
		r := record.DecodeCapture(&d, &v)
		if err := check(t, s, r.Canonical()); err != nil {
			t.Error(err)
		}
		for _, change := range [][2]string{
			{`"subject":"`, `"subject":"","was":"`}, {`"v":1`, `"v":2`}, {`"direction":"`, `"direction":"up`}, {`"nonce":"`, `"nonce":"x`},
			{`"date":"2026`, `"date":"26`}, {`"context_only":false`, `"context_only":true`},
		} {
			bad := bytes.Replace(r.Canonical(), []byte(change[0]), []byte(change[1]), 1)
			if change[0] == `"context_only":false` {
				bad = bytes.ReplaceAll(r.Canonical(), []byte(change[0]), []byte(change[1]))
			}
			v, err := canonical.Parse(bad, canonical.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			rep := record.Verify(&v, nil, nil, nil)
			if err := check(t, s, bad); err == nil || rep.OK {
				t.Errorf("%s with %s: the schema says %v, the core %v", name, change[1], err, rep.Problems)
			}
		}
	}
}

// TestVectors: the drafts and verdicts of the conformance vectors fit.
func TestVectors(t *testing.T) {
	drafts, verdicts := compile(t, "draft"), compile(t, "verdict")
	files, err := filepath.Glob("../testdata/vectors/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, name := range files {
		ar, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range ar.Files {
			switch f.Name {
			case "evaluate.request.json":
				var request struct{ Draft json.RawMessage }
				if json.Unmarshal(f.Data, &request) != nil || request.Draft == nil {
					continue // examples of bad input
				}
				v, err := canonical.Parse(request.Draft, canonical.Limits{})
				if err != nil {
					continue
				}
				var d canonical.Decoder
				message.DecodeDraft(&d, &v)
				if err := check(t, drafts, request.Draft); (err == nil) != (d.Err(false) == nil) {
					t.Errorf("%s: the schema says %v, the core %v", name, err, d.Err(false))
				}
			case "evaluate.result.json":
				seen++
				if err := check(t, verdicts, f.Data); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			}
		}
	}
	if seen == 0 {
		t.Error("no verdict among the vectors")
	}
}
