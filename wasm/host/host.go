// Package host judges drafts headless: it runs core.wasm, the same bytes the
// browser extension runs, in wazero, with no cgo and no browser.
//
//	wasm, err := os.ReadFile("build/core.wasm")
//	h, err := host.New(ctx, wasm, host.Config{CacheDir: cache})
//	defer h.Close(ctx)
//	verdict, err := h.Call(ctx, "evaluate", []byte(`{"draft":{"body":"Approved, go ahead."},"settings":{"packs":["uk-nccc-2023"]},"at":"2026-11-22T09:00:00Z"}`))
//
// Requests and results are the JSON documents of package core (schemas in
// schema/). A Host is safe for concurrent use: it keeps a pool of instances, each
// serving one request at a time.
//
// Errors. A request the core understands always has a result; a judgement that
// was not possible is a verdict with permission, duty and action "unknown". An
// error from Call means that the program itself failed: ErrClosed, the context's
// own error, or a *TrapError. After an error the instance is dropped and the next
// call gets a fresh one; Call never retries.
package host

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"sync/atomic"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
)

// Config is how a Host runs. The zero value is a good one.
type Config struct {
	// CacheDir keeps the compiled program between processes: the first start
	// takes about 2 s, later ones 0.1 s. "" keeps nothing.
	CacheDir string
	// Instances is the most instances alive at once, by default GOMAXPROCS.
	// Callers beyond that wait.
	Instances int
	// Interpreter runs without generating machine code: about 30 times slower,
	// for platforms wazero cannot compile for.
	Interpreter bool
	// MemoryPages bounds an instance's memory, in pages of 64 KiB; by default
	// 2048, that is 128 MiB: room for the largest request, many times over.
	MemoryPages uint32
}

// ErrClosed is returned by Call after Close.
var ErrClosed = errors.New("host is closed")

// TrapError says that the WebAssembly program stopped inside an operation.
type TrapError struct {
	Op  string
	Err error
}

func (e *TrapError) Error() string { return "core.wasm stopped in " + e.Op + ": " + e.Err.Error() }
func (e *TrapError) Unwrap() error { return e.Err }

// Host runs one compiled core.wasm. Make it with New.
type Host struct {
	runtime  wazero.Runtime
	compiled wazero.CompiledModule
	cache    wazero.CompilationCache
	slots    chan *instance // a slot is nil until an instance is needed
	closed   atomic.Bool
	made     atomic.Int64
	packs    atomic.Pointer[[]byte] // the last request to install that was answered
}

type instance struct {
	packs *[]byte // what is installed in it
	mod   api.Module
	buf   api.Function
	ops   map[string]api.Function
}

// New compiles wasm. The context bounds compiling only.
func New(ctx context.Context, wasm []byte, cfg Config) (*Host, error) {
	if cfg.Instances <= 0 {
		cfg.Instances = runtime.GOMAXPROCS(0)
	}
	if cfg.MemoryPages == 0 {
		cfg.MemoryPages = 2048
	}
	rc := wazero.NewRuntimeConfig()
	if cfg.Interpreter {
		rc = wazero.NewRuntimeConfigInterpreter()
	}
	h := &Host{slots: make(chan *instance, cfg.Instances)}
	rc = rc.WithMemoryLimitPages(cfg.MemoryPages)
	if cfg.CacheDir != "" {
		cache, err := wazero.NewCompilationCacheWithDir(cfg.CacheDir)
		if err != nil {
			return nil, fmt.Errorf("compilation cache %s: %w", cfg.CacheDir, err)
		}
		h.cache = cache
		rc = rc.WithCompilationCache(cache)
	}
	h.runtime = wazero.NewRuntimeWithConfig(ctx, rc)
	wasi_snapshot_preview1.MustInstantiate(ctx, h.runtime)
	var err error
	if h.compiled, err = h.runtime.CompileModule(ctx, wasm); err != nil {
		_ = h.runtime.Close(ctx)
		return nil, fmt.Errorf("compile core.wasm: %w", err)
	}
	for range cfg.Instances {
		h.slots <- nil
	}
	return h, nil
}

