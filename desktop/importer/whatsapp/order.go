package whatsapp

import (
	"fmt"
	"strings"
	"time"
)

// Order says which number of a date is which.
type Order string

// The orders. Unknown lets the file's own evidence decide.
const (
	Unknown Order = ""
	DMY     Order = "dmy"
	MDY     Order = "mdy"
	YMD     Order = "ymd"
)

// firstYear: WhatsApp was published in 2009.
const firstYear = 2009

// day puts a date's numbers in the order given. It is false where there is no such
// day, or WhatsApp was not there yet.
func (o Order) day(n [3]int) (t time.Time, ok bool) {
	y, m, d := n[2], n[1], n[0]
	switch o {
	case MDY:
		m, d = n[0], n[1]
	case YMD:
		y, d = n[0], n[2]
	}
	if y < 100 {
		y += 2000
	}
	t = time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	return t, y >= firstYear && t.Day() == d && int(t.Month()) == m
}

// evidence is gathered of one order over all dates of a file.
type evidence struct {
	order   Order
	against string // the first thing that speaks against it: no such day, in the future
	back    int    // steps of more than a day back in time
	backAt  int    // line of the first
	last    time.Time
}

// add weighs one date, of line n.
func (e *evidence) add(h *head, line int, now time.Time) {
	if e.against != "" {
		return
	}
	day, ok := e.order.day(h.date)
	switch {
	case !ok:
		e.against = fmt.Sprintf("line %d has %s", line, h.written)
		return
	case day.After(now.AddDate(0, 0, 2)): // clocks and time zones differ
		e.against = fmt.Sprintf("%s in line %d would be in the future", h.written, line)
		return
	}
	if !e.last.IsZero() && e.last.Sub(day) > 24*time.Hour {
		if e.back++; e.back == 1 {
			e.backAt = line
		}
	}
	e.last = day
}

// words are the orders as the person knows them.
var words = map[Order]string{DMY: "day, month, year", MDY: "month, day, year", YMD: "year, month, day"}

// decide says which order the dates are in and why, or that it cannot be known.
func decide(s shape, all []*evidence) (Order, string, error) {
	if s.yearFirst {
		return YMD, words[YMD], nil
	}
	var open, out []*evidence
	for _, e := range all {
		if e.against == "" {
			open = append(open, e)
		} else {
			out = append(out, e)
		}
	}
	switch {
	case len(open) == 0:
		return Unknown, "", fmt.Errorf("no order of day, month and year fits all dates: %s; %s", all[0].against, all[1].against)
	case len(open) == 1:
		return open[0].order, words[open[0].order] + ": " + out[0].against, nil
	case s.separator != '/':
		// Every locale of CLDR that writes the year last with dots or hyphens begins with the day.
		return DMY, words[DMY] + ": dates with " + string(rune(s.separator)), nil
	}
	for i, e := range open {
		if other := open[1-i]; e.back == 0 && other.back > 0 {
			return e.order, fmt.Sprintf("%s: the other way round line %d would go back in time", words[e.order], other.backAt), nil
		}
	}
	return Unknown, "", fmt.Errorf("the dates can be read as day/month or month/day (%s), and nothing in the file decides it: "+
		"say --dates dmy or --dates mdy", strings.TrimSpace(open[0].last.Format("2 January")+" or "+open[1].last.Format("2 January")))
}
