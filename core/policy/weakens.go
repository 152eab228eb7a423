package policy

import (
	"strconv"

	"hanaper/core/canonical"
)

// Weakens names every place where a compiled overlay states less than its rule
// book requires. The join would keep the rule book's level all the same; whoever
// wrote it meant something else, and is told (ruling 13).
func (p *Pack) Weakens(base *Pack) (found canonical.Problems) {
	for i := range p.Tables {
		t := &p.Tables[i]
		for n := range t.Rows {
			for b := range base.Tables {
				if t.Partial && base.Tables[b].ID == t.ID {
					at := canonical.Index(canonical.Index("tables", i)+".rows", n)
					found = append(found, t.Rows[n].below(at, &base.Tables[b], base.ID)...)
				}
			}
		}
	}
	have, mine := base.Thresholds.list(), p.Thresholds.list()
	for i, name := range tightened {
		if mine[i] > have[i] {
			found = append(found, canonical.Problem{Path: "thresholds." + name, Msg: strconv.Itoa(mine[i]) + " is above " +
				strconv.Itoa(have[i]) + " of " + base.ID + ": fewer messages would be spoken of; state less or leave it out"})
		}
	}
	return found
}

// tightened are the thresholds an overlay may state, lower only.
var tightened = [...]string{"p_consider", "p_capture", "p_stop", "contacts", "finding", "group", "file_mib", "routine"}

// list gives the thresholds in the order of tightened.
func (t *Thresholds) list() [len(tightened)]int {
	return [...]int{int(t.Consider), int(t.Capture), int(t.Stop), t.Contacts, t.Finding, t.Group, t.FileMiB, t.Routine}
}

// below compares a cell with every row of its table that some message meets as
// well as the cell.
func (r *Row) below(at string, table *Table, pack string) (found canonical.Problems) {
	for i := range table.Rows {
		b := &table.Rows[i]
		if !meet(r.When, b.When) {
			continue
		}
		why := ", which " + pack + " requires in " + canonical.Index(table.ID, i)
		if len(b.Clauses) > 0 {
			why += " (" + b.Clauses[0] + ")"
		}
		mine, have := r.Level.places(), b.Level.places()
		for axis, name := range axes {
			if mine[axis] < have[axis] && contains(r.States, name) {
				names := axisNames[axis]
				found = append(found, canonical.Problem{Path: at + "." + name, Msg: names[mine[axis]] + " is below " + names[have[axis]] + why})
			}
		}
	}
	return found
}

var (
	axes      = [...]string{"permission", "duty", "action"}
	axisNames = [...][]string{permissionNames, dutyNames, actionNames}
)

func (l *Level) places() [len(axes)]uint8 {
	return [...]uint8{uint8(l.Permission), uint8(l.Duty), uint8(l.Action)}
}

// meet tells whether a state exists that both conditions accept.
func meet(a, b []Mask) bool {
	for i := range a {
	next:
		for k := range b {
			for f := range a[i] {
				if x, y := a[i][f], b[k][f]; x != 0 && y != 0 && x&y == 0 {
					continue next
				}
			}
			return true
		}
	}
	return false
}
