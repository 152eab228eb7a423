package window

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"

	"hanaper/core"
	"hanaper/core/canonical"
	"hanaper/core/message"
	"hanaper/core/policy"
	"hanaper/core/record"
	"hanaper/desktop/importer"
	"hanaper/desktop/vault"
)

// Draft is a message to be judged, as far as the page asks for it.
type Draft struct {
	Channel string          `json:"channel"`
	Device  string          `json:"device"`
	Scope   string          `json:"chat_scope"`
	To      []message.Party `json:"to"`
	Subject string          `json:"subject"`
	Body    string          `json:"body"`
}

func (d *Draft) message(at string) message.Draft {
	return message.Draft{
		V: 1, Channel: d.Channel, Device: message.Device(d.Device), ChatScope: message.ChatScope(d.Scope), To: d.To,
		Subject: d.Subject, Body: d.Body, Hold: message.HoldUnknown, At: at,
	}
}

// Judge gives the verdict on a draft: schema/verdict.schema.json.
func (a *App) Judge(d Draft) json.RawMessage {
	v := a.judge(&d)
	return canonical.Append(nil, policy.EncodeVerdict(&v))
}

func (a *App) judge(d *Draft) policy.Verdict {
	chosen := a.chosen()
	set := chosen.judging()
	draft := d.message(rfc3339(a.opt.Now()))
	return core.Evaluate(&draft, &set, draft.At)
}

// Info is what the core says of rule books in force: titles and clauses.
func (a *App) Info() json.RawMessage {
	chosen := a.chosen()
	packs := canonical.Value{Kind: canonical.Array}
	for _, id := range chosen.Packs {
		packs.Arr = append(packs.Arr, canonical.Str(id))
	}
	return core.Handle("info", canonical.Append(nil, canonical.Fields(canonical.F("language", canonical.Str(chosen.Language)), canonical.F("packs", packs))))
}

// ByHand is a message that the person keeps by typing it: what they saw, elsewhere.
type ByHand struct {
	Draft
	From      message.Party `json:"from"`
	Date      string        `json:"date"` // YYYY-MM-DD
	Time      string        `json:"time"` // HH:MM
	Direction string        `json:"direction"`
	Note      string        `json:"note"`
	Series    string        `json:"series"`
	Chat      string        `json:"chat"`
}

// KeptByHand is the new record, or the fields that it cannot be without.
type KeptByHand struct {
	ID      string   `json:"id"`
	Missing []string `json:"missing"`
}

// KeepByHand makes a record of what the person typed and puts it into the vault.
func (a *App) KeepByHand(in ByHand) (KeptByHand, error) {
	out := KeptByHand{Missing: []string{}}
	v, err := a.open()
	if err != nil {
		return out, err
	}
	verdict, now, chosen := a.judge(&in.Draft), a.opt.Now(), a.chosen()
	by := name(chosen.Name, chosen.Address)
	if by == "" {
		out.Missing = []string{"by"}
		return out, nil
	}
	var nonce [16]byte
	if _, err := rand.Read(nonce[:]); err != nil {
		return out, told(err)
	}
	r := record.Record{
		V: 1, Nonce: hex.EncodeToString(nonce[:]), Channel: in.Channel, Chat: in.Chat, Direction: in.Direction, Method: "transcript",
		Fields: record.Fields{
			From: in.From, To: in.To, MembersComplete: true, Date: in.Date, Time: in.Time, Zone: now.Format("-07:00"),
			ZoneSource: "device", Precision: "minute", Subject: in.Subject,
		},
		Messages: []record.Message{{Direction: in.Direction, From: in.From, Body: in.Body}},
		Kept:     record.Kept{By: by, At: rfc3339(now)},
		Clauses:  importer.Clauses(&verdict),
		Verdict:  record.Verdict{Permission: verdict.Permission, Duty: verdict.Duty, Digest: verdict.Digest},
		Series:   in.Series, Note: in.Note,
	}
	made, err := importer.Capture(&r)
	var missing importer.Missing
	if errors.As(err, &missing) {
		out.Missing = missing
		return out, nil
	} else if err != nil {
		return out, told(err)
	}
	kept, err := v.Keep(a.ctx, vault.Item{Record: made.Canonical()})
	if err != nil {
		return out, told(err)
	}
	out.ID = kept[0].ID
	return out, nil
}
