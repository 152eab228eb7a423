package host_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"hanaper/core"
	"hanaper/core/coretest"
	"hanaper/wasm/host"
)

// wasm is built by the tests themselves, twice: the digest must not depend on when
// or where. The cache is shared by the tests of one run.
var (
	wasm     []byte
	cacheDir string
)

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "hanaper-host-*")
	if err != nil {
		panic(err)
	}
	cacheDir = filepath.Join(dir, "cache")
	wasm, err = build(filepath.Join(dir, "core.wasm"))
	if err != nil {
		panic(err)
	}
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

func build(out string) ([]byte, error) {
	cmd := exec.Command("go", "build", "-buildmode=c-shared", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-o", out, "../guest")
	cmd.Env = append(os.Environ(), "GOOS=wasip1", "GOARCH=wasm")
	if msg, err := cmd.CombinedOutput(); err != nil {
		return nil, errors.New(string(msg))
	}
	return os.ReadFile(out)
}

func open(t *testing.T, cfg host.Config) *host.Host {
	t.Helper()
	cfg.CacheDir = cacheDir
	h, err := host.New(t.Context(), wasm, cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := h.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return h
}

func TestTwoBuildsOneDigest(t *testing.T) {
	again, err := build(filepath.Join(t.TempDir(), "elsewhere.wasm"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(wasm, again) {
		t.Error("two builds of core.wasm differ")
	}
}

func TestVectors(t *testing.T) {
	for name, cfg := range map[string]host.Config{"compiler": {}, "interpreter": {Interpreter: true}} {
		t.Run(name, func(t *testing.T) {
			h := open(t, cfg)
			coretest.Vectors(t, "../../testdata/vectors", false, func(op string, in []byte) ([]byte, error) {
				return h.Call(t.Context(), op, in)
			})
		})
	}
}

const request = `{"draft":{"body":"Approved, please start the work on Monday."},"settings":{},"at":"2026-11-22T09:00:00Z"}`

func TestConcurrentCallsAgree(t *testing.T) {
	h := open(t, host.Config{Instances: 3})
	want := core.Handle("evaluate", []byte(request))
	var wg sync.WaitGroup
	for range 24 {
		wg.Go(func() {
			got, err := h.Call(t.Context(), "evaluate", []byte(request))
			if err != nil || !bytes.Equal(got, want) {
				t.Errorf("%v\n got %s\nwant %s", err, got, want)
			}
		})
	}
	wg.Wait()
	if n := h.Made(); n > 3 {
		t.Errorf("%d instances were made, at most 3 may live", n)
	}
}

func TestCancelledCallReturnsAndTheNextIsServed(t *testing.T) {
	h := open(t, host.Config{Instances: 1})
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	// The largest body there is takes far longer than the context allows.
	long := `{"draft":{"body":"` + strings.Repeat("agreed 4111 1111 1111 1111 ", 38000) + `"},"settings":{}}`
	if _, err := h.Call(ctx, "evaluate", []byte(long)); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("got %v, want the context's error", err)
	}
	if got, err := h.Call(t.Context(), "evaluate", []byte(request)); err != nil || !bytes.Contains(got, []byte(`"digest":"sha256:`)) {
		t.Fatalf("after a cancelled call: %v %s", err, got)
	}
}

func TestTrapGivesAnErrorAndAFreshInstance(t *testing.T) {
	// 8 MiB hold the program and a small request, not a large one: it runs out of memory inside.
	h := open(t, host.Config{Instances: 1, MemoryPages: 130})
	if _, err := h.Call(t.Context(), "evaluate", []byte(request)); err != nil {
		t.Fatal(err)
	}
	before := h.Made()
	big := `{"draft":{"body":"` + strings.Repeat("x ", 500_000) + `"},"settings":{}}`
	var trap *host.TrapError
	if _, err := h.Call(t.Context(), "evaluate", []byte(big)); !errors.As(err, &trap) {
		t.Fatalf("got %v, want a trap", err)
	}
	if _, err := h.Call(t.Context(), "evaluate", []byte(request)); err != nil {
		t.Fatalf("after a trap: %v", err)
	}
	if h.Made() != before+1 {
		t.Errorf("made %d instances, want one more than %d", h.Made(), before)
	}
}

// Packs that were refused whole are forgotten; those in force come back after a trap.
func TestInstalledPacksSurvive(t *testing.T) {
	h := open(t, host.Config{Instances: 1, MemoryPages: 200})
	ask := func(op, request string) string {
		t.Helper()
		got, err := h.Call(t.Context(), op, []byte(request))
		if err != nil {
			t.Fatal(err)
		}
		return string(got)
	}
	pack, err := os.ReadFile("../../core/policy/pack/us-nc-030319/pack.json")
	if err != nil {
		t.Fatal(err)
	}
	good, err := json.Marshal(map[string]any{"packs": []map[string]string{{"json": string(pack), "trust": "signed", "signer": "Agency"}}})
	if err != nil {
		t.Fatal(err)
	}
	if out := ask("install", string(good)); !strings.Contains(out, `"error":""`) {
		t.Fatal(out)
	}
	if out := ask("install", `{"packs":1}`); strings.Contains(out, `"error":""`) {
		t.Fatalf("a request that cannot be read was taken: %s", out)
	}
	big := `{"draft":{"body":"` + strings.Repeat("x ", 2_000_000) + `"},"settings":{}}`
	var trap *host.TrapError
	if _, err := h.Call(t.Context(), "evaluate", []byte(big)); !errors.As(err, &trap) {
		t.Fatalf("got %v, want a trap", err)
	}
	if out := ask("evaluate", `{"draft":{"body":"hello","channel":"whatsapp"},"settings":{"packs":["us-nc-030319"]}}`); !strings.Contains(out, `"trust":"signed"`) {
		t.Errorf("after a trap: %s", out)
	}
}

func TestErrors(t *testing.T) {
	h := open(t, host.Config{})
	if _, err := h.Call(t.Context(), "guess", nil); err == nil || !strings.Contains(err.Error(), "guess") {
		t.Errorf("unknown operation: %v", err)
	}
	if _, err := h.Call(t.Context(), "evaluate", make([]byte, core.MaxRequest+1)); err == nil {
		t.Error("a request over the limit was taken")
	}
	if _, err := host.New(t.Context(), []byte("\x00asm"), host.Config{}); err == nil {
		t.Error("a broken module was compiled")
	}
	if err := h.Close(t.Context()); err != nil {
		t.Error(err)
	}
	if _, err := h.Call(t.Context(), "info", []byte("{}")); !errors.Is(err, host.ErrClosed) {
		t.Errorf("after Close: %v", err)
	}
}

func TestCloseWaitsForCallsAndFreesThoseWhoWait(t *testing.T) {
	h := open(t, host.Config{Instances: 1})
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if _, err := h.Call(t.Context(), "evaluate", []byte(request)); err != nil && !errors.Is(err, host.ErrClosed) {
				t.Error(err)
			}
		})
	}
	if err := h.Close(t.Context()); err != nil {
		t.Error(err)
	}
	wg.Wait()
}

// FuzzDifferential holds the guest against the native core, byte for byte.
func FuzzDifferential(f *testing.F) {
	h, err := host.New(context.Background(), wasm, host.Config{CacheDir: cacheDir})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = h.Close(context.Background()) })
	for _, s := range []string{request, `{"draft":{"body":""}}`, `{`, `{"draft":{"body":"S E C R E T ЅЕСRЕТ 078-05-1120"}}`} {
		f.Add("evaluate", s)
	}
	f.Add("verify", `{"record":{}}`)
	f.Fuzz(func(t *testing.T, op, in string) {
		switch op {
		case "evaluate", "capture", "render", "verify", "info":
		default:
			return
		}
		got, err := h.Call(t.Context(), op, []byte(in))
		if err != nil {
			t.Fatalf("%s of %q: %v", op, in, err)
		}
		if want := core.Handle(op, []byte(in)); !bytes.Equal(got, want) {
			t.Fatalf("%s of %q\nguest  %s\nnative %s", op, in, got, want)
		}
	})
}
