package message

// Channel is what the judgement knows of a place where messages are written.
// Whether one is corporate depends on the account, never on the brand (UK
// guidance, paragraph 12), so that is not here.
type Channel struct {
	ID          string      `json:"id"`
	Kind        ChannelKind `json:"kind"`
	EndToEnd    bool        `json:"end_to_end"`   // every chat there is, without being asked
	OutsideArea Known       `json:"outside_area"` // the provider says it holds data outside the user's country
}

// ChannelKind is the sort of channel a rule speaks of.
type ChannelKind string

// The kinds of channel.
const (
	KindIM      ChannelKind = "im"
	KindSMS     ChannelKind = "sms"
	KindMail    ChannelKind = "mail"
	KindSocial  ChannelKind = "social"
	KindCollab  ChannelKind = "collab"  // rooms and chats of an organisation's tenant
	KindManual  ChannelKind = "manual"  // typed or pasted into Hanaper, or read from a file
	KindUnknown ChannelKind = "unknown" //
)

// Known is an answer that may be missing.
type Known string

// The answers.
const (
	Yes     Known = "yes"
	No      Known = "no"
	Unknown Known = "unknown"
)

// Channels is the registry, from what the providers publish (2025): Messenger
// encrypts end to end by default but not in every chat, Telegram in secret
// chats only, Google Messages where both sides have RCS; where a tenant or a
// phone company keeps its data is its own contract.
var Channels = [...]Channel{
	{"whatsapp", KindIM, true, Yes},
	{"signal", KindIM, true, Yes},
	{"telegram", KindIM, false, Yes},
	{"imessage", KindIM, true, Yes},
	{"messenger", KindSocial, false, Yes},
	{"instagram", KindSocial, false, Yes},
	{"linkedin", KindSocial, false, Yes},
	{"x", KindSocial, false, Yes},
	{"googlemessages", KindSMS, false, Yes},
	{"sms", KindSMS, false, Unknown},
	{"gmail", KindMail, false, Yes},
	{"outlook", KindMail, false, Yes},
	{"mail", KindMail, false, Unknown},
	{"eml", KindMail, false, Unknown},
	{"teams", KindCollab, false, Unknown},
	{"slack", KindCollab, false, Unknown},
	{"manual", KindManual, false, Unknown},
	{"export", KindManual, false, Unknown},
	{"unknown", KindUnknown, false, Unknown},
}

// ChannelByID finds a channel. An id that is not in the registry, "" included,
// gives the channel unknown and false.
func ChannelByID(id string) (Channel, bool) {
	for _, c := range Channels {
		if c.ID == id {
			return c, true
		}
	}
	return Channels[len(Channels)-1], false
}
