package gatewaytest

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"hanaper/core/message"
	"hanaper/core/record"
	"hanaper/proof"
	"hanaper/wasm/gateway"
)

// Words, fields and days find what they should and nothing else; pages join without
// gap or repetition; what people type is never an operator.
func (s *suite) testSearch(t *testing.T) {
	p := s.keeper(t, "ministry", s.own("search"))
	officer := s.person(t, "ministry", s.own("officer"), "officer")
	for i, c := range []struct{ subject, body string }{
		{"Réunion budgétaire", "Déplacée à jeudi, salle Érable."}, {"Bridge inspection", `The "north" span holds, said O'Neill.`},
		{"Bridge tolls", "North of the span there is nothing to approve."}, {"Lunch", "bridge bridge bridge"},
	} {
		p.put(t, p.record(t, c.subject, c.body, func(r *record.Record) {
			r.Fields.Date = fmt.Sprintf("2026-11-%02d", 10+i)
			r.Series = s.own("series")
			if i == 3 {
				r.Channel, r.Fields.To = "signal", []message.Party{{Name: "Zoë Quill"}}
			}
		})).want(t, 201)
	}
	own := "keeper=" + p.subject
	s.indexed(t, officer, own, 4)
	for query, want := range map[string]int{
		"q=reunion": 1, "q=ERABLE": 1, "q=bridge": 3, "subject=bridge": 2, "q=bridge+span": 2, `q="north+span"`: 1, `q="span+north"`: 0, `q="span+holds"`: 1, "q=inspec*": 1, "q=inspec": 0,
		"to=zoe": 1, "from=amelie": 4, "from=zoe": 0, "channel=signal": 1, "since=2026-11-12": 2, "until=2026-11-11": 2, "since=2026-11-11&until=2026-11-11": 1,
		"series=" + s.own("series"): 4, "direction=in": 0, "method=verbatim": 4, "q=o'neill": 1, `q=NOT+OR+AND`: 0, `q=bridge+OR+lunch`: 0, `q=subject:lunch`: 0, `q="unclosed+tolls`: 0, "hold=none": 0,
	} {
		if got := officer.search(t, strings.ReplaceAll(query, `"`, "%22")+"&"+own); len(got) != want {
			t.Errorf("%s: %d records, want %d", query, len(got), want)
		}
	}
	for _, query := range []string{"limit=0", "limit=201", "limit=x", "after=!!", "since=yesterday", "colour=red", "q=a&q=b", "q=...", "q=" + strings.Repeat("a", 1001)} {
		officer.do(t, "GET", "/v1/records?"+query, nil).want(t, 400)
	}
	seen, after := map[string]bool{}, ""
	for n := 0; n < 4; n++ {
		var page struct {
			Records []item
			Next    string
		}
		officer.do(t, "GET", "/v1/records?limit=1&"+own+after, nil).want(t, 200).Into(t, &page)
		if len(page.Records) != 1 || seen[page.Records[0].ID] {
			t.Fatalf("page %d: %+v", n, page)
		}
		seen[page.Records[0].ID] = true
		after = "&after=" + url.QueryEscape(page.Next)
	}
}

// A hold holds what was put under it until it is released, and says so in lists.
func (s *suite) testHolds(t *testing.T) {
	p := s.keeper(t, "ministry", s.own("held"))
	officer, auditor := s.person(t, "ministry", s.own("officer"), "officer"), s.person(t, "ministry", s.own("auditor"), "auditor")
	a, b := p.record(t, "Held", "Held.", nil), p.record(t, "Free", "Free.", nil)
	p.put(t, a).want(t, 201)
	p.put(t, b).want(t, 201)
	own := "keeper=" + p.subject
	s.indexed(t, officer, own, 2)
	hold := s.own("inquiry")
	path := "/v1/holds/" + hold
	officer.do(t, "PUT", path, map[string]string{"name": "Inquiry"}).want(t, 400)
	officer.do(t, "PUT", "/v1/holds/In%20Quiry", map[string]string{"name": "x", "reason": "y"}).want(t, 400)
	officer.do(t, "PUT", path, bytes.Repeat([]byte(" "), 2<<20)).want(t, 413)
	officer.do(t, "PUT", path, map[string]string{"name": "Inquiry", "reason": "Order of 3 November"}).want(t, 201)
	officer.do(t, "PUT", path, map[string]string{"name": "Another name", "reason": "x"}).want(t, 200)
	add := func(ids ...string) *Answer {
		return officer.do(t, "POST", path+"/records", map[string][]string{"records": ids})
	}
	add().want(t, 400)
	add("sha256:1").want(t, 400)
	add(digest([]byte("no"))).want(t, 404)
	officer.do(t, "POST", path+"/records", bytes.Repeat([]byte(" "), 2<<20)).want(t, 413)
	officer.do(t, "POST", "/v1/holds/none/records", map[string][]string{"records": {a.ID}}).want(t, 404)
	add(a.ID).want(t, 200)
	add(a.ID).want(t, 200)
	if got := officer.search(t, own+"&hold="+hold); len(got) != 1 || got[0].ID != a.ID || len(got[0].Holds) != 1 || got[0].Holds[0] != hold {
		t.Errorf("%+v", got)
	}
	auditor.do(t, "GET", "/v1/holds?limit=200", nil).want(t, 200)
	auditor.do(t, "GET", "/v1/holds?limit=x", nil).want(t, 400)
	auditor.do(t, "GET", "/v1/holds/none", nil).want(t, 404)
	auditor.do(t, "GET", "/v1/holds/NONE", nil).want(t, 400)
	release := path + "/release"
	officer.do(t, "POST", release, map[string]string{}).want(t, 400)
	officer.do(t, "POST", release, bytes.Repeat([]byte(" "), 2<<20)).want(t, 413)
	officer.do(t, "POST", "/v1/holds/none/release", map[string]string{"reason": "x"}).want(t, 404)
	officer.do(t, "POST", release, map[string]string{"reason": "Closed"}).want(t, 200)
	officer.do(t, "POST", release, map[string]string{"reason": "Again"}).want(t, 200)
	var h gateway.Hold
	auditor.do(t, "GET", path, nil).want(t, 200).Into(t, &h)
	if h.Name != "Inquiry" || h.Release != "Closed" || h.Released == "" || h.Releaser != officer.subject {
		t.Errorf("%+v", h)
	}
	add(b.ID).want(t, 409)
	if got := officer.search(t, own+"&hold="+hold); len(got) != 1 || len(got[0].Holds) != 0 {
		t.Errorf("after the release: %+v", got)
	}
}

