package policy

import (
	"strings"
	"testing"

	"hanaper/core/detect"
	"hanaper/core/message"
)

// An assessment or a deviation, dated, in force on the day (NC-S8).
func TestNCAuthorised(t *testing.T) {
	good := Authorisation{Pack: nc, Kind: "assessment", By: "Agency head", Date: "2026-01-01", Expires: "2026-12-31"}
	change := func(f func(*Authorisation)) []Authorisation {
		a := good
		f(&a)
		return []Authorisation{a}
	}
	for _, c := range []struct {
		name  string
		all   []Authorisation
		at    string
		level string
		text  string
	}{
		{"none", nil, now, "prohibited none warn", "W-NC-AUTH"},
		{"assessment", []Authorisation{good}, now, "permitted none allow", ""},
		{"deviation", change(func(a *Authorisation) { a.Kind = "deviation" }), now, "permitted none allow", ""},
		{"some other paper", change(func(a *Authorisation) { a.Kind = "memo" }), now, "prohibited none warn", "W-NC-AUTH"},
		{"unsigned", change(func(a *Authorisation) { a.By = "" }), now, "prohibited none warn", "W-NC-AUTH"},
		{"undated", change(func(a *Authorisation) { a.Date = "" }), now, "prohibited none warn", "W-NC-AUTH"},
		{"endless", change(func(a *Authorisation) { a.Expires = "" }), now, "prohibited none warn", "W-NC-AUTH"},
		{"another pack's", change(func(a *Authorisation) { a.Pack = uk }), now, "prohibited none warn", "W-NC-AUTH"},
		{"not yet", change(func(a *Authorisation) { a.Date = "2026-11-23" }), now, "prohibited none warn", "W-NC-AUTH"},
		{"first day", change(func(a *Authorisation) { a.Date = "2026-11-22" }), now, "permitted none allow", ""},
		{"last day", change(func(a *Authorisation) { a.Expires = "2026-11-22" }), now, "permitted none allow", ""},
		{"expired", change(func(a *Authorisation) { a.Expires = "2026-11-21" }), now, "prohibited none warn", "W-NC-AUTH-EXPIRED"},
		{"expired, and one in force", append(change(func(a *Authorisation) { a.Expires = "2026-11-21" }), good), now, "permitted none allow", ""},
		{"on an unknown day", []Authorisation{good}, "", "prohibited none warn", "W-NC-AUTH"},
	} {
		v := Decide(in(), packs(t, nc), Settings{Authorisations: c.all}, c.at)
		expect(t, c.name, v, c.level, "*")
		got := ""
		if len(v.Reasons) > 0 {
			got = v.Reasons[0].TextID
		}
		if got != c.text {
			t.Errorf("%s: text %q, want %q", c.name, got, c.text)
		}
		if c.text == "W-NC-AUTH-EXPIRED" && !strings.Contains(v.Reasons[0].Text, "2026-11-21") {
			t.Errorf("no date in %q", v.Reasons[0].Text)
		}
		if want := c.text != ""; len(v.Obligations) == 1 != want || want && v.Obligations[0].Kind != "assess" {
			t.Errorf("%s: obligations %v", c.name, v.Obligations)
		}
	}
}

// Aloud in work and mixed chats and for business; elsewhere silent, but not
// called permitted; in a personal chat the standard does not speak.
func TestNCUnauthorisedChats(t *testing.T) {
	for _, c := range []struct {
		chat  message.ChatScope
		class string
		level string
	}{
		{message.ScopeWork, "business", "prohibited none warn"},
		{message.ScopeWork, "personal", "prohibited none warn"},
		{message.ScopeMixed, "business", "prohibited none warn"},
		{message.ScopeMixed, "unclear", "prohibited none warn"},
		{message.ScopeMixed, "personal", "prohibited none allow"},
		{message.ScopeUnset, "business", "prohibited none warn"},
		{message.ScopeUnset, "unclear", "prohibited none allow"},
		{message.ScopeUnset, "political", "prohibited none allow"},
		{message.ScopePersonal, "business", "permitted none allow"},
	} {
		v := Decide(in(chat(c.chat), class(c.class)), packs(t, nc), Settings{}, now)
		expect(t, string(c.chat)+" "+c.class, v, c.level, "*")
		seen := Decide(in(chat(c.chat), class(c.class)), packs(t, nc), Settings{Acknowledged: []string{nc + "/NC-S8"}}, now)
		expect(t, string(c.chat)+" "+c.class+", seen", seen, v.Permission+" none allow", "*")
	}
	v := Decide(in(), packs(t, nc), Settings{BlockPatterns: true, Acknowledged: []string{nc + "/NC-S8"}}, now)
	expect(t, "blocked by policy, seen", v, "prohibited none block", "NC-S8")
	expect(t, "mail", Decide(in(channel("gmail")), packs(t, nc), Settings{}, now), "permitted none allow", "*")
}

