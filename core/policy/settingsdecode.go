package policy

import (
	"strconv"

	"hanaper/core/canonical"
)

// Roles of the UK guidance, paragraph 3; the first is the default.
var Roles = []string{"official", "minister", "special_adviser", "contractor", "board_member", "expert"}

// DecodeSettings reads settings (schema: extension/schema/settings.schema.json).
// A member that does not fit is left in d with its path, and its default used:
// no pack, English, an official, nothing authorised, nothing approved.
func DecodeSettings(d *canonical.Decoder, v *canonical.Value) Settings {
	o := d.Object(v, "")
	defer o.Done()
	s := Settings{
		Packs:         list(o, "packs"),
		Role:          o.Enum("role", Roles...),
		Language:      o.Enum("language", "en", "fr"),
		Generation:    o.Int("generation", 0, 0, 1<<53-1),
		BlockPatterns: o.Bool("block_patterns", false),
		Acknowledged:  list(o, "acknowledged"),

		LeaverDate:       optionalDate(o, "leaver_date"),
		OfficialAccounts: list(o, "official_accounts"),
		HighRisk:         o.Bool("high_risk", false),
		Exceptional:      o.Enum("exceptional", Exceptionals...),
		PersonalNotices:  o.Int("personal_notices", 0, 0, 1<<31),
		UnusualParties:   o.Int("unusual_parties", 0, 0, 1<<31),
		Drift:            numbers(o, "drift"),
	}
	each(o, "briefings", func(i int, e *canonical.Obj) {
		s.Briefings = append(s.Briefings, Briefing{Pack: need(e, "pack"), Version: need(e, "version"), Date: date(e, "date")})
	})
	org := o.Obj("organisation")
	s.Organisation = Organisation{Name: str(org, "name"), Domains: list(org, "domains"), Channels: list(org, "channels")}
	for i, domain := range s.Organisation.Domains {
		if !isDomain(domain) {
			org.Fail(canonical.Index("domains", i), strconv.Quote(domain)+" is not a domain name")
			s.Organisation.Domains = nil
			break
		}
	}
	org.Done()
	each(o, "authorisations", func(i int, e *canonical.Obj) {
		a := Authorisation{Pack: need(e, "pack"), Kind: e.Enum("kind", "", "assessment", "deviation"), By: need(e, "by"),
			Date: date(e, "date"), Expires: date(e, "expires"), Scope: str(e, "scope"),
			Channels: list(e, "channels"), Devices: list(e, "devices")}
		if a.Kind == "" && !e.Has("kind") {
			e.Fail("kind", "is missing")
		}
		s.Authorisations = append(s.Authorisations, a)
	})
	each(o, "approved_channels", func(i int, e *canonical.Obj) {
		s.ApprovedChannels = append(s.ApprovedChannels, ApprovedChannel{
			Channel: need(e, "channel"), SecurityApprover: str(e, "security_approver"),
			TechnicalApprover: str(e, "technical_approver"), Date: date(e, "date"), Expires: date(e, "expires"),
			Authentication: e.Bool("authentication", false), Authorization: e.Bool("authorization", false),
			NonRepudiation: e.Bool("non_repudiation", false), EndToEnd: e.Bool("end_to_end", false),
			ApprovedAlgorithms: e.Bool("approved_algorithms", false), AlgorithmsReference: str(e, "algorithms_reference")})
	})
	return s
}

// numbers reads a list of integers; nil where it is absent.
func numbers(o *canonical.Obj, name string) (out []int64) {
	v := o.Any(name)
	if v == nil {
		return nil
	}
	out = []int64{}
	for i := range v.Arr {
		n := v.Arr[i].Num
		if v.Arr[i].Kind != canonical.Number || !canonical.Whole(n) {
			o.Fail(canonical.Index(name, i), "is not an integer")
			return []int64{}
		}
		out = append(out, int64(n))
	}
	if v.Kind != canonical.Array {
		o.Fail(name, "is not a list")
	}
	return out
}

// date reads a date that must be there: what has no end is not in force.
//
//go:noinline
func date(o *canonical.Obj, name string) string {
	s := need(o, name)
	if s != "" && !isDate(s) {
		o.Fail(name, strconv.Quote(s)+" is not a date, YYYY-MM-DD")
		return ""
	}
	return s
}

//go:noinline
func optionalDate(o *canonical.Obj, name string) string {
	s := str(o, name)
	if s != "" && !isDate(s) {
		o.Fail(name, strconv.Quote(s)+" is not a date, YYYY-MM-DD")
		return ""
	}
	return s
}

// isDomain accepts letters, digits, hyphens and at least one inner dot (RFC 1123):
// a bare top-level name would make half the world the organisation.
func isDomain(s string) bool {
	dots := 0
	for i := range len(s) {
		switch c := s[i]; {
		case c == '.':
			if i == 0 || i == len(s)-1 || s[i-1] == '.' {
				return false
			}
			dots++
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '-':
		default:
			return false
		}
	}
	return dots > 0 && len(s) <= 253
}
