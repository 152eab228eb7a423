package policy

// Whence a pack came. Who made the signature out, and whether that key may sign
// packs, is for the shell to decide by the organisation's policy; the core is told.
const (
	TrustBundled  = "bundled"  // compiled into the core
	TrustSigned   = "signed"   // by a key the organisation trusts
	TrustUnsigned = "unsigned" // loaded by the person: it can only tighten
)

// Origin is Trust, bundled where nothing is said.
func (p *Pack) Origin() string { return either(p.Trust == "", TrustBundled, p.Trust) }

// Unsigned marks a pack that nobody trusted signed, and takes from it what is more
// than tightening: advice to delete, a message held back without an answer, alerts
// that go out by themselves, and protected domains (a link to one is never doubted). That it joins others and never stands in for
// one is for whoever puts packs together (core.Evaluate).
func (p *Pack) Unsigned() {
	p.Trust, p.Signer, p.FailMode = TrustUnsigned, "", "open"
	p.Protected = nil
	for i := range p.Tables {
		for k := range p.Tables[i].Rows {
			p.Tables[i].Rows[k].keepAll()
		}
	}
	for i := range p.Routes {
		p.Routes[i].Transport = "draft"
	}
}

// keepAll takes advice to delete out of a row.
func (r *Row) keepAll() {
	var kept []AdviceRef
	for _, a := range r.Advice {
		if a.Kind != deletion {
			kept = append(kept, a)
		}
	}
	r.Advice = kept
}
