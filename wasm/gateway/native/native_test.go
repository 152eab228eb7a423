package native

import (
	"context"
	"net/http/httptest"
	"testing"

	"hanaper/wasm/gateway"
	"hanaper/wasm/gateway/gatewaytest"
)

// start runs a gateway on loopback until the test ends. change may replace parts of
// the backend.
func start(t testing.TB, dir string, change func(*gateway.Backend)) (gatewaytest.Target, *Store, *gateway.Gateway) {
	t.Helper()
	return startWith(t, dir, gatewaytest.NewIssuer(t), change)
}

// startWith is start with an issuer that outlives it.
func startWith(t testing.TB, dir string, issuer *gatewaytest.Issuer, change func(*gateway.Backend)) (gatewaytest.Target, *Store, *gateway.Gateway) {
	t.Helper()
	s, err := Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	b := s.Backend(1_000_000, func(text string) { t.Log(text) })
	if change != nil {
		change(&b)
	}
	g, err := gateway.New(b, issuer.Tenants(), gatewaytest.Seed)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(g)
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.Queue.Run(ctx, g.Process, func(text string) { t.Log(text) })
	}()
	t.Cleanup(func() {
		server.Close()
		stop()
		<-done
		s.Close()
	})
	return gatewaytest.Target{URL: server.URL, Issuer: issuer}, s, g
}

func TestSuite(t *testing.T) {
	target, _, _ := start(t, t.TempDir(), nil)
	gatewaytest.Run(t, target)
}
