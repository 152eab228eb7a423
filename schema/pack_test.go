package schema_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"hanaper/core/policy"
	"hanaper/desktop/pack"
)

// packSources are the packs that are in the repository, as people wrote them.
func packSources(t *testing.T) map[string]any {
	t.Helper()
	out := map[string]any{}
	for _, pattern := range []string{"../core/policy/pack/*/pack.yaml", "../packs/*/pack.yaml", "../desktop/pack/template/*/pack.yaml"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v, %v", pattern, files, err)
		}
		for _, file := range files {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			text := strings.NewReplacer("{ID}", "dx-messages", "{BASE}", "uk-nccc-2023", "{DIGEST}", "ab").Replace(string(raw))
			var v any
			if err := yaml.Unmarshal([]byte(text), &v); err != nil {
				t.Fatalf("%s: %v", file, err)
			}
			doc, err := json.Marshal(dated(v))
			if err != nil {
				t.Fatal(err)
			}
			var plain any
			if err := json.Unmarshal(doc, &plain); err != nil {
				t.Fatal(err)
			}
			out[file] = plain
		}
	}
	return out
}

// dated gives YAML's dates back as the text they were written as.
func dated(v any) any {
	switch x := v.(type) {
	case map[string]any:
		for k := range x {
			x[k] = dated(x[k])
		}
	case []any:
		for i := range x {
			x[i] = dated(x[i])
		}
	case interface{ Format(string) string }:
		return x.Format("2006-01-02")
	}
	return v
}

func TestPacksFit(t *testing.T) {
	s := compile(t, "pack")
	for file, doc := range packSources(t) {
		if err := s.Validate(doc); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
}

// TestPackNames: every closed list of names is the core's.
func TestPackNames(t *testing.T) {
	raw, err := os.ReadFile("pack.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var root map[string]any
	if err := json.Unmarshal(raw, &root); err != nil {
		t.Fatal(err)
	}
	words := func(list any) (out []string) {
		for _, v := range list.([]any) {
			out = append(out, v.(string))
		}
		return out
	}
	at := func(path string) []string {
		node := any(root)
		for _, name := range strings.Split(path, "/") {
			node = node.(map[string]any)[name]
		}
		return words(node)
	}
	var facets []string
	for f := range policy.NumFacets {
		def := f.Def()
		facets = append(facets, def.Name)
		one := root["$defs"].(map[string]any)[def.Name].(map[string]any)["anyOf"].([]any)[0].(map[string]any)
		if got := words(one["enum"]); !slices.Equal(got, def.Values) {
			t.Errorf("facet %s: %v, the core has %v", def.Name, got, def.Values)
		}
	}
	for path, want := range map[string][]string{
		"$defs/table/properties/facets/items/enum":                     facets,
		"properties/routes/items/properties/kind/enum":                 policy.RouteKinds,
		"properties/keywords/items/properties/grade/enum":              policy.Grades,
		"$defs/row/properties/advice/items/properties/kind/enum":       policy.AdviceKinds,
		"$defs/row/properties/obligations/items/properties/kind/enum":  policy.ObligationKinds,
		"$defs/cell/properties/obligations/items/properties/kind/enum": policy.ObligationKinds,
	} {
		if got := at(path); !slices.Equal(got, want) {
			t.Errorf("%s: %v, the core has %v", path, got, want)
		}
	}
}

// changes leaves every member out, misspells it and makes it of another kind, and
// calls try with what was done.
func changes(v any, path string, try func(done string)) {
	switch x := v.(type) {
	case map[string]any:
		for k, old := range x {
			delete(x, k)
			try(path + "." + k + " left out")
			x[k+"x"] = old
			try(path + "." + k + " misspelt")
			delete(x, k+"x")
			for _, other := range []any{7.5, map[string]any{"x": true}, "no such value"} {
				x[k] = other
				try(path + "." + k + " of another kind")
			}
			x[k] = old
			changes(old, path+"."+k, try)
		}
	case []any:
		for i := range x[:min(len(x), 3)] { // the first few say it all
			changes(x[i], path+"[]", try)
		}
	}
}

// TestPackFaults: whatever the schema refuses the compiler refuses, and the schema
// finds every member that is missing, unknown or of the wrong kind.
func TestPackFaults(t *testing.T) {
	s := compile(t, "pack")
	seen := map[string]bool{}
	tried, refused := 0, 0
	for file, doc := range packSources(t) {
		if strings.Contains(file, "core/policy") && !strings.Contains(file, "us-nc") {
			continue // large; the others have every member between them
		}
		changes(doc, "", func(done string) {
			if seen[done] {
				return
			}
			seen[done] = true
			in, err := json.Marshal(doc)
			if err != nil {
				t.Fatal(err)
			}
			_, fault := pack.Compile(file, in, policy.BundledJSON)
			bad := s.Validate(doc)
			tried++
			if bad != nil {
				refused++
			}
			if bad != nil && fault == nil {
				t.Errorf("%s: %s: the compiler takes it, the schema does not: %v", file, done, bad)
			}
			if bad == nil && fault != nil && structural(fault.Error()) {
				t.Errorf("%s: %s: the schema takes it, the compiler does not: %v", file, done, fault)
			}
		})
	}
	if tried < 500 || refused < tried/2 {
		t.Errorf("%d of %d changes refused: too few for a test", refused, tried)
	}
}

// structural tells faults of members from faults of what they refer to.
func structural(fault string) bool {
	first, _, _ := strings.Cut(fault, "\n")
	for _, msg := range []string{"unknown field", "expected a", "is missing", "is not one of", "must be a whole number"} {
		if strings.Contains(first, msg) {
			return true
		}
	}
	return false
}
