package policy

// Without is a copy of the pack in which everything that rests on a clause is
// switched off: rows that cite it say nothing, and what names it as its clause is
// gone. n counts what was. An example that holds with and without a clause does
// not show the clause (ruling 23).
func (p *Pack) Without(clause string) (out *Pack, n int) {
	out = p.clone()
	for i := range out.Tables {
		for k := range out.Tables[i].Rows {
			if r := &out.Tables[i].Rows[k]; contains(r.Clauses, clause) {
				*r = Row{When: r.When}
				n++
			}
		}
	}
	n += cut(&out.Keywords, func(k *KeywordList) bool { return k.Clause == clause })
	n += cut(&out.Routes, func(r *Route) bool { return r.Clause == clause })
	n += cut(&out.Reports, func(r *Report) bool { return r.Clause == clause })
	n += cut(&out.References, func(r *Reference) bool { return r.Clause == clause })
	n += cut(&out.Risks, func(r *Risk) bool { return r.Clause == clause })
	n += cut(&out.Preconditions, func(c *Precondition) bool { return c.Clause == clause })
	n += cut(&out.Vocabulary.Limbs, func(l *Limb) bool { return l.Clause == clause })
	for i := range out.Detectors {
		if d := &out.Detectors[i]; d.Clause == clause && d.As != "ignore" {
			d.As = "ignore"
			n++
		}
	}
	n += out.withoutTerms(clause)
	out.prepare()
	return out, n
}

// withoutTerms empties what the pack asks beside its tables.
func (p *Pack) withoutTerms(clause string) (n int) {
	if p.Training.Clause == clause {
		p.Training = Training{}
		n++
	}
	if p.Capture.Clause == clause {
		p.Capture = CaptureRules{}
		n++
	}
	if p.Logging.Clause == clause {
		p.Logging = Logging{Content: contentLog[len(contentLog)-1], Events: eventsLog[1], Evidence: evidenceLog[0]}
		n++
	}
	return n
}

// WithoutRow is a copy of the pack in which one row says nothing.
func (p *Pack) WithoutRow(table, row int) *Pack {
	out := p.clone()
	r := &out.Tables[table].Rows[row]
	*r = Row{When: r.When}
	return out
}

// clone copies the pack as far as Without changes it.
func (p *Pack) clone() *Pack {
	out := *p
	out.Tables = append([]Table(nil), p.Tables...)
	for i := range out.Tables {
		out.Tables[i].Rows = append([]Row(nil), p.Tables[i].Rows...)
	}
	out.Detectors = append([]DetectorUse(nil), p.Detectors...)
	return &out
}

// cut replaces a list by a copy without the elements that f names, and counts them.
func cut[T any](list *[]T, f func(*T) bool) (n int) {
	var kept []T
	for i := range *list {
		if f(&(*list)[i]) {
			n++
		} else {
			kept = append(kept, (*list)[i])
		}
	}
	if n > 0 {
		*list = kept
	}
	return n
}
