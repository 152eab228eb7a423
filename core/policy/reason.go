package policy

import (
	"strconv"
	"strings"

	"hanaper/core/detect"
	"hanaper/core/message"
)

// reasons writes the reasons of one row: one for each kind of identifier, link or
// attachment found, one for every other cause.
func (j *judged) reasons(p *Pack, r *Row) []Reason {
	c, _ := p.Clause(r.Clauses[0])
	base := Reason{Pack: p.ID, Clause: c.ID, Para: c.Para, Also: r.Clauses[1:], TextID: r.Text,
		Once: r.Once, Override: r.Override, Confidence: 1}
	language := j.set.Language
	if language == "fr" && c.ParaFR != "" {
		base.Para = c.ParaFR
	}
	v := params{}
	switch r.Because {
	case "identifiers", "secrets", "links", "attachments":
		return j.byDetector(p, r, base)
	case "marking", "doubtful":
		base.Detector = "marking"
		base.Spans, base.Confidence = j.markings(p, r.Because == "doubtful")
	case "significance":
		base.Detector = "significance"
		base.Spans = j.Class.Words
		base.Confidence = probability(j.Class.Significance)
	case "keywords":
		return j.byKeyword(p, r, base)
	case "recipients":
		base.Detector = r.Because
		v.count = j.outside
	case "unusual":
		base.Detector = r.Because
		v.count = int(j.set.UnusualParties)
	case "group":
		base.Detector = r.Because
		v.count = len(j.Draft.To)
	case "drift":
		base.Detector = r.Because
		base.Confidence = probability(j.Class.Business)
	case "leaving":
		base.Detector = r.Because
		v.day = j.set.LeaverDate
	case "rule":
	default:
		base.Detector = r.Because
	}
	base.Text = j.fill(p, j.text(p, r.Text), v)
	return []Reason{base}
}

// markings gives the places of the markings a pack is sure of, or else of those
// it doubts, as far as they count, and the best confidence among them.
func (j *judged) markings(p *Pack, doubtful bool) (spans []message.Span, confidence float64) {
	rank, _ := j.sure(p)
	for i := range j.Markings {
		m := &j.Markings[i]
		if (m.Confidence < p.Thresholds.Finding) == doubtful && (j.protective(p, m) || m.Rank == rank) {
			spans = append(spans, m.Span)
			confidence = max(confidence, perMille(m.Confidence))
		}
	}
	return spans, confidence
}

// byDetector writes one reason for each detector whose findings the cause means,
// in the order of their first finding.
func (j *judged) byDetector(p *Pack, r *Row, base Reason) (out []Reason) {
	var counts []int
	var said []string
	at := map[string]int{}
	for i := range j.Findings {
		f := &j.Findings[i]
		as := p.use(f)
		if !meant(r.Because, as) || r.Level.Action > Notice && (as == "notice" || f.Confidence < p.Thresholds.Finding) {
			continue
		}
		n, seen := at[f.Detector]
		if !seen {
			n = len(out)
			at[f.Detector] = n
			reason := base
			reason.Detector, reason.Spans, reason.Confidence = f.Detector, nil, 0
			out, counts, said = append(out, reason), append(counts, 0), append(said, "")
		}
		out[n].Spans = append(out[n].Spans, f.Span)
		out[n].Confidence = max(out[n].Confidence, perMille(f.Confidence))
		if counts[n]++; counts[n] <= maxSaid {
			said[n] = andSaid(said[n], f.Says(j.set.Language), j.set.Language)
		}
	}
	for n := range out {
		out[n].Text = j.fill(p, j.text(p, r.Text), params{kind: j.label(p, out[n].Detector), count: counts[n], seen: said[n]})
	}
	return j.withoutFewContacts(p, out, counts)
}

// maxSaid is how many findings of one kind a text tells of; the spans show all.
const maxSaid = 3

// andSaid adds what was seen of one more finding, unless it says the same.
func andSaid(said, more, language string) string {
	switch {
	case said == "":
		return more
	case more == "" || strings.Contains(said, more):
		return said
	}
	return said + either(language == "fr", " ; ", "; ") + more
}

// withoutFewContacts drops the reason for a contact or two beside a number that
// matters: contacts count as a list only.
func (j *judged) withoutFewContacts(p *Pack, in []Reason, counts []int) (out []Reason) {
	contacts := 0
	isContact := func(detector string) bool {
		for i := range j.Findings {
			if j.Findings[i].Detector == detector {
				return p.use(&j.Findings[i]) == "contact"
			}
		}
		return false
	}
	for n := range in {
		if isContact(in[n].Detector) {
			contacts += counts[n]
		}
	}
	for n := range in {
		if contacts >= p.Thresholds.Contacts || !isContact(in[n].Detector) {
			out = append(out, in[n])
		}
	}
	return out
}

