package window

import (
	"slices"

	"hanaper/desktop/vault"
)

// Home is what needs the person today.
type Home struct {
	Total    int   `json:"total"`     // records
	OnlyHere int   `json:"only_here"` // of them: on this computer and nowhere else yet
	Pending  []Hit `json:"pending"`   // on their way and not proven, some of them
	PendingN int   `json:"pending_n"`
	// PendingTo are the destinations that are tried again.
	PendingTo []string `json:"pending_to"`
	Latest    []Hit    `json:"latest"`    // records, by date
	Undecided int      `json:"undecided"` // messages of an import that is open here, that may have to be kept and are not decided
	Import    string   `json:"import"`    // its file
	Hold      string   `json:"hold"`      // over the whole vault: none, held or unknown
	Holds     []Held   `json:"holds"`     // in force
	// Overdue are rule books whose publishers meant to review them before today.
	Overdue []PackInfo `json:"overdue"`
	// Destinations are those set up: none means that nothing leaves this computer.
	Destinations []string `json:"destinations"`
}

// Held is a hold in force.
type Held struct {
	Name    string `json:"name"`
	By      string `json:"by"`
	At      string `json:"at"` // RFC 3339
	Records int    `json:"records"`
}

// someHits is how many records home shows of each kind.
const someHits = 5

// Home looks at everything that may wait for the person.
func (a *App) Home() (Home, error) {
	h := Home{Pending: []Hit{}, PendingTo: []string{}, Latest: []Hit{}, Holds: []Held{}, Overdue: []PackInfo{}, Destinations: []string{}}
	v, err := a.open()
	if err != nil {
		return h, err
	}
	states, total, err := v.Counts(a.ctx)
	if err != nil {
		return h, told(err)
	}
	h.Total, h.OnlyHere, h.PendingN = total, states[vault.StateKept], states[vault.StatePending]
	for _, list := range []struct {
		to *[]Hit
		q  vault.Query
	}{
		{&h.Pending, vault.Query{States: []vault.State{vault.StatePending}, Newest: true, Limit: someHits}},
		{&h.Latest, vault.Query{Newest: true, Limit: someHits}},
	} {
		found, err := v.Search(a.ctx, list.q)
		if err != nil {
			return h, told(err)
		}
		for _, f := range found {
			*list.to = append(*list.to, hit(&f.Row, []Piece{}))
		}
	}
	waiting, err := a.waiting(a.ctx, v)
	if err != nil {
		return h, told(err)
	}
	for _, d := range waiting {
		if !slices.Contains(h.PendingTo, d.Destination) {
			h.PendingTo = append(h.PendingTo, d.Destination)
		}
	}
	if err := a.holds(v, &h); err != nil {
		return h, told(err)
	}
	all, err := a.opt.Book.List()
	if err != nil {
		return h, told(err)
	}
	for _, s := range all {
		h.Destinations = append(h.Destinations, s.Name)
	}
	a.rest(&h)
	return h, nil
}

func (a *App) holds(v *vault.Vault, h *Home) error {
	state, err := v.HoldState(a.ctx)
	if err != nil {
		return err
	}
	h.Hold = string(state)
	all, err := v.Holds(a.ctx)
	for _, hold := range all {
		if hold.Lifted.IsZero() {
			h.Holds = append(h.Holds, Held{hold.Name, hold.By, rfc3339(hold.At), hold.Records})
		}
	}
	return err
}

// rest adds what needs no vault.
func (a *App) rest(h *Home) {
	chosen := a.chosen()
	for _, p := range a.Packs() {
		for _, id := range chosen.Packs {
			if p.ID == id && p.Overdue {
				h.Overdue = append(h.Overdue, p)
			}
		}
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if i := a.imported; i != nil && !i.kept {
		h.Import, h.Undecided = i.name(), i.count["capture"]+i.count["consider"]+i.count["unknown"]
	}
}
