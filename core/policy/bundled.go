package policy

//go:generate go run hanaper/desktop/pack/compile pack/uk-nccc-2023 pack/ca-im-protocol pack/us-nc-030319
//go:generate go run hanaper/tools/embed -package policy -out packdata.go packUK=pack/uk-nccc-2023/pack.json packCA=pack/ca-im-protocol/pack.json packNC=pack/us-nc-030319/pack.json

import "hanaper/core/inflate"

// BundledIDs are the ids of the packs compiled into the core.
var BundledIDs = [...]string{"uk-nccc-2023", "ca-im-protocol", "us-nc-030319"}

// BundledJSON gives the JSON of a pack that is compiled into the core; ok is false
// where there is none of that id.
func BundledJSON(id string) (data []byte, ok bool) {
	sources := [...]struct {
		deflated string
		size     int
	}{{packUK, packUKSize}, {packCA, packCASize}, {packNC, packNCSize}}
	for i, source := range sources {
		if BundledIDs[i] != id {
			continue
		}
		data, err := inflate.Inflate(source.deflated, source.size)
		if err != nil { // a test loads every one of them
			panic("policy: bundled pack " + id + ": " + err.Error())
		}
		return data, true
	}
	return nil, false
}

// Bundled loads a pack that is compiled into the core. Loading takes about a
// millisecond: keep the result.
func Bundled(id string) (p *Pack, ok bool) {
	data, ok := BundledJSON(id)
	if !ok {
		return nil, false
	}
	p, err := Load(data)
	if err != nil {
		panic("policy: bundled pack " + id + ": " + err.Error())
	}
	return p, true
}
