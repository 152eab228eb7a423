// Package message holds what is judged: a draft, the messages around it, the
// parties, the attachments, and the form of a text the judgement reads.
//
// A Draft is not yet sent and mutable; a Message is sent. Positions are byte
// offsets into the named field as it was given, UTF-8, [start,end).
package message

// Device says who manages the device; unknown is judged as unmanaged.
type Device string

// The device profiles of the UK guidance, paragraphs 16 and 17.
const (
	DeviceUnknown     Device = "unknown"
	DeviceManaged     Device = "managed"
	DeviceBYODManaged Device = "byod_managed"
	DeviceUnmanaged   Device = "unmanaged"
)

// ChatScope is what the person said a chat is for.
type ChatScope string

// The scopes a person can give a chat.
const (
	ScopeUnset    ChatScope = "unset"
	ScopeWork     ChatScope = "work"
	ScopeMixed    ChatScope = "mixed"
	ScopePersonal ChatScope = "personal"
)

// Hold says whether an access request covers the chat.
type Hold string

// The hold states. None must have been stated by somebody (ruling 12).
const (
	HoldUnknown Hold = "unknown"
	HoldNone    Hold = "none"
	HoldHeld    Hold = "held"
)

// Draft is a message being written, and what is known about where it would go.
type Draft struct {
	V               int          `json:"v"`
	ID              string       `json:"id"`
	Channel         string       `json:"channel"`          // a channel id: see Channels
	Account         string       `json:"account"`          // the sender's own address there, "" where not known
	Device          Device       `json:"device"`           //
	ChatScope       ChatScope    `json:"chat_scope"`       //
	To              []Party      `json:"to"`               //
	MembersComplete bool         `json:"members_complete"` // To lists everybody who will see it
	Title           string       `json:"title"`            // the chat's or group's title
	Subject         string       `json:"subject"`          //
	Body            string       `json:"body"`             //
	Attachments     []Attachment `json:"attachments"`      //
	TimerS          int64        `json:"timer_s"`          // disappearing-message timer in seconds, 0 for none
	Context         []Message    `json:"context"`          // earlier messages, oldest first
	Hold            Hold         `json:"hold"`             //
	At              string       `json:"at"`               // RFC 3339, when it is judged; "" where not known
}

// Party is a sender or recipient. Address is an e-mail address, or a phone
// number in E.164 form, or "" where the page does not show it.
type Party struct {
	Name    string `json:"name"`
	Address string `json:"address"`
}

// Attachment is a file of a message, by name only: its content is never judged.
type Attachment struct {
	Name string `json:"name"`
	Type string `json:"type"` // media type, "" where not known
	Size int64  `json:"size"` // bytes, 0 where not known
}

// Message is a sent message: context of a draft, or part of a record.
type Message struct {
	Direction string `json:"direction"` // in, out or unknown
	From      string `json:"from"`
	At        string `json:"at"` // RFC 3339, or "" where not known
	Body      string `json:"body"`
}

// Span is a stretch of a field: byte offsets into its UTF-8 form, [Start,End).
// Field is body, subject, title or attachments[i].name.
type Span struct {
	Field string `json:"field"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}

// Limits of a draft. A longer text is refused whole, never judged in part.
const (
	MaxBody        = 1 << 20 // no channel sends a longer text (WhatsApp: 65,536 characters)
	MaxShort       = 4 << 10 // names, titles, addresses
	MaxParties     = 4096    // WhatsApp groups hold 1,024, communities more
	MaxAttachments = 256
	MaxContext     = 64
)
