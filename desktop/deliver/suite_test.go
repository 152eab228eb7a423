package deliver

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"hanaper/core/record"
)

// place is a destination under test. Every test uses records of its own, so that
// one place serves all.
type place struct {
	open  func(t *testing.T) Destination      // anew, to the same place
	count func(t *testing.T, item Item) int   // copies of the record there, counted past the destination
	take  func(t *testing.T, r Receipt) error // remove it there, past the destination
	// receipted: a signed receipt is read back, not the bytes.
	receipted bool
}

// suite is what every destination that can be read back must do.
func suite(t *testing.T, p place) {
	t.Run("put and read back", p.putAndRead)
	t.Run("put again", p.putAgain)
	t.Run("large with files", p.large)
	t.Run("names of every kind", p.names)
	t.Run("several at once", p.several)
	t.Run("cancelled", p.cancelled)
	t.Run("taken away", p.takenAway)
	t.Run("crash between put and receipt", p.crash)
	t.Run("check", func(t *testing.T) {
		if err := p.open(t).Check(context.Background()); err != nil {
			t.Error(err)
		}
	})
}

func (p place) putAndRead(t *testing.T) {
	item := makeItem(t, "Lease of the annex", "I approve.", file("plan – réseau.pdf", "application/pdf", 5000))
	job := deliverOne(t, p.open(t), item)
	if job.State != Delivered || job.Trouble != "" || job.Receipt.Record != item.ID || job.Receipt.Place == "" {
		t.Fatalf("%+v", job)
	}
	if job.Proof.Identical == p.receipted {
		t.Errorf("not the same bytes: %+v", job.Proof)
	}
	if n := p.count(t, item); n != 1 {
		t.Errorf("%d copies", n)
	}
}

func (p place) putAgain(t *testing.T) {
	item := makeItem(t, "Twice", "Go ahead.")
	first, err := p.open(t).Put(context.Background(), item)
	if err != nil {
		t.Fatal(err)
	}
	again := p.open(t)
	for range 2 {
		second, err := again.Put(context.Background(), item)
		if err != nil {
			t.Fatal(err)
		}
		if second.Place != first.Place || second.Version != first.Version || second.Record != first.Record {
			t.Errorf("put at %+v, then at %+v", first, second)
		}
	}
	if n := p.count(t, item); n != 1 {
		t.Errorf("%d copies", n)
	}
}

func (p place) large(t *testing.T) {
	item := makeItem(t, "Large", strings.Repeat("A line of a long message.\n", 20000),
		file("a.bin", "application/octet-stream", 5<<20), file("b.pdf", "application/pdf", 1), file("empty.txt", "text/plain", 0))
	if job := deliverOne(t, p.open(t), item); job.State != Delivered {
		t.Errorf("%+v", job)
	}
}

func (p place) names(t *testing.T) {
	d := p.open(t)
	for _, subject := range []string{
		"../../etc/passwd", "CON", "a/b\\c:d*e?f\"g<h>i|j", "été à l'Élysée – ça va?", "日本語の件名", "🏛️", "%2e%2e%2f", "a b+c&d=e#f;g",
		"line\nbreak", "\u202edlrow", strings.Repeat("long ", 200), "'; DROP TABLE records; --", "{{template}}", ".hidden", "-rf",
	} {
		item := makeItem(t, subject, "Body.", record.File{Name: subject + ".txt", Type: "text/plain", Content: []byte(subject)})
		if job := deliverOne(t, d, item); job.State != Delivered {
			t.Errorf("%q: %+v", subject, job)
		}
		if n := p.count(t, item); n != 1 {
			t.Errorf("%q: %d copies", subject, n)
		}
	}
}

func (p place) several(t *testing.T) {
	d := p.open(t)
	var items []Item
	for i := range 6 {
		items = append(items, makeItem(t, fmt.Sprintf("Several %d", i), "Body."))
	}
	items = append(items, items[0], items[1]) // two of them twice
	var all sync.WaitGroup
	for _, item := range items {
		all.Go(func() {
			r, err := d.Put(context.Background(), item)
			if err != nil {
				t.Error(err)
				return
			}
			found, err := d.Read(context.Background(), r)
			if err != nil {
				t.Error(err)
			} else if _, err := prove(d, item, found); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for _, item := range items {
		if n := p.count(t, item); n != 1 {
			t.Errorf("%d copies", n)
		}
	}
}

func (p place) cancelled(t *testing.T) {
	item := makeItem(t, "Cancelled", "Body.")
	d := p.open(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := d.Put(ctx, item); err == nil {
		t.Fatal("put although cancelled")
	} else {
		wantTrouble(t, err, Interrupted)
	}
	m := newMemory("there", item)
	if err := m.engine("there", d).Run(ctx); err == nil || m.jobs[0].Attempts != 0 || m.jobs[0].State != Waiting {
		t.Errorf("%v %+v", err, m.jobs[0])
	}
	if job := deliverOne(t, d, item); job.State != Delivered {
		t.Errorf("afterwards: %+v", job)
	}
	if n := p.count(t, item); n != 1 {
		t.Errorf("%d copies", n)
	}
}

// A record that somebody took away is told lost, and put anew at the next try.
func (p place) takenAway(t *testing.T) {
	if p.take == nil {
		t.Skip("the place forbids taking anything away; that is tested beside")
	}
	item := makeItem(t, "Taken away", "Body.")
	d := p.open(t)
	r, err := d.Put(context.Background(), item)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.take(t, r); err != nil {
		t.Fatal(err)
	}
	found, err := d.Read(context.Background(), r)
	if err == nil {
		t.Fatalf("read %d bytes of what is not there", len(found))
	}
	wantTrouble(t, err, Lost)
	if job := deliverOne(t, d, item); job.State != Delivered {
		t.Errorf("afterwards: %+v", job)
	}
}

// A crash at any write of the queue leaves one copy and, at the end, a delivered
// record.
func (p place) crash(t *testing.T) {
	for at := 1; at <= 2; at++ {
		item := makeItem(t, fmt.Sprintf("Crash %d", at), "Body.")
		m := newMemory("there", item)
		m.failSave = at
		d := p.open(t)
		if err := m.engine("there", d).Run(context.Background()); at == 2 && err != errCrash {
			t.Fatalf("save %d: %v", at, err)
		}
		if m.jobs[0].State == Delivered {
			t.Fatalf("save %d: delivered although nothing was written down", at)
		}
		m.now = m.now.Add(mostWait)
		if err := m.engine("there", p.open(t)).Run(context.Background()); err != nil {
			t.Fatal(err)
		}
		if m.jobs[0].State != Delivered {
			t.Errorf("save %d: %+v", at, m.jobs[0])
		}
		if n := p.count(t, item); n != 1 {
			t.Errorf("save %d: %d copies", at, n)
		}
	}
}
