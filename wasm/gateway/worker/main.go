//go:build js && wasm

// Command worker is the gateway on Cloudflare's network and on workerd: content in R2,
// the index in D1, Queues between them, one Durable Object a log. entry.mjs is its
// other half; it keeps a pool of instances of this program.
package main

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"syscall/js"
	"time"

	"github.com/syumai/workers"

	"hanaper/wasm/gateway"
	"hanaper/wasm/gateway/worker/glue"
)

// world is what entry.mjs gives this instance: env (the bindings of the request being
// served), binding (where it finds our functions), allow and log.
var world = js.Global().Get("context")

func env(name string) js.Value { return world.Get("env").Get(name) }

func main() {
	g, err := open()
	if err != nil {
		panic(err)
	}
	if world.Get("pooled").IsUndefined() { // the stock entry: an instance a request
		workers.Serve(g)
		return
	}
	binding := world.Get("binding")
	binding.Set("handle", glue.Export(func(ctx context.Context, in js.Value) (js.Value, error) { return handle(g, in) }))
	binding.Set("process", glue.Export(func(ctx context.Context, in js.Value) (js.Value, error) {
		var ids []string
		list := in.Get("ids")
		for i := range list.Length() {
			ids = append(ids, list.Index(i).String())
		}
		return js.Undefined(), g.Process(ctx, in.Get("tenant").String(), ids)
	}))
	binding.Set("check", glue.Export(func(ctx context.Context, in js.Value) (js.Value, error) {
		out, err := g.Check(ctx, in.Get("tenant").String(), in.Get("after").String())
		if err != nil {
			return js.Undefined(), err
		}
		text, err := json.Marshal(out)
		return js.ValueOf(string(text)), err
	}))
	workers.Ready()
	select {}
}

// open makes the gateway from the variable TENANTS and a secret a tenant: SEED_ and
// its id in capitals, hyphens as underscores; base64 of 32 bytes.
func open() (*gateway.Gateway, error) {
	var tenants []gateway.Tenant
	if err := json.Unmarshal([]byte(env("TENANTS").String()), &tenants); err != nil {
		return nil, fmt.Errorf("variable TENANTS: %w", err)
	}
	b := gateway.Backend{
		Blobs: bucket{},
		DB:    func(tenant string) gateway.DB { return database{tenant} },
		Queue: queue{},
		Now:   time.Now,
		Fetch: fetch,
		Allow: func(_ context.Context, key string) bool {
			allow := world.Get("allow")
			return allow.IsUndefined() || allow.Invoke(key).Bool()
		},
		Log: func(text string) { js.Global().Get("console").Call("error", text) },
	}
	return gateway.New(b, tenants, func(tenant string) ([]byte, error) {
		name := "SEED_" + capitals(tenant)
		secret := env(name)
		if secret.Type() != js.TypeString {
			return nil, fmt.Errorf("secret %s is missing", name)
		}
		return base64.StdEncoding.DecodeString(secret.String())
	})
}

func capitals(tenant string) string {
	return strings.ReplaceAll(strings.ToUpper(tenant), "-", "_")
}
