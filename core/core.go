// Package core is the judgement: pure functions from JSON to JSON, the same in
// the browser, the desktop, the gateway and tests.
//
// Two functions matter. Evaluate says whether a draft may be sent where it is
// being written and whether it must be kept. Capture makes a record of messages
// a person chose to keep. Everything they need is in their arguments: the core
// has no clock, file, network or random source.
//
// Handle is the same by name, for hosts: operation and JSON in, canonical JSON
// (RFC 8785) out.
//
//	evaluate  {"draft":{...},"settings":{...},"at":"RFC 3339"}  -> verdict (schema/verdict.schema.json)
//	capture   {"capture":{...}}                                 -> {"id","record","missing":[],"error"}
//	render    {"record":{...},"signature":{...}|null}           -> {"eml","file_name","error"}
//	verify    {"record":{...},"signature":...,"attachments":[]} -> {"ok","id","problems":[]}
//	info      {"language":"en","packs":[ids]}                   -> {"core","packs":[...],"channels":[...]}
//	install   {"packs":[{"json","trust","signer"}]}             -> {"packs":[...],"problems":[{"index","text"}]}
//
// install alone leaves something behind: the packs from outside that later calls
// judge by, in the place of those installed before. They are a host's to give
// again after a trap, and are named in every verdict.
package core

import (
	"strings"

	"hanaper/core/canonical"
	"hanaper/core/classify"
	"hanaper/core/classify/drift"
	"hanaper/core/detect"
	"hanaper/core/marking"
	"hanaper/core/message"
	"hanaper/core/policy"
)

// Version is the core's own; it changes whenever a verdict may.
const Version = "0.1.0"

// MaxRequest is the largest request in bytes: a draft at its limits, escaped.
const MaxRequest = canonical.MaxBytes

// DefaultPack judges where the settings name none.
const DefaultPack = "uk-nccc-2023"

// Handle runs one operation. It always answers: what cannot be read or done is
// said in the result's error.
func Handle(op string, in []byte) (out []byte) {
	defer func() {
		if r := recover(); r != nil { // a defect of ours must not look like "fine"
			out = failure(op, "internal error: "+reason(r))
		}
	}()
	v, err := canonical.Parse(in, canonical.Limits{})
	if err != nil {
		return failure(op, err.Error())
	}
	switch op {
	case "evaluate":
		return evaluate(&v)
	case "capture":
		return capture(&v)
	case "render":
		return render(&v)
	case "verify":
		return verify(&v)
	case "info":
		return info(&v)
	case "install":
		return install(&v)
	}
	return failure(op, "no operation "+op)
}

func reason(r any) string {
	switch r := r.(type) {
	case error:
		return r.Error()
	case string:
		return r
	}
	return "unknown"
}

func failure(op, msg string) []byte {
	if op == "evaluate" {
		v := Unknown(msg)
		return canonical.Append(nil, policy.EncodeVerdict(&v))
	}
	return canonical.Append(nil, canonical.Texts("error", msg))
}

// Unknown is the verdict on something that could not be judged.
func Unknown(msg string) policy.Verdict {
	return policy.Verdict{
		V: 1, Permission: "unknown", Duty: "unknown", Action: "unknown",
		Scope: policy.Scope{Class: "unclear"}, Core: Version, Error: msg,
	}
}

// usualVerdict is as many bytes as most verdicts have.
const usualVerdict = 2048

func evaluate(v *canonical.Value) []byte {
	var d canonical.Decoder
	o := d.Object(v, "")
	at := o.String("at")
	set := policy.DecodeSettings(&d, o.Any("settings"))
	drafts := canonical.Decoder{} // its own, so that paths are the draft's
	raw := o.Any("draft")
	if raw == nil {
		o.Fail("draft", "is missing")
	}
	draft := message.DecodeDraft(&drafts, raw)
	o.Done()
	var verdict policy.Verdict
	switch {
	case d.Err(true) != nil: // the request is our own hosts': no unknown member is let by
		verdict = Unknown(d.Err(true).Error())
	case drafts.Err(false) != nil:
		verdict = Unknown("draft: " + drafts.Err(false).Error())
	default:
		verdict = Evaluate(&draft, &set, at)
	}
	verdict.ID = draft.ID
	for _, p := range drafts.Unknown {
		verdict.Warnings = append(verdict.Warnings, policy.Warning{Field: p.Path, Text: p.Msg})
	}
	return canonical.Append(make([]byte, 0, usualVerdict), policy.EncodeVerdict(&verdict))
}

