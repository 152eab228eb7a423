package native

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"hanaper/wasm/gateway"
	"hanaper/wasm/gateway/gatewaytest"
)

// The index is gone: from the blobs alone come back every row, every place in the
// log, every hold.
func TestRebuildFromBlobsAlone(t *testing.T) {
	dir := t.TempDir()
	issuer := gatewaytest.NewIssuer(t)
	var load *gatewaytest.Load
	var ids []string
	before := map[string]int64{}
	var list []byte
	const query = "/v1/records?keeper=survivor&limit=200"
	t.Run("before", func(t *testing.T) {
		target, _, _ := startWith(t, dir, issuer, nil)
		load = gatewaytest.NewLoad(t, target, "ministry", "survivor")
		for i := range 30 {
			k := load.Record(t, fmt.Sprintf("Rebuilt %d", i), "Réunion.")
			load.Put(t, k)
			ids = append(ids, k.ID)
		}
		load.Consistent(t, 30)
		load.As(t, "PUT", "/v1/holds/inquiry", map[string]string{"name": "n", "reason": "r"}, "officer")
		load.As(t, "POST", "/v1/holds/inquiry/records", map[string][]string{"records": ids[:3]}, "officer")
		for _, id := range ids {
			before[id], _ = load.Proof(t, id)
		}
		list = load.As(t, "GET", query, nil, "officer").Body
	})
	for _, name := range []string{"index.db", "index.db-wal", "index.db-shm", "queue.db", "queue.db-wal", "queue.db-shm"} {
		if err := os.Remove(filepath.Join(dir, name)); err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	}
	target, _, g := startWith(t, dir, issuer, nil)
	load.Move(target.URL)
	if err := g.Process(t.Context(), "ministry", ids[:1]); err == nil || !strings.Contains(err.Error(), "rebuild") {
		t.Errorf("an empty index took a record: %v", err)
	}
	for after, steps := "", 0; steps == 0 || after != ""; steps++ {
		var err error
		if after, err = g.Rebuild(t.Context(), "ministry", after, 7); err != nil {
			t.Fatal(err)
		}
	}
	for id, index := range before {
		if again, _ := load.Proof(t, id); again != index {
			t.Errorf("%s was at %d and is at %d", id, index, again)
		}
	}
	if again := load.As(t, "GET", query, nil, "officer").Body; !bytes.Equal(list, again) {
		t.Errorf("the list was\n%s\nand is\n%s", list, again)
	}
	whole(t, g, "ministry", 30)
}

