package deliver

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// fakeGraph answers as the documentation of driveItem says, over a folder. There
// is no Microsoft Graph to run on one's own: what is shown here is that the
// destination speaks as documented, not that the real service does.
type fakeGraph struct {
	dir    string
	parts  string // where files are until they are whole
	token  string
	leaked bool // a token reached the host that hands out contents
}

const graphDrive = "/v1.0/drives/b!1/"

func (g *fakeGraph) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if path, ok := strings.CutPrefix(r.URL.Path, "/download/"); ok { // needs no token
		g.leaked = g.leaked || r.Header.Get("Authorization") != ""
		raw, err := os.ReadFile(filepath.Join(g.dir, path))
		if err != nil {
			w.WriteHeader(http.StatusNotFound)
		}
		_, _ = w.Write(raw)
		return
	}
	if r.Header.Get("Authorization") != "Bearer "+g.token {
		graphError(w, http.StatusUnauthorized, "InvalidAuthenticationToken")
		return
	}
	path, ok := strings.CutPrefix(r.URL.Path, graphDrive+"root:/")
	path, content := strings.CutSuffix(path, ":/content")
	file := filepath.Join(g.dir, path)
	_, err := os.Stat(file)
	switch {
	case !ok:
		graphError(w, http.StatusNotFound, "itemNotFound")
	case !content && err == nil:
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"id":"1","folder":{}}`)
	case r.Method == http.MethodGet && err == nil:
		w.Header().Set("Location", "http://"+r.Host+"/download/"+path+"?tempauth=1")
		w.WriteHeader(http.StatusFound)
	case r.Method == http.MethodGet:
		graphError(w, http.StatusNotFound, "itemNotFound")
	case err == nil && r.URL.Query().Get("@microsoft.graph.conflictBehavior") == "fail":
		graphError(w, http.StatusConflict, "nameAlreadyExists")
	default:
		body, err := io.ReadAll(r.Body)
		if err != nil {
			graphError(w, http.StatusInternalServerError, "generalException")
			return
		}
		whole := filepath.Join(g.parts, rand.Text()) // nobody sees half a file, and one of two wins
		if err = os.WriteFile(whole, body, 0o600); err == nil {
			err = os.Link(whole, file)
		}
		if errors.Is(err, os.ErrExist) {
			graphError(w, http.StatusConflict, "nameAlreadyExists")
			return
		} else if err != nil {
			graphError(w, http.StatusInternalServerError, "generalException")
			return
		}
		w.WriteHeader(http.StatusCreated)
		_, _ = io.WriteString(w, `{"id":"1","file":{}}`)
	}
}

func graphError(w http.ResponseWriter, status int, code string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, `{"error":{"code":"`+code+`"}}`)
}

func startGraph(t *testing.T) (*fakeGraph, Settings) {
	t.Helper()
	g := &fakeGraph{dir: t.TempDir(), parts: t.TempDir(), token: testSecret}
	if err := os.MkdirAll(filepath.Join(g.dir, "Records", "Été 2026"), 0o700); err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(g)
	t.Cleanup(s.Close)
	return g, Settings{Name: "drive", Kind: "graph", URL: s.URL + graphDrive, Path: "Records/Été 2026", Downloads: "127.0.0.1"}
}

func TestGraph(t *testing.T) {
	g, s := startGraph(t)
	suite(t, place{
		open:  func(t *testing.T) Destination { return mustOpen(t, s, testSecret) },
		count: countsFiles(g.dir),
		take:  func(t *testing.T, r Receipt) error { return os.Remove(filepath.Join(g.dir, r.Place)) },
	})
	webFaults(t, s, countsFiles(g.dir))
	if g.leaked {
		t.Error("a token went to the host that hands out contents")
	}
}

func TestGraphTroubles(t *testing.T) {
	g, s := startGraph(t)
	for name, c := range map[string]struct {
		change func(*Settings)
		secret string
		want   Trouble
	}{
		"expired token":      {func(*Settings) {}, "expired", Credentials},
		"no token":           {func(*Settings) {}, "", Credentials},
		"no such folder":     {func(s *Settings) { s.Path = "Nowhere" }, testSecret, Missing},
		"password":           {func(s *Settings) { s.Auth = "password" }, testSecret, Setup},
		"path of the server": {func(s *Settings) { s.Path = "/Records" }, testSecret, Setup},
		"path up":            {func(s *Settings) { s.Path = "Records/../Private" }, testSecret, Setup},
	} {
		t.Run(name, func(t *testing.T) {
			changed := s
			c.change(&changed)
			secret := oneSecret(c.secret)
			d, err := Open(changed, &secret)
			if err == nil {
				err = d.Check(context.Background())
			}
			wantTrouble(t, err, c.want)
		})
	}
	// Contents from a host nobody named are not fetched.
	item := makeItem(t, "Elsewhere", "Body.")
	if err := os.WriteFile(filepath.Join(g.dir, s.Path, item.Name), item.EML, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, downloads := range []string{"", ".sharepoint.com", "27.0.0.1", ".0.0.1x"} {
		s.Downloads = downloads
		if job := deliverOne(t, mustOpen(t, s, testSecret), item); job.State != Waiting || job.Trouble != Setup {
			t.Errorf("%q: %+v", downloads, job)
		}
	}
	s.Downloads = ".sharepoint.com"
	if hosts := mustOpen(t, s, testSecret).Hosts(); len(hosts) != 2 || hosts[1] != "*.sharepoint.com:443" {
		t.Errorf("%v", hosts)
	}
}

func TestGraphOverwritesNothing(t *testing.T) {
	g, s := startGraph(t)
	item := makeItem(t, "Taken name", "Body.")
	taken := filepath.Join(g.dir, s.Path, item.Name)
	if err := os.WriteFile(taken, []byte("something else"), 0o600); err != nil {
		t.Fatal(err)
	}
	d := mustOpen(t, s, testSecret).(*drive)
	if r, err := d.Put(context.Background(), item); err != nil || r.Place != d.path(item.names()[1]) {
		t.Errorf("%+v %v", r, err)
	}
	if is, err := d.store(context.Background(), d.path(item.Name), item.EML); !is || err != nil {
		t.Errorf("%v %v", is, err)
	}
	if raw, _ := os.ReadFile(taken); string(raw) != "something else" {
		t.Error("it was overwritten")
	}
}