// Evaluate judges a draft. at is the time of judging, RFC 3339; where it is
// empty the draft's own time counts, and where that is empty too nothing that
// depends on the day (overdue packs, authorisations) is in force.
func Evaluate(d *message.Draft, set *policy.Settings, at string) policy.Verdict {
	packs, err := installed().Packs(set.Packs)
	if err != nil {
		return Unknown(err.Error())
	}
	return EvaluateWith(d, set, packs, at)
}

// EvaluateWith is Evaluate with packs that were loaded by the caller.
func EvaluateWith(d *message.Draft, set *policy.Settings, packs []*policy.Pack, at string) policy.Verdict {
	if at == "" {
		at = d.At
	}
	in := Inspect(d, Protected(set, packs))
	next := watch(&in, set.Drift)
	v := policy.Decide(in, packs, *set, at)
	v.V, v.ID, v.Core, v.Drift = 1, d.ID, Version, next
	v.Digest = d.Digest(set.Generation)
	if h, ok := hint(&in, set, packs, at, &v); ok {
		v.Advice = append([]policy.Advice{h}, v.Advice...)
	}
	return v
}

// Protected are the domains that no link may imitate: the packs' and the
// organisation's own.
func Protected(set *policy.Settings, packs []*policy.Pack) []string {
	all := set.Organisation.Domains
	for _, p := range packs {
		all = append(all[:len(all):len(all)], p.Protected...)
	}
	return all
}

// Inspect reads a draft: its markings, what the detectors find, its class. No
// pack and no setting takes part but the domains that no link may imitate (Protected).
func Inspect(d *message.Draft, protected []string) policy.Input {
	in := policy.Input{Draft: *d}
	read := []message.Text{message.Normalize("body", d.Body)}
	if d.Subject != "" {
		read = append(read, message.Normalize("subject", d.Subject))
	}
	in.Texts = read
	for i := range read {
		in.Markings = append(in.Markings, marking.Parse(&read[i])...)
		in.Findings = append(in.Findings, findings(d, &read[i], protected)...)
	}
	for i, a := range d.Attachments {
		name := message.Normalize(canonical.Index("attachments", i)+".name", a.Name)
		in.Texts = append(in.Texts, name)
		in.Markings = append(in.Markings, marking.Parse(&name)...)
		in.Findings = append(in.Findings, detect.ScanName(&name)...)
	}
	in.Class = classify.Judge(classifyInput(d, &read[0], in.Markings))
	return in
}

// findings are the detectors' of a body, which may answer the message before it, or
// of a subject.
func findings(d *message.Draft, t *message.Text, protected []string) []detect.Finding {
	if n := len(d.Context); n > 0 && t.Field == "body" {
		return detect.ScanAnswer(d.Context[n-1].Body, t, protected...)
	}
	return detect.Scan(t, protected...)
}

// watch counts the message in a chat that the person set to personal, and gives what
// is known of the chat with it; nil where the chat is not watched.
func watch(in *policy.Input, known []int64) []int64 {
	if known == nil || in.Draft.ChatScope != message.ScopePersonal {
		return nil
	}
	s := drift.Of(known)
	if in.Class.Known {
		s = s.Next(int(in.Class.Business))
	}
	in.Drift = s.Drifted()
	return s.Numbers()
}

func classifyInput(d *message.Draft, body *message.Text, marks []marking.Marking) classify.Input {
	if plain := unmarked(d.Body, marks); plain != d.Body {
		t := message.Normalize("body", plain)
		body = &t
	}
	in := classify.Input{Body: body, Context: d.Context}
	if ch, ok := message.ChannelByID(d.Channel); ok {
		in.Mail = ch.Kind == message.KindMail
	} else {
		in.Mail = d.Subject != "" // no channel named: a subject line is mail's
	}
	about := d.Subject
	if about == "" {
		about = d.Title
	}
	if about != "" {
		t := message.Normalize("subject", about)
		in.Subject = &t
	}
	return in
}

// unmarked blanks the markings in a body, keeping every offset: the label says
// nothing about what the message does, and the model has hardly seen any.
func unmarked(body string, marks []marking.Marking) string {
	for _, m := range marks {
		if m.Span.Field == "body" {
			body = body[:m.Span.Start] + strings.Repeat(" ", m.Span.End-m.Span.Start) + body[m.Span.End:]
		}
	}
	return body
}
