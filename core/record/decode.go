package record

import (
	"strconv"
	"strings"

	"hanaper/core/canonical"
	"hanaper/core/message"
)

// DecodeCapture reads what a shell asks to keep. Problems are left in d: errors
// are values that are wrong; the five fields may be absent without error, see
// Record.Missing. So may kept.tool, which the caller then fills in.
func DecodeCapture(d *canonical.Decoder, v *canonical.Value) Record {
	r := decode(d, v, false)
	if len(d.Errors) == 0 {
		if n := len(r.Canonical()); n > MaxBytes {
			d.Errors = append(d.Errors, canonical.Problem{Msg: tooMany(n, MaxBytes, "bytes of canonical JSON")})
		}
	}
	return r
}

// Decode reads a record that was kept. Its Value and ID are those of v.
func Decode(d *canonical.Decoder, v *canonical.Value) Record {
	r := decode(d, v, true)
	if v != nil {
		r.source = canonical.Append(nil, *v)
	}
	return r
}

func decode(d *canonical.Decoder, v *canonical.Value, complete bool) Record {
	o := d.Object(v, "")
	defer o.Done()
	if !o.Has("v") {
		o.Fail("v", "is missing")
	}
	r := Record{
		V:         int(o.Int("v", 1, 1, 1)),
		Nonce:     o.Need("nonce"),
		Channel:   need(o, "channel"),
		Chat:      short(o, "chat"),
		Direction: oneOf(o, "direction", "out", "in", "both"),
		Method:    oneOf(o, "method", "verbatim", "screenshot", "export", "import", "transcript", "substance"),
		Fields:    decodeFields(o),
		Observed:  decodeObserved(o),
		Messages:  decodeMessages(o),
		Clauses:   o.Strings("clauses"),
		Series:    short(o, "series"),
		Note:      text(o, "note"),
	}
	if r.Nonce != "" && !isHex(r.Nonce, 32) {
		o.Fail("nonce", "must be 32 lower-case hexadecimal digits")
	}
	if len(r.Clauses) > MaxClauses {
		o.Fail("clauses", tooMany(len(r.Clauses), MaxClauses, "clauses"))
		r.Clauses = nil
	}
	if r.Series == "" {
		r.Series = DefaultSeries
	}
	decodeKept(o, &r, complete)
	if r.Verdict.Digest != "" && redacted(r.Messages) {
		o.Fail("verdict", "has a digest of words that were taken out: they could be guessed from it")
	}
	return r
}

func decodeKept(o *canonical.Obj, r *Record, complete bool) {
	k := o.Obj("kept")
	r.Kept = Kept{By: need(k, "by"), At: need(k, "at"), Tool: short(k, "tool")}
	if complete && !k.Has("tool") {
		k.Fail("tool", "is missing")
	}
	if r.Kept.At != "" && !instant(r.Kept.At) {
		k.Fail("at", "must be an RFC 3339 time: 2026-11-22T14:03:00Z")
	}
	k.Done()
	e := o.Obj("verdict")
	r.Verdict = Verdict{
		Permission: e.Enum("permission", "unknown", "permitted", "permitted_with_regard", "care", "exceptional_only", "prohibited"),
		Duty:       e.Enum("duty", "unknown", "none", "transitory", "consider", "capture"),
		Digest:     digest(e, "digest"),
	}
	e.Done()
}

func decodeFields(o *canonical.Obj) Fields {
	f := o.Obj("fields")
	defer f.Done()
	out := Fields{
		From:            party(f, "from"),
		To:              message.DecodeParties(f, "to"),
		MembersComplete: f.Bool("members_complete", false),
		Date:            f.String("date"),
		Time:            f.String("time"),
		Zone:            f.String("zone"),
		ZoneSource:      f.Enum("zone_source", "device", "page"),
		Precision:       f.Enum("precision", "minute", "second"),
		Subject:         short(f, "subject"),
	}
	for i, p := range out.To {
		if !shows(p) {
			f.Fail("to["+strconv.Itoa(i)+"]", "has neither name nor address")
		}
	}
	if _, _, _, ok := date(out.Date); !ok && !blank(out.Date) {
		f.Fail("date", "must be a date of the calendar, YYYY-MM-DD: 2026-11-22")
	}
	if seconds, ok := clock(out.Time); !blank(out.Time) {
		if !ok {
			f.Fail("time", "must be a time of day, HH:MM or HH:MM:SS: 14:03")
		} else if seconds != (out.Precision == "second") {
			f.Fail("time", "does not have the precision stated: HH:MM goes with minute, HH:MM:SS with second")
		}
	}
	if out.Zone != "" && !zone(out.Zone) {
		f.Fail("zone", "must be an offset from UTC, -12:00 to +14:00: +01:00")
	}
	return out
}

func decodeObserved(o *canonical.Obj) (out Observed) {
	v := o.Obj("observed")
	defer v.Done()
	if v.Has("from") {
		p := party(v, "from")
		out.From = &p
	}
	if v.Has("to") {
		all := message.DecodeParties(v, "to")
		out.To = &all
	}
	if v.Has("members_complete") {
		b := v.Bool("members_complete", false)
		out.MembersComplete = &b
	}
	for _, m := range out.strings() {
		if v.Has(m.name) {
			s := short(v, m.name)
			*m.at = &s
		}
	}
	return out
}

type observedString struct {
	name string
	at   **string
}

