//go:build js && wasm

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"runtime"
	"syscall/js"

	"hanaper/wasm/gateway"
)

var (
	object = js.Global().Get("Object")
	array  = js.Global().Get("Array")
	uint8s = js.Global().Get("Uint8Array")
)

// export makes a JavaScript function (input, done) of f. done is called once, with
// {value} or {error}, and with left: how many goroutines outlived the call. A panic
// is an error with left, too: the instance is not used again.
func export(f func(context.Context, js.Value) (js.Value, error)) js.Func {
	return js.FuncOf(func(_ js.Value, args []js.Value) any {
		idle := runtime.NumGoroutine()
		go func() {
			ctx, cancel := context.WithCancel(context.Background())
			out := object.New()
			value, err := guarded(ctx, args[0], f)
			cancel()
			if err != nil {
				out.Set("error", err.Error())
			} else {
				out.Set("value", value)
			}
			for range 10 { // what was told to end gets its chance to
				runtime.Gosched()
			}
			out.Set("left", runtime.NumGoroutine()-1-idle)
			if errors.Is(err, errPanic) {
				out.Set("left", 1)
			}
			args[1].Invoke(out)
		}()
		return nil
	})
}

var errPanic = errors.New("the program failed")

func guarded(ctx context.Context, in js.Value, f func(context.Context, js.Value) (js.Value, error)) (v js.Value, err error) {
	defer func() {
		if r := recover(); r != nil {
			v, err = js.Undefined(), fmt.Errorf("%w: %v", errPanic, r)
		}
	}()
	return f(ctx, in)
}

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
		r.Body = io.NopCloser(bytes.NewReader(goBytes(body)))
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
	out.Set("body", jsBytes(w.body.Bytes()))
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

func goBytes(v js.Value) []byte {
	data := make([]byte, v.Get("byteLength").Int())
	js.CopyBytesToGo(data, v)
	return data
}

func jsBytes(data []byte) js.Value {
	v := uint8s.New(len(data))
	js.CopyBytesToJS(v, data)
	return v
}

// await waits for a promise.
func await(promise js.Value) (js.Value, error) {
	type settled struct {
		value js.Value
		err   error
	}
	done := make(chan settled, 1)
	good := js.FuncOf(func(_ js.Value, args []js.Value) any {
		done <- settled{value: args[0]}
		return nil
	})
	bad := js.FuncOf(func(_ js.Value, args []js.Value) any {
		done <- settled{err: errors.New(args[0].Call("toString").String())}
		return nil
	})
	defer good.Release()
	defer bad.Release()
	promise.Call("then", good, bad)
	s := <-done
	return s.value, s.err
}

// call calls a method that gives a promise; what it throws at once is an error, too.
func call(v js.Value, method string, args ...any) (out js.Value, err error) {
	defer func() {
		if r := recover(); r != nil {
			thrown, ok := r.(js.Error)
			if !ok {
				panic(r)
			}
			err = thrown
		}
	}()
	return await(v.Call(method, args...))
}
