package cli

import (
	"context"
	"fmt"
	"time"

	"hanaper/desktop/deliver"
)

// files delivers .eml files, without a vault. A run that was cut short is simply
// done again: what is there already is found, not put twice.
func (d *delivering) files(ctx context.Context, names []string) (int, error) {
	files, err := expand(names)
	if err != nil {
		return 0, err
	}
	q := &fileQueue{env: d.env, files: map[string]string{}}
	d.names = q.files
	unread := false
	for _, file := range files {
		item, err := readItem(d.env, file)
		if err != nil {
			tell(d.env, fmt.Errorf("%s: %w", file, err))
			unread = true
			continue
		}
		if q.files[item.ID] != "" {
			continue // the same record in two files
		}
		q.files[item.ID] = file
		for _, to := range d.flags.to {
			q.jobs = append(q.jobs, deliver.Job{Record: item.ID, Destination: to, State: deliver.Waiting})
		}
	}
	code, err := d.all(ctx, q)
	if unread && err == nil {
		code = ExitUnknown
	}
	return code, err
}

func readItem(env *Env, file string) (deliver.Item, error) {
	raw, err := readRecordFile(env, file)
	if err != nil {
		return deliver.Item{}, err
	}
	return deliver.NewItem(raw)
}

// fileQueue holds jobs for one run; each record is read from its file anew, so
// that one at a time is in memory.
type fileQueue struct {
	env   *Env
	files map[string]string // file by record id
	jobs  []deliver.Job
}

func (q *fileQueue) Due(_ context.Context, now time.Time) (out []deliver.Job, err error) {
	for _, j := range q.jobs {
		if j.State == deliver.Waiting && !j.Next.After(now) {
			out = append(out, j)
		}
	}
	return out, nil
}

func (q *fileQueue) Item(_ context.Context, record string) (deliver.Item, error) {
	return readItem(q.env, q.files[record])
}

func (q *fileQueue) Save(_ context.Context, job deliver.Job) error {
	for i := range q.jobs {
		if q.jobs[i].Record == job.Record && q.jobs[i].Destination == job.Destination {
			q.jobs[i] = job
		}
	}
	return nil
}

// giveBack proves records that were handed over by their files.
func (d *delivering) giveBack(ctx context.Context, q deliver.VaultQueue, names []string) (int, error) {
	files, err := expand(names)
	if err != nil {
		return 0, err
	}
	code := ExitOK
	e := &deliver.Engine{Queue: q, Now: d.env.Now}
	for _, file := range files {
		proven, err := d.giveBackOne(ctx, e, q, file)
		if err != nil {
			tell(d.env, fmt.Errorf("%s: %w", file, err))
			code = ExitUnknown
		} else if proven == 0 {
			tell(d.env, fmt.Errorf("%s: its record was not handed over, or is proven already", file))
			code = max(code, ExitAttention)
		}
	}
	return code, d.err
}

func (d *delivering) giveBackOne(ctx context.Context, e *deliver.Engine, q deliver.VaultQueue, file string) (proven int, err error) {
	raw, err := readRecordFile(d.env, file)
	if err != nil {
		return 0, err
	}
	item, err := deliver.NewItem(raw)
	if err != nil {
		return 0, err
	}
	jobs, err := q.Jobs(ctx, item.ID)
	if err != nil {
		return 0, err
	}
	for _, job := range jobs {
		if job.State != deliver.Handed {
			continue
		}
		if job, err = e.GiveBack(ctx, job, raw); err != nil {
			return proven, err
		}
		proven++
		d.show(job)
	}
	return proven, nil
}
