package window

import (
	"context"
	"errors"
	"sync"
)

// Job is something long that the person asked for.
type Job struct {
	ID     int    `json:"id"`
	State  string `json:"state"` // running, done, failed or cancelled
	Done   int64  `json:"done"`
	Total  int64  `json:"total"` // 0: not known
	Error  *Error `json:"error"`
	Result any    `json:"result"`
}

// jobs are those under way and those whose end the page has not seen.
type jobs struct {
	mu    sync.Mutex
	last  int
	all   map[int]*Job
	stops map[int]context.CancelFunc
	group sync.WaitGroup
}

// start runs work beside the window. work tells how far it has come and ends when its
// context does.
func (j *jobs) start(ctx context.Context, work func(ctx context.Context, progress func(done, total int64)) (any, error)) int {
	ctx, stop := context.WithCancel(ctx)
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.all == nil {
		j.all, j.stops = map[int]*Job{}, map[int]context.CancelFunc{}
	}
	j.last++
	job := &Job{ID: j.last, State: "running"}
	j.all[job.ID], j.stops[job.ID] = job, stop
	j.group.Go(func() {
		defer stop()
		result, err := work(ctx, func(done, total int64) {
			j.mu.Lock()
			defer j.mu.Unlock()
			job.Done, job.Total = done, total
		})
		j.mu.Lock()
		defer j.mu.Unlock()
		switch {
		case err == nil:
			job.State, job.Result = "done", result
		case ctx.Err() != nil && errors.Is(err, context.Canceled):
			job.State = "cancelled"
		default:
			job.State = "failed"
			errors.As(told(err), &job.Error)
		}
	})
	return job.ID
}

// look gives a job as it is now. One that has ended is forgotten by this.
func (j *jobs) look(id int) (Job, bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	job, ok := j.all[id]
	if !ok {
		return Job{}, false
	}
	if job.State != "running" {
		delete(j.all, id)
		delete(j.stops, id)
	}
	return *job, true
}

func (j *jobs) cancel(id int) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if stop := j.stops[id]; stop != nil {
		stop()
	}
}

func (j *jobs) running() bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, job := range j.all {
		if job.State == "running" {
			return true
		}
	}
	return false
}

func (j *jobs) wait() { j.group.Wait() }

// Job tells how far a job has come; its end is told once.
func (a *App) Job(id int) (Job, error) {
	job, ok := a.jobs.look(id)
	if !ok {
		return job, &Error{"", "there is no such job"}
	}
	return job, nil
}

// Cancel ends a job; what it has done so far stays.
func (a *App) Cancel(id int) { a.jobs.cancel(id) }
