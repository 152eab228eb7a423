package deliver

import (
	"context"
	"errors"
	"testing"
	"time"
)

// stub answers as it is told.
type stub struct {
	Destination
	put       func(Item) (Receipt, error)
	read      func(Receipt) ([]byte, error)
	handsOver bool
	puts      int
}

func (s *stub) Put(_ context.Context, i Item) (Receipt, error) { s.puts++; return s.put(i) }
func (s *stub) Read(_ context.Context, r Receipt) ([]byte, error) {
	return s.read(r)
}
func (s *stub) Readback() bool { return !s.handsOver }

func good(item Item) *stub {
	return &stub{
		put:  func(i Item) (Receipt, error) { return Receipt{Record: i.ID, Place: "1"}, nil },
		read: func(Receipt) ([]byte, error) { return item.EML, nil },
	}
}

func TestWaits(t *testing.T) {
	before := time.Duration(0)
	for n := 1; n < 100; n++ {
		least, most := wait(n, 0), wait(n, 0.999999)
		if least < before/2 || most < least || most > mostWait || least < firstWait/2 {
			t.Errorf("attempt %d: %v to %v", n, least, most)
		}
		before = least
	}
	if wait(3, 0) != 2*time.Minute || wait(1000, 0) != mostWait/2 {
		t.Errorf("%v %v", wait(3, 0), wait(1000, 0))
	}
}

// A record is tried again later, with what went wrong written down, and the
// attempts count.
func TestTriesAgain(t *testing.T) {
	item := makeItem(t, "Again", "Body.")
	d := good(item)
	works := d.put
	d.put = func(Item) (Receipt, error) { return Receipt{}, fail(Unreachable, errors.New("no route")) }
	m := newMemory("there", item)
	e := m.engine("there", d)
	for n := 1; n <= 3; n++ {
		run(t, e)
		run(t, e) // not before its time
		j := m.jobs[0]
		if d.puts != n || j.Attempts != n || j.State != Waiting || j.Trouble != Unreachable || !j.Next.Equal(m.now.Add(wait(n, 0.5))) {
			t.Fatalf("%d: %d puts, %+v", n, d.puts, j)
		}
		m.now = j.Next
	}
	d.put = works
	run(t, e)
	if j := m.jobs[0]; j.State != Delivered || j.Attempts != 0 || j.Problem != "" || !j.At.Equal(m.now) || !j.Proof.Identical {
		t.Errorf("%+v", j)
	}
}

func run(t *testing.T, e *Engine) {
	t.Helper()
	if err := e.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// A place that is down is asked once a run, not once a record; another place is
// not kept waiting.
func TestOnePlaceDown(t *testing.T) {
	a, b, c := makeItem(t, "a", "Body."), makeItem(t, "b", "Body."), makeItem(t, "c", "Body.")
	down := good(a)
	down.put = func(Item) (Receipt, error) { return Receipt{}, fail(Credentials, errors.New("no")) }
	m := newMemory("down", a, b, c)
	m.jobs[2].Destination = "up"
	e := m.engine("down", down)
	e.Destinations["up"] = good(c)
	run(t, e)
	if down.puts != 1 || m.jobs[0].Attempts != 1 || m.jobs[1].Attempts != 0 || m.jobs[1].Trouble != Credentials || !m.jobs[1].Next.Equal(m.jobs[0].Next) {
		t.Errorf("%d puts, %+v", down.puts, m.jobs)
	}
	if m.jobs[2].State != Delivered {
		t.Errorf("%+v", m.jobs[2])
	}
	// What is wrong with one record stops no other.
	down.put = func(i Item) (Receipt, error) {
		if i.ID == a.ID {
			return Receipt{}, fail(Refused, errors.New("too large"))
		}
		return Receipt{Record: i.ID}, nil
	}
	down.read = func(Receipt) ([]byte, error) { return b.EML, nil }
	m.now = m.now.Add(mostWait)
	run(t, e)
	if m.jobs[0].State != Waiting || m.jobs[1].State != Delivered {
		t.Errorf("%+v", m.jobs)
	}
}

// Whatever a place gives back that is not the record, it is not delivered.
func TestNeverWronglyDelivered(t *testing.T) {
	item, other := makeItem(t, "Mine", "I approve."), makeItem(t, "Other", "I approve.")
	for name, c := range map[string]struct {
		found []byte
		err   error
		want  Trouble
	}{
		"nothing":    {nil, nil, Lost},
		"empty":      {[]byte("\r\n"), nil, Lost},
		"half":       {item.EML[:len(item.EML)/2], nil, Differs},
		"another":    {other.EML, nil, Differs},
		"a page":     {[]byte("<html>Please sign in</html>"), nil, Differs},
		"an error":   {nil, fail(Lost, errors.New("gone")), Lost},
		"a time-out": {nil, context.DeadlineExceeded, Interrupted},
	} {
		d := good(item)
		d.read = func(Receipt) ([]byte, error) { return c.found, c.err }
		job := deliverOne(t, d, item)
		if job.State != Waiting || job.Trouble != c.want || job.Attempts != 1 || job.Problem == "" {
			t.Errorf("%s: %+v", name, job)
		}
	}
}

// Without readback a record is handed over and stays unproven, until its file is
// given back.
func TestHandedOver(t *testing.T) {
	item, other := makeItem(t, "Mine", "I approve."), makeItem(t, "Other", "I approve.")
	d := good(item)
	d.handsOver = true
	m := newMemory("there", item)
	e := m.engine("there", d)
	run(t, e)
	m.now = m.now.Add(mostWait)
	run(t, e)
	job := m.jobs[0]
	if job.State != Handed || d.puts != 1 {
		t.Fatalf("%d puts, %+v", d.puts, job)
	}
	if _, err := e.GiveBack(context.Background(), job, other.EML); err == nil || m.jobs[0].State != Handed {
		t.Errorf("another file: %v %+v", err, m.jobs[0])
	}
	if _, err := e.GiveBack(context.Background(), job, item.EML); err != nil || m.jobs[0].State != Delivered {
		t.Errorf("%v %+v", err, m.jobs[0])
	}
}

// A record the vault cannot give, or that is no longer itself, goes nowhere.
func TestChangedInTheVault(t *testing.T) {
	item, other := makeItem(t, "Mine", "I approve."), makeItem(t, "Other", "I approve.")
	d := good(item)
	m := newMemory("there", item)
	m.items[item.ID] = other
	run(t, m.engine("there", d))
	if d.puts != 0 || m.jobs[0].Trouble != Differs {
		t.Errorf("%d puts, %+v", d.puts, m.jobs[0])
	}
	m = newMemory("nowhere", item)
	run(t, m.engine("there", d))
	if d.puts != 0 || m.jobs[0].Trouble != Setup {
		t.Errorf("%d puts, %+v", d.puts, m.jobs[0])
	}
}

func TestAdvice(t *testing.T) {
	for trouble, a := range advice {
		if a[0] == "" || a[1] == "" || a[0] == a[1] || trouble.Advice("en") != a[0] || trouble.Advice("fr") != a[1] {
			t.Errorf("%s: %q", trouble, a)
		}
	}
}
