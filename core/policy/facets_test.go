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
	for i, input := range all {
		set := []Settings{{}, ncAuthorised(), expired, {ApprovedChannels: []ApprovedChannel{whole}, BlockPatterns: true}}[i%4]
		set.Organisation.Domains = []string{"agency.example"}
		s := newJudged(input, &set, now[:10]).state(packs(t, nc)[0])
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