// Call runs one operation (evaluate, capture, render, verify, info, install) and
// returns its JSON result. What install was given holds for every later call. When ctx is done Call returns at once with its error; the
// program cannot be interrupted (the checks that would allow it cost three times
// the speed), so its instance serves the next call only after it has finished,
// which for the largest request takes seconds.
func (h *Host) Call(ctx context.Context, op string, request []byte) ([]byte, error) {
	if h.closed.Load() {
		return nil, ErrClosed
	}
	var in *instance
	select {
	case in = <-h.slots:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if h.closed.Load() {
		h.slots <- nil // for the next who waits
		return nil, ErrClosed
	}
	if ctx.Done() == nil {
		return h.serve(in, op, request)
	}
	type answer struct {
		result []byte
		err    error
	}
	done := make(chan answer, 1)
	go func() {
		result, err := h.serve(in, op, request)
		done <- answer{result, err}
	}()
	select {
	case a := <-done:
		return a.result, a.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// serve runs one operation on an instance, made first where there is none, and
// gives its slot back.
func (h *Host) serve(in *instance, op string, request []byte) (result []byte, err error) {
	defer func() { h.slots <- in }()
	ctx := context.Background() // the caller's is honoured by Call
	if in == nil {
		if in, err = h.instantiate(ctx); err != nil {
			in = nil
			return nil, err
		}
	}
	if result, err = in.serve(ctx, h, op, request); err != nil {
		_ = in.mod.Close(ctx)
		in = nil
	}
	return result, err
}

// serve runs one operation after the packs of the host are in the instance.
func (in *instance) serve(ctx context.Context, h *Host, op string, request []byte) ([]byte, error) {
	if op == "install" {
		kept := append([]byte(nil), request...)
		result, err := in.call(ctx, op, kept)
		if err == nil && installed(result) {
			in.packs = &kept
			h.packs.Store(&kept)
		}
		return result, err
	}
	if packs := h.packs.Load(); packs != in.packs {
		if _, err := in.call(ctx, "install", *packs); err != nil {
			return nil, err
		}
		in.packs = packs
	}
	return in.call(ctx, op, request)
}

// installed reports whether the packs are in force: the core keeps the old ones
// where it could not read the request.
func installed(result []byte) bool {
	var answer struct {
		Error string `json:"error"`
	}
	return json.Unmarshal(result, &answer) == nil && answer.Error == ""
}

// Made returns how many instances were made since New, dropped ones included.
func (h *Host) Made() int64 { return h.made.Load() }

// Close waits for the calls under way and frees everything; later calls fail.
func (h *Host) Close(ctx context.Context) error {
	if h.closed.Swap(true) {
		return nil
	}
	for range cap(h.slots) { // code that still runs must not be unmapped
		<-h.slots
	}
	h.slots <- nil // whoever waits in Call learns that the host is closed
	err := h.runtime.Close(ctx)
	if h.cache != nil {
		err = errors.Join(err, h.cache.Close(ctx))
	}
	return err
}

var operations = []string{"evaluate", "capture", "render", "verify", "info", "install"}

func (h *Host) instantiate(ctx context.Context) (*instance, error) {
	// No file, clock, random source or environment is given: the core needs none.
	// The collector of the guest paces itself by the clock: with the one that wazero makes
	// up it never ends a cycle, and memory runs out after some thousand calls.
	mc := wazero.NewModuleConfig().WithName("").WithStartFunctions("_initialize").WithSysNanotime()
	mod, err := h.runtime.InstantiateModule(ctx, h.compiled, mc)
	if err != nil {
		return nil, &TrapError{"start", err}
	}
	h.made.Add(1)
	in := &instance{mod: mod, buf: mod.ExportedFunction("buf"), ops: map[string]api.Function{}}
	for _, op := range operations {
		in.ops[op] = mod.ExportedFunction(op)
		if in.ops[op] == nil || in.buf == nil {
			_ = mod.Close(ctx)
			return nil, fmt.Errorf("this is not core.wasm: no export %q", op)
		}
	}
	return in, nil
}

func (in *instance) call(ctx context.Context, op string, request []byte) ([]byte, error) {
	f := in.ops[op]
	if f == nil {
		return nil, fmt.Errorf("no operation %q", op)
	}
	p, err := in.buf.Call(ctx, uint64(len(request)))
	if err != nil {
		return nil, &TrapError{"buf", err}
	}
	if p[0] == 0 {
		return nil, fmt.Errorf("the request is %d bytes, more than the core takes", len(request))
	}
	if !in.mod.Memory().Write(uint32(p[0]), request) {
		return nil, &TrapError{"buf", errors.New("buffer outside memory")}
	}
	r, err := f.Call(ctx, uint64(len(request)))
	if err != nil {
		return nil, &TrapError{op, err}
	}
	view, ok := in.mod.Memory().Read(uint32(r[0]>>32), uint32(r[0]))
	if !ok {
		return nil, &TrapError{op, errors.New("result outside memory")}
	}
	return append([]byte(nil), view...), nil
}
