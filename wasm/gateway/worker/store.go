//go:build js && wasm

package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"syscall/js"

	"hanaper/wasm/gateway"
	"hanaper/wasm/gateway/worker/glue"
)

// bucket is the R2 bucket bound as RECORDS.
type bucket struct{}

func (bucket) Get(_ context.Context, key string) ([]byte, error) {
	obj, err := glue.Call(env("RECORDS"), "get", key)
	if err != nil {
		return nil, err
	}
	if obj.IsNull() {
		return nil, gateway.ErrNotFound
	}
	buffer, err := glue.Call(obj, "arrayBuffer")
	if err != nil {
		return nil, err
	}
	return glue.Bytes(js.Global().Get("Uint8Array").New(buffer)), nil
}

func (bucket) Has(_ context.Context, key string) (bool, error) {
	obj, err := glue.Call(env("RECORDS"), "head", key)
	return err == nil && !obj.IsNull(), err
}

// Put with once relies on R2's condition: the answer is null where the key was taken.
func (bucket) Put(_ context.Context, key string, data []byte, once bool) (bool, error) {
	options := map[string]any{}
	if once {
		options["onlyIf"] = map[string]any{"etagDoesNotMatch": "*"}
	}
	obj, err := glue.Call(env("RECORDS"), "put", key, glue.Uint8Array(data), options)
	return err == nil && !obj.IsNull(), err
}

// List asks again while R2 says that it gave less than there is.
func (bucket) List(_ context.Context, prefix, after string, limit int) ([]string, error) {
	out := []string{}
	options := map[string]any{"prefix": prefix, "limit": limit}
	if after != "" {
		options["startAfter"] = after
	}
	for {
		page, err := glue.Call(env("RECORDS"), "list", options)
		if err != nil {
			return nil, err
		}
		objects := page.Get("objects")
		for i := range objects.Length() {
			out = append(out, objects.Index(i).Get("key").String())
		}
		if len(out) >= limit || !page.Get("truncated").Bool() {
			return out, nil
		}
		delete(options, "startAfter")
		options["cursor"], options["limit"] = page.Get("cursor"), limit-len(out)
	}
}

// database is the D1 database of a tenant: bound as INDEX_ and its id in capitals, or
// INDEX where it shares one.
type database struct{ tenant string }

func (d database) binding() js.Value {
	if own := env("INDEX_" + capitals(d.tenant)); !own.IsUndefined() {
		return own
	}
	return env("INDEX")
}

func (d database) prepare(db js.Value, s gateway.Stmt) js.Value {
	args := make([]any, len(s.Args))
	for i, a := range s.Args {
		args[i] = a
		if n, ok := a.(int64); ok {
			args[i] = float64(n)
		}
	}
	return db.Call("prepare", s.SQL).Call("bind", args...)
}

// Exec is a D1 batch: one transaction.
func (d database) Exec(_ context.Context, stmts ...gateway.Stmt) error {
	db := d.binding()
	list := array.New()
	for _, s := range stmts {
		list.Call("push", d.prepare(db, s))
	}
	_, err := glue.Call(db, "batch", list)
	if err != nil && strings.Contains(err.Error(), "UNIQUE constraint failed") {
		return gateway.ErrConflict
	}
	return err
}

func (d database) Query(_ context.Context, s gateway.Stmt) ([][]any, error) {
	rows, err := glue.Call(d.prepare(d.binding(), s), "raw")
	if err != nil {
		return nil, err
	}
	out := make([][]any, rows.Length())
	for i := range out {
		row := rows.Index(i)
		out[i] = make([]any, row.Length())
		for j := range out[i] {
			switch v := row.Index(j); v.Type() {
			case js.TypeNumber:
				out[i][j] = int64(v.Float())
			case js.TypeString:
				out[i][j] = v.String()
			case js.TypeNull:
			default:
				return nil, errors.New("D1 gave a value that is no text, number or null")
			}
		}
	}
	return out, nil
}

// queue is the Queue bound as ARRIVALS; entry.mjs consumes it.
type queue struct{}

// sendMost is the most messages that Queues take at once.
const sendMost = 100

func (queue) Send(_ context.Context, tenant string, ids ...string) error {
	for len(ids) > 0 {
		n := min(len(ids), sendMost)
		list := array.New()
		for _, id := range ids[:n] {
			list.Call("push", map[string]any{"body": map[string]any{"tenant": tenant, "id": id}})
		}
		if _, err := glue.Call(env("ARRIVALS"), "sendBatch", list); err != nil {
			return err
		}
		ids = ids[n:]
	}
	return nil
}

// fetch gets a provider's keys.
func fetch(_ context.Context, url string) ([]byte, error) {
	// Not as a method: the global object is a proxy here, and fetch would not have it.
	response, err := glue.Await(js.Global().Get("fetch").Invoke(url))
	if err != nil {
		return nil, err
	}
	if !response.Get("ok").Bool() {
		return nil, fmt.Errorf("%s: status %d", url, response.Get("status").Int())
	}
	text, err := glue.Call(response, "text")
	if err != nil {
		return nil, err
	}
	return []byte(text.String()), nil
}
