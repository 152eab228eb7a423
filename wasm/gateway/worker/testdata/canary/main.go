//go:build js && wasm

// Command canary misbehaves in every way that the pool must notice.
package main

import (
	"context"
	"syscall/js"
	"time"

	"hanaper/wasm/gateway/worker/glue"
)

//go:wasmimport workers ready
func ready()

func main() {
	world := js.Global().Get("context")
	binding := world.Get("binding")
	kept, busy := "", 0
	set := func(name string, f func(js.Value) (js.Value, error)) {
		binding.Set(name, glue.Export(func(_ context.Context, in js.Value) (js.Value, error) { return f(in) }))
	}
	// remember gives what the last call left, and leaves the tenant.
	set("remember", func(in js.Value) (js.Value, error) {
		last := kept
		kept = in.String()
		return js.ValueOf(last), nil
	})
	// slow waits for JavaScript and tells how many calls were inside at once.
	set("slow", func(in js.Value) (js.Value, error) {
		busy++
		defer func() { busy-- }()
		inside := busy
		_, err := glue.Await(in.Invoke())
		return js.ValueOf(max(inside, busy)), err
	})
	set("panic", func(js.Value) (js.Value, error) { panic("in the call") })
	set("crash", func(js.Value) (js.Value, error) {
		go panic("beside the call")
		select {}
	})
	set("goroutine", func(js.Value) (js.Value, error) {
		go func() { select {} }()
		return js.ValueOf("answered"), nil
	})
	set("timer", func(js.Value) (js.Value, error) {
		time.AfterFunc(20*time.Millisecond, func() { world.Get("fired").Invoke() })
		return js.ValueOf("answered"), nil
	})
	set("hang", func(js.Value) (js.Value, error) { select {} })
	ready()
	select {}
}
