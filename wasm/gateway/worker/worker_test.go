//go:build !js

package main

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"hanaper/wasm/gateway"
	"hanaper/wasm/gateway/gatewaytest"
)

// needed skips a test where the Worker was not built.
func needed(t testing.TB) {
	t.Helper()
	for what, path := range map[string]string{"the built Worker (./task gateway:build)": "../../../build/gateway/app.wasm", "miniflare (./task setup)": "node_modules/miniflare/package.json"} {
		if _, err := os.Stat(path); err != nil {
			t.Skipf("%s is not here: %v", what, err)
		}
	}
}

// start runs the built Worker on workerd until the test ends.
func start(t testing.TB, dir string, args ...string) gatewaytest.Target {
	t.Helper()
	needed(t)
	issuer := gatewaytest.NewIssuer(t)
	return gatewaytest.Target{URL: launch(t, issuer, dir, args...).url, Issuer: issuer}
}

type running struct {
	url string
	cmd *exec.Cmd
}

func launch(t testing.TB, issuer *gatewaytest.Issuer, dir string, args ...string) *running {
	t.Helper()
	return launchTenants(t, issuer.Tenants(), dir, args...)
}

func launchTenants(t testing.TB, tenants []gateway.Tenant, dir string, args ...string) *running {
	t.Helper()
	seeds := map[string]string{}
	for _, name := range gatewaytest.Names {
		seed, err := gatewaytest.Seed(name)
		if err != nil {
			t.Fatal(err)
		}
		seeds[name] = base64.StdEncoding.EncodeToString(seed)
	}
	raw, err := json.Marshal(map[string]any{"tenants": tenants, "seeds": seeds, "per_minute": 1_000_000, "batch_timeout": 0.2})
	if err != nil {
		t.Fatal(err)
	}
	config := filepath.Join(t.TempDir(), "config.json")
	if err := os.WriteFile(config, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("node", append([]string{"local.mjs", "--port", "0", "--config", config, "--persist", dir}, args...)...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = logged{t}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Signal(syscall.SIGTERM)
		cmd.Wait()
	})
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if url, ok := strings.CutPrefix(lines.Text(), "listening on "); ok {
			go func() {
				for lines.Scan() { // keeps the pipe empty
				}
			}()
			return &running{url, cmd}
		}
	}
	t.Fatal("local.mjs ended before it listened")
	return nil
}

// logged passes what the Worker says to the test's log.
type logged struct{ t testing.TB }

func (l logged) Write(p []byte) (int, error) {
	l.t.Log(strings.TrimSpace(string(p)))
	return len(p), nil
}

// The suite of every gateway, on workerd with R2, D1, Queues and a Durable Object.
func TestSuite(t *testing.T) {
	target := start(t, t.TempDir())
	gatewaytest.Run(t, target)
}

// The pool by itself, with a program that misbehaves in every way.
func TestPool(t *testing.T) {
	wasm := filepath.Join(t.TempDir(), "canary.wasm")
	build := exec.Command("go", "build", "-o", wasm, "./testdata/canary")
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	workers, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/syumai/workers").Output()
	if err != nil {
		t.Fatal(err)
	}
	node := exec.Command("node", "--test", "--test-reporter=spec", "pool.test.mjs")
	node.Env = append(os.Environ(), "WASM="+wasm, "EXEC="+filepath.Join(strings.TrimSpace(string(workers)), "cmd/workers-assets-gen/assets/wasm_exec_go.js"))
	if out, err := node.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
