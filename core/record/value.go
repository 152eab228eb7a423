package record

import (
	"hanaper/core/canonical"
	"hanaper/core/message"
	"hanaper/core/sha256"
)

// Value is the record as JSON, every member present.
func (r Record) Value() canonical.Value {
	if r.source != nil {
		if v, err := canonical.Parse(r.source, canonical.Limits{Bytes: len(r.source)}); err == nil {
			return v
		}
	}
	v := canonical.Texts("channel", r.Channel, "chat", r.Chat, "direction", r.Direction, "method", r.Method,
		"nonce", r.Nonce, "note", r.Note, "series", r.Series)
	v.Put("clauses", canonical.Strs(r.Clauses))
	v.Put("fields", fieldsValue(&r.Fields))
	v.Put("kept", canonical.Texts("at", r.Kept.At, "by", r.Kept.By, "tool", r.Kept.Tool))
	v.Put("messages", canonical.ListOf(r.Messages, messageValue))
	v.Put("observed", observedValue(&r.Observed))
	v.Put("v", canonical.Num(float64(r.V)))
	v.Put("verdict", canonical.Texts("digest", r.Verdict.Digest, "duty", r.Verdict.Duty, "permission", r.Verdict.Permission))
	return v
}

func fieldsValue(f *Fields) canonical.Value {
	v := canonical.Texts("date", f.Date, "precision", f.Precision, "subject", f.Subject, "time", f.Time,
		"zone", f.Zone, "zone_source", f.ZoneSource)
	v.Put("from", message.PartyValue(&f.From))
	v.Put("members_complete", canonical.Flag(f.MembersComplete))
	v.Put("to", message.PartiesValue(f.To))
	return v
}

func observedValue(o *Observed) canonical.Value {
	v := canonical.Texts()
	if o.From != nil {
		v.Put("from", message.PartyValue(o.From))
	}
	if o.To != nil {
		v.Put("to", message.PartiesValue(*o.To))
	}
	if o.MembersComplete != nil {
		v.Put("members_complete", canonical.Flag(*o.MembersComplete))
	}
	for _, s := range o.strings() {
		if *s.at != nil {
			v.Put(s.name, canonical.Str(**s.at))
		}
	}
	return v
}

func messageValue(m *Message) canonical.Value {
	v := canonical.Texts("at", m.At, "body", m.Body, "direction", m.Direction)
	v.Put("attachments", canonical.ListOf(m.Attachments, attachmentValue))
	v.Put("context_only", canonical.Flag(m.ContextOnly))
	v.Put("from", message.PartyValue(&m.From))
	if len(m.Redactions) > 0 { // a member that came later: without it a record keeps its id
		v.Put("redactions", canonical.ListOf(m.Redactions, redactionValue))
	}
	return v
}

func redactionValue(r *Redaction) canonical.Value {
	v := canonical.Texts()
	v.Put("at", canonical.Num(float64(r.At)))
	v.Put("length", canonical.Num(float64(r.Length)))
	return v
}

func attachmentValue(a *Attachment) canonical.Value {
	v := canonical.Texts("digest", a.Digest, "name", a.Name, "type", a.Type)
	v.Put("size", canonical.Num(float64(a.Size)))
	return v
}

// Canonical is the RFC 8785 form of the record.
func (r Record) Canonical() []byte {
	if r.source != nil {
		return r.source
	}
	return canonical.Append(nil, r.Value())
}

// ID is "sha256:" and 64 hexadecimal digits, of Canonical.
func (r Record) ID() string { return idOf(r.Canonical()) }

func idOf(canonicalJSON []byte) string { return "sha256:" + sha256.Hex(canonicalJSON) }

// FileName is a name for the record's EML file that every file system takes:
// date, time, up to 40 letters of the subject, and the first 8 digits of the id.
//
//	2026-11-22-1403-approval-of-the-lease-6b1f03aa.eml
func (r Record) FileName() string {
	name := ""
	if _, _, _, ok := date(r.Fields.Date); ok {
		name = r.Fields.Date + "-"
	}
	if _, ok := clock(r.Fields.Time); ok {
		name += r.Fields.Time[:2] + r.Fields.Time[3:5] + "-"
	}
	if s := slug(r.Fields.Subject); s != "" {
		name += s + "-"
	}
	return name + r.ID()[7:15] + ".eml"
}

// slug is the subject in a-z, 0-9 and single hyphens; letters that have no Latin
// look-alike are left out.
func slug(subject string) string {
	const most = 40
	t := message.Normalize("", subject)
	var out []byte
	for i := 0; i < len(t.Norm); i++ {
		c := t.Norm[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		switch {
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
			out = append(out, c)
		case c < 0x80 && len(out) > 0 && out[len(out)-1] != '-':
			out = append(out, '-')
		}
	}
	if len(out) > most {
		cut := most
		for cut > most/2 && out[cut] != '-' {
			cut--
		}
		if cut == most/2 {
			cut = most
		}
		out = out[:cut]
	}
	for len(out) > 0 && out[len(out)-1] == '-' {
		out = out[:len(out)-1]
	}
	return string(out)
}
