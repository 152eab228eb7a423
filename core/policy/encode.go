package policy

import (
	"hanaper/core/canonical"
	"hanaper/core/message"
)

// EncodeVerdict is the verdict's JSON: every member is there, a list is never
// null. Its members are those of the struct tags of Verdict.
func EncodeVerdict(v *Verdict) canonical.Value {
	var scope, significance, m members
	scope.texts("class", v.Scope.Class)
	scope.add("probability", canonical.Num(v.Scope.Probability))
	significance.add("probability", canonical.Num(v.Significance.Probability))
	significance.add("significant", canonical.Flag(v.Significance.Significant))
	significance.add("limbs", canonical.Strs(v.Significance.Limbs))
	significance.add("acts", canonical.Strs(v.Significance.Acts))
	m.texts("id", v.ID, "permission", v.Permission, "duty", v.Duty, "action", v.Action, "marking", v.Marking,
		"digest", v.Digest, "core", v.Core, "error", v.Error)
	m.add("v", canonical.Num(float64(v.V)))
	m.add("scope", canonical.Fields(scope...))
	m.add("significance", canonical.Fields(significance...))
	m.add("reasons", encodeList(v.Reasons, encodeReason))
	m.add("obligations", encodeList(v.Obligations, func(o *Obligation) (m members) {
		m.texts("kind", o.Kind, "to", o.To, "by", o.By)
		return m
	}))
	m.add("advice", encodeList(v.Advice, func(a *Advice) (m members) {
		m.texts("kind", a.Kind, "text_id", a.TextID, "text", a.Text)
		return m
	}))
	m.add("packs", encodeList(v.Packs, func(p *PackRef) (m members) {
		m.texts("id", p.ID, "version", p.Version, "extended", p.Extended, "fail_mode", p.FailMode)
		m.add("overdue", canonical.Flag(p.Overdue))
		return m
	}))
	m.add("warnings", encodeList(v.Warnings, func(w *Warning) (m members) {
		m.texts("field", w.Field, "text", w.Text)
		return m
	}))
	return canonical.Fields(m...)
}

func encodeReason(r *Reason) (m members) {
	m.texts("pack", r.Pack, "clause", r.Clause, "para", r.Para, "text_id", r.TextID, "text", r.Text,
		"action", r.Action, "detector", r.Detector, "once", r.Once, "override", r.Override)
	m.add("also", canonical.Strs(r.Also))
	m.add("spans", encodeList(r.Spans, func(s *message.Span) (m members) {
		m.texts("field", s.Field)
		m.add("start", canonical.Num(float64(s.Start)))
		m.add("end", canonical.Num(float64(s.End)))
		return m
	}))
	m.add("confidence", canonical.Num(r.Confidence))
	return m
}

// members are those of one object. Its methods keep the code small: a Value is
// large, and composed in place it is copied once more for every level.
type members []canonical.Member

//go:noinline
func (m *members) add(name string, v canonical.Value) { *m = append(*m, canonical.F(name, v)) }

// texts adds strings: name, value, name, value.
func (m *members) texts(pairs ...string) {
	for i := 0; i < len(pairs); i += 2 {
		m.add(pairs[i], canonical.Str(pairs[i+1]))
	}
}

func encodeList[T any](list []T, encode func(*T) members) canonical.Value {
	out := make([]canonical.Value, len(list))
	for i := range list {
		out[i] = canonical.Fields(encode(&list[i])...)
	}
	return canonical.List(out)
}
