//go:build wasip1

// Command guest is the core compiled to WebAssembly: a WASI reactor whose exports
// take and give JSON (package core says which). Build it with
//
//	GOOS=wasip1 GOARCH=wasm go build -buildmode=c-shared -trimpath -ldflags='-s -w' -o build/core.wasm ./wasm/guest
//
// A host calls _initialize once, then for every request: buf(n), writes n bytes
// there, evaluate(n) (or another operation), and reads the result, given as
// pointer<<32 | length. Memory may grow in any call, so views of it are made anew
// afterwards. The result stays valid until the next call. After a trap the
// instance is unusable and a new one is made.
package main

import (
	"unsafe"

	"hanaper/core"
)

var (
	in  []byte // the request; kept, so that the collector leaves it where the host writes
	out []byte // the last result, kept for the host to read
)

// buf gives the address of n bytes for the next request, 0 when n is over the limit.
//
//go:wasmexport buf
func buf(n uint32) uint32 {
	if n > core.MaxRequest {
		return 0
	}
	if in == nil || uint32(cap(in)) < n {
		in = make([]byte, max(n, 4096))
	}
	in = in[:cap(in)]
	return uint32(uintptr(unsafe.Pointer(unsafe.SliceData(in))))
}

func call(op string, n uint32) uint64 {
	request := in
	if n <= uint32(len(in)) {
		request = in[:n]
	}
	out = core.Handle(op, request)
	return uint64(uintptr(unsafe.Pointer(unsafe.SliceData(out))))<<32 | uint64(len(out))
}

//go:wasmexport evaluate
func evaluate(n uint32) uint64 { return call("evaluate", n) }

//go:wasmexport capture
func capture(n uint32) uint64 { return call("capture", n) }

//go:wasmexport render
func render(n uint32) uint64 { return call("render", n) }

//go:wasmexport verify
func verify(n uint32) uint64 { return call("verify", n) }

//go:wasmexport info
func info(n uint32) uint64 { return call("info", n) }

//go:wasmexport install
func install(n uint32) uint64 { return call("install", n) }

func main() {}
