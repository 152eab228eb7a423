package importer

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"hanaper/core"
	"hanaper/core/canonical"
	"hanaper/core/message"
	"hanaper/core/policy"
	"hanaper/core/record"
	"hanaper/desktop/importer/chat"
	"hanaper/desktop/importer/mailbox"
)

// Item is a record made of a chosen message, ready to be stored.
type Item struct {
	Record record.Record
	Files  []File // one for each attachment whose digest the record holds
}

// File is the content of an attachment.
type File struct {
	Name, Type string
	Open       func() (io.ReadCloser, error)
}

// Fields are what the person adds to what the files say.
type Fields struct {
	By      string          // who keeps
	To      []message.Party // where the file does not say to whom, or the person knows better
	Subject string          // instead of the usual one
	Series  string          // place in the file plan
	Note    string          // the person's judgement
}

// Missing are the fields a record cannot be without, and that neither the file nor
// the person gave: names of record.Missing, and me.
type Missing []string

func (m Missing) Error() string { return "missing: " + strings.Join(m, ", ") }

// maxRecordFiles is how much a record's files may be together, in bytes: hanaper
// verify reads 256 MiB, and files grow by a third in mail.
const maxRecordFiles = mailbox.MaxFile

// build makes a record of a message. before are messages to be kept with it, as
// context. Notes say which files are kept by name only.
func (k *Keeper) build(j *Judged, before []*Judged) (item Item, notes []string, err error) {
	if j.Direction == "unknown" {
		return item, nil, Missing{"me"}
	}
	r := record.Record{
		V: 1, Nonce: k.nonce(), Channel: k.Chat.Info.Channel, Chat: k.Chat.Info.Title, Direction: j.Direction,
		Method: k.Chat.Info.Method, Series: k.Fields.Series, Note: k.Fields.Note,
		Kept:    record.Kept{By: k.Fields.By, At: k.Now().Format(time.RFC3339)},
		Verdict: record.Verdict{Permission: j.Verdict.Permission, Duty: j.Duty(), Digest: j.Verdict.Digest},
		Clauses: Clauses(&j.Verdict),
	}
	if r.Verdict.Permission == "" {
		r.Verdict.Permission, r.Verdict.Duty = "unknown", "unknown"
	}
	r.Fields = k.fields(j)
	for _, b := range before {
		m := k.message(b)
		m.ContextOnly = true
		r.Messages = append(r.Messages, m)
	}
	m := k.message(j)
	m.Attachments, item.Files, notes = files(j.Message)
	r.Messages = append(r.Messages, m)
	item.Record, err = Capture(&r)
	return item, notes, err
}

func (k *Keeper) nonce() string {
	var b [16]byte
	if _, err := io.ReadFull(k.Random, b[:]); err != nil {
		panic("importer: no random bytes: " + err.Error()) // a guessable record must not be made
	}
	return hex.EncodeToString(b[:])
}

// Clauses are those of the rules that spoke, as a record names them: pack/clause.
func Clauses(v *policy.Verdict) (out []string) {
	seen := map[string]bool{}
	for _, reason := range v.Reasons {
		for _, c := range append([]string{reason.Clause}, reason.Also...) {
			if id := reason.Pack + "/" + c; !seen[id] && len(out) < record.MaxClauses {
				seen[id] = true
				out = append(out, id)
			}
		}
	}
	return out
}

func (k *Keeper) fields(j *Judged) record.Fields {
	c := k.Chat
	f := record.Fields{
		From: j.From, To: c.to(j.Message), MembersComplete: j.To != nil, Date: j.At.Date, Time: j.At.Clock,
		Zone: c.zone(j.At), ZoneSource: "device", Precision: "minute", Subject: k.Fields.Subject,
	}
	if j.At.Zone != "" {
		f.ZoneSource = "page"
	}
	if len(j.At.Clock) > len("14:03") {
		f.Precision = "second"
	}
	if len(k.Fields.To) > 0 {
		f.To, f.MembersComplete = k.Fields.To, true
	} else if j.Direction == "in" && j.To == nil && !hasAny(f.To, c.Me) {
		f.To = append(f.To[:len(f.To):len(f.To)], c.Me[0])
	}
	if f.Subject == "" {
		f.Subject = subject(c.Info.Title, j.Message)
	}
	return f
}

