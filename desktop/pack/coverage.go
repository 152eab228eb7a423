package pack

import (
	_ "embed"
	"encoding/json"
	"sync"
)

//go:generate go run hanaper/desktop/pack/coverage

// coverageJSON (and docs/coverage.md from it) is made by desktop/pack/coverage from core/policy/coverage and the
// bundled packs with their examples.
//
//go:embed coverage.json
var coverageJSON []byte

// CoverageRow says how far a requirement is met. A row reads "done" only where
// switching its rule off was seen to make a test or an example fail; claimed and
// not so proven it reads "partial" (ruling 23).
type CoverageRow struct {
	ID     string   `json:"id"`
	Pack   string   `json:"pack"`   // the rule book it is of, "" for what concerns several
	Para   string   `json:"para"`   // as people cite it
	Status string   `json:"status"` // done, partial, organisation or later
	Served string   `json:"served"` // what serves it
	Tests  []string `json:"tests"`
	Proven []string `json:"proven"` // how it was seen to fail when switched off: names of examples, "tables", or "switched off" in its sources
	Remark string   `json:"remark"`
}

// Coverage lists every requirement, in the order of the rule books.
var Coverage = sync.OnceValue(func() (rows []CoverageRow) {
	if err := json.Unmarshal(coverageJSON, &rows); err != nil { // a test reads it
		panic("pack: coverage.json: " + err.Error())
	}
	return rows
})
