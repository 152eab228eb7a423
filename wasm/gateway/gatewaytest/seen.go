package gatewaytest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"sort"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"hanaper/wasm/gateway"
)

// seen compares every answer of a run with the API's description, both ways: an
// answer that is not described fails, and so does a description that never came true.
type seen struct {
	mu       sync.Mutex
	doc      document
	schemas  *jsonschema.Compiler
	answers  map[string]bool // "GET /v1/records 200"
	problems []string
}

type document struct {
	Paths map[string]map[string]struct {
		Responses map[string]struct {
			Content map[string]struct{} `json:"content"`
			Ref     string              `json:"$ref"`
		} `json:"responses"`
	} `json:"paths"`
	Components struct {
		Responses map[string]struct {
			Content map[string]struct{} `json:"content"`
		} `json:"responses"`
	} `json:"components"`
}

func newSeen(t testing.TB) *seen {
	t.Helper()
	s := &seen{answers: map[string]bool{}, schemas: jsonschema.NewCompiler()}
	if err := json.Unmarshal(gateway.OpenAPI, &s.doc); err != nil {
		t.Fatal("openapi.json: ", err)
	}
	whole, err := jsonschema.UnmarshalJSON(bytes.NewReader(gateway.OpenAPI))
	if err != nil {
		t.Fatal("openapi.json: ", err)
	}
	if err := s.schemas.AddResource("mem:openapi.json", whole); err != nil {
		t.Fatal("openapi.json: ", err)
	}
	return s
}

// operation finds the path of the description that an address belongs to.
func (s *seen) operation(r *http.Request) string {
	parts := strings.Split(r.URL.EscapedPath(), "/")
	for path := range s.doc.Paths {
		want := strings.Split(path, "/")
		fits := len(want) == len(parts) || strings.HasSuffix(path, "/{path}") && len(parts) >= len(want)
		for i := 0; fits && i < len(want); i++ {
			fits = want[i] == parts[i] || strings.HasPrefix(want[i], "{")
		}
		if fits && !strings.Contains(path, "{") || fits && !s.literal(r.URL.Path) {
			return path
		}
	}
	return ""
}

func (s *seen) literal(path string) bool { _, ok := s.doc.Paths[path]; return ok }

func (s *seen) note(r *http.Request, a *Answer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if a.Status == http.StatusMisdirectedRequest {
		return // of no organisation, so of no operation
	}
	path := s.operation(r)
	method := strings.ToLower(r.Method)
	op, ok := s.doc.Paths[path][method]
	if !ok {
		if a.Status != 404 && a.Status != 405 {
			s.problems = append(s.problems, fmt.Sprintf("%s: %d, and openapi.json knows no such operation", a.what, a.Status))
		}
		return
	}
	status := fmt.Sprint(a.Status)
	key := r.Method + " " + path + " " + status
	first := !s.answers[key]
	s.answers[key] = true
	response, ok := op.Responses[status]
	if !ok {
		s.problems = append(s.problems, key+" is not in openapi.json")
		return
	}
	pointer := "/paths/" + escape(path) + "/" + method + "/responses/" + status
	content := response.Content
	if name, isRef := strings.CutPrefix(response.Ref, "#/components/responses/"); isRef {
		pointer, content = "/components/responses/"+name, s.doc.Components.Responses[name].Content
	}
	mediaType, _, _ := strings.Cut(a.Header.Get("Content-Type"), ";")
	if _, ok := content[mediaType]; !ok {
		s.problems = append(s.problems, key+": "+mediaType+" is not in openapi.json")
		return
	}
	if first && strings.HasSuffix(mediaType, "json") && path != "/v1/openapi.json" {
		s.validate(key, pointer+"/content/"+escape(mediaType)+"/schema", a.Body)
	}
}

func escape(s string) string {
	return strings.NewReplacer("~", "~0", "/", "~1", "{", "%7B", "}", "%7D").Replace(s)
}

func (s *seen) validate(key, pointer string, body []byte) {
	schema, err := s.schemas.Compile("mem:openapi.json#" + pointer)
	if err == nil {
		var v any
		if v, err = jsonschema.UnmarshalJSON(bytes.NewReader(body)); err == nil {
			err = schema.Validate(v)
		}
	}
	if err != nil {
		s.problems = append(s.problems, key+": "+err.Error())
	}
}

// unprovoked: answers that only a broken storage, a flood or an empty log bring
// about; the tests with injected faults see those.
func unprovoked(key string) bool {
	return strings.HasSuffix(key, " 429") || strings.HasSuffix(key, " 503") || key == "GET /v1/log/checkpoint 404"
}

// report fails the test for everything that does not fit.
func (s *seen) report(t testing.TB) {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range s.problems {
		t.Error(p)
	}
	var never []string
	for path, methods := range s.doc.Paths {
		for method, op := range methods {
			for status := range op.Responses {
				if key := strings.ToUpper(method) + " " + path + " " + status; !s.answers[key] && !unprovoked(key) {
					never = append(never, key)
				}
			}
		}
	}
	sort.Strings(never)
	for _, key := range never {
		t.Errorf("%s: openapi.json promises it, no test saw it", key)
	}
}
