package deliver

import (
	"context"
	"errors"
	"testing"
	"time"

	"hanaper/core/record"
	"hanaper/desktop/vault"
)

// keepIn puts an item's record into the vault.
func keepIn(t *testing.T, v *vault.Vault, item Item, sig *record.Signature, files ...record.File) {
	t.Helper()
	in := vault.Item{Record: item.Record().Canonical(), Signature: sig}
	for _, f := range files {
		in.Files = append(in.Files, vault.Content(f.Name, f.Content))
	}
	if _, err := v.Keep(context.Background(), in); err != nil {
		t.Fatal(err)
	}
}

// A record goes from the vault to a folder, survives a restart on the way, and the
// vault says where it lies.
func TestFromTheVault(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	v, _, err := vault.Create(ctx, dir, vault.Passphrase("a passphrase"))
	if err != nil {
		t.Fatal(err)
	}
	plan := file("plan.pdf", "application/pdf", 3000)
	item := makeItem(t, "From the vault", "I approve.", plan)
	keepIn(t, v, item, nil, plan)
	now := time.Date(2026, 11, 22, 14, 3, 0, 0, time.UTC)
	q := VaultQueue{v}
	for range 2 {
		if err := q.Add(ctx, item.ID, "share", now); err != nil {
			t.Fatal(err)
		}
	}
	down := good(item)
	down.put = func(Item) (Receipt, error) { return Receipt{}, fail(Unreachable, errors.New("no route")) }
	e := (&memory{now: now}).engine("share", down)
	e.Queue = q
	run(t, e)
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}

	if v, err = vault.Open(ctx, dir, vault.Passphrase("a passphrase")); err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	q = VaultQueue{v}
	jobs, err := q.Jobs(ctx, item.ID)
	if err != nil || len(jobs) != 1 || jobs[0].Attempts != 1 || jobs[0].Trouble != Unreachable || jobs[0].State != Waiting {
		t.Fatalf("%v %+v", err, jobs)
	}
	if due, err := q.Due(ctx, now); err != nil || len(due) != 0 {
		t.Fatalf("%v %+v", err, due)
	}
	later := now.Add(mostWait)
	e = (&memory{now: later}).engine("share", mustOpen(t, Settings{Name: "share", Kind: "folder", Path: t.TempDir()}, ""))
	e.Queue = q
	run(t, e)
	jobs, err = q.Jobs(ctx, item.ID)
	if err != nil || jobs[0].State != Delivered || !jobs[0].Proof.Identical || jobs[0].Receipt.Place != item.Name || !jobs[0].At.Equal(later) {
		t.Fatalf("%v %+v", err, jobs)
	}
	row, err := v.Get(ctx, item.ID)
	if err != nil || row.State != vault.StateDelivered {
		t.Errorf("%v %+v", err, row)
	}
	// It stays delivered, whatever is asked for again.
	if err := q.Add(ctx, item.ID, "share", later); err != nil {
		t.Fatal(err)
	}
	if due, err := q.Due(ctx, later); err != nil || len(due) != 0 {
		t.Errorf("%v %+v", err, due)
	}
	if err := q.Add(ctx, "sha256:"+item.ID[7:8]+item.ID[8:70]+"0", "share", later); err == nil {
		t.Error("a record that is not there was added")
	}
}

// A record handed over is pending in the vault, and not tried again by itself.
func TestHandedFromTheVault(t *testing.T) {
	ctx := context.Background()
	v, _, err := vault.Create(ctx, t.TempDir(), vault.Passphrase("a passphrase"))
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	item := makeItem(t, "Handed", "I approve.")
	keepIn(t, v, item, nil)
	now := time.Date(2026, 11, 22, 14, 3, 0, 0, time.UTC)
	q := VaultQueue{v}
	if err := q.Add(ctx, item.ID, "records", now); err != nil {
		t.Fatal(err)
	}
	d := good(item)
	d.handsOver = true
	e := (&memory{now: now}).engine("records", d)
	e.Queue = q
	for range 2 {
		run(t, e)
	}
	jobs, err := q.Jobs(ctx, item.ID)
	if err != nil || d.puts != 1 || jobs[0].State != Handed {
		t.Fatalf("%v %d puts %+v", err, d.puts, jobs)
	}
	if row, err := v.Get(ctx, item.ID); err != nil || row.State != vault.StatePending {
		t.Errorf("%v %+v", err, row)
	}
	sent, err := q.Item(ctx, item.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.GiveBack(ctx, jobs[0], sent.EML); err != nil {
		t.Fatal(err)
	}
	if row, err := v.Get(ctx, item.ID); err != nil || row.State != vault.StateDelivered {
		t.Errorf("%v %+v", err, row)
	}
}