// A package fixes what a search found, certifies how far it went, and its parts hold
// the files with proofs that verify offline.
func (s *suite) testPackages(t *testing.T) {
	p := s.keeper(t, "ministry", s.own("package"))
	officer := s.person(t, "ministry", s.own("officer"), "officer")
	var ids []string
	for i := range 3 {
		k := p.record(t, fmt.Sprintf("Request %d", i), "Wanted.", nil)
		p.put(t, k).want(t, 201)
		ids = append(ids, k.ID)
	}
	s.indexed(t, officer, "keeper="+p.subject, 3)
	path := "/v1/packages/" + s.own("ati")
	in := map[string]any{"name": "ATI 12", "reason": "Access request", "query": map[string]string{"keeper": p.subject}}
	officer.do(t, "PUT", path, map[string]any{"name": "x"}).want(t, 400)
	officer.do(t, "PUT", path, map[string]any{"name": "x", "reason": "y", "query": map[string]string{"since": "now"}}).want(t, 400)
	officer.do(t, "PUT", path, bytes.Repeat([]byte(" "), 2<<20)).want(t, 413)
	var made, again gateway.Package
	officer.do(t, "PUT", path, in).want(t, 201).Into(t, &made)
	p.put(t, p.record(t, "Late", "Kept after the package was made.", nil)).want(t, 201)
	s.indexed(t, officer, "keeper="+p.subject, 4)
	officer.do(t, "PUT", path, in).want(t, 200).Into(t, &again)
	if again.Found != 3 || len(made.Parts) != 1 || made.Certificate != again.Certificate {
		t.Errorf("%+v", again)
	}
	v := s.verifier(t, "ministry")
	n, err := note.Open([]byte(made.Certificate), note.VerifierList(v))
	if err != nil || !strings.Contains(n.Text, "\nfound 3\n") || !strings.Contains(n.Text, p.subject) {
		t.Errorf("%v: %+v", err, n)
	}
	s.unzip(t, officer.do(t, "GET", path+"/parts/1", nil).want(t, 200).Body, ids, v)
	for _, part := range []string{"0", "2", "x"} {
		officer.do(t, "GET", path+"/parts/"+part, nil).want(t, 404)
	}
	officer.do(t, "GET", "/v1/packages/NONE/parts/1", nil).want(t, 400)
	officer.do(t, "GET", "/v1/packages/NONE", nil).want(t, 400)
	officer.do(t, "GET", "/v1/packages/none", nil).want(t, 404)
	officer.do(t, "GET", path, nil).want(t, 200)
	officer.do(t, "GET", "/v1/packages?limit=1", nil).want(t, 200)
	officer.do(t, "GET", "/v1/packages?limit=x", nil).want(t, 400)
}

func (s *suite) unzip(t *testing.T, data []byte, ids []string, v note.Verifier) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if files[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	if len(files) != 2+2*len(ids) {
		t.Errorf("%d files in the part, want %d", len(files), 2+2*len(ids))
	}
	for _, id := range ids {
		if _, _, err := proof.CheckInclusion(string(files["proofs/"+id[7:]+".txt"]), id, v); err != nil {
			t.Errorf("%s: %v", id, err)
		}
	}
}

// Reading content leaves an event with who and what, before the answer goes out.
func (s *suite) testTrail(t *testing.T) {
	p := s.keeper(t, "ministry", s.own("trail"))
	k := p.record(t, "Trail", "Trail.", nil)
	p.put(t, k).want(t, 201)
	reader := s.person(t, "ministry", s.own("reader"), "officer")
	reader.do(t, "GET", "/v1/records/"+k.ID, nil).want(t, 200)
	reader.do(t, "GET", "/v1/records?q=trail", nil).want(t, 200)
	auditor := s.person(t, "ministry", s.own("auditor"), "auditor")
	auditor.do(t, "GET", "/v1/audit?limit=x", nil).want(t, 400)
	found := map[string]bool{}
	for after := ""; ; {
		var page struct {
			Events []gateway.Event
			Next   string
		}
		auditor.do(t, "GET", "/v1/audit?limit=200"+after, nil).want(t, 200).Into(t, &page)
		for _, e := range page.Events {
			if e.Subject == reader.subject {
				found[e.Target] = true
			}
		}
		if page.Next == "" {
			break
		}
		after = "&after=" + url.QueryEscape(page.Next)
	}
	if !found["/v1/records/"+k.ID] || !found["/v1/records?q=trail"] || len(found) != 2 {
		t.Errorf("the trail of %s: %v", reader.subject, found)
	}
}
