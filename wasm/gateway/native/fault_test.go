package native

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"hanaper/wasm/gateway"
	"hanaper/wasm/gateway/gatewaytest"
)

// faults decides which call to a store fails. Every nth does, before or after it did
// its work: a lost answer looks like a failure too.
type faults struct {
	every atomic.Int64 // 0: none
	count atomic.Int64
}

var errInjected = errors.New("injected")

func (f *faults) hit() (before, after error) {
	n := f.count.Add(1)
	if every := f.every.Load(); every == 0 || n%every != 0 {
		return nil, nil
	}
	if n%2 == 0 {
		return errInjected, nil
	}
	return nil, errInjected
}

type failingBlobs struct {
	gateway.Blobs
	*faults
}

func (b failingBlobs) Put(ctx context.Context, key string, data []byte, once bool) (bool, error) {
	before, after := b.hit()
	if before != nil {
		return false, before
	}
	stored, err := b.Blobs.Put(ctx, key, data, once)
	return stored, errors.Join(err, after)
}

func (b failingBlobs) Get(ctx context.Context, key string) ([]byte, error) {
	if before, after := b.hit(); before != nil || after != nil {
		return nil, errInjected
	}
	return b.Blobs.Get(ctx, key)
}

type failingDB struct {
	gateway.DB
	*faults
}

func (d failingDB) Exec(ctx context.Context, stmts ...gateway.Stmt) error {
	before, after := d.hit()
	if before != nil {
		return before
	}
	return errors.Join(d.DB.Exec(ctx, stmts...), after)
}

func (d failingDB) Query(ctx context.Context, s gateway.Stmt) ([][]any, error) {
	if before, after := d.hit(); before != nil || after != nil {
		return nil, errInjected
	}
	return d.DB.Query(ctx, s)
}

type failingQueue struct {
	gateway.Queue
	*faults
}

func (q failingQueue) Send(ctx context.Context, tenant string, ids ...string) error {
	before, after := q.hit()
	if before != nil {
		return before
	}
	return errors.Join(q.Queue.Send(ctx, tenant, ids...), after)
}

func inject(f *faults) func(*gateway.Backend) {
	return func(b *gateway.Backend) {
		db := b.DB
		b.Blobs = failingBlobs{b.Blobs, f}
		b.DB = func(tenant string) gateway.DB { return failingDB{db(tenant), f} }
		b.Queue = failingQueue{b.Queue, f}
	}
}

// Every third call to the storage fails. Callers try again, as the queue does; in the
// end every receipted record is in the log once and the index agrees.
func TestStorageThatFails(t *testing.T) {
	f := &faults{}
	target, store, g := start(t, t.TempDir(), inject(f))
	load := gatewaytest.NewLoad(t, target, "ministry", "stubborn")
	f.every.Store(7)
	var wg sync.WaitGroup
	for w := range 4 {
		wg.Go(func() {
			for i := range 10 {
				k := load.Record(t, fmt.Sprintf("Fault %d %d", w, i), "Nothing is lost.")
				for try := 0; !load.Put(t, k); try++ {
					if try == 100 {
						t.Errorf("%d %d: never taken", w, i)
						return
					}
				}
			}
		})
	}
	wg.Wait()
	for try := 0; try < 400; try++ { // the queue works among faults, too
		if n, err := store.Queue.Waiting(t.Context()); err == nil && n == 0 {
			break
		}
		if try == 100 {
			f.every.Store(0)
		}
		time.Sleep(20 * time.Millisecond)
	}
	f.every.Store(0)
	load.Consistent(t, 40)
	whole(t, g, "ministry", 40)
	if load.Refused() == 0 {
		t.Error("no put was ever refused: nothing was injected")
	}
}

// whole runs the check to its end: n records and no finding.
func whole(t *testing.T, g *gateway.Gateway, tenant string, n int) {
	t.Helper()
	records := 0
	for after := ""; ; {
		out, err := g.Check(t.Context(), tenant, after)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range out.Findings {
			t.Errorf("%s: %s", x.ID, x.Text)
		}
		records += out.Records
		if after = out.Next; after == "" {
			break
		}
	}
	if records != n {
		t.Errorf("the check saw %d records, want %d", records, n)
	}
}