func ncAuthorised() Settings {
	return Settings{Authorisations: []Authorisation{{Pack: nc, Kind: "deviation", By: "State CIO", Date: "2026-01-01", Expires: "2027-01-01"}},
		Organisation: Organisation{Domains: []string{"agency.example"}}}
}

// Flag or drop (NC-G7b, NC-G7c).
func TestNCPatterns(t *testing.T) {
	drop := ncAuthorised()
	drop.BlockPatterns = true
	inside := func(i *Input) { to("b@agency.example")(i); everybody(i) }
	for _, c := range []struct {
		id    string
		class detect.Class
	}{
		{"us-ssn", detect.ClassIdentifier}, {"us-driver-licence", detect.ClassIdentifier}, {"payment-card", detect.ClassIdentifier},
		{"password", detect.ClassSecret}, {"api-key", detect.ClassSecret}, {"private-key", detect.ClassSecret},
	} {
		expect(t, c.id, Decide(in(inside, found(c.id, c.class, 900)), packs(t, nc), ncAuthorised(), now), "care none warn", "NC-G7c")
		expect(t, c.id+", drop", Decide(in(inside, found(c.id, c.class, 900)), packs(t, nc), drop, now), "prohibited none block", "NC-G7c")
		expect(t, c.id+", weak", Decide(in(inside, found(c.id, c.class, 600)), packs(t, nc), drop, now), "permitted_with_regard none notice", "NC-G7c")
		expect(t, c.id+", personal", Decide(in(inside, found(c.id, c.class, 900), chat(message.ScopePersonal)), packs(t, nc), drop, now), "permitted none allow", "*")
		f := detect.Finding{Detector: c.id}
		if label, said := Label(packs(t, nc), &f, "en"), words(Decide(in(inside, found(c.id, c.class, 900)), packs(t, nc), ncAuthorised(), now)); !strings.Contains(said, label) {
			t.Errorf("%s: %q does not say %q", c.id, said, label)
		}
	}
	expect(t, "marked", Decide(in(inside, marked(protected)), packs(t, nc), ncAuthorised(), now), "care consider warn", "NC-G7a")
	expect(t, "marked, drop", Decide(in(inside, marked(protected)), packs(t, nc), drop, now), "prohibited consider block", "NC-G7a")
}

func TestNCRecipients(t *testing.T) {
	ssn := found("us-ssn", detect.ClassIdentifier, 950)
	for _, c := range []struct {
		name   string
		input  Input
		action string
		n      string
	}{
		{"inside", in(ssn, to("a@agency.example", "b@x.agency.example"), everybody), "", ""},
		{"one outside", in(ssn, to("a@agency.example", "b@other.example"), everybody), "warn", "(1)"},
		{"two outside", in(ssn, to("c@other.example", "b@other.example")), "warn", "(2)"},
		{"a phone number", in(ssn, to("+12025550101"), everybody), "notice", ""},
		{"not all shown", in(ssn, to("a@agency.example")), "notice", ""},
		{"nothing confidential", in(to("b@other.example"), everybody), "", ""},
		{"marked", in(marked(protected), to("b@other.example"), everybody), "warn", "(1)"},
		{"a password", in(found("password", detect.ClassSecret, 900), to("b@other.example")), "warn", "(1)"},
	} {
		got, text := "", ""
		for _, r := range Decide(c.input, packs(t, nc), ncAuthorised(), now).Reasons {
			if r.Clause == "NC-G1b" {
				got, text = r.Action, r.Text
			}
		}
		if got != c.action || !strings.Contains(text, c.n) {
			t.Errorf("%s: %q %q", c.name, got, text)
		}
	}
}

// People the sender has not written to lately are asked about where it would hurt.
func TestNCUnusual(t *testing.T) {
	ssn := found("us-ssn", detect.ClassIdentifier, 950)
	for _, c := range []struct {
		name    string
		input   Input
		unusual int64
		want    string
	}{
		{"nobody unusual", in(ssn, to("a@agency.example"), everybody), 0, ""},
		{"two unusual inside", in(ssn, to("a@agency.example", "b@agency.example"), everybody), 2, "(2)"},
		{"a phone number", in(ssn, to("+12025550101"), everybody), 1, "(1)"},
		{"outside they are asked about already", in(ssn, to("b@other.example"), everybody), 1, ""},
		{"nothing confidential", in(to("a@agency.example"), everybody), 1, ""},
		{"a private chat", in(ssn, chat(message.ScopePersonal), to("a@agency.example"), everybody), 1, ""},
	} {
		set := ncAuthorised()
		set.UnusualParties = c.unusual
		got := ""
		for _, r := range Decide(c.input, packs(t, nc), set, now).Reasons {
			if r.Detector == "unusual" {
				got = r.Action + " " + r.Text
			}
		}
		if c.want == "" && got != "" || c.want != "" && (!strings.HasPrefix(got, "warn ") || !strings.Contains(got, c.want)) {
			t.Errorf("%s: %q", c.name, got)
		}
	}
}

