// Package record makes fixed evidence of kept messages.
//
// A Record is a JSON object (schema/record.schema.json). Its canonical form is
// RFC 8785; its id is "sha256:" and the hexadecimal SHA-256 of those bytes:
//
//	{"channel":"whatsapp",...,"v":1}  ->  sha256:6b1f...
//
// A record has five fields, or it is none: to, from, date, time and subject
// (ca-im-protocol, employees, paragraph 5). EML renders it for people and mail
// stores; the JSON part inside is the evidence, the rest is reading matter.
// Verify recomputes everything that can be without a key: form, fields, id,
// attachments. The signature itself is checked by the shell, over SignedBytes.
package record

import "hanaper/core/message"

// Record is what was kept. It does not change: Value and ID of a record that
// Decode read are those of the JSON read, members this version does not know
// included.
type Record struct {
	V         int       `json:"v"`         // 1
	Nonce     string    `json:"nonce"`     // 32 lower-case hexadecimal digits: 128 random bits, so that a short text cannot be guessed from the id
	Channel   string    `json:"channel"`   // a channel id: whatsapp
	Chat      string    `json:"chat"`      // the chat's title
	Direction string    `json:"direction"` // out, in or both
	Method    string    `json:"method"`    // verbatim, screenshot, export, import, transcript or substance
	Fields    Fields    `json:"fields"`    // as the person left them
	Observed  Observed  `json:"observed"`  // what the page showed, where the person corrected it
	Messages  []Message `json:"messages"`  // oldest first; one at least is not context
	Kept      Kept      `json:"kept"`      //
	Clauses   []string  `json:"clauses"`   // pack/clause: uk-nccc-2023/UK-19
	Verdict   Verdict   `json:"verdict"`   // on the draft or message, as far as there was one
	Series    string    `json:"series"`    // place in the file plan; DefaultSeries until it is filed
	Note      string    `json:"note"`      // the person's judgement, in their words

	source []byte // canonical bytes this record was read from; nil for a capture
}

// Fields are the five of the protocol and what their precision rests on.
type Fields struct {
	From            message.Party   `json:"from"`
	To              []message.Party `json:"to"`
	MembersComplete bool            `json:"members_complete"` // To lists everybody who saw it
	Date            string          `json:"date"`             // YYYY-MM-DD, in Zone
	Time            string          `json:"time"`             // HH:MM, or HH:MM:SS where Precision is second
	Zone            string          `json:"zone"`             // offset from UTC, +01:00; "" where not known
	ZoneSource      string          `json:"zone_source"`      // device or page
	Precision       string          `json:"precision"`        // minute or second
	Subject         string          `json:"subject"`
}

// Observed holds the members of Fields that the person corrected, with the value
// the page showed; nil means not corrected. The values are as shown and need not
// be well formed.
type Observed struct {
	From            *message.Party   `json:"from"`
	To              *[]message.Party `json:"to"`
	MembersComplete *bool            `json:"members_complete"`
	Date            *string          `json:"date"`
	Time            *string          `json:"time"`
	Zone            *string          `json:"zone"`
	ZoneSource      *string          `json:"zone_source"`
	Precision       *string          `json:"precision"`
	Subject         *string          `json:"subject"`
}

// Message is one message of the record. With method substance the body is the
// note of what was said.
type Message struct {
	Direction   string        `json:"direction"` // in, out or unknown
	From        message.Party `json:"from"`
	At          string        `json:"at"` // RFC 3339, "" where not known
	Body        string        `json:"body"`
	ContextOnly bool          `json:"context_only"` // shown for understanding, not itself what was kept
	Attachments []Attachment  `json:"attachments"`
	Redactions  []Redaction   `json:"redactions"` // in the order of the body; absent where nothing was taken out
}

// Redaction marks where the person took words out before keeping (ruling 10). The
// words are nowhere in the record; RedactionMark stands in their place.
type Redaction struct {
	At     int64 `json:"at"`     // byte offset into Body, UTF-8, where RedactionMark begins
	Length int64 `json:"length"` // characters (code points) taken out, 1 at least
}

// RedactionMark is what stands in a body for words taken out: five full blocks,
// U+2588, however many words there were.
const RedactionMark = "\u2588\u2588\u2588\u2588\u2588"

// Attachment is a file of a message.
type Attachment struct {
	Name   string `json:"name"`
	Type   string `json:"type"`   // media type, "" where not known
	Size   int64  `json:"size"`   // bytes, 0 where not known
	Digest string `json:"digest"` // sha256: and 64 hexadecimal digits, "" where the content was not kept
}

// Kept says who made the record, when and with what.
type Kept struct {
	By   string `json:"by"`   // name or address
	At   string `json:"at"`   // RFC 3339
	Tool string `json:"tool"` // hanaper and the core version
}

// Verdict is the part of a verdict a record keeps.
type Verdict struct {
	Permission string `json:"permission"`
	Duty       string `json:"duty"`
	Digest     string `json:"digest"` // of the draft judged
}

// Signature is the detached signature of the device that kept the record, over
// SignedBytes of the id.
type Signature struct {
	Algorithm string `json:"algorithm"`  // Ed25519
	PublicKey string `json:"public_key"` // base64 of 32 bytes
	Value     string `json:"value"`      // base64 of 64 bytes
}

// DefaultSeries is the series of a record nobody has filed yet.
const DefaultSeries = "to be filed"

// Limits of a record. A larger one is refused before it is kept, so that what
// was kept can always be read and verified again.
const (
	MaxBytes    = 4 << 20 // canonical bytes
	MaxMessages = 4096
	MaxClauses  = 256
)

// SignedBytes is what a Signature signs.
func SignedBytes(id string) []byte { return []byte("hanaper record v1\n" + id) }

// Missing names the fields a record cannot be without and that this one lacks,
// in the protocol's order. Text that shows nothing (spaces, invisible
// characters) counts as absent.
func (r Record) Missing() []string {
	out := []string{}
	for _, f := range [...]struct {
		name  string
		there bool
	}{
		{"to", anyParty(r.Fields.To)},
		{"from", shows(r.Fields.From)},
		{"date", !blank(r.Fields.Date)},
		{"time", !blank(r.Fields.Time)},
		{"subject", !blank(r.Fields.Subject)},
	} {
		if !f.there {
			out = append(out, f.name)
		}
	}
	return out
}

func anyParty(all []message.Party) bool {
	for _, p := range all {
		if shows(p) {
			return true
		}
	}
	return false
}

func shows(p message.Party) bool { return !blank(p.Name) || !blank(p.Address) }

func blank(s string) bool {
	t := message.Normalize("", s)
	for i := 0; i < len(t.Norm); i++ {
		if t.Norm[i] > ' ' {
			return false
		}
	}
	return true
}