// An index that does not answer holds up no record; when it answers again, each gets
// its place.
func TestSlowIndexDelaysNoRecord(t *testing.T) {
	gate := make(chan struct{})
	slow := &slowDB{gate: gate}
	target, _, _ := start(t, t.TempDir(), func(b *gateway.Backend) {
		slow.DB = b.DB("")
		b.DB = func(string) gateway.DB { return slow }
	})
	load := gatewaytest.NewLoad(t, target, "ministry", "patient")
	for i := range 20 {
		if !load.Put(t, load.Record(t, fmt.Sprintf("Slow %d", i), "x")) {
			t.Fatal("refused while the index was away")
		}
	}
	if slow.passed.Load() != 0 {
		t.Fatal("the index was not away")
	}
	close(gate)
	load.Consistent(t, 20)
}

type slowDB struct {
	gateway.DB
	gate   chan struct{}
	passed atomic.Int64
}

func (d *slowDB) Exec(ctx context.Context, stmts ...gateway.Stmt) error {
	<-d.gate
	d.passed.Add(1)
	return d.DB.Exec(ctx, stmts...)
}

func (d *slowDB) Query(ctx context.Context, s gateway.Stmt) ([][]any, error) {
	<-d.gate
	d.passed.Add(1)
	return d.DB.Query(ctx, s)
}

// Several sequencers of one log at once: the database lets one win, and the log stays
// one.
func TestSequencersAtOnce(t *testing.T) {
	var sent sync.Map
	target, store, g := start(t, t.TempDir(), func(b *gateway.Backend) { b.Queue = keepBack{&sent} })
	load := gatewaytest.NewLoad(t, target, "ministry", "crowd")
	var ids []string
	for i := range 30 {
		k := load.Record(t, fmt.Sprintf("Crowd %d", i), "x")
		load.Put(t, k)
		ids = append(ids, k.ID)
	}
	_ = store
	var wg sync.WaitGroup
	for w := range 4 {
		wg.Go(func() {
			for i := range ids {
				one := ids[(i*7+w*11)%len(ids):][:1]
				for try := 0; ; try++ {
					err := g.Process(t.Context(), "ministry", one)
					if err == nil {
						break
					}
					if try == 200 {
						t.Errorf("%v", err)
						return
					}
				}
			}
		})
	}
	wg.Wait()
	load.Consistent(t, 30)
	whole(t, g, "ministry", 30)
}

// keepBack is a queue that nobody reads.
type keepBack struct{ sent *sync.Map }

func (k keepBack) Send(_ context.Context, _ string, ids ...string) error {
	for _, id := range ids {
		k.sent.Store(id, true)
	}
	return nil
}

// Every statement names the tenant, first among its arguments.
func TestStatementsCarryTheTenant(t *testing.T) {
	var seen atomic.Int64
	target, _, _ := start(t, t.TempDir(), func(b *gateway.Backend) {
		db := b.DB
		b.DB = func(tenant string) gateway.DB { return strictDB{db(tenant), t, tenant, &seen} }
	})
	gatewaytest.Run(t, target)
	if seen.Load() < 100 {
		t.Errorf("only %d statements were seen", seen.Load())
	}
}

type strictDB struct {
	gateway.DB
	t      *testing.T
	tenant string
	seen   *atomic.Int64
}

func (d strictDB) see(s gateway.Stmt) {
	d.seen.Add(1)
	if len(s.Args) == 0 || s.Args[0] != d.tenant || !strings.Contains(s.SQL, "tenant=?1") && !strings.Contains(s.SQL, "(tenant, ") {
		d.t.Errorf("without its tenant: %s", s.SQL)
	}
}

func (d strictDB) Exec(ctx context.Context, stmts ...gateway.Stmt) error {
	for _, s := range stmts {
		d.see(s)
	}
	return d.DB.Exec(ctx, stmts...)
}

func (d strictDB) Query(ctx context.Context, s gateway.Stmt) ([][]any, error) {
	d.see(s)
	return d.DB.Query(ctx, s)
}
