package message

import "testing"

func TestChannels(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range Channels {
		if seen[c.ID] {
			t.Errorf("%s stands twice", c.ID)
		}
		seen[c.ID] = true
		for i := range len(c.ID) {
			if c.ID[i] < 'a' || c.ID[i] > 'z' {
				t.Errorf("%q is not an id: small letters only", c.ID)
			}
		}
		if got, ok := ChannelByID(c.ID); !ok || got != c {
			t.Errorf("ChannelByID(%s) = %+v, %v", c.ID, got, ok)
		}
	}
	for id, want := range map[string]ChannelKind{"whatsapp": KindIM, "telegram": KindIM, "googlemessages": KindSMS, "gmail": KindMail,
		"outlook": KindMail, "linkedin": KindSocial, "teams": KindCollab, "manual": KindManual} {
		if c, _ := ChannelByID(id); c.Kind != want {
			t.Errorf("%s is %s, want %s", id, c.Kind, want)
		}
	}
}

// Paragraph 33 of the UK guidance: messengers with end-to-end encryption are
// safer than social media and consumer mail.
func TestChannelEncryption(t *testing.T) {
	for id, want := range map[string]bool{"whatsapp": true, "signal": true, "telegram": false, "gmail": false, "linkedin": false, "sms": false} {
		if c, _ := ChannelByID(id); c.EndToEnd != want {
			t.Errorf("%s end to end: %v, want %v", id, c.EndToEnd, want)
		}
	}
}

func TestChannelNotKnown(t *testing.T) {
	for _, id := range []string{"", "carrier-pigeon"} {
		if c, ok := ChannelByID(id); ok || c.Kind != KindUnknown {
			t.Errorf("ChannelByID(%q) = %+v, %v", id, c, ok)
		}
	}
}
