package vault

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/ncruces/go-sqlite3"
)

// HoldState says whether anything must stay as it is: none, held or unknown
// (ruling 12). Only none, stated lately, lets anything be dropped or deleted.
type HoldState string

// The hold states.
const (
	HoldUnknown HoldState = "unknown"
	HoldNone    HoldState = "none"
	Held        HoldState = "held"
)

// HoldStatement is somebody's word for the whole vault.
type HoldStatement struct {
	State  HoldState
	By     string    // name or address, or the policy's id
	Source string    // policy or person
	At     time.Time //
}

// holdStatementLasts: a statement that there is no hold is good for 30 days.
const holdStatementLasts = 30 * 24 * time.Hour

// StateHold writes down a statement; the latest counts.
func (v *Vault) StateHold(ctx context.Context, h HoldStatement) error {
	switch {
	case h.State != HoldNone && h.State != Held && h.State != HoldUnknown:
		return fmt.Errorf("hold state %q is not one of none, held, unknown", h.State)
	case h.Source != "policy" && h.Source != "person":
		return fmt.Errorf("hold source %q is not one of policy, person", h.Source)
	case h.By == "":
		return errors.New("a statement on holds needs who makes it")
	}
	return v.write(ctx, func(c *conn) error {
		return c.run("INSERT INTO hold_statement(state, by, source, at) VALUES(?,?,?,?)", string(h.State), h.By, h.Source, stamp(h.At))
	})
}

// HoldState is the statement in force over the whole vault; unknown where there is
// none, or none younger than 30 days.
func (v *Vault) HoldState(ctx context.Context) (state HoldState, err error) {
	err = v.read(ctx, func(c *conn) error {
		state, err = c.holdState(v.now())
		return err
	})
	return state, err
}

func (c *conn) holdState(now time.Time) (HoldState, error) {
	state, at := HoldUnknown, ""
	_, err := c.one("SELECT state, at FROM hold_statement ORDER BY n DESC LIMIT 1", nil, func(s *sqlite3.Stmt) {
		state, at = HoldState(s.ColumnText(0)), s.ColumnText(1)
	})
	if err != nil || state != HoldNone {
		return state, err
	}
	made, err := time.Parse(time.RFC3339, at)
	if age := now.Sub(made); err != nil || age > holdStatementLasts || age < -time.Hour { // an hour: clocks differ
		return HoldUnknown, nil
	}
	return HoldNone, nil
}

// PlaceHold puts records under a named hold; those already under it stay. Errors:
// ErrNotFound, then none was.
func (v *Vault) PlaceHold(ctx context.Context, name, by string, ids ...string) error {
	if name == "" || by == "" {
		return errors.New("a hold needs a name and who places it")
	}
	return v.write(ctx, func(c *conn) error {
		if err := c.run("INSERT INTO hold VALUES(?,?,?,'','') ON CONFLICT(name) DO UPDATE SET lifted_at = '', receipt = '' WHERE lifted_at <> ''",
			name, by, stamp(v.now())); err != nil {
			return err
		}
		for _, id := range ids {
			seq, err := c.seqOf(id)
			if err != nil {
				return err
			}
			if err := c.run("INSERT OR IGNORE INTO hold_record VALUES(?,?)", seq, name); err != nil {
				return err
			}
		}
		return nil
	})
}

// LiftHold ends a hold. receipt says by what right: who has received an exact and
// complete copy, when, and its digest. The caller has checked it.
func (v *Vault) LiftHold(ctx context.Context, name, receipt string) error {
	if receipt == "" {
		return fmt.Errorf("hold %q is lifted only with the receipt for what was handed over", name)
	}
	return v.write(ctx, func(c *conn) error {
		found, err := c.one("SELECT 1 FROM hold WHERE name = ? AND lifted_at = ''", []any{name}, func(*sqlite3.Stmt) {})
		if err == nil && !found {
			err = fmt.Errorf("there is no hold %q in force", name)
		}
		if err != nil {
			return err
		}
		return c.run("UPDATE hold SET lifted_at = ?, receipt = ? WHERE name = ?", stamp(v.now()), receipt, name)
	})
}

// Hold is a named hold and what became of it.
type Hold struct {
	Name    string    `json:"name"`
	By      string    `json:"by"` // who placed it
	At      time.Time `json:"at"`
	Records int       `json:"records"` // under it
	Lifted  time.Time `json:"lifted"`  // the zero time while it is in force
	Receipt string    `json:"receipt"` // by what right it was lifted
}

// Holds are all that were ever placed, the oldest first.
func (v *Vault) Holds(ctx context.Context) (out []Hold, err error) {
	err = v.read(ctx, func(c *conn) error {
		return c.each("SELECT name, by, at, lifted_at, receipt, (SELECT count(*) FROM hold_record WHERE hold = name) FROM hold ORDER BY at, name", nil, func(s *sqlite3.Stmt) error {
			h := Hold{Name: s.ColumnText(0), By: s.ColumnText(1), Receipt: s.ColumnText(4), Records: s.ColumnInt(5)}
			h.At, _ = time.Parse(time.RFC3339, s.ColumnText(2))
			h.Lifted, _ = time.Parse(time.RFC3339, s.ColumnText(3)) // "": the zero time
			out = append(out, h)
			return nil
		})
	})
	return out, err
}

// underHold: a named hold lies over record r.
const underHold = "EXISTS(SELECT 1 FROM hold_record hr JOIN hold h ON h.name = hr.hold WHERE hr.seq = r.seq AND h.lifted_at = '')"

// holdOf is the state over one record: its own holds, else the vault's statement.
func (c *conn) holdOf(seq int64, now time.Time) (HoldState, error) {
	held := false
	if _, err := c.one("SELECT "+underHold+" FROM record r WHERE r.seq = ?", []any{seq}, func(s *sqlite3.Stmt) { held = s.ColumnBool(0) }); err != nil {
		return HoldUnknown, err
	}
	if held {
		return Held, nil
	}
	return c.holdState(now)
}
