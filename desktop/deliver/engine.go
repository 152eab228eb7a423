package deliver

import (
	"context"
	"time"
)

// State is how far a record is with one destination.
type State string

// The states of a Job.
const (
	Waiting   State = "waiting"   // not there, or not known to be there
	Handed    State = "handed"    // handed to a place that cannot be read: not proven
	Delivered State = "delivered" // read back, and the same record
)

// Job is one record on its way to one destination.
type Job struct {
	Record      string    `json:"record"`      // its id
	Destination string    `json:"destination"` // its name
	State       State     `json:"state"`
	Attempts    int       `json:"attempts"`          // that failed since the last success
	Next        time.Time `json:"next,omitzero"`     // not tried again before
	Trouble     Trouble   `json:"trouble,omitempty"` // of the last attempt, "" where it went well
	Problem     string    `json:"problem,omitempty"` // what happened; what to do is Trouble.Advice
	Receipt     Receipt   `json:"receipt"`           // zero until it was put
	Proof       Proof     `json:"proof"`             // of a delivered record
	At          time.Time `json:"at,omitzero"`       // when it was handed over or proven
}

// Queue keeps jobs over restarts; the vault is one.
type Queue interface {
	// Due lists the waiting jobs whose Next is not after now, oldest first.
	Due(ctx context.Context, now time.Time) ([]Job, error)
	// Item gives a record of a job.
	Item(ctx context.Context, record string) (Item, error)
	// Save writes a job down for good before it returns.
	Save(ctx context.Context, job Job) error
}

// Engine delivers what is due. Every step may be cut short at any moment: what
// was not written down is done again, and Put finds what it put before.
type Engine struct {
	Queue        Queue
	Destinations map[string]Destination
	Now          func() time.Time
	Random       func() float64 // in [0,1), for the waiting times
	Limit        time.Duration  // for one record; 0 is DefaultLimit
	Progress     func(Job)      // after each job was tried; may be nil
}

// DefaultLimit for one record lets 256 MiB through at 1 MB/s.
const DefaultLimit = 5 * time.Minute

// Run tries every job that is due once. Troubles are written into the jobs; the
// error is one of the queue itself, or of ctx.
func (e *Engine) Run(ctx context.Context) error {
	due, err := e.Queue.Due(ctx, e.Now())
	if err != nil {
		return err
	}
	down := map[string]Job{} // destinations that take nothing at all now
	for _, job := range due {
		if before, is := down[job.Destination]; is {
			job.Next, job.Trouble, job.Problem = before.Next, before.Trouble, before.Problem
		} else {
			e.try(ctx, &job)
		}
		if err := ctx.Err(); err != nil {
			return err // stopped by the person: no attempt failed
		}
		if job.Trouble.ofPlace() {
			down[job.Destination] = job
		}
		if err := e.Queue.Save(ctx, job); err != nil {
			return err
		}
		if e.Progress != nil {
			e.Progress(job)
		}
	}
	return nil
}

func (e *Engine) try(ctx context.Context, job *Job) {
	ctx, cancel := context.WithTimeout(ctx, e.limit())
	defer cancel()
	err := e.deliver(ctx, job)
	if err == nil {
		job.Attempts, job.Trouble, job.Problem, job.Next = 0, "", "", time.Time{}
		job.At = e.Now()
		return
	}
	trouble := explain(err, Refused)
	job.Attempts++
	job.Trouble, job.Problem = trouble.Trouble, trouble.Err.Error()
	job.Next = e.Now().Add(wait(job.Attempts, e.Random()))
}

func (e *Engine) limit() time.Duration {
	if e.Limit > 0 {
		return e.Limit
	}
	return DefaultLimit
}

func (e *Engine) deliver(ctx context.Context, job *Job) error {
	to := e.Destinations[job.Destination]
	if to == nil {
		return failf(Setup, "there is no destination %q", job.Destination)
	}
	item, err := e.Queue.Item(ctx, job.Record)
	if err != nil {
		return fail(Refused, err)
	}
	if item.ID != job.Record {
		return failf(Differs, "the record was changed since it was kept: it is now %s", item.ID)
	}
	job.Receipt, err = to.Put(ctx, item)
	if err != nil {
		job.Receipt = Receipt{}
		return err
	}
	if !to.Readback() {
		job.State = Handed
		return nil
	}
	// Written down before it is read: a crash now costs a second look, no second copy.
	if err := e.Queue.Save(ctx, *job); err != nil {
		return err
	}
	found, err := to.Read(ctx, job.Receipt)
	if err != nil {
		return err
	}
	if job.Proof, err = prove(to, item, found); err != nil {
		return err
	}
	job.State = Delivered
	return nil
}

// prove compares what a destination gave back with what it was given.
func prove(to Destination, item Item, found []byte) (Proof, error) {
	if r, ok := to.(Receipted); ok {
		return r.Prove(item, found)
	}
	return item.Prove(found)
}

// GiveBack proves a handed record by a file the person brought from its place.
// It gives the job as it is then, written down.
func (e *Engine) GiveBack(ctx context.Context, job Job, found []byte) (Job, error) {
	item, err := e.Queue.Item(ctx, job.Record)
	if err != nil {
		return job, err
	}
	proof, err := item.Prove(found)
	if err != nil {
		return job, err
	}
	job.State, job.Proof, job.At = Delivered, proof, e.Now()
	return job, e.Queue.Save(ctx, job)
}

// Waiting times: doubled from a minute, so that a short outage is over at the
// second try; at most six hours, so that a record is tried four times a day.
const (
	firstWait = time.Minute
	mostWait  = 6 * time.Hour
)

// wait gives the time after the nth failed attempt: between half and the whole of
// the doubled time, so that many computers do not come back at one moment.
func wait(n int, random float64) time.Duration {
	d := mostWait
	if n < 10 { // 2^9 minutes are more than mostWait
		d = min(firstWait<<max(n-1, 0), mostWait)
	}
	return d/2 + time.Duration(random*float64(d/2))
}
