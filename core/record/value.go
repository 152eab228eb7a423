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
	messages := make([]canonical.Value, len(r.Messages))
	for i := range r.Messages {
		messages[i] = messageValue(&r.Messages[i])
	}
	return canonical.Fields(
		canonical.F("channel", canonical.Str(r.Channel)),
		canonical.F("chat", canonical.Str(r.Chat)),
		canonical.F("clauses", canonical.Strs(r.Clauses)),
		canonical.F("direction", canonical.Str(r.Direction)),
		canonical.F("fields", fieldsValue(&r.Fields)),
		canonical.F("kept", canonical.Fields(
			canonical.F("at", canonical.Str(r.Kept.At)),
			canonical.F("by", canonical.Str(r.Kept.By)),
			canonical.F("tool", canonical.Str(r.Kept.Tool)))),
		canonical.F("messages", canonical.List(messages)),
		canonical.F("method", canonical.Str(r.Method)),
		canonical.F("nonce", canonical.Str(r.Nonce)),
		canonical.F("note", canonical.Str(r.Note)),
		canonical.F("observed", observedValue(&r.Observed)),
		canonical.F("series", canonical.Str(r.Series)),
		canonical.F("v", canonical.Num(float64(r.V))),
		canonical.F("verdict", canonical.Fields(
			canonical.F("digest", canonical.Str(r.Verdict.Digest)),
			canonical.F("duty", canonical.Str(r.Verdict.Duty)),
			canonical.F("permission", canonical.Str(r.Verdict.Permission)))),
	)
}

func fieldsValue(f *Fields) canonical.Value {
	return canonical.Fields(
		canonical.F("date", canonical.Str(f.Date)),
		canonical.F("from", message.PartyValue(f.From)),
		canonical.F("members_complete", canonical.Flag(f.MembersComplete)),
		canonical.F("precision", canonical.Str(f.Precision)),
		canonical.F("subject", canonical.Str(f.Subject)),
		canonical.F("time", canonical.Str(f.Time)),
		canonical.F("to", partiesValue(f.To)),
		canonical.F("zone", canonical.Str(f.Zone)),
		canonical.F("zone_source", canonical.Str(f.ZoneSource)),
	)
}

func observedValue(o *Observed) canonical.Value {
	var m []canonical.Member
	if o.From != nil {
		m = append(m, canonical.F("from", message.PartyValue(*o.From)))
	}
	if o.To != nil {
		m = append(m, canonical.F("to", partiesValue(*o.To)))
	}
	if o.MembersComplete != nil {
		m = append(m, canonical.F("members_complete", canonical.Flag(*o.MembersComplete)))
	}
	for _, s := range o.strings() {
		if *s.at != nil {
			m = append(m, canonical.F(s.name, canonical.Str(**s.at)))
		}
	}
	return canonical.Fields(m...)
}

func messageValue(m *Message) canonical.Value {
	att := make([]canonical.Value, len(m.Attachments))
	for i, a := range m.Attachments {
		att[i] = canonical.Fields(
			canonical.F("digest", canonical.Str(a.Digest)),
			canonical.F("name", canonical.Str(a.Name)),
			canonical.F("size", canonical.Num(float64(a.Size))),
			canonical.F("type", canonical.Str(a.Type)))
	}
	return canonical.Fields(
		canonical.F("at", canonical.Str(m.At)),
		canonical.F("attachments", canonical.List(att)),
		canonical.F("body", canonical.Str(m.Body)),
		canonical.F("context_only", canonical.Flag(m.ContextOnly)),
		canonical.F("direction", canonical.Str(m.Direction)),
		canonical.F("from", message.PartyValue(m.From)),
	)
}

func partiesValue(all []message.Party) canonical.Value {
	out := make([]canonical.Value, len(all))
	for i, p := range all {
		out[i] = message.PartyValue(p)
	}
	return canonical.List(out)
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
