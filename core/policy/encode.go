package policy

import "hanaper/core/canonical"

// EncodeVerdict is the verdict's JSON: every member is there, a list is never
// null. Its members are those of the struct tags of Verdict.
func EncodeVerdict(v *Verdict) canonical.Value {
	return canonical.Fields(
		canonical.F("v", canonical.Num(float64(v.V))),
		canonical.F("id", canonical.Str(v.ID)),
		canonical.F("permission", canonical.Str(v.Permission)),
		canonical.F("duty", canonical.Str(v.Duty)),
		canonical.F("action", canonical.Str(v.Action)),
		canonical.F("scope", canonical.Fields(
			canonical.F("class", canonical.Str(v.Scope.Class)),
			canonical.F("probability", canonical.Num(v.Scope.Probability)))),
		canonical.F("significance", canonical.Fields(
			canonical.F("probability", canonical.Num(v.Significance.Probability)),
			canonical.F("significant", canonical.Flag(v.Significance.Significant)),
			canonical.F("limbs", canonical.Strs(v.Significance.Limbs)),
			canonical.F("acts", canonical.Strs(v.Significance.Acts)))),
		canonical.F("marking", canonical.Str(v.Marking)),
		canonical.F("reasons", encodeList(v.Reasons, encodeReason)),
		canonical.F("obligations", encodeList(v.Obligations, func(o *Obligation) canonical.Value {
			return texts("kind", o.Kind, "to", o.To, "by", o.By)
		})),
		canonical.F("advice", encodeList(v.Advice, func(a *Advice) canonical.Value {
			return texts("kind", a.Kind, "text_id", a.TextID, "text", a.Text)
		})),
		canonical.F("digest", canonical.Str(v.Digest)),
		canonical.F("packs", encodeList(v.Packs, func(p *PackRef) canonical.Value {
			out := texts("id", p.ID, "version", p.Version, "extended", p.Extended, "fail_mode", p.FailMode)
			out.Obj = append(out.Obj, canonical.F("overdue", canonical.Flag(p.Overdue)))
			return out
		})),
		canonical.F("core", canonical.Str(v.Core)),
		canonical.F("warnings", encodeList(v.Warnings, func(w *Warning) canonical.Value {
			return texts("field", w.Field, "text", w.Text)
		})),
		canonical.F("error", canonical.Str(v.Error)),
	)
}

func encodeReason(r *Reason) canonical.Value {
	out := texts("pack", r.Pack, "clause", r.Clause, "para", r.Para, "text_id", r.TextID, "text", r.Text,
		"action", r.Action, "detector", r.Detector, "once", r.Once, "override", r.Override)
	spans := make([]canonical.Value, len(r.Spans))
	for i, s := range r.Spans {
		spans[i] = canonical.Fields(canonical.F("field", canonical.Str(s.Field)),
			canonical.F("start", canonical.Num(float64(s.Start))), canonical.F("end", canonical.Num(float64(s.End))))
	}
	out.Obj = append(out.Obj,
		canonical.F("also", canonical.Strs(r.Also)),
		canonical.F("spans", canonical.List(spans)),
		canonical.F("confidence", canonical.Num(r.Confidence)))
	return out
}

// texts is an object of strings: name, value, name, value.
func texts(pairs ...string) canonical.Value {
	m := make([]canonical.Member, 0, len(pairs)/2+3)
	for i := 0; i < len(pairs); i += 2 {
		m = append(m, canonical.F(pairs[i], canonical.Str(pairs[i+1])))
	}
	return canonical.Fields(m...)
}

func encodeList[T any](list []T, encode func(*T) canonical.Value) canonical.Value {
	out := make([]canonical.Value, len(list))
	for i := range list {
		out[i] = encode(&list[i])
	}
	return canonical.List(out)
}