func hasAny(all, some []message.Party) bool {
	for _, a := range all {
		for _, b := range some {
			if same(a, b) {
				return true
			}
		}
	}
	return false
}

// subjectWords is how much of a message without a subject is taken for one, in
// characters, as in the extension.
const subjectWords = 60

// subject is a mail's own, or the chat's title and the first words or file.
func subject(title string, m *chat.Message) string {
	if m.Subject != "" || m.To != nil && title == "" {
		return m.Subject
	}
	words := strings.Join(strings.Fields(m.Body), " ")
	if letters := []rune(words); len(letters) > subjectWords {
		words = string(letters[:subjectWords])
		if space := strings.LastIndexByte(words, ' '); space > subjectWords/2 {
			words = words[:space]
		}
		words += "…"
	}
	if words == "" && len(m.Attachments) > 0 {
		words = m.Attachments[0].Name
	}
	if title != "" && words != "" {
		return title + ": " + words
	}
	return title + words
}

// message is one message of a record, its files by name.
func (k *Keeper) message(j *Judged) record.Message {
	m := record.Message{Direction: j.Direction, From: j.From, At: k.Chat.instant(j.At), Body: j.Body}
	if j.Edited != "" { // the file says so, and the record is what the file says
		m.Body = strings.TrimPrefix(m.Body+" <"+j.Edited+">", " ")
	}
	for _, a := range j.Attachments {
		m.Attachments = append(m.Attachments, record.Attachment{Name: a.Name, Type: a.Type, Size: a.Size})
	}
	return m
}

// files reads every file once for its digest.
func files(m *chat.Message) (all []record.Attachment, contents []File, notes []string) {
	total := int64(0)
	for _, a := range m.Attachments {
		out := record.Attachment{Name: a.Name, Type: a.Type, Size: a.Size}
		if !a.Missing && a.Open != nil {
			sum, size, err := digest(a.Open, maxRecordFiles-total)
			if err != nil {
				notes = append(notes, fmt.Sprintf("file %q is kept by name only: %v", a.Name, err))
			} else {
				out.Digest, out.Size, total = sum, size, total+size
				contents = append(contents, File{a.Name, a.Type, a.Open})
			}
		}
		all = append(all, out)
	}
	return all, contents, notes
}

func digest(open func() (io.ReadCloser, error), most int64) (string, int64, error) {
	r, err := open()
	if err != nil {
		return "", 0, err
	}
	defer r.Close()
	sum := sha256.New()
	n, err := io.Copy(sum, io.LimitReader(r, most+1))
	switch {
	case err != nil:
		return "", 0, err
	case n > most:
		return "", 0, fmt.Errorf("with it the record's files are more than %d bytes: keep it by itself", maxRecordFiles)
	}
	return "sha256:" + hex.EncodeToString(sum.Sum(nil)), n, nil
}

// Capture lets the core make the record, as every shell does. Errors: Missing.
func Capture(r *record.Record) (record.Record, error) {
	answer, err := canonical.Parse(core.Handle("capture", canonical.Append(nil, canonical.Fields(canonical.F("capture", r.Value())))), canonical.Limits{})
	if err != nil {
		return record.Record{}, err
	}
	var d canonical.Decoder
	o := d.Object(&answer, "")
	text, missing, made := o.String("error"), o.Strings("missing"), o.Any("record")
	o.Any("id")
	switch {
	case text != "":
		return record.Record{}, errors.New(text)
	case len(missing) > 0:
		return record.Record{}, Missing(missing)
	}
	out := record.Decode(&d, made)
	return out, d.Err(false)
}