// One record is damaged on the disk: the check names it and only it, others go on.
func TestDamagedRecordIsNamed(t *testing.T) {
	dir := t.TempDir()
	target, store, g := start(t, dir, nil)
	load := gatewaytest.NewLoad(t, target, "ministry", "damaged")
	var ids []string
	for i := range 5 {
		k := load.Record(t, fmt.Sprintf("Damage %d", i), "The amount is 100.")
		load.Put(t, k)
		ids = append(ids, k.ID)
	}
	load.Consistent(t, 5)
	path := store.Blobs.path("records/ministry/" + ids[2][7:])
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, bytes.Replace(data, []byte("100"), []byte("900"), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := g.Check(t.Context(), "ministry", "")
	if err != nil || len(out.Findings) != 1 || out.Findings[0].ID != ids[2] || !strings.Contains(out.Findings[0].Text, "digest") {
		t.Errorf("%+v, %v", out, err)
	}
	if a := load.As(t, "GET", "/v1/records/"+ids[2], nil, "officer"); a.Status != 503 || bytes.Contains(a.Body, []byte("900")) {
		t.Errorf("a damaged record was given out: %d", a.Status)
	}
	if err := g.Process(t.Context(), "ministry", ids); err != nil {
		t.Errorf("the others were held up: %v", err)
	}
	tile := store.Blobs.path("log/ministry/tile/0/000.p/5")
	if data, err = os.ReadFile(tile); err != nil {
		t.Fatal(err)
	}
	data[40] ^= 1
	if err := os.WriteFile(tile, data, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := g.Check(t.Context(), "ministry", ""); err != nil || len(out.Findings) != 2 || out.Findings[0].ID != "" {
		t.Errorf("a changed tile: %+v, %v", out, err)
	}
}

// What was accepted and never reached the queue's reader is found and queued again.
func TestCheckQueuesWhatWaits(t *testing.T) {
	var sent sync.Map
	target, _, g := start(t, t.TempDir(), func(b *gateway.Backend) { b.Queue = keepBack{&sent} })
	load := gatewaytest.NewLoad(t, target, "ministry", "waiting")
	for i := range 5 {
		load.Put(t, load.Record(t, fmt.Sprintf("Waiting %d", i), "x"))
	}
	sent.Clear()
	out, err := g.Check(t.Context(), "ministry", "")
	n := 0
	sent.Range(func(any, any) bool { n++; return true })
	if err != nil || out.Queued != 5 || n != 5 || len(out.Findings) != 0 {
		t.Errorf("%+v, %d sent, %v", out, n, err)
	}
}

// An id whose record is not in the blobs gets no place in the log.
func TestNoPlaceWithoutContent(t *testing.T) {
	target, store, g := start(t, t.TempDir(), nil)
	load := gatewaytest.NewLoad(t, target, "ministry", "absent")
	load.Put(t, load.Record(t, "There", "x"))
	load.Consistent(t, 1)
	if err := g.Process(t.Context(), "ministry", []string{"sha256:" + strings.Repeat("0", 64)}); err != nil {
		t.Error(err)
	}
	rows, err := store.DB.Query(t.Context(), gateway.Stmt{SQL: "SELECT id FROM entry WHERE tenant=?1", Args: []any{"ministry"}})
	if err != nil || len(rows) != 1 {
		t.Errorf("%d entries, want 1: %v", len(rows), err)
	}
}

// clock is a time that tests set.
type clock struct{ ahead atomic.Int64 }

func (c *clock) now() time.Time { return time.Now().Add(time.Duration(c.ahead.Load())) }

// The gateway's clock is a day wrong: nobody gets in, everybody is told why, and when
// it is right again the same put succeeds.
func TestWrongClock(t *testing.T) {
	var c clock
	target, _, g := start(t, t.TempDir(), func(b *gateway.Backend) { b.Now = c.now })
	load := gatewaytest.NewLoad(t, target, "ministry", "clock")
	k := load.Record(t, "Clock", "x")
	for _, day := range []time.Duration{24 * time.Hour, -24 * time.Hour} {
		c.ahead.Store(int64(day))
		if load.Put(t, k) {
			t.Errorf("accepted with the clock %v ahead", day)
		}
	}
	if a := load.As(t, "GET", "/v1/me", nil, "keeper"); a.Status != 401 || !bytes.Contains(a.Body, []byte("clock")) {
		t.Errorf("%d %s", a.Status, a.Body)
	}
	c.ahead.Store(0)
	if !load.Put(t, k) {
		t.Error("not accepted with the right clock")
	}
	load.Consistent(t, 1)
	whole(t, g, "ministry", 1)
}

// The provider changes its key: the new one works without a restart, and tokens with
// made-up key ids do not make the gateway ask the provider each time.
func TestKeysRotate(t *testing.T) {
	var c clock
	target, _, _ := start(t, t.TempDir(), func(b *gateway.Backend) { b.Now = c.now })
	load := gatewaytest.NewLoad(t, target, "ministry", "rotation")
	target.Issuer.Rotate(t)
	load.Renew(t, nil)
	k := load.Record(t, "Rotation", "x")
	before := target.Issuer.Gets()
	for range 20 {
		load.Put(t, k)
	}
	if n := target.Issuer.Gets() - before; n != 0 {
		t.Errorf("%d fetches within 30 s of the last", n)
	}
	c.ahead.Store(int64(31 * time.Second))
	if !load.Put(t, k) {
		t.Error("the new key was not found after 30 s")
	}
	if n := target.Issuer.Gets() - before; n != 1 {
		t.Errorf("%d fetches, want 1", n)
	}
}

// One person's flood is slowed, others are not; a minute later it goes on.
func TestRate(t *testing.T) {
	var c clock
	limit := &Limiter{PerMinute: 30, Now: c.now}
	target, _, _ := start(t, t.TempDir(), func(b *gateway.Backend) { b.Now, b.Allow = c.now, limit.Allow })
	flood := gatewaytest.NewLoad(t, target, "ministry", "flood")
	k := flood.Record(t, "Flood", "x")
	for range 60 {
		flood.Put(t, k)
	}
	if n := flood.Refused(); n < 30 || n > 35 {
		t.Errorf("%d of 60 refused, want about 31", n)
	}
	calm := gatewaytest.NewLoad(t, target, "ministry", "calm")
	if !calm.Put(t, calm.Record(t, "Calm", "x")) {
		t.Error("another person was slowed")
	}
	c.ahead.Store(int64(time.Minute))
	if !flood.Put(t, k) {
		t.Error("still slowed after a minute")
	}
	flood.Consistent(t, 1) // and every 429 was as described
}
