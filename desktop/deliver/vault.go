package deliver

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"hanaper/desktop/vault"
)

// VaultQueue keeps jobs beside their records in a vault, each as the receipt of a
// delivery.
type VaultQueue struct{ *vault.Vault }

// mostDue are tried in one run: their jobs are in memory, their records one by one.
const mostDue = 1000

// Due lists the waiting jobs whose time has come.
func (q VaultQueue) Due(ctx context.Context, now time.Time) ([]Job, error) {
	due, err := q.Vault.Due(ctx, now, mostDue)
	if err != nil {
		return nil, err
	}
	out := make([]Job, len(due))
	for i, d := range due {
		if out[i], err = jobOf(d); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Jobs are a record's, one for each destination that it goes to.
func (q VaultQueue) Jobs(ctx context.Context, record string) ([]Job, error) {
	all, err := q.Deliveries(ctx, record)
	if err != nil {
		return nil, err
	}
	out := make([]Job, len(all))
	for i, d := range all {
		if out[i], err = jobOf(d); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func jobOf(d vault.Delivery) (Job, error) {
	job := Job{Record: d.ID, Destination: d.Destination, State: Waiting, Next: d.Next}
	if len(d.Receipt) == 0 {
		return job, nil
	}
	if err := json.Unmarshal(d.Receipt, &job); err != nil {
		return Job{}, fmt.Errorf("the receipt of %s from %q: %w", d.ID, d.Destination, err)
	}
	return job, nil
}

// Item gives a record as it goes out.
func (q VaultQueue) Item(ctx context.Context, record string) (Item, error) {
	eml, err := q.EML(ctx, record)
	if err != nil {
		return Item{}, err
	}
	return NewItem(eml)
}

// Save writes a job down. A record that its destination has proven stays so.
func (q VaultQueue) Save(ctx context.Context, job Job) error {
	raw, err := json.Marshal(job)
	if err != nil {
		return err
	}
	d := vault.Delivery{
		ID: job.Record, Destination: job.Destination, State: vault.StatePending, Attempts: job.Attempts, Next: job.Next,
		Trouble: string(job.Trouble), Identical: job.Proof.Identical, Receipt: raw, At: job.At,
	}
	switch job.State {
	case Delivered:
		d.State, d.Next = vault.StateDelivered, time.Time{}
	case Handed:
		d.Next = time.Time{} // not tried again by itself
	}
	return q.PutDelivery(ctx, d)
}

// Add makes a record due for a destination now, unless it is there or on its way.
// Errors: vault.ErrNotFound.
func (q VaultQueue) Add(ctx context.Context, record, destination string, now time.Time) error {
	jobs, err := q.Jobs(ctx, record)
	if err != nil {
		return err
	}
	for _, j := range jobs {
		if j.Destination == destination && j.State != Waiting {
			return nil
		}
	}
	err = q.Save(ctx, Job{Record: record, Destination: destination, State: Waiting, Next: now, At: now})
	if errors.Is(err, vault.ErrDelivered) {
		return nil
	}
	return err
}