// text is a row's text, and what overlays put after it.
func (j *judged) text(p *Pack, id string) string {
	s := p.Text(id, j.set.Language)
	for _, o := range j.overlays {
		if local := o.Text("+"+id, j.set.Language); local != "" && o.Of == p.ID && o.Trust != TrustUnsigned { // nobody else speaks in its name
			s += " " + local
		}
	}
	return s
}

func meant(cause, as string) bool {
	switch as {
	case "identifier", "contact", "notice":
		return cause == "identifiers"
	case "secret":
		return cause == "secrets"
	case "link":
		return cause == "links"
	case "attachment":
		return cause == "attachments"
	}
	return false
}

func (j *judged) label(p *Pack, detector string) string {
	for i := range j.Findings {
		if f := &j.Findings[i]; f.Detector == detector {
			return Label([]*Pack{p}, f, j.set.Language)
		}
	}
	return detector
}

// Label is what the first of the packs that names a finding's detector calls it, in
// running text; a plain name where none does.
func Label(packs []*Pack, f *detect.Finding, language string) string {
	for _, p := range packs {
		for i := range p.Detectors {
			if d := &p.Detectors[i]; d.ID == f.Detector && p.Text(d.Label, language) != "" {
				return p.Text(d.Label, language)
			}
		}
	}
	return plainName(f.Class, language == "fr")
}

// plainName says what a detector found that the pack has no name for, as one
// written before the detector was.
func plainName(class detect.Class, french bool) string {
	switch class {
	case detect.ClassContact:
		return either(french, "des coordonnées", "contact details")
	case detect.ClassSecret:
		return either(french, "un mot de passe ou une clé", "a password or key")
	case detect.ClassLink:
		return either(french, "un lien", "a link")
	case detect.ClassAttachment:
		return either(french, "un fichier", "a file")
	}
	return either(french, "un numéro officiel", "an official number")
}

// params are the values of a text's {parameters}.
type params struct {
	kind  string // {type}: what was found, in running text and with its article
	count int    // {n}: how many findings, or recipients
	day   string // {date}: YYYY-MM-DD; "": the day the last authorisation ended
	seen  string // {seen}: what was seen of a link or a file, in a few words
}

// fill puts parameters into a text, once: what a parameter holds is not read
// again. {t} is the time until messages disappear, {marking} the marking shown,
// {date} the reason's day, else that on which the last authorisation ended.
func (j *judged) fill(p *Pack, text string, v params) string {
	var out []byte
	for {
		open := strings.IndexByte(text, '{')
		end := strings.IndexByte(text, '}')
		if open < 0 || end < open {
			if out == nil {
				return text
			}
			return string(append(out, text...))
		}
		out = append(out, text[:open]...)
		switch name := text[open+1 : end]; name {
		case "type":
			out = append(out, v.kind...)
		case "seen":
			out = append(out, v.seen...)
		case "n":
			out = strconv.AppendInt(out, int64(v.count), 10)
		case "t":
			out = append(out, duration(j.Draft.TimerS, j.set.Language)...)
		case "marking":
			out = append(out, j.highest.In(j.set.Language)...)
		case "date":
			out = append(out, v.day...)
			if v.day == "" {
				out = append(out, j.ended(p.ruleBook())...)
			}
		default:
			out = append(out, text[open:end+1]...)
		}
		text = text[end+1:]
	}
}

// ended is the day the pack's last authorisation ended, "" where none has.
func (j *judged) ended(pack string) (day string) {
	for _, a := range j.set.Authorisations {
		if a.Pack == pack && a.Expires < j.day && a.Expires > day {
			day = a.Expires
		}
	}
	return day
}

func perMille(n int) float64 { return float64(n) / 1000 }

// duration writes seconds in the largest unit that is whole.
func duration(s int64, language string) string {
	units := [...]struct {
		seconds  int64
		en, fr   string
		ens, frs string
	}{
		{7 * 86400, "week", "semaine", "weeks", "semaines"},
		{86400, "day", "jour", "days", "jours"},
		{3600, "hour", "heure", "hours", "heures"},
		{60, "minute", "minute", "minutes", "minutes"},
		{1, "second", "seconde", "seconds", "secondes"},
	}
	for _, u := range units {
		if s <= 0 || s%u.seconds != 0 {
			continue
		}
		n, word := s/u.seconds, u.ens
		switch {
		case language == "fr" && n < 2:
			word = u.fr
		case language == "fr":
			word = u.frs
		case n == 1:
			word = u.en
		}
		return strconv.FormatInt(n, 10) + " " + word
	}
	return ""
}
