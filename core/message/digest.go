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
	v := canonical.Texts("account", d.Account, "body", d.Body, "channel", d.Channel, "chat_scope", string(d.ChatScope),
		"device", string(d.Device), "hold", string(d.Hold), "subject", d.Subject, "title", d.Title)
	v.Put("attachments", canonical.ListOf(d.Attachments, AttachmentValue))
	v.Put("generation", canonical.Num(float64(generation)))
	v.Put("members_complete", canonical.Flag(d.MembersComplete))
	v.Put("timer_s", canonical.Num(float64(d.TimerS)))
	v.Put("to", PartiesValue(d.To))
	return canonical.Append(make([]byte, 0, 512+len(d.Body)), v)
}

// Digest is "sha256:" and the hexadecimal SHA-256 of Canonical.
func (d *Draft) Digest(generation int64) string {
	return "sha256:" + sha256.Hex(d.Canonical(generation))
}

// PartyValue is a party's canonical JSON.
func PartyValue(p *Party) canonical.Value {
	return canonical.Texts("address", p.Address, "name", p.Name)
}

// PartiesValue is a list of parties.
func PartiesValue(all []Party) canonical.Value { return canonical.ListOf(all, PartyValue) }

// AttachmentValue is an attachment's canonical JSON.
func AttachmentValue(a *Attachment) canonical.Value {
	v := canonical.Texts("name", a.Name, "type", a.Type)
	v.Put("size", canonical.Num(float64(a.Size)))
	return v
}
