package vault

import (
	"bytes"
	"errors"
	"testing"
	"time"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func TestDeliveries(t *testing.T) {
	v := newVault(t)
	kept := keep(t, v, item(1, "a"), item(2, "b"))
	a, b := kept[0].ID, kept[1].ID
	put := func(d Delivery) {
		t.Helper()
		if err := v.PutDelivery(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	}
	state := func(id string, want State) {
		t.Helper()
		if row, err := v.Get(t.Context(), id); err != nil || row.State != want {
			t.Errorf("%s, %v, not %s", row.State, err, want)
		}
	}
	if err := v.CloseRecord(t.Context(), a); err == nil {
		t.Error("a record that was never delivered was closed")
	}
	put(Delivery{ID: a, Destination: "mailbox", State: StatePending, Attempts: 1, Next: noon.Add(time.Minute), Trouble: "no network", At: noon})
	put(Delivery{ID: b, Destination: "mailbox", State: StatePending, Next: noon, At: noon})
	put(Delivery{ID: b, Destination: "mail", State: StatePending, At: noon}) // handed over, not proven, not to be tried again
	state(a, StatePending)
	due, err := v.Due(t.Context(), noon, 10)
	if err != nil || len(due) != 1 || due[0].ID != b || due[0].Destination != "mailbox" {
		t.Errorf("due at noon: %+v, %v", due, err)
	}
	if due, err = v.Due(t.Context(), noon.Add(time.Hour), 10); err != nil || len(due) != 2 || due[0].ID != b || due[1].Trouble != "no network" {
		t.Errorf("due at one: %+v, %v", due, err)
	}
	put(Delivery{ID: a, Destination: "mailbox", State: StateDelivered, Attempts: 2, Next: noon, Identical: true, Receipt: []byte("uid 7"), At: noon.Add(2 * time.Minute)})
	state(a, StateDelivered)
	put(Delivery{ID: a, Destination: "folder", State: StatePending, At: noon}) // a further place
	state(a, StateDelivered)
	if err := v.PutDelivery(t.Context(), Delivery{ID: a, Destination: "mailbox", State: StatePending, At: noon}); !errors.Is(err, ErrDelivered) {
		t.Errorf("a proven delivery became unproven: %v", err)
	}
	if err := v.DropDelivery(t.Context(), a, "mailbox"); !errors.Is(err, ErrDelivered) {
		t.Errorf("a proven delivery was forgotten: %v", err)
	}
	if err := v.DropDelivery(t.Context(), a, "folder"); err != nil {
		t.Error(err)
	}
	all, err := v.Deliveries(t.Context(), a)
	if err != nil || len(all) != 1 || !all[0].Identical || !bytes.Equal(all[0].Receipt, []byte("uid 7")) || !all[0].At.Equal(noon.Add(2*time.Minute)) {
		t.Errorf("%+v, %v", all, err)
	}
	if err := v.CloseRecord(t.Context(), a); err != nil {
		t.Error(err)
	}
	state(a, StateClosed)
	put(Delivery{ID: a, Destination: "archive", State: StateDelivered, At: noon})
	state(a, StateClosed)
	counts, total, err := v.Counts(t.Context())
	if err != nil || total != 2 || counts[StateClosed] != 1 || counts[StatePending] != 1 {
		t.Errorf("%v of %d, %v", counts, total, err)
	}
	for _, d := range []Delivery{{ID: a, State: StatePending}, {ID: a, Destination: "x", State: StateClosed}, {ID: "x", Destination: "x", State: StatePending}} {
		if v.PutDelivery(t.Context(), d) == nil {
			t.Errorf("%+v was accepted", d)
		}
	}
}

func TestHold(t *testing.T) {
	v := newVault(t)
	kept := keep(t, v, item(1, "a"), item(2, "b"))
	v.now = func() time.Time { return noon }
	say := func(state HoldState, at time.Time) {
		t.Helper()
		if err := v.StateHold(t.Context(), HoldStatement{state, "Ann", "person", at}); err != nil {
			t.Fatal(err)
		}
	}
	over := func(want ...HoldState) {
		t.Helper()
		for i, k := range kept {
			if row, err := v.Get(t.Context(), k.ID); err != nil || row.Hold != want[i] {
				t.Errorf("record %d: %s, %v, not %s", i, row.Hold, err, want[i])
			}
		}
		for _, h := range []HoldState{HoldNone, Held, HoldUnknown} {
			n := 0
			for _, w := range want {
				if w == h {
					n++
				}
			}
			if got, err := v.Count(t.Context(), Query{Hold: h}); err != nil || got != n {
				t.Errorf("%d records found with hold %s, %v, not %d", got, h, err, n)
			}
		}
	}
	over(HoldUnknown, HoldUnknown)
	say(HoldNone, noon)
	over(HoldNone, HoldNone)
	if err := v.PlaceHold(t.Context(), "request", "ATIP", kept[1].ID); err != nil {
		t.Fatal(err)
	}
	over(HoldNone, Held)
	say(HoldNone, noon.Add(-31*24*time.Hour)) // the latest counts, and it is too old
	over(HoldUnknown, Held)
	say(HoldNone, noon.Add(48*time.Hour)) // a clock that is wrong
	over(HoldUnknown, Held)
	say(Held, noon.Add(-365*24*time.Hour)) // this does not age
	over(Held, Held)
	say(HoldNone, noon)
	if err := v.LiftHold(t.Context(), "request", "receipt"); err != nil {
		t.Fatal(err)
	}
	over(HoldNone, HoldNone)
	if err := v.LiftHold(t.Context(), "request", "receipt"); err == nil {
		t.Error("a hold was lifted twice")
	}
	if err := v.PlaceHold(t.Context(), "request", "ATIP"); err != nil { // in force again
		t.Fatal(err)
	}
	over(HoldNone, Held)
	for _, h := range []HoldStatement{{"maybe", "Ann", "person", noon}, {HoldNone, "", "person", noon}, {HoldNone, "Ann", "rumour", noon}} {
		if v.StateHold(t.Context(), h) == nil {
			t.Errorf("%+v was accepted", h)
		}
	}
}

// TestSlotsAreBound: a slot of another vault, or with another derivation, does not
// open, even with the right passphrase.
func TestSlotsAreBound(t *testing.T) {
	a, key, _, err := newKeyFile(quick("the same words"))
	if err != nil {
		t.Fatal(err)
	}
	b, _, _, err := newKeyFile(quick("the same words"))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := a.open(quick("the same words")); err != nil || !bytes.Equal(got, key) {
		t.Fatal(err)
	}
	mine := a.Slots
	a.Slots = b.Slots
	if _, err := a.open(quick("the same words")); !errors.Is(err, ErrLocked) {
		t.Errorf("another vault's slot: %v", err)
	}
	a.Slots = mine
	a.Slots[0].Kind, a.Slots[1].Kind = a.Slots[1].Kind, a.Slots[0].Kind
	if _, err := a.open(quick("the same words")); !errors.Is(err, ErrLocked) && !errors.Is(err, ErrDamaged) {
		t.Errorf("exchanged slots: %v", err)
	}
}
