package core

import (
	"sync/atomic"

	"hanaper/core/canonical"
	"hanaper/core/classify"
	"hanaper/core/message"
	"hanaper/core/policy"
)

// shelf is what the operation install put there; nil: nothing yet.
var shelf atomic.Pointer[Shelf]

var empty = &Shelf{}

func installed() *Shelf {
	if s := shelf.Load(); s != nil {
		return s
	}
	return empty
}

// install puts packs on a new shelf, which takes the place of the last. A pack
// with a problem is left out and named; the others count.
func install(v *canonical.Value) []byte {
	var d canonical.Decoder
	o := d.Object(v, "")
	var wanted []Installed
	o.Each("packs", func(i int, e *canonical.Obj) {
		wanted = append(wanted, Installed{JSON: e.Need("json"), Signer: e.String("signer"),
			Trust: e.Enum("trust", policy.TrustUnsigned, policy.TrustSigned)})
	})
	o.Done()
	if err := d.Err(true); err != nil {
		return failure("install", err.Error())
	}
	fresh := &Shelf{}
	loaded := make([]*policy.Pack, len(wanted))
	faults := make([]error, len(wanted))
	for i, in := range wanted {
		loaded[i], faults[i] = policy.Load([]byte(in.JSON))
	}
	for _, overlays := range []bool{false, true} { // each is held against the rule book that will be in force
		for i, p := range loaded {
			if faults[i] == nil && (p.Of != "") == overlays {
				faults[i] = fresh.place(p, wanted[i])
			}
		}
	}
	var packs, problems []canonical.Value
	for i, err := range faults {
		if err != nil {
			problem := canonical.Texts("text", err.Error())
			problem.Put("index", canonical.Num(float64(i)))
			problems = append(problems, problem)
			continue
		}
		card := describe(loaded[i])
		card.Put("index", canonical.Num(float64(i)))
		packs = append(packs, card)
	}
	shelf.Store(fresh)
	out := canonical.Texts("error", "")
	out.Put("packs", canonical.List(packs))
	out.Put("problems", canonical.List(problems))
	return canonical.Append(nil, out)
}

// info describes the core to a host: what it is, its packs with every clause, and
// the channels it knows.
func info(v *canonical.Value) []byte {
	var d canonical.Decoder
	o := d.Object(v, "")
	o.Enum("language", "en", "fr") // reserved: everything is given in both
	ids := o.Strings("packs")
	o.Done()
	if err := d.Err(true); err != nil {
		return failure("info", err.Error())
	}
	active, err := installed().Packs(ids)
	if err != nil {
		return failure("info", err.Error())
	}
	var packs []canonical.Value
	for _, id := range policy.BundledIDs {
		p, _ := installed().Book(id)
		packs = append(packs, describe(p))
	}
	for _, p := range active {
		if _, bundled := Pack(p.ID); !bundled {
			packs = append(packs, describe(p))
		}
	}
	var channels []canonical.Value
	for _, c := range message.Channels {
		v := canonical.Texts("id", c.ID, "kind", string(c.Kind))
		v.Put("end_to_end", canonical.Flag(c.EndToEnd))
		channels = append(channels, v)
	}
	out := canonical.Texts("core", Version, "error", "", "model", classify.Digest())
	out.Put("channels", canonical.List(channels))
	out.Put("packs", canonical.List(packs))
	return canonical.Append(nil, out)
}
