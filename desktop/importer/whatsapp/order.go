package whatsapp

import (
	"fmt"
	"time"

	"hanaper/desktop/importer/chat"
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
	against chat.Dates // the first that speaks against it: Why is impossible, future or ""
	back    int        // steps of more than a day back in time
	first   chat.Dates // of those
	last    time.Time
}

// add weighs one date, of line n.
func (e *evidence) add(h *head, line int, now time.Time) {
	if e.against.Why != "" {
		return
	}
	day, ok := e.order.day(h.date)
	switch {
	case !ok:
		e.against = chat.Dates{Why: chat.WhyImpossible, Line: line, Date: h.written}
		return
	case day.After(now.AddDate(0, 0, 2)): // clocks and time zones differ
		e.against = chat.Dates{Why: chat.WhyFuture, Line: line, Date: h.written}
		return
	}
	if !e.last.IsZero() && e.last.Sub(day) > 24*time.Hour {
		if e.back++; e.back == 1 {
			e.first = chat.Dates{Why: chat.WhyBack, Line: line, Date: h.written}
		}
	}
	e.last = day
}

// because: what speaks against one order is the evidence for the other.
func (o Order) because(d chat.Dates) chat.Dates {
	d.Order = string(o)
	return d
}

// fault is what speaks against an order, for an error.
func fault(d chat.Dates) string {
	if d.Why == chat.WhyFuture {
		return fmt.Sprintf("%s in line %d would be in the future", d.Date, d.Line)
	}
	return fmt.Sprintf("line %d has %s", d.Line, d.Date)
}

// decide says which order the dates are in and why, or that it cannot be known.
func decide(s shape, all []*evidence) (Order, chat.Dates, error) {
	if s.yearFirst {
		return YMD, YMD.because(chat.Dates{Why: chat.WhyYearFirst}), nil
	}
	var open, out []*evidence
	for _, e := range all {
		if e.against.Why == "" {
			open = append(open, e)
		} else {
			out = append(out, e)
		}
	}
	switch {
	case len(open) == 0:
		return Unknown, chat.Dates{}, fmt.Errorf("no order of day, month and year fits all dates: %s; %s", fault(all[0].against), fault(all[1].against))
	case len(open) == 1:
		return open[0].order, open[0].order.because(out[0].against), nil
	case s.separator != '/':
		// Every locale of CLDR that writes the year last with dots or hyphens begins with the day.
		return DMY, DMY.because(chat.Dates{Why: chat.WhySeparator, Date: string(rune(s.separator))}), nil
	}
	for i, e := range open {
		if other := open[1-i]; e.back == 0 && other.back > 0 {
			return e.order, e.order.because(other.first), nil
		}
	}
	return Unknown, chat.Dates{}, fmt.Errorf("the dates can be read as day/month or month/day (%s), and nothing in the file decides it: "+
		"say --dates dmy or --dates mdy", open[0].last.Format("2 January")+" or "+open[1].last.Format("2 January"))
}
