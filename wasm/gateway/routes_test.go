package gateway

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// Every route is described with its roles, and nothing else is.
func TestRoutesAreDescribed(t *testing.T) {
	var doc struct {
		Paths map[string]map[string]struct {
			Security []struct{ Oidc []string }
		}
	}
	if err := json.Unmarshal(OpenAPI, &doc); err != nil {
		t.Fatal(err)
	}
	described := map[string][]string{}
	for path, methods := range doc.Paths {
		for method, op := range methods {
			var roles []string
			for _, s := range op.Security {
				roles = append(roles, s.Oidc...)
			}
			described[strings.ToUpper(method)+" "+path] = roles
		}
	}
	for _, rt := range routes {
		name := strings.Replace(rt.pattern, "{path...}", "{path}", 1)
		roles, ok := described[name]
		if !ok {
			t.Errorf("%s is not in openapi.json", name)
		}
		slices.Sort(roles)
		if !slices.Equal(roles, rt.roles.Names()) {
			t.Errorf("%s: openapi.json says %v, the handler %v", name, roles, rt.roles.Names())
		}
		delete(described, name)
	}
	for name := range described {
		t.Errorf("%s is in openapi.json and nowhere else", name)
	}
}

// What people type never becomes an operator of FTS5, and terms are kept.
func FuzzMatch(f *testing.F) {
	for _, s := range []string{"lease", `"the lease" approved*`, `a" OR b`, "NEAR(a b)", "subject:x", `""`, "*", "^a", "é\x00x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		m := match(typed)
		if strings.Count(m, `"`)%2 != 0 || strings.Contains(m, "\x00") {
			t.Errorf("%q: %q", typed, m)
		}
		outside := ""
		for i, part := range strings.Split(m, `"`) {
			if i%2 == 0 {
				outside += part
			}
		}
		if strings.Trim(strings.ReplaceAll(outside, "AND", ""), " *") != "" {
			t.Errorf("%q: %q stands outside quotes in %q", typed, outside, m)
		}
		parseCursor(typed)
	})
}
