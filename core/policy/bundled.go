package policy

import _ "embed" // the compiled packs

//go:generate go run hanaper/desktop/pack/compile pack/uk-nccc-2023 pack/ca-im-protocol pack/us-nc-030319

var (
	//go:embed pack/uk-nccc-2023/pack.json
	packUK []byte
	//go:embed pack/ca-im-protocol/pack.json
	packCA []byte
	//go:embed pack/us-nc-030319/pack.json
	packNC []byte
)

// BundledIDs are the ids of the packs compiled into the core.
var BundledIDs = [...]string{"uk-nccc-2023", "ca-im-protocol", "us-nc-030319"}

// Bundled loads a pack that is compiled into the core; ok is false where there
// is none of that id. Loading takes about a millisecond: keep the result.
func Bundled(id string) (p *Pack, ok bool) {
	for i, source := range [...][]byte{packUK, packCA, packNC} {
		if BundledIDs[i] != id {
			continue
		}
		p, err := Load(source)
		if err != nil { // a test loads every one of them
			panic("policy: bundled pack " + id + ": " + err.Error())
		}
		return p, true
	}
	return nil, false
}