// strings lists the members of o that are plain text.
func (o *Observed) strings() [6]observedString {
	return [6]observedString{{"date", &o.Date}, {"time", &o.Time}, {"zone", &o.Zone},
		{"zone_source", &o.ZoneSource}, {"precision", &o.Precision}, {"subject", &o.Subject}}
}

func decodeMessages(o *canonical.Obj) (out []Message) {
	kept := false
	o.Each("messages", func(i int, e *canonical.Obj) {
		m := Message{
			Direction:   e.Enum("direction", "unknown", "in", "out"),
			From:        party(e, "from"),
			At:          e.String("at"),
			Body:        text(e, "body"),
			ContextOnly: e.Bool("context_only", false),
			Attachments: decodeAttachments(e),
		}
		m.Redactions = decodeRedactions(e, m.Body)
		if m.At != "" && !instant(m.At) {
			e.Fail("at", "must be an RFC 3339 time: 2026-11-22T14:03:00Z")
		}
		kept = kept || !m.ContextOnly
		out = append(out, m)
	})
	switch {
	case len(out) > MaxMessages:
		o.Fail("messages", tooMany(len(out), MaxMessages, "messages"))
		return nil
	case !kept:
		o.Fail("messages", "holds no message that is more than context")
	}
	return out
}

// decodeRedactions reads marks in the order of the body; each must be there.
func decodeRedactions(o *canonical.Obj, body string) (out []Redaction) {
	free := int64(0) // where the next mark may begin
	o.Each("redactions", func(_ int, e *canonical.Obj) {
		r := Redaction{At: e.Int("at", 0, 0, message.MaxBody), Length: e.Int("length", 0, 0, message.MaxBody)}
		if r.At < free || !strings.HasPrefix(body[min(r.At, int64(len(body))):], RedactionMark) {
			e.Fail("at", "is not where the body says, after the mark before, that words were taken out")
		}
		if r.Length < 1 {
			e.Fail("length", "must be 1 or more characters")
		}
		free = r.At + int64(len(RedactionMark))
		out = append(out, r)
	})
	return out
}

func redacted(all []Message) bool {
	for i := range all {
		if len(all[i].Redactions) > 0 {
			return true
		}
	}
	return false
}

func decodeAttachments(o *canonical.Obj) (out []Attachment) {
	o.Each("attachments", func(i int, e *canonical.Obj) {
		out = append(out, Attachment{
			Name: short(e, "name"), Type: short(e, "type"),
			Size: e.Int("size", 0, 0, 1<<50), Digest: digest(e, "digest"),
		})
	})
	if len(out) > message.MaxAttachments {
		o.Fail("attachments", tooMany(len(out), message.MaxAttachments, "attachments"))
		return nil
	}
	return out
}

// DecodeSignature reads a signature, nil where there is none, and checks its
// form, not its value.
func DecodeSignature(d *canonical.Decoder, v *canonical.Value) *Signature {
	if v == nil || v.Kind == canonical.Null {
		return nil
	}
	o := d.Object(v, "signature")
	defer o.Done()
	s := &Signature{o.String("algorithm"), o.String("public_key"), o.String("value")}
	for _, p := range s.problems() {
		o.Fail(p.Path, p.Text)
	}
	return s
}

// DecodeAttachmentDigests reads the list of files found with a record, nil where
// it is absent.
func DecodeAttachmentDigests(o *canonical.Obj, name string) (out []AttachmentDigest) {
	if o.Has(name) {
		out = []AttachmentDigest{}
	}
	o.Each(name, func(_ int, e *canonical.Obj) {
		out = append(out, AttachmentDigest{Name: short(e, "name"), Digest: digest(e, "digest")})
	})
	return out
}

func (s *Signature) problems() (out []Problem) {
	if s.Algorithm != "Ed25519" {
		out = append(out, Problem{"algorithm", strconv.Quote(s.Algorithm) + " is not Ed25519"})
	}
	if base64Len(s.PublicKey) != 32 {
		out = append(out, Problem{"public_key", "must be the base64 of 32 bytes"})
	}
	if base64Len(s.Value) != 64 {
		out = append(out, Problem{"value", "must be the base64 of 64 bytes"})
	}
	return out
}

func party(o *canonical.Obj, name string) message.Party {
	e := o.Obj(name)
	defer e.Done()
	return message.Party{Name: short(e, "name"), Address: short(e, "address")}
}

func oneOf(o *canonical.Obj, name string, allowed ...string) string {
	if !o.Has(name) {
		o.Fail(name, "is missing")
	}
	return o.Enum(name, allowed...)
}

func need(o *canonical.Obj, name string) string {
	return limit(o, name, o.Need(name), message.MaxShort)
}

func short(o *canonical.Obj, name string) string {
	return limit(o, name, o.String(name), message.MaxShort)
}

func text(o *canonical.Obj, name string) string {
	return limit(o, name, o.String(name), message.MaxBody)
}

func limit(o *canonical.Obj, name, s string, most int) string {
	if len(s) > most {
		o.Fail(name, tooMany(len(s), most, "bytes"))
		return ""
	}
	return s
}

func digest(o *canonical.Obj, name string) string {
	s := o.String(name)
	if s != "" && (len(s) != 71 || s[:7] != "sha256:" || !isHex(s[7:], 64)) {
		o.Fail(name, "must be sha256: and 64 lower-case hexadecimal digits")
		return ""
	}
	return s
}

func isHex(s string, n int) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return len(s) == n
}

func tooMany(n, most int, unit string) string {
	return "is " + strconv.Itoa(n) + " " + unit + ", the limit is " + strconv.Itoa(most)
}
