package record

import (
	"testing"
	"time"
)

// TestDates compares every day of four centuries with package time.
func TestDates(t *testing.T) {
	for day := time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() < 2301; day = day.AddDate(0, 0, 1) {
		s := day.Format("2006-01-02")
		y, m, d, ok := date(s)
		if !ok || y != day.Year() || m != int(day.Month()) || d != day.Day() {
			t.Fatalf("%s: %d %d %d %v", s, y, m, d, ok)
		}
		if got, want := mailDate(&Fields{Date: s, Time: "09:05", Zone: "-03:30"}), day.Format("Mon, 02 Jan 2006")+" 09:05 -0330"; got != want {
			t.Fatalf("%s, want %s", got, want)
		}
	}
	for _, s := range []string{"", "2026-2-1", "2026-13-01", "2026-00-10", "2026-01-00", "2026-01-32", "2026-04-31", "1900-02-29", "2023-02-29", "1899-12-31", "2026/01/01", "+026-01-01", "2026-01-01 "} {
		if _, _, _, ok := date(s); ok {
			t.Errorf("%q accepted", s)
		}
	}
}

func TestTimes(t *testing.T) {
	for s, want := range map[string]bool{
		"2026-11-22T14:03:00Z": true, "2026-11-22T14:03:00.123456789+01:00": true, "2024-02-29T23:59:59-12:00": true, "2026-11-22T14:03:00-00:00": true,
		"": false, "2026-11-22": false, "2026-11-22T14:03Z": false, "2026-11-22 14:03:00Z": false, "2026-11-22T14:03:00": false, "2026-11-22T14:03:00.Z": false,
		"2026-11-22T14:03:60Z": false, "2026-11-22T24:00:00Z": false, "2026-11-22T14:03:00+0100": false, "2026-11-22T14:03:00+01:60": false,
		"2026-11-22T14:03:00+15:00": false, "2026-11-22T14:03:00-12:01": false, "2026-02-30T14:03:00Z": false, "2026-11-22T14:03:00Zx": false,
	} {
		if instant(s) != want {
			t.Errorf("%q: %v", s, !want)
		}
	}
	for s, want := range map[string]bool{"00:00": true, "23:59": true, "23:59:59": true, "24:00": false, "9:05": false, "09:60": false, "09:05:60": false, "09-05": false, "09:05:": false, "": false} {
		if _, ok := clock(s); ok != want {
			t.Errorf("%q: %v", s, !want)
		}
	}
}
