package window

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"hanaper/desktop/deliver"
)

// TestServe is no test of its own: it stands in for Wails, so that the page meets the
// real App in an ordinary browser (desktop/frontend/test). HANAPER_WINDOW_SERVE names
// the folder of vault and settings; it ends when standard input does.
//
//	POST /call/Method   arguments as a JSON array -> the result, or 500 with the error's text
//	POST /desk          ["path", ...]: what the system's dialogs answer next
func TestServe(t *testing.T) {
	dir := os.Getenv("HANAPER_WINDOW_SERVE")
	if dir == "" {
		t.Skip("HANAPER_WINDOW_SERVE is not set: desktop/frontend/test sets it")
	}
	desk := &fakeDesk{}
	a := New(Options{
		Vault: filepath.Join(dir, "vault"), Config: filepath.Join(dir, "config"), Book: deliver.Book{Path: filepath.Join(dir, "config", "destinations.json")},
		Secrets: noSecrets{}, Desk: desk, Now: time.Now,
	})
	mux := http.NewServeMux()
	mux.Handle("/", http.FileServer(http.Dir(filepath.Join("..", "frontend", "dist"))))
	mux.HandleFunc("POST /desk", func(w http.ResponseWriter, r *http.Request) {
		if err := json.NewDecoder(r.Body).Decode(&desk.files); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
		}
	})
	mux.HandleFunc("POST /call/{method}", func(w http.ResponseWriter, r *http.Request) {
		result, err := call(a, r.PathValue("method"), json.NewDecoder(r.Body))
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		if err := json.NewEncoder(w).Encode(result); err != nil {
			t.Error(err)
		}
	})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	fmt.Printf("serving http://%s\n", listener.Addr())
	server := &http.Server{Handler: mux}
	go func() {
		var b [1]byte
		_, _ = os.Stdin.Read(b[:]) // its end is the test's
		_ = server.Close()
	}()
	_ = server.Serve(listener) // always an error: it was closed
	must(t, a.shutDown())
}

// call calls an exported method as Wails does.
func call(a *App, method string, body *json.Decoder) (any, error) {
	m := reflect.ValueOf(a).MethodByName(method)
	var raw []json.RawMessage
	if err := body.Decode(&raw); err != nil {
		return nil, err
	}
	if !m.IsValid() || m.Type().NumIn() != len(raw) {
		return nil, fmt.Errorf("there is no method %s of %d arguments", method, len(raw))
	}
	var args []reflect.Value
	for i := range raw {
		arg := reflect.New(m.Type().In(i))
		if err := json.Unmarshal(raw[i], arg.Interface()); err != nil {
			return nil, err
		}
		args = append(args, arg.Elem())
	}
	var result any
	for _, out := range m.Call(args) {
		if err, is := out.Interface().(error); is {
			return nil, err
		}
		if !out.Type().Implements(reflect.TypeFor[error]()) {
			result = out.Interface()
		}
	}
	return result, nil
}
