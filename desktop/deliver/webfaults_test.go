package deliver

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"sync/atomic"
	"testing"
	"time"
)

// webFault is what a bad server or line does to the request that carries a record.
type webFault struct {
	status int                 // answered instead of storing
	lose   bool                // answers as if it were stored, for every request that writes
	cut    bool                // the line ends in the middle of the upload
	deaf   bool                // stored, and the line ends before the answer
	stall  bool                // stored, and no answer comes
	change func(string) string // what is read back instead
}

// webProxy stands in front of a real server. It keeps the Host of the client: an
// S3 signature holds it.
func webProxy(t *testing.T, target string, f *atomic.Pointer[webFault]) string {
	t.Helper()
	to, err := url.Parse(target)
	if err != nil {
		t.Fatal(err)
	}
	through := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.Out.URL.Scheme, r.Out.URL.Host = to.Scheme, to.Host
		if d := r.Out.Header.Get("Destination"); d != "" { // WebDAV compares it with itself
			r.Out.Header.Set("Destination", to.Scheme+"://"+to.Host+mustPath(d))
			r.Out.Host = to.Host
		}
	}, ErrorHandler: func(http.ResponseWriter, *http.Request, error) { panic(http.ErrAbortHandler) }}
	end := make(chan struct{})
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fault := f.Load()
		if fault == nil {
			through.ServeHTTP(w, r)
			return
		}
		misbehave(w, r, fault, through, end)
	}))
	t.Cleanup(s.Close)
	t.Cleanup(func() { close(end) })
	return s.URL
}

func mustPath(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		panic(err)
	}
	return u.EscapedPath()
}

func misbehave(w http.ResponseWriter, r *http.Request, f *webFault, through http.Handler, end chan struct{}) {
	writes := r.Method == http.MethodPut || r.Method == http.MethodPost || r.Method == "MOVE"
	switch {
	case f.change != nil && r.Method == http.MethodGet:
		got := httptest.NewRecorder()
		through.ServeHTTP(got, r)
		body := got.Body.Bytes()
		if got.Code == http.StatusOK {
			body = []byte(f.change(string(body)))
		}
		for name, values := range got.Header() {
			if name != "Content-Length" {
				w.Header()[name] = values
			}
		}
		w.WriteHeader(got.Code)
		_, _ = w.Write(body)
	case !writes:
		through.ServeHTTP(w, r)
	case f.status != 0:
		_, _ = io.Copy(io.Discard, r.Body)
		w.WriteHeader(f.status)
	case f.lose:
		_, _ = io.Copy(io.Discard, r.Body)
		w.WriteHeader(http.StatusCreated)
	case f.cut:
		half, _ := io.ReadAll(io.LimitReader(r.Body, r.ContentLength/2))
		r.Body = io.NopCloser(io.MultiReader(bytes.NewReader(half), cutOff{})) // the server sees the line end
		through.ServeHTTP(httptest.NewRecorder(), r)
		panic(http.ErrAbortHandler)
	case f.deaf:
		through.ServeHTTP(httptest.NewRecorder(), r)
		panic(http.ErrAbortHandler)
	case f.stall:
		through.ServeHTTP(httptest.NewRecorder(), r)
		<-end
	default:
		through.ServeHTTP(w, r)
	}
}

type cutOff struct{}

func (cutOff) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// webFaults is what no destination over HTTP may call delivered. s is of the real
// server without TLS.
func webFaults(t *testing.T, s Settings, count func(*testing.T, Item) int) {
	var fault atomic.Pointer[webFault]
	target, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	s.URL = webProxy(t, target.Scheme+"://"+target.Host, &fault) + target.Path
	for name, c := range map[string]struct {
		fault webFault
		want  []Trouble
	}{
		"says OK and loses it": {webFault{lose: true}, []Trouble{Lost}},
		"cut mid-upload":       {webFault{cut: true}, []Trouble{Interrupted}},
		"cut before the OK":    {webFault{deaf: true}, []Trouble{Interrupted}},
		"answers too late":     {webFault{stall: true}, []Trouble{Interrupted}},
		"disk full":            {webFault{status: http.StatusInsufficientStorage}, []Trouble{Full}},
		"too busy":             {webFault{status: http.StatusServiceUnavailable}, []Trouble{Interrupted}},
		"session ended":        {webFault{status: http.StatusUnauthorized}, []Trouble{Credentials}},
		"not allowed":          {webFault{status: http.StatusForbidden}, []Trouble{Denied}},
		"too large":            {webFault{status: http.StatusRequestEntityTooLarge}, []Trouble{Refused}},
	} {
		t.Run(name, func(t *testing.T) {
			item := makeItem(t, name, "I approve the lease.", file("plan.pdf", "application/pdf", 300000))
			m := newMemory("there", item)
			e := m.engine("there", mustOpen(t, s, testSecret))
			e.Limit = 2 * time.Second
			fault.Store(&c.fault)
			run(t, e)
			if j := m.jobs[0]; j.State != Waiting || !oneOf(j.Trouble, c.want) {
				t.Errorf("%+v", j)
			}
			fault.Store(nil)
			m.now = m.now.Add(mostWait)
			run(t, e)
			if j := m.jobs[0]; j.State != Delivered || !j.Proof.Identical {
				t.Errorf("afterwards: %+v", j)
			}
			if n := count(t, item); n != 1 {
				t.Errorf("%d copies", n)
			}
		})
	}
	for name, change := range forgeries {
		t.Run(name, func(t *testing.T) {
			fault.Store(&webFault{change: change})
			if j := deliverOne(t, mustOpen(t, s, testSecret), evidence(t)); j.State != Waiting || !oneOf(j.Trouble, []Trouble{Differs, Conflict}) {
				t.Errorf("%+v", j)
			}
		})
	}
	fault.Store(nil)
}

func oneOf(t Trouble, all []Trouble) bool {
	for _, a := range all {
		if a == t {
			return true
		}
	}
	return false
}
