package main

import (
	"fmt"

	"hanaper/core"
	"hanaper/core/message"
	"hanaper/core/policy"
)

// at is when the messages are judged: any day on which the assessment holds.
const at = "2026-11-22T10:00:00Z"

// settings are those of somebody who has chosen a pack and a language and nothing
// else, in the middle of a session: what is said once was said. North Carolina's
// agency has its assessment, or every message would be prohibited (NC-S8).
var settings = policy.Settings{Language: "en", Acknowledged: []string{"uk-nccc-2023/UK-10b", "us-nc-030319/NC-G4"}, Authorisations: []policy.Authorisation{
	{Pack: "us-nc-030319", Kind: "assessment", By: "Agency head", Date: "2026-01-05", Expires: "2026-12-31"}}}

var (
	devices = []message.Device{message.DeviceManaged, message.DeviceUnmanaged, message.DeviceUnknown}
	groups  = []string{all, mail, chats, atWork, personal}
)

// measure judges every message by each pack on each device.
func measure(messages []labelled) ([]Share, error) {
	var packs []*policy.Pack
	for _, id := range policy.BundledIDs {
		p, ok := core.Pack(id)
		if !ok {
			return nil, fmt.Errorf("no pack %s", id)
		}
		packs = append(packs, p)
	}
	protected := core.Protected(&settings, packs)
	inputs := make([]policy.Input, len(messages))
	for i := range messages {
		inputs[i] = core.Inspect(&messages[i].draft, protected)
		inputs[i].Class = messages[i].class
	}
	var out []Share
	for _, p := range packs {
		id := p.ID
		for _, device := range devices {
			shares := map[string]*Share{}
			for _, g := range groups {
				shares[g] = &Share{Pack: id, Device: string(device), Group: g, Causes: map[string]int{}}
			}
			for i, input := range inputs {
				input.Draft.Device = device
				v := policy.Decide(input, []*policy.Pack{p}, settings, at)
				for _, g := range messages[i].groups {
					if g == atWork {
						input.Draft.ChatScope = message.ScopeWork
						v = policy.Decide(input, []*policy.Pack{p}, settings, at)
					}
					shares[g].add(&v)
				}
			}
			for _, g := range groups {
				out = append(out, *shares[g])
			}
		}
	}
	return out, nil
}

func (s *Share) add(v *policy.Verdict) {
	s.Messages++
	switch v.Action {
	case "notice":
		s.Noticed++
	case "warn", "justify", "block":
		s.Interrupted++
		s.Causes[v.Reasons[0].Detector]++
	}
}
