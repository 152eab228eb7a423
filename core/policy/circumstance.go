package policy

import (
	"strings"

	"hanaper/core/message"
)

// circumstance is a facet's value for where a draft would go, from whom, to whom
// and under which arrangements of the organisation.
func (j *judged) circumstance(p *Pack, f Facet) string {
	d, set := &j.Draft, j.set
	switch f {
	case FacetChat:
		return f.or(string(d.ChatScope), "unset")
	case FacetDevice:
		return either(managed(d.Device), "managed", "unmanaged")
	case FacetKind:
		return string(j.channel.Kind)
	case FacetOutside:
		return yes(j.channel.OutsideArea != message.No)
	case FacetTimer:
		return either(d.TimerS > 0, "on", "off")
	case FacetRecipients:
		return j.recipients()
	case FacetHold:
		return f.or(string(d.Hold), "unknown")
	case FacetAuthorised:
		return j.authorised(p.ID)
	case FacetApproved:
		return yes(approved(d.Channel, set.ApprovedChannels, j.day))
	case FacetStrict:
		return yes(set.BlockPatterns)
	case FacetRole:
		return f.or(set.Role, Roles[0])
	case FacetService:
		return j.service()
	case FacetLeaving:
		return yes(leaving(set.LeaverDate, j.day))
	case FacetTargeted:
		return yes(set.HighRisk)
	case FacetBriefed:
		return j.briefed(p)
	case FacetAccount:
		return j.account()
	case FacetCopied:
		return yes(j.copied())
	case FacetUnusual:
		return yes(j.set.UnusualParties > 0)
	case FacetGroup:
		return j.group(&p.Thresholds)
	case FacetExceptional:
		return f.or(set.Exceptional, Exceptionals[0])
	case FacetRoutine:
		return yes(set.PersonalNotices >= int64(p.Thresholds.Routine))
	}
	panic("policy: nobody answers the facet " + facetDefs[f].Name)
}

// recipients compares addresses with the organisation's domains. A phone number
// or a hidden address cannot be compared.
func (j *judged) recipients() string {
	j.outside = 0
	domains := j.set.Organisation.Domains
	complete := j.Draft.MembersComplete && len(j.Draft.To) > 0 && len(domains) > 0
	for _, p := range j.Draft.To {
		domain, ok := domainOf(p.Address)
		switch {
		case !ok:
			complete = false
		case len(domains) > 0 && !under(domain, domains):
			j.outside++
		}
	}
	switch {
	case j.outside > 0:
		return "external"
	case complete:
		return "internal"
	}
	return "unknown"
}

// authorised: an assessment or a deviation, made by somebody named, in force on
// the day (NC-S0, NC-S8). Without a day none is known to be in force.
// One that names channels or devices covers those only (NC-S2).
func (j *judged) authorised(pack string) string {
	found := "none"
	for i := range j.set.Authorisations {
		a := &j.set.Authorisations[i]
		if a.Pack != pack || a.By == "" || !isDate(a.Date) || !isDate(a.Expires) ||
			a.Kind != "assessment" && a.Kind != "deviation" || !j.covered(a) {
			continue
		}
		if j.day != "" && a.Date <= j.day && j.day <= a.Expires {
			return "yes"
		}
		if j.day > a.Expires {
			found = "expired"
		}
	}
	return found
}

func (j *judged) covered(a *Authorisation) bool {
	return (len(a.Channels) == 0 || contains(a.Channels, j.Draft.Channel)) &&
		(len(a.Devices) == 0 || contains(a.Devices, string(j.Draft.Device)))
}

// service: the organisation lists the channels it permits (NC-S10); "unsaid"
// where it lists none.
func (j *judged) service() string {
	listed := j.set.Organisation.Channels
	switch {
	case len(listed) == 0:
		return "unsaid"
	case contains(listed, j.Draft.Channel):
		return "listed"
	}
	return "unlisted"
}

// account: the sender's own address there, against the organisation's domains.
func (j *judged) account() string {
	domain, ok := domainOf(j.Draft.Account)
	switch {
	case len(j.set.Organisation.Domains) == 0 || j.Draft.Account == "":
		return "unknown"
	case ok && under(domain, j.set.Organisation.Domains):
		return "corporate"
	}
	return "private"
}

// copied: an official account of the sender's own is among the recipients.
func (j *judged) copied() bool {
	for _, p := range j.Draft.To {
		address := strings.Trim(p.Address, " ")
		for _, own := range j.set.OfficialAccounts {
			if own != "" && len(address) == len(own) && message.HasFold(address, 0, strings.ToLower(own)) {
				return true
			}
		}
	}
	return false
}

// group: how many will see it. A list that may not be whole says only that it is
// large, where it is.
func (j *judged) group(t *Thresholds) string {
	switch n := len(j.Draft.To); {
	case n >= t.Group:
		return "large"
	case !j.Draft.MembersComplete || n == 0:
		return "unknown"
	case n == 1:
		return "one"
	}
	return "several"
}

// files: what is attached; large from so many MiB, any one of them.
func (j *judged) files(t *Thresholds) string {
	size := int64(0)
	for i := range j.Draft.Attachments {
		size = max(size, j.Draft.Attachments[i].Size)
	}
	switch {
	case len(j.Draft.Attachments) == 0:
		return "none"
	case size >= int64(t.FileMiB)<<20:
		return "large"
	}
	return "some"
}

// leaverNotice is how many days before somebody leaves the reminder begins.
const leaverNotice = 14

// leaving: the day is within the notice of the leaver's last one, or past it.
func leaving(last, day string) bool {
	return isDate(last) && day != "" && dayNumber(last)-dayNumber(day) <= leaverNotice
}

// briefed: the latest briefing on this pack against its training period and its
// version (GC-I4, NC-G11). A pack without a period asks again for new versions only.
func (j *judged) briefed(p *Pack) string {
	latest := Briefing{}
	for _, b := range j.set.Briefings {
		if b.Pack == p.ID && isDate(b.Date) && b.Date >= latest.Date {
			latest = b
		}
	}
	period := p.Training.PeriodDays
	switch {
	case latest.Date == "" || j.day == "":
		return "unsaid"
	case latest.Version != p.Version, period > 0 && dayNumber(j.day)-dayNumber(latest.Date) > period:
		return "due"
	}
	return "current"
}

// approved demands every condition of GC-I3.2: both authorities, the four
// properties, approved algorithms with their reference, and a date in force.
func approved(channel string, all []ApprovedChannel, day string) bool {
	for _, a := range all {
		if a.Channel == channel && a.SecurityApprover != "" && a.TechnicalApprover != "" && a.AlgorithmsReference != "" &&
			a.Authentication && a.Authorization && a.NonRepudiation && a.EndToEnd && a.ApprovedAlgorithms &&
			isDate(a.Date) && isDate(a.Expires) && day != "" && a.Date <= day && day <= a.Expires {
			return true
		}
	}
	return false
}
