package vault

import (
	"context"
	"fmt"

	"hanaper/core/canonical"
)

// Purge drops the content of a delivered record from this computer: its messages,
// its note, and files that no other record has. A receipt stub stays (the five
// fields and what else a list shows), and its place in the tree. Refused with
// ErrHold unless it is stated that no hold applies, and before delivery.
func (v *Vault) Purge(ctx context.Context, id string) error {
	return v.write(ctx, func(c *conn) error {
		seq, err := c.seqOf(id)
		if err != nil {
			return err
		}
		row, _, err := c.row(seq, v.now())
		switch {
		case err != nil:
			return err
		case row.Hold != HoldNone:
			return fmt.Errorf("%s: %w (it is %s)", id, ErrHold, row.Hold)
		case row.State < StateDelivered:
			return fmt.Errorf("%s is %s: only what was delivered can be dropped here", id, row.State)
		case row.Purged:
			return nil
		case row.Damage != "":
			return &DamagedError{seq, id, row.Damage}
		}
		stub := *row.Head
		value := stub.Value()
		for i := range value.Obj {
			switch m := &value.Obj[i]; m.Name {
			case "messages":
				m.Value = canonical.List(nil)
			case "note":
				m.Value = canonical.Str("")
			}
		}
		if err := c.run("UPDATE record SET stub = ? WHERE seq = ?", string(canonical.Append(nil, value)), seq); err != nil {
			return err
		}
		for _, sql := range []string{
			"UPDATE content SET json = x'' WHERE seq = ?", // the signature belongs to the tree
			"DELETE FROM words WHERE rowid = ?",
			"DELETE FROM record_file WHERE seq = ?",
		} {
			if err := c.run(sql, seq); err != nil {
				return err
			}
		}
		const unused = " NOT IN (SELECT file FROM record_file)"
		if err := c.run("DELETE FROM piece WHERE file" + unused); err != nil {
			return err
		}
		return c.run("DELETE FROM file WHERE n" + unused)
	})
}
