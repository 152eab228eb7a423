package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"hanaper/wasm/gateway/gatewaytest"
)

// TestMain lets the test's program be the gateway: it kills itself hard otherwise.
func TestMain(m *testing.M) {
	if args := os.Getenv("GATEWAY_ARGS"); args != "" {
		os.Exit(run(strings.Split(args, "\x1f")))
	}
	os.Exit(m.Run())
}

func command(args ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "GATEWAY_ARGS="+strings.Join(args, "\x1f"))
	return cmd
}

func must(t testing.TB, args ...string) string {
	t.Helper()
	out, err := command(args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %v\n%s", args, err, out)
	}
	return string(out)
}

// configure writes a configuration with the suite's tenants.
func configure(t testing.TB, issuer *gatewaytest.Issuer) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "gateway.json")
	raw, err := json.Marshal(config{Listen: "127.0.0.1:0", Data: "data", Keys: "keys", PerMinute: 1_000_000, Tenants: issuer.Tenants()})
	if err == nil {
		err = os.WriteFile(file, raw, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range gatewaytest.Names {
		must(t, "key", "-config", file, name)
	}
	return file
}

// listen starts serving and returns the address.
func listen(t testing.TB, file string) (*exec.Cmd, string) {
	t.Helper()
	cmd := command("serve", "-config", file)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	line, err := bufio.NewReader(out).ReadString('\n')
	address, ok := strings.CutPrefix(strings.TrimSpace(line), "listening on ")
	if !ok {
		t.Fatalf("%q %v", line, err)
	}
	return cmd, "http://" + address
}

// Killed hard at random moments while records arrive: whoever has a receipt has their
// record, once, in the log and in the index.
func TestKilledWhileRecordsArrive(t *testing.T) {
	rounds := 5
	if os.Getenv("HANAPER_NIGHTLY") != "" {
		rounds = 200
	}
	issuer := gatewaytest.NewIssuer(t)
	file := configure(t, issuer)
	cmd, url := listen(t, file)
	load := gatewaytest.NewLoad(t, gatewaytest.Target{URL: url, Issuer: issuer}, "ministry", "survivor")
	var all []gatewaytest.Kept
	for round := range rounds {
		var wg sync.WaitGroup
		stop := make(chan struct{})
		fresh := make([][]gatewaytest.Kept, 4)
		for w := range fresh {
			wg.Go(func() {
				for i := 0; ; i++ {
					select {
					case <-stop:
						return
					default:
					}
					k := load.Record(t, fmt.Sprintf("Round %d %d %d", round, w, i), "x")
					fresh[w] = append(fresh[w], k)
					if !load.Put(t, k) {
						return // killed; the record is put again below
					}
				}
			})
		}
		time.Sleep(time.Duration(50+rand.IntN(200)) * time.Millisecond)
		cmd.Process.Kill()
		cmd.Wait()
		close(stop)
		wg.Wait()
		cmd, url = listen(t, file)
		load.Move(url)
		for _, list := range fresh {
			for _, k := range list {
				if !load.Put(t, k) { // those with a receipt get the same again
					t.Errorf("%s is not taken after the restart", k.ID)
				}
			}
			all = append(all, list...)
		}
	}
	load.Consistent(t, len(all))
	cmd.Process.Signal(os.Interrupt)
	if err := cmd.Wait(); err != nil {
		t.Errorf("asked to stop: %v", err)
	}
	if out := must(t, "check", "-config", file, "ministry"); !strings.Contains(out, fmt.Sprintf("%d records verified, 0 findings", len(all))) {
		t.Error(out)
	}
	must(t, "rebuild", "-config", file, "ministry")
	t.Logf("%d records in %d rounds", len(all), rounds)
}

// Wrong usage says so and starts nothing; a second key is never made over the first.
func TestUsage(t *testing.T) {
	file := configure(t, gatewaytest.NewIssuer(t))
	open := filepath.Join(t.TempDir(), "open.json")
	if err := os.WriteFile(open, []byte(`{"listen":"0.0.0.0:80","data":"d","keys":"k"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		status int
		says   string
		args   []string
	}{
		{0, "usage:", []string{"help"}},
		{2, "usage:", []string{"fly", "-config", file}},
		{2, "usage:", []string{"serve"}},
		{2, "usage:", []string{"check", "-config", file}},
		{1, "file exists", []string{"key", "-config", file, "ministry"}},
		{1, "no tenant", []string{"check", "-config", file, "nobody"}},
		{1, "loopback", []string{"serve", "-config", open}},
		{1, "no such file", []string{"serve", "-config", "absent.json"}},
	} {
		out, err := command(c.args...).CombinedOutput()
		status := 0
		if e, ok := err.(*exec.ExitError); ok {
			status = e.ExitCode()
		}
		if status != c.status || !strings.Contains(string(out), c.says) {
			t.Errorf("%v: exit status %d, want %d:\n%s", c.args, status, c.status, out)
		}
	}
}