func TestNCFilesLinksSoftware(t *testing.T) {
	set := ncAuthorised()
	file := func(n int) func(*Input) { return found("attachment-name", detect.ClassAttachment, n) }
	link := func(n int) func(*Input) { return found("link", detect.ClassLink, n) }
	expect(t, "risky file", Decide(in(file(950)), packs(t, nc), set, now), "care none warn", "NC-G5")
	expect(t, "file", Decide(in(file(600)), packs(t, nc), set, now), "permitted_with_regard none notice", "NC-G5")
	expect(t, "risky link", Decide(in(link(700)), packs(t, nc), set, now), "care none warn", "NC-G8b")
	expect(t, "link", Decide(in(link(640)), packs(t, nc), set, now), "permitted_with_regard none notice", "NC-G8b")
	expect(t, "at home", Decide(in(link(990), file(990), chat(message.ScopePersonal)), packs(t, nc), set, now), "permitted none allow", "*")
	expect(t, "unknown service", Decide(in(channel("newchat")), packs(t, nc), set, now), "permitted_with_regard none notice", "NC-S10")
	large := in(attached(26 << 20))
	expect(t, "large file", Decide(large, packs(t, nc), set, now), "permitted_with_regard none notice", "NC-G5")
	expect(t, "file of some size", Decide(in(attached(24<<20)), packs(t, nc), set, now), "permitted none allow", "*")
	for _, r := range Decide(in(file(950)), packs(t, nc), set, now).Reasons {
		if r.Detector == "attachment-name" && !contains(r.Also, "NC-F3") {
			t.Errorf("the standards on transfers do not stand beside %s", r.TextID)
		}
	}
	// Where policy drops instead of flagging, files and links are forbidden.
	set.BlockPatterns = true
	expect(t, "risky file, forbidden", Decide(in(file(950)), packs(t, nc), set, now), "prohibited none block", "NC-G5")
	expect(t, "risky link, forbidden", Decide(in(link(700)), packs(t, nc), set, now), "prohibited none block", "NC-G8b")
	expect(t, "file, restricted", Decide(in(file(600)), packs(t, nc), set, now), "permitted_with_regard none notice", "NC-G5")
}

// An agency that lists its services is asked about all others (NC-S10, NC-S9).
func TestNCServices(t *testing.T) {
	set := ncAuthorised()
	set.Organisation.Channels = []string{"whatsapp"}
	expect(t, "listed", Decide(in(), packs(t, nc), set, now), "permitted none allow", "*")
	expect(t, "not listed", Decide(in(channel("telegram")), packs(t, nc), set, now), "care none notice", "NC-S10")
	expect(t, "personal chat", Decide(in(channel("telegram"), chat(message.ScopePersonal)), packs(t, nc), set, now), "permitted none allow", "*")
	set.Acknowledged = []string{nc + "/NC-S10"}
	expect(t, "said before", Decide(in(channel("telegram")), packs(t, nc), set, now), "care none allow", "NC-S10")
}

// Webmail on a device that nobody manages (NC-G4).
func TestNCRemoteMail(t *testing.T) {
	mail, own := channel("gmail"), device(message.DeviceUnmanaged)
	inside := func(i *Input) { to("b@agency.example")(i); everybody(i) }
	ssn := found("us-ssn", detect.ClassIdentifier, 950)
	for _, c := range []struct {
		name, level, clause string
		input               Input
	}{
		{"routine", "permitted_with_regard none notice", "NC-G4", in(mail, own)},
		{"a number", "exceptional_only none justify", "NC-G4", in(mail, own, inside, ssn)},
		{"a password", "exceptional_only none justify", "NC-G4", in(mail, own, inside, found("password", detect.ClassSecret, 900))},
		{"marked", "exceptional_only consider justify", "NC-G4", in(mail, own, inside, marked(protected))},
		{"a number, managed", "care none warn", "NC-G7c", in(mail, inside, ssn)},
		{"a number, not mail", "care none warn", "NC-G7c", in(own, inside, ssn)},
		{"perhaps private", "permitted none allow", "*", in(mail, own, chat(message.ScopeUnset), class("unclear"))},
		{"private", "permitted none allow", "*", in(mail, own, chat(message.ScopePersonal))},
	} {
		expect(t, c.name, Decide(c.input, packs(t, nc), ncAuthorised(), now), c.level, c.clause)
	}
}

func TestNCRetention(t *testing.T) {
	set := ncAuthorised()
	expect(t, "significant", Decide(in(significant(9300)), packs(t, nc), set, now), "permitted consider notice", "NC-S4")
	expect(t, "perhaps", Decide(in(significant(1500)), packs(t, nc), set, now), "permitted consider allow", "NC-S4")
	expect(t, "routine", Decide(in(), packs(t, nc), set, now), "permitted none allow", "*")
	expect(t, "another language", Decide(in(unknownText), packs(t, nc), set, now), "permitted unknown notice", "NC-S4")
}
