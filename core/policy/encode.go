package policy

import (
	"hanaper/core/canonical"
	"hanaper/core/message"
)

// EncodeVerdict is the verdict's JSON: every member is there, a list is never
// null. Its members are those of the struct tags of Verdict.
func EncodeVerdict(v *Verdict) canonical.Value {
	out := canonical.Texts("id", v.ID, "permission", v.Permission, "duty", v.Duty, "action", v.Action,
		"marking", v.Marking, "digest", v.Digest, "core", v.Core, "error", v.Error)
	scope := canonical.Texts("class", v.Scope.Class)
	scope.Put("probability", canonical.Num(v.Scope.Probability))
	significance := canonical.Texts()
	significance.Put("probability", canonical.Num(v.Significance.Probability))
	significance.Put("significant", canonical.Flag(v.Significance.Significant))
	significance.Put("limbs", canonical.Strs(v.Significance.Limbs))
	significance.Put("acts", canonical.Strs(v.Significance.Acts))
	out.Put("drift", canonical.ListOf(v.Drift, func(n *int64) canonical.Value { return canonical.Num(float64(*n)) }))
	out.Put("v", canonical.Num(float64(v.V)))
	out.Put("scope", scope)
	out.Put("significance", significance)
	out.Put("reasons", canonical.ListOf(v.Reasons, encodeReason))
	out.Put("obligations", canonical.ListOf(v.Obligations, func(o *Obligation) canonical.Value {
		return canonical.Texts("kind", o.Kind, "to", o.To, "by", o.By)
	}))
	out.Put("advice", canonical.ListOf(v.Advice, func(a *Advice) canonical.Value {
		advice := canonical.Texts("kind", a.Kind, "text_id", a.TextID, "text", a.Text)
		advice.Put("spans", canonical.ListOf(a.Spans, encodeSpan))
		return advice
	}))
	out.Put("packs", canonical.ListOf(v.Packs, func(p *PackRef) canonical.Value {
		ref := canonical.Texts("id", p.ID, "version", p.Version, "extended", p.Extended, "fail_mode", p.FailMode,
			"superseded_by", p.SupersededBy, "trust", p.Trust, "signer", p.Signer)
		ref.Put("overdue", canonical.Flag(p.Overdue))
		return ref
	}))
	out.Put("warnings", canonical.ListOf(v.Warnings, func(w *Warning) canonical.Value {
		return canonical.Texts("field", w.Field, "text", w.Text)
	}))
	return out
}

func encodeReason(r *Reason) canonical.Value {
	out := canonical.Texts("pack", r.Pack, "clause", r.Clause, "para", r.Para, "text_id", r.TextID, "text", r.Text,
		"action", r.Action, "detector", r.Detector, "once", r.Once, "override", r.Override)
	out.Put("also", canonical.Strs(r.Also))
	out.Put("spans", canonical.ListOf(r.Spans, encodeSpan))
	out.Put("confidence", canonical.Num(r.Confidence))
	return out
}

func encodeSpan(s *message.Span) canonical.Value {
	v := canonical.Texts("field", s.Field)
	v.Put("start", canonical.Num(float64(s.Start)))
	v.Put("end", canonical.Num(float64(s.End)))
	return v
}
