package message

import (
	"strconv"

	"hanaper/core/canonical"
)

// DecodeDraft reads a draft (schema/draft.schema.json). Only
// body is required. Errors and unknown members are left in d, with their paths.
func DecodeDraft(d *canonical.Decoder, v *canonical.Value) Draft {
	o := d.Object(v, "")
	defer o.Done()
	out := Draft{
		V:               int(o.Int("v", 1, 1, 1)),
		ID:              o.String("id"),
		Channel:         o.String("channel"),
		Account:         short(o, "account"),
		Device:          Device(o.Enum("device", "unknown", "managed", "byod_managed", "unmanaged")),
		ChatScope:       ChatScope(o.Enum("chat_scope", "unset", "work", "mixed", "personal")),
		MembersComplete: o.Bool("members_complete", false),
		Title:           short(o, "title"),
		Subject:         short(o, "subject"),
		Body:            o.String("body"),
		TimerS:          o.Int("timer_s", 0, 0, 1<<40),
		Hold:            Hold(o.Enum("hold", "unknown", "none", "held")),
		At:              short(o, "at"),
	}
	if !o.Has("body") {
		o.Fail("body", "is missing")
	}
	if len(out.Body) > MaxBody {
		o.Fail("body", tooMany(len(out.Body), MaxBody, "bytes"))
		out.Body = ""
	}
	out.To = DecodeParties(o, "to")
	out.Attachments = DecodeAttachments(o, "attachments")
	o.Each("context", func(i int, e *canonical.Obj) {
		out.Context = append(out.Context, Message{
			Direction: e.Enum("direction", "unknown", "in", "out"),
			From:      short(e, "from"), At: short(e, "at"), Body: e.String("body"),
		})
	})
	if n := len(out.Context); n > MaxContext {
		o.Fail("context", tooMany(n, MaxContext, "messages"))
		out.Context = nil
	}
	return out
}

// DecodeParties reads a list of parties.
func DecodeParties(o *canonical.Obj, name string) (out []Party) {
	o.Each(name, func(i int, e *canonical.Obj) {
		out = append(out, Party{Name: short(e, "name"), Address: short(e, "address")})
	})
	if len(out) > MaxParties {
		o.Fail(name, tooMany(len(out), MaxParties, "parties"))
		return nil
	}
	return out
}

// DecodeAttachments reads a list of attachments.
func DecodeAttachments(o *canonical.Obj, name string) (out []Attachment) {
	o.Each(name, func(i int, e *canonical.Obj) {
		out = append(out, Attachment{
			Name: short(e, "name"), Type: short(e, "type"), Size: e.Int("size", 0, 0, 1<<50),
		})
	})
	if len(out) > MaxAttachments {
		o.Fail(name, tooMany(len(out), MaxAttachments, "attachments"))
		return nil
	}
	return out
}

func short(o *canonical.Obj, name string) string {
	s := o.String(name)
	if len(s) > MaxShort {
		o.Fail(name, tooMany(len(s), MaxShort, "bytes"))
		return ""
	}
	return s
}

func tooMany(n, limit int, unit string) string {
	return "is " + strconv.Itoa(n) + " " + unit + ", the limit is " + strconv.Itoa(limit)
}
