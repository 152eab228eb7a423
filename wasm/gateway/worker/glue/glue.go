//go:build js && wasm

// Package glue lets JavaScript call Go and Go wait for JavaScript.
package glue

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"syscall/js"
)

var (
	object = js.Global().Get("Object")
	uint8s = js.Global().Get("Uint8Array")
)

// Export makes a JavaScript function (input, done) of f. done is called once, with
// {value} or {error}, and with left: how many goroutines outlived the call. A panic
// is an error with left, too: the instance is not used again.
func Export(f func(context.Context, js.Value) (js.Value, error)) js.Func {
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

// Bytes copies a Uint8Array.
func Bytes(v js.Value) []byte {
	data := make([]byte, v.Get("byteLength").Int())
	js.CopyBytesToGo(data, v)
	return data
}

// Uint8Array copies bytes.
func Uint8Array(data []byte) js.Value {
	v := uint8s.New(len(data))
	js.CopyBytesToJS(v, data)
	return v
}

// Await waits for a promise.
func Await(promise js.Value) (js.Value, error) {
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

// Call calls a method that gives a promise; what it throws at once is an error, too.
func Call(v js.Value, method string, args ...any) (out js.Value, err error) {
	defer func() {
		if r := recover(); r != nil {
			thrown, ok := r.(js.Error)
			if !ok {
				panic(r)
			}
			err = thrown
		}
	}()
	return Await(v.Call(method, args...))
}
