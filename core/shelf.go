package core

import (
	"errors"
	"slices"
	"strconv"
	"sync"

	"hanaper/core/canonical"
	"hanaper/core/policy"
)

// MaxInstalled is how many packs from outside may be in force at once; more than
// any organisation has, few enough to judge by at every key.
const MaxInstalled = 16

// Shelf holds packs that came from outside the core. What stands on it is in
// force: a rule book joins those the settings name; a signed one of a bundled id
// takes that one's place; an overlay adds to its rule book wherever that is in
// force. An unsigned one can only tighten: it never stands in for another, and
// where the settings name no more than such the default judges too.
type Shelf struct {
	packs []*policy.Pack

	mu    sync.Mutex
	asked []string // the ids asked for last
	made  []*policy.Pack
}

// Installed is a pack to put on a shelf.
type Installed struct {
	JSON   string // as desktop/pack compiles it
	Trust  string // policy.TrustSigned or TrustUnsigned: the shell has checked the signature
	Signer string
}

// Put reads a pack and puts it on the shelf; what is wrong with it is an error
// that names the place, and the shelf is then as before. With an overlay, all that
// is there must merge (ruling 13).
func (s *Shelf) Put(in Installed) (*policy.Pack, error) {
	p, err := policy.Load([]byte(in.JSON))
	if err == nil {
		err = s.place(p, in)
	}
	return p, err
}

func (s *Shelf) place(p *policy.Pack, in Installed) error {
	if len(s.packs) >= MaxInstalled {
		return problem("", "there are "+strconv.Itoa(MaxInstalled)+" packs already: remove one")
	}
	if err := s.free(p.ID, in.Trust == policy.TrustSigned && p.Of == ""); err != nil {
		return err
	}
	if p.Of != "" {
		base, ok := s.Book(p.Of)
		if !ok || base.Of != "" {
			return problem("overlay", unknownPack(p.Of))
		}
		if found := p.Weakens(base); len(found) > 0 {
			return found
		}
	}
	if p.Trust, p.Signer = in.Trust, in.Signer; in.Trust != policy.TrustSigned {
		p.Unsigned()
	}
	s.packs = append(s.packs, p)
	s.asked, s.made = nil, nil
	return nil
}

// free refuses an id that another pack bears. Only a signed rule book may take the
// place of a bundled one.
func (s *Shelf) free(id string, instead bool) error {
	_, taken := Pack(id)
	taken = taken && !instead
	for _, p := range s.packs {
		taken = taken || p.ID == id
	}
	if taken {
		return problem("id", "another pack has the id "+strconv.Quote(id)+": give it one of its own")
	}
	return nil
}

func problem(path, msg string) error { return canonical.Problems{{Path: path, Msg: msg}} }

// Book finds a rule book: one on the shelf before a bundled one.
func (s *Shelf) Book(id string) (*policy.Pack, bool) {
	for _, p := range s.packs {
		if p.ID == id {
			return p, true
		}
	}
	return Pack(id)
}

// Packs are those in force where the settings name ids. The error names an id
// that is nowhere. Asking again with the same ids costs nothing.
func (s *Shelf) Packs(ids []string) ([]*policy.Pack, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.made != nil && slices.Equal(s.asked, ids) {
		return s.made, nil
	}
	wanted, err := s.wanted(ids)
	if err != nil {
		return nil, err
	}
	var all []*policy.Pack
	for i, id := range wanted {
		if !slices.Contains(wanted[:i], id) {
			p, _ := s.Book(id)
			all = append(all, p)
		}
	}
	for _, p := range s.packs {
		if p.Of != "" && slices.Contains(wanted, p.Of) {
			all = append(all, p)
		}
	}
	s.asked, s.made = slices.Clone(ids), all
	return all, nil
}

// wanted are the ids of the rule books in force: those named, or that a named
// overlay adds to; those on the shelf; and the default, where no other is trusted.
func (s *Shelf) wanted(ids []string) ([]string, error) {
	var out []string
	alone := true // no more than what nobody signed
	for _, id := range ids {
		p, ok := s.Book(id)
		if ok && p.Of != "" {
			p, ok = s.Book(p.Of)
		}
		if !ok {
			return nil, errors.New(unknownPack(id))
		}
		alone = alone && p.Trust == policy.TrustUnsigned
		out = append(out, p.ID)
	}
	for _, p := range s.packs {
		if _, bundled := Pack(p.ID); !bundled && p.Of == "" { // one of a bundled id speaks where that id is named
			alone = alone && p.Trust == policy.TrustUnsigned
			out = append(out, p.ID)
		}
	}
	if alone {
		out = append(out, DefaultPack)
	}
	return out, nil
}
