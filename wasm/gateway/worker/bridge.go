//go:build js && wasm

package main

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"syscall/js"

	"hanaper/wasm/gateway"
	"hanaper/wasm/gateway/worker/glue"
)

var (
	object = js.Global().Get("Object")
	array  = js.Global().Get("Array")
)

// handle serves one request: {method, url, host, remote, headers, body} in, {status,
// headers, body} out; headers are lists of pairs, bodies are Uint8Array or null.
func handle(g *gateway.Gateway, in js.Value) (js.Value, error) {
	u, err := url.Parse(in.Get("url").String())
	if err != nil {
		return js.Undefined(), err
	}
	r := &http.Request{Method: in.Get("method").String(), URL: u, Host: in.Get("host").String(), RemoteAddr: in.Get("remote").String(), Header: http.Header{}, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Body: http.NoBody}
	headers := in.Get("headers")
	for i := range headers.Length() {
		pair := headers.Index(i)
		r.Header.Add(pair.Index(0).String(), pair.Index(1).String())
	}
	if body := in.Get("body"); !body.IsNull() {
		r.Body = io.NopCloser(bytes.NewReader(glue.Bytes(body)))
	}
	w := &writer{header: http.Header{}}
	g.ServeHTTP(w, r)
	out := object.New()
	out.Set("status", w.status)
	list := array.New()
	for name, values := range w.header {
		for _, value := range values {
			list.Call("push", js.ValueOf([]any{name, value}))
		}
	}
	out.Set("headers", list)
	out.Set("body", glue.Uint8Array(w.body.Bytes()))
	return out, nil
}

// writer keeps an answer until it is whole: what goes out has its final status.
type writer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (w *writer) Header() http.Header { return w.header }

func (w *writer) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
}

func (w *writer) Write(p []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	return w.body.Write(p)
}
