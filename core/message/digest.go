package message

import (
	"hanaper/core/canonical"
	"hanaper/core/sha256"
)

// Canonical returns the canonical JSON of everything a verdict depends on that
// the person or the page can change: channel, account, device, chat, recipients,
// subject, body, attachments, timer, hold, and generation, a number the shell
// raises when settings, packs or holds change. Not the time, not the id and not
// the context. Two drafts with equal canonical forms get equal verdicts on a day.
func (d *Draft) Canonical(generation int64) []byte {
	to := make([]canonical.Value, len(d.To))
	for i, p := range d.To {
		to[i] = PartyValue(p)
	}
	att := make([]canonical.Value, len(d.Attachments))
	for i, a := range d.Attachments {
		att[i] = AttachmentValue(a)
	}
	return canonical.Append(nil, canonical.Fields(
		canonical.F("account", canonical.Str(d.Account)),
		canonical.F("attachments", canonical.List(att)),
		canonical.F("body", canonical.Str(d.Body)),
		canonical.F("channel", canonical.Str(d.Channel)),
		canonical.F("chat_scope", canonical.Str(string(d.ChatScope))),
		canonical.F("device", canonical.Str(string(d.Device))),
		canonical.F("generation", canonical.Num(float64(generation))),
		canonical.F("hold", canonical.Str(string(d.Hold))),
		canonical.F("members_complete", canonical.Flag(d.MembersComplete)),
		canonical.F("subject", canonical.Str(d.Subject)),
		canonical.F("timer_s", canonical.Num(float64(d.TimerS))),
		canonical.F("title", canonical.Str(d.Title)),
		canonical.F("to", canonical.List(to)),
	))
}

// Digest is "sha256:" and the hexadecimal SHA-256 of Canonical.
func (d *Draft) Digest(generation int64) string {
	return "sha256:" + sha256.Hex(d.Canonical(generation))
}

// PartyValue is a party's canonical JSON.
func PartyValue(p Party) canonical.Value {
	return canonical.Fields(canonical.F("address", canonical.Str(p.Address)), canonical.F("name", canonical.Str(p.Name)))
}

// AttachmentValue is an attachment's canonical JSON.
func AttachmentValue(a Attachment) canonical.Value {
	return canonical.Fields(
		canonical.F("name", canonical.Str(a.Name)),
		canonical.F("size", canonical.Num(float64(a.Size))),
		canonical.F("type", canonical.Str(a.Type)),
	)
}
