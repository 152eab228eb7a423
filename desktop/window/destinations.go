package window

import (
	"context"
	"math/rand/v2"
	"path/filepath"

	"hanaper/desktop/deliver"
	"hanaper/desktop/vault"
)

// Destination is a place records go, as the page shows it.
type Destination struct {
	Name     string   `json:"name"`
	Kind     string   `json:"kind"`
	Where    string   `json:"where"`
	Hosts    []string `json:"hosts"`    // every host that is spoken to; none: it is on this computer
	Readback bool     `json:"readback"` // records are read back from it: only so can arrival be proven
	Problem  string   `json:"problem"`  // why it cannot be used, "" where it can
}

// Destinations lists them with every host that the program may speak to.
func (a *App) Destinations() ([]Destination, error) {
	all, err := a.opt.Book.List()
	if err != nil {
		return nil, told(err)
	}
	out := []Destination{}
	for _, s := range all {
		d := Destination{Name: s.Name, Kind: s.Kind, Where: s.Where(), Hosts: []string{}}
		to, err := deliver.Open(s, a.opt.Secrets)
		if err != nil {
			d.Problem = err.Error()
		} else {
			d.Hosts, d.Readback = append(d.Hosts, to.Hosts()...), to.Readback()
			_ = to.Close() // nothing was opened yet
		}
		out = append(out, d)
	}
	return out, nil
}

// AddFolder lets the person choose a folder for records, and adds it; false where none
// was chosen. Its name is the folder's. Other kinds are added on the command line.
func (a *App) AddFolder(title string) (bool, error) {
	path, err := a.opt.Desk.ChooseFolder(title)
	if err != nil || path == "" {
		return false, told(err)
	}
	s := deliver.Settings{Name: filepath.Base(path), Kind: "folder", Path: path}
	to, err := deliver.Open(s, a.opt.Secrets)
	if err == nil {
		err = to.Check(a.ctx)
	}
	if err == nil {
		err = a.opt.Book.Put(s)
	}
	return err == nil, told(err)
}

// RemoveDestination takes one out of the list; what lies there stays there.
func (a *App) RemoveDestination(name string) error { return told(a.opt.Book.Remove(name)) }

// Delivered is what a delivery did.
type Delivered struct {
	Delivered int        `json:"delivered"` // read back and the same
	Handed    int        `json:"handed"`    // handed over, not proven
	Waiting   int        `json:"waiting"`   // to be tried again
	Problems  []Delivery `json:"problems"`  // of those, the first for each destination
}

// Deliver starts taking records to a destination and reading them back: those with the
// ids; where none is given those that are on this computer only; where to is "" those
// on their way, each to where it was on its way to. The job's result is a Delivered.
func (a *App) Deliver(ids []string, to string) int {
	return a.jobs.start(a.ctx, func(ctx context.Context, progress func(done, total int64)) (any, error) {
		v, err := a.open()
		if err != nil {
			return nil, err
		}
		q := deliver.VaultQueue{Vault: v}
		wanted, err := a.toDeliver(ctx, v, ids, to)
		if err != nil {
			return nil, err
		}
		for _, d := range wanted {
			if err := q.Add(ctx, d.ID, d.Destination, a.opt.Now()); err != nil {
				return nil, err
			}
		}
		return a.deliverDue(ctx, q, int64(len(wanted)), progress)
	})
}

// toDeliver lists the records and where each goes.
func (a *App) toDeliver(ctx context.Context, v *vault.Vault, ids []string, to string) (out []vault.Delivery, err error) {
	if to == "" {
		return a.waiting(ctx, v)
	}
	if len(ids) == 0 {
		found, err := v.Search(ctx, vault.Query{States: []vault.State{vault.StateKept}})
		if err != nil {
			return nil, err
		}
		for _, f := range found {
			ids = append(ids, f.ID)
		}
	}
	for _, id := range ids {
		out = append(out, vault.Delivery{ID: id, Destination: to})
	}
	return out, nil
}

// waiting are the deliveries that are tried again, now or later: at most mostWaiting.
func (a *App) waiting(ctx context.Context, v *vault.Vault) ([]vault.Delivery, error) {
	const mostWaiting = 1000 // as many as one run of the engine takes
	return v.Due(ctx, a.opt.Now().AddDate(1, 0, 0), mostWaiting)
}

// deliverDue tries what is due until nothing is.
func (a *App) deliverDue(ctx context.Context, q deliver.VaultQueue, total int64, progress func(done, total int64)) (any, error) {
	all, err := deliver.OpenAll(a.opt.Book, a.opt.Secrets)
	if err != nil {
		return nil, err
	}
	defer func() {
		for _, d := range all {
			_ = d.Close()
		}
	}()
	out, seen, done := Delivered{Problems: []Delivery{}}, map[string]bool{}, int64(0)
	e := &deliver.Engine{Queue: q, Destinations: all, Now: a.opt.Now, Random: rand.Float64, Progress: func(j deliver.Job) {
		done++
		progress(done, max(total, done))
		switch j.State {
		case deliver.Delivered:
			out.Delivered++
		case deliver.Handed:
			out.Handed++
		default:
			if out.Waiting++; !seen[j.Destination] {
				seen[j.Destination] = true
				out.Problems = append(out.Problems, a.delivery(&j))
			}
		}
	}}
	for {
		due, err := q.Due(ctx, a.opt.Now())
		if err != nil {
			return nil, err
		}
		if len(due) == 0 {
			return out, nil
		}
		if err := e.Run(ctx); err != nil {
			return nil, err
		}
	}
}
