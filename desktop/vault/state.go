package vault

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/ncruces/go-sqlite3"
)

// State is where a record is in its life. It only ever grows.
type State int

// States. Pending: handed to a destination, or about to be, and not proven.
// Delivered: read back from one destination at least, and the same. Closed: nothing
// more is to be done with it here.
const (
	StateKept State = iota
	StatePending
	StateDelivered
	StateClosed
)

var stateNames = [...]string{"kept", "pending", "delivered", "closed"}

func (s State) String() string {
	if s < 0 || int(s) >= len(stateNames) {
		return fmt.Sprintf("state %d", int(s))
	}
	return stateNames[s]
}

// ParseState reads what String writes.
func ParseState(s string) (State, error) {
	for i, name := range stateNames {
		if name == s {
			return State(i), nil
		}
	}
	return 0, fmt.Errorf("%q is not one of kept, pending, delivered, closed", s)
}

// MarshalText writes the state's name.
func (s State) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Delivery is what is known of one record at one destination.
type Delivery struct {
	ID          string // the record's
	Destination string // its name
	State       State  // StatePending or StateDelivered
	Attempts    int
	Next        time.Time // when to try again; zero: not by itself
	Trouble     string    // why it is not there, "" where nothing is wrong
	Identical   bool      // delivered, and the bytes read back were those written
	Receipt     []byte    // what the destination gave: its own form
	At          time.Time // of this
}

// ErrDelivered: a delivery that was proven does not become unproven.
var ErrDelivered = errors.New("it is delivered already")

// PutDelivery writes down how a record stands at a destination, in place of what
// was known, and moves the record's state. Errors: ErrNotFound, ErrDelivered where
// d is pending and the destination has proven the record.
func (v *Vault) PutDelivery(ctx context.Context, d Delivery) error {
	if d.State != StatePending && d.State != StateDelivered {
		return fmt.Errorf("a delivery is pending or delivered, not %s", d.State)
	}
	if d.Destination == "" {
		return errors.New("a delivery needs the name of its destination")
	}
	return v.write(ctx, func(c *conn) error {
		seq, err := c.seqOf(d.ID)
		if err != nil {
			return err
		}
		proven := false
		if _, err := c.one("SELECT state FROM delivery WHERE seq = ? AND destination = ?", []any{seq, d.Destination},
			func(s *sqlite3.Stmt) { proven = State(s.ColumnInt(0)) == StateDelivered }); err != nil {
			return err
		}
		if proven && d.State != StateDelivered {
			return fmt.Errorf("%s, %s: %w", d.ID, d.Destination, ErrDelivered)
		}
		next := "" // never due
		if d.State == StatePending && !d.Next.IsZero() {
			next = stamp(d.Next)
		}
		if err := c.run("INSERT OR REPLACE INTO delivery VALUES(?,?,?,?,?,?,?,?,?)", seq, d.Destination, int(d.State), d.Attempts, next,
			d.Trouble, d.Identical, d.Receipt, stamp(d.At)); err != nil {
			return err
		}
		return c.run("UPDATE record SET state = ?1, changed_at = ?2 WHERE seq = ?3 AND state < ?1", int(d.State), stamp(d.At), seq)
	})
}

// DropDelivery forgets a pending delivery, for a destination that is no more; the
// record's state stays. Errors: ErrDelivered.
func (v *Vault) DropDelivery(ctx context.Context, id, destination string) error {
	return v.write(ctx, func(c *conn) error {
		seq, err := c.seqOf(id)
		if err != nil {
			return err
		}
		if err := c.run("DELETE FROM delivery WHERE seq = ? AND destination = ? AND state = ?", seq, destination, int(StatePending)); err != nil {
			return err
		}
		found, err := c.one("SELECT 1 FROM delivery WHERE seq = ? AND destination = ?", []any{seq, destination}, func(*sqlite3.Stmt) {})
		if found {
			return fmt.Errorf("%s, %s: %w", id, destination, ErrDelivered)
		}
		return err
	})
}

const deliveryColumns = "r.id, d.destination, d.state, d.attempts, d.next_at, d.trouble, d.identical, d.receipt, d.at FROM delivery d JOIN record r USING(seq) "

// Deliveries are a record's, by destination. Errors: ErrNotFound.
func (v *Vault) Deliveries(ctx context.Context, id string) (out []Delivery, err error) {
	err = v.read(ctx, func(c *conn) error {
		seq, err := c.seqOf(id)
		if err != nil {
			return err
		}
		out, err = c.deliveries("SELECT "+deliveryColumns+"WHERE d.seq = ? ORDER BY d.destination", seq)
		return err
	})
	return out, err
}

// Due are the pending deliveries whose time has come, the longest waiting first,
// most of them at most.
func (v *Vault) Due(ctx context.Context, now time.Time, most int) (out []Delivery, err error) {
	err = v.read(ctx, func(c *conn) error {
		out, err = c.deliveries("SELECT "+deliveryColumns+"WHERE d.state = 1 AND d.next_at <> '' AND d.next_at <= ? ORDER BY d.next_at, d.seq LIMIT ?", stamp(now), most)
		return err
	})
	return out, err
}

func (c *conn) deliveries(sql string, args ...any) (out []Delivery, err error) {
	err = c.each(sql, args, func(s *sqlite3.Stmt) error {
		d := Delivery{
			ID: "sha256:" + hex.EncodeToString(s.ColumnRawBlob(0)), Destination: s.ColumnText(1), State: State(s.ColumnInt(2)),
			Attempts: s.ColumnInt(3), Trouble: s.ColumnText(5), Identical: s.ColumnBool(6), Receipt: s.ColumnBlob(7, nil),
		}
		d.Next, _ = time.Parse(time.RFC3339, s.ColumnText(4)) // "": the zero time
		d.At, _ = time.Parse(time.RFC3339, s.ColumnText(8))
		out = append(out, d)
		return nil
	})
	return out, err
}

// CloseRecord ends the life of a delivered record. Errors: ErrNotFound; a record
// that was not delivered stays open.
func (v *Vault) CloseRecord(ctx context.Context, id string) error {
	return v.write(ctx, func(c *conn) error {
		seq, err := c.seqOf(id)
		if err != nil {
			return err
		}
		if err := c.run("UPDATE record SET state = ?, changed_at = ? WHERE seq = ? AND state = ?", int(StateClosed), stamp(v.now()), seq, int(StateDelivered)); err != nil {
			return err
		}
		state := StateKept
		_, err = c.one("SELECT state FROM record WHERE seq = ?", []any{seq}, func(s *sqlite3.Stmt) { state = State(s.ColumnInt(0)) })
		if err == nil && state != StateClosed {
			err = fmt.Errorf("%s is %s: only a delivered record can be closed", id, state)
		}
		return err
	})
}

// Counts are how many records are in each state, and how many in all.
func (v *Vault) Counts(ctx context.Context) (byState map[State]int, total int, err error) {
	byState = map[State]int{}
	err = v.read(ctx, func(c *conn) error {
		return c.each("SELECT state, count(*) FROM record GROUP BY state", nil, func(s *sqlite3.Stmt) error {
			byState[State(s.ColumnInt(0))] = s.ColumnInt(1)
			total += s.ColumnInt(1)
			return nil
		})
	})
	return byState, total, err
}
