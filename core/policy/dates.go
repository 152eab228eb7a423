package policy

import "strconv"

// due sets the last moment of an obligation that has some days' time: the end of
// that day in the zone of judging; "" where the day of judging is not known.
func (j *judged) due(o Owed) Obligation {
	if o.WithinDays > 0 && j.day != "" {
		o.By = dateOf(dayNumber(j.day)+o.WithinDays) + "T23:59:59" + j.zone
	}
	return o.Obligation
}

// zoneOf returns the zone of an RFC 3339 time: Z or +01:00; Z where there is none.
func zoneOf(at string) string {
	if n := len(at) - 6; n > 18 && (at[n] == '+' || at[n] == '-') {
		return at[n:]
	}
	return "Z"
}

// dateOf is the inverse of dayNumber.
func dateOf(n int) string {
	cycle := n / 146097 // days in 400 years
	n -= cycle * 146097
	year := (n - n/1460 + n/36524 - n/146096) / 365
	n -= 365*year + year/4 - year/100
	month := (5*n + 2) / 153 // from March
	day := n - (153*month+2)/5 + 1
	if month += 3; month > 12 {
		month -= 12
		year++
	}
	return strconv.Itoa(400*cycle+year) + "-" + twoDigits(month) + "-" + twoDigits(day)
}

func twoDigits(n int) string { return strconv.Itoa(n/10) + strconv.Itoa(n%10) }
