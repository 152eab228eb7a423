package importer

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"hanaper/desktop/importer/chat"
)

// Choice is which messages the person chose; a message must fit every member that
// is not empty.
type Choice struct {
	Numbers      [][2]int // from and to, both included
	Duties       []string // capture, consider, transitory, none, unknown
	Since, Until string   // YYYY-MM-DD, both included
}

// Empty: nothing was chosen yet.
func (c *Choice) Empty() bool {
	return len(c.Numbers) == 0 && len(c.Duties) == 0 && c.Since == "" && c.Until == ""
}

// ParseNumbers reads "3,7-9" or "all".
func ParseNumbers(s string) (out [][2]int, err error) {
	if s == "all" {
		return [][2]int{{1, 1<<63 - 1}}, nil
	}
	for part := range strings.SplitSeq(s, ",") {
		a, b, is := strings.Cut(strings.TrimSpace(part), "-")
		from, err := strconv.Atoi(a)
		to := from
		if err == nil && is {
			to, err = strconv.Atoi(b)
		}
		if err != nil || from < 1 || to < from {
			return nil, fmt.Errorf("%q is neither a message's number nor a range such as 7-9, nor all", part)
		}
		out = append(out, [2]int{from, to})
	}
	return out, nil
}

// Fits tells whether a message is chosen. What nobody wrote is only chosen by its
// own number; what could not be read never is.
func (c *Choice) Fits(j *Judged) bool {
	if c.Empty() || j.Kind == chat.Unreadable || j.Kind == chat.System {
		return false
	}
	if len(c.Numbers) > 0 {
		if !slices.ContainsFunc(c.Numbers, func(r [2]int) bool { return r[0] <= j.Number && j.Number <= r[1] }) {
			return false
		}
	} else if j.Kind != chat.Text {
		return false
	}
	if len(c.Duties) > 0 && !slices.Contains(c.Duties, j.Duty()) {
		return false
	}
	return (c.Since == "" || j.At.Date >= c.Since) && (c.Until == "" || j.At.Date != "" && j.At.Date <= c.Until)
}
