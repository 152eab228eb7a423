//go:build !js

package main

import (
	"fmt"
	"os"
	"sync"
	"syscall"
	"testing"
	"time"

	"hanaper/wasm/gateway/gatewaytest"
)

// workerd is killed while records arrive, and with it what the local queue held in
// memory. Whoever has a receipt has their record: the check finds what was accepted
// and never got its place, and sends it to the queue again.
func TestKilledWhileRecordsArrive(t *testing.T) {
	needed(t)
	rounds := 1
	if os.Getenv("HANAPER_NIGHTLY") != "" {
		rounds = 50
	}
	issuer, dir := gatewaytest.NewIssuer(t), t.TempDir()
	r := launch(t, issuer, dir)
	load := gatewaytest.NewLoad(t, gatewaytest.Target{URL: r.url, Issuer: issuer}, "ministry", "survivor")
	for round := range rounds {
		var wg sync.WaitGroup
		for w := range 4 {
			wg.Go(func() {
				for i := 0; load.Put(t, load.Record(t, fmt.Sprintf("Round %d %d %d", round, w, i), "x")); i++ {
				}
			})
		}
		time.Sleep(700 * time.Millisecond)
		syscall.Kill(-r.cmd.Process.Pid, syscall.SIGKILL) // node and workerd, which are a group of their own
		r.cmd.Wait()
		wg.Wait()
		r = launch(t, issuer, dir)
		load.Move(r.url)
		for after := ""; ; {
			var out struct {
				Findings []struct{ ID, Text string }
				Queued   int
				Next     string
			}
			load.As(t, "POST", "/v1/check?after="+after, nil, "auditor").Into(t, &out)
			for _, f := range out.Findings {
				t.Errorf("%s: %s", f.ID, f.Text)
			}
			t.Logf("%d queued again", out.Queued)
			if after = out.Next; after == "" {
				break
			}
		}
	}
	if n := load.Taken(); n == 0 {
		t.Error("nothing was accepted before the kill")
	} else {
		load.ConsistentAtLeast(t, n)
	}
}
