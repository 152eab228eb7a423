package policy

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hanaper/core/classify"
	"hanaper/core/detect"
	"hanaper/core/marking"
	"hanaper/core/message"
)

// meanings are the facets in words, for pack authors.
var meanings = [NumFacets]string{
	FacetScope:        "government business? The chat's setting first; in a mixed or unset chat a protective marking, then the class",
	FacetChat:         "what the person said the chat is for",
	FacetTier:         "highest protective marking, on the lattice all countries share",
	FacetMarked:       "a marking that asks for protective controls: more than the bare word OFFICIAL",
	FacetDoubtful:     "a word that may be a marking (below thresholds.finding) and would count for more than those that surely are",
	FacetSignificance: "against the pack's thresholds; unknown: the model cannot read the text, and it is not two words only",
	FacetAct:          "the likeliest act, from p_act",
	FacetDevice:       "unknown is unmanaged; a private device under corporate management is managed",
	FacetKind:         "of channel",
	FacetOutside:      "may the channel hold data outside the person's country? Yes unless known",
	FacetIdentifiers:  "official numbers; possible: below thresholds.finding, or read as notice; contact_many: as many phone numbers and addresses as thresholds.contacts",
	FacetSecret:       "passwords and keys",
	FacetLink:         "notice below thresholds.finding, risky from there",
	FacetAttachment:   "the same for names of files",
	FacetTimer:        "disappearing messages",
	FacetRecipients:   "against the organisation's domains; unknown where an address is a phone number or hidden",
	FacetHold:         "an access request covers the chat; none must have been stated",
	FacetAuthorised:   "assessment or deviation, dated, in force on the day",
	FacetApproved:     "channel approved with every condition, in force on the day",
	FacetStrict:       "the organisation drops patterns instead of flagging them",
	FacetRole:         "what the person is",
	FacetLimb:         "halves of the definition of significant that the message meets, from p_consider and p_act",
	FacetService:      "is the channel among those the organisation permits? Unsaid where it lists none",
	FacetLeaving:      "within 14 days of the person's last day in the post",
	FacetTargeted:     "the organisation says the person attracts hostile actors",
	FacetBriefed:      "is the person's last briefing on this pack of its version and within training.period_days? Unsaid where none is told",
	FacetAccount:      "the sender's own, against the organisation's domains",
	FacetGroup:        "recipients; large from thresholds.group; unknown where the list may not be whole",
	FacetDrift:        "the chat has turned from personal to business",
	FacetFiles:        "attached; large where one has thresholds.file_mib or more",
	FacetExceptional:  "the person explained an exceptional use of this chat today, or its report went out",
	FacetRoutine:      "personal data was found in this chat thresholds.routine times or more",
	FacetKeyword:      "strongest grade among the pack's keyword lists that were found",
	FacetCopied:       "is an official account of the sender among the recipients?",
	FacetUnusual:      "is somebody among the recipients to whom the person has not written lately, as the shell counts?",
}

func TestFacetTable(t *testing.T) {
	file := filepath.Join("pack", "README.md")
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, ok := strings.Cut(string(b), "-update -->\n")
	_, tail, ok2 := strings.Cut(rest, "<!-- end -->")
	if !ok || !ok2 {
		t.Fatal("the markers are gone")
	}
	var table strings.Builder
	table.WriteString("| facet | values | asks |\n|---|---|---|\n")
	for f, d := range facetDefs {
		fmt.Fprintf(&table, "| %s | %s | %s |\n", d.Name, strings.Join(d.Values, ", "), meanings[f])
	}
	goldenAt(t, file, head+"-update -->\n"+table.String()+"<!-- end -->"+tail)
}

// circumstances are inputs that differ in where they would go and what they bring.
func circumstances() (all []Input) {
	all = append(all, in(to("a@agency.example")))
	for _, a := range []string{"a@agency.example", "me@mail.example", ""} {
		all = append(all, in(account(a)), in(account(a)), in(account(a)))
	}
	for _, n := range []int{1, 3, 30} {
		for range 3 {
			i := in(everybody)
			for range n {
				to("a@agency.example")(&i)
			}
			all = append(all, i)
		}
	}
	for _, size := range []int64{0, 1 << 30} {
		all = append(all, in(func(i *Input) {
			i.Draft.Attachments = []message.Attachment{{Name: "a.pdf", Size: size}}
			i.Drift = true
		}))
	}
	for _, text := range append([]string{""}, Grades...) {
		all = append(all, in(said("these "+text+" words")))
	}
	for limbs := range 4 {
		all = append(all, in(significant(9300), func(i *Input) {
			i.Class.Limbs = [2]classify.Prob{classify.Prob(limbs & 1 * 9000), classify.Prob(limbs >> 1 * 9000)}
		}))
	}
	return all
}

// Each facet takes each of its values, and no state leaves its list.
func TestEveryFacetValueIsReached(t *testing.T) {
	var reached [NumFacets][8]bool
	whole := ApprovedChannel{Channel: "whatsapp", SecurityApprover: "a", TechnicalApprover: "b", Date: "2026-01-01", Expires: "2026-12-31",
		Authentication: true, Authorization: true, NonRepudiation: true, EndToEnd: true, ApprovedAlgorithms: true, AlgorithmsReference: "r"}
	expired := Settings{Authorisations: []Authorisation{{Pack: nc, Kind: "deviation", By: "x", Date: "2020-01-01", Expires: "2021-01-01"}}}
	all := everyInput()
	for _, r := range []marking.Rank{marking.RankNone, marking.RankOfficial, marking.RankProtected, marking.RankHigh, marking.RankSecret, marking.RankTopSecret} {
		all = append(all, in(marked(marking.Marking{Tier: "x", Rank: r})))
	}
	all = append(all, in(doubtful(secret)))
	for i := range classify.Acts {
		all = append(all, in(act(i), channel(message.Channels[i].ID)))
	}
	for _, c := range message.Channels {
		all = append(all, in(channel(c.ID), found("link", detect.ClassLink, 600), to("a@agency.example"), everybody))
	}
	p, everything := *packs(t, nc)[0], []Facet{}
	for f := range NumFacets {
		everything = append(everything, f)
	}
	for _, grade := range Grades {
		p.Keywords = append(p.Keywords, KeywordList{ID: grade, Grade: grade, Terms: []string{grade + " words"}})
	}
	p.prepare()
	all = append(all, circumstances()...)
	for i, input := range all {
		set := []Settings{{}, ncAuthorised(), expired, {ApprovedChannels: []ApprovedChannel{whole}, BlockPatterns: true}}[i%4]
		set.Organisation.Domains = []string{"agency.example"}
		set.OfficialAccounts = []string{"a@agency.example"}
		if i%3 == 0 {
			set.Organisation.Channels = []string{"whatsapp"}
			set.LeaverDate, set.HighRisk, set.PersonalNotices, set.UnusualParties = "2026-11-30", true, 7, 1
		}
		set.Role, set.Exceptional = Roles[i%len(Roles)], Exceptionals[i%len(Exceptionals)]
		if i%5 > 0 {
			set.Briefings = []Briefing{{nc, p.Version, []string{"2026-01-05", "2025-01-05"}[i%2]}}
		}
		s := newJudged(input, &set, now[:10]).state(&p, everything)
		for f := range s {
			reached[f][s[f]] = true
		}
	}
	for f, d := range facetDefs {
		for n, v := range d.Values {
			if d.Name == "outside" && v == "no" {
				continue // no registered channel promises it yet
			}
			if !reached[f][n] {
				t.Errorf("no input makes %s %s", d.Name, v)
			}
		}
	}
}
