package core

import (
	"strconv"
	"sync"

	"hanaper/core/canonical"
	"hanaper/core/policy"
)

// loaded keeps the bundled packs: loading one takes about a millisecond, and a
// loaded pack is never changed.
var loaded = func() map[string]func() *policy.Pack {
	m := map[string]func() *policy.Pack{}
	for _, id := range policy.BundledIDs {
		m[id] = sync.OnceValue(func() *policy.Pack {
			p, _ := policy.Bundled(id)
			return p
		})
	}
	return m
}()

// Pack returns a bundled pack; ok is false where there is none of that id.
func Pack(id string) (p *policy.Pack, ok bool) {
	load, ok := loaded[id]
	if !ok {
		return nil, false
	}
	return load(), true
}

func unknownPack(id string) string {
	return "no pack " + strconv.Quote(id) + " is bundled; these are: " + join(policy.BundledIDs[:])
}

// describe is what info says of a pack: its source, every clause, for "Why?", and its
// ceiling for each log.
func describe(p *policy.Pack) canonical.Value {
	clauses := make([]canonical.Value, len(p.Clauses))
	for i, c := range p.Clauses {
		clauses[i] = canonical.Texts("id", c.ID, "para", c.Para, "para_fr", c.ParaFR, "text", c.Text, "text_fr", c.TextFR)
	}
	v := canonical.Texts("id", p.ID, "version", p.Version, "jurisdiction", p.Jurisdiction, "title", p.Source.Title,
		"url", p.Source.URL, "published", p.Source.Published, "review_by", p.Source.ReviewBy, "fail_mode", p.FailMode,
		"superseded_by", p.Source.SupersededBy, "overlay", p.Of, "trust", p.Origin(), "signer", p.Signer)
	v.Put("clauses", canonical.List(clauses))
	v.Put("languages", canonical.Strs(p.Languages))
	l := &p.Logging
	v.Put("logging", canonical.Texts("clause", l.Clause, "content", l.Content, "events", l.Events, "evidence", l.Evidence))
	return v
}
