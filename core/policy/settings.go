// Package policy turns findings into a verdict by the decision tables of packs.
package policy

// Settings are what the person or the organisation chose, as far as the
// judgement needs it.
type Settings struct {
	Packs            []string          `json:"packs"`      // ids; one verdict is the join of all
	Role             string            `json:"role"`       // official, minister, special_adviser, contractor, board_member or expert
	Language         string            `json:"language"`   // en or fr, of the texts in the verdict
	Generation       int64             `json:"generation"` // raised by the shell at every change
	Organisation     Organisation      `json:"organisation"`
	Authorisations   []Authorisation   `json:"authorisations"`
	ApprovedChannels []ApprovedChannel `json:"approved_channels"`
	BlockPatterns    bool              `json:"block_patterns"`    // NC: drop instead of flag; managed policy only
	Acknowledged     []string          `json:"acknowledged"`      // pack/clause of once-reasons already shown: they no longer act
	LeaverDate       string            `json:"leaver_date"`       // YYYY-MM-DD, the person's last day in the post; "" where not known
	HighRisk         bool              `json:"high_risk"`         // attractive to hostile actors (UK-34); managed policy only
	OfficialAccounts []string          `json:"official_accounts"` // the person's own addresses at the organisation
	Briefings        []Briefing        `json:"briefings"`         // what the person was taught, and when
	Exceptional      string            `json:"exceptional"`       // of this chat today, one of Exceptionals
	Drift            []int64           `json:"drift"`             // Verdict.Drift of the chat's last message, empty for a new chat; nil: do not watch
	PersonalNotices  int64             `json:"personal_notices"`  // personal data found in this chat so far: a count, no content (UK-37.2)
	UnusualParties   int64             `json:"unusual_parties"`   // recipients the person has not written to lately: a count, no names (NC-G1b)
}

// Exceptionals say whether the person has explained an exceptional use of this
// chat today, and whether its report went out (UK-10a).
var Exceptionals = []string{"none", "declared", "reported"}

// Briefing is training on a pack that the person has completed (GC-I4, NC-G11).
type Briefing struct {
	Pack    string `json:"pack"`
	Version string `json:"version"` // of the pack then
	Date    string `json:"date"`    // YYYY-MM-DD
}

// Organisation is the person's own: addresses under its domains are corporate.
type Organisation struct {
	Name     string   `json:"name"`
	Domains  []string `json:"domains"`
	Channels []string `json:"channels"` // channel ids it permits (NC-S10); empty: it has not said
}

// Authorisation is a risk assessment or a deviation (NC-S0, NC-S8).
type Authorisation struct {
	Pack    string `json:"pack"`
	Kind    string `json:"kind"` // assessment or deviation
	By      string `json:"by"`
	Date    string `json:"date"`    // YYYY-MM-DD
	Expires string `json:"expires"` // YYYY-MM-DD, required
	Scope   string `json:"scope"`
	// The circumstances it covers (NC-S2): channel ids and device profiles, all
	// where a list is empty.
	Channels []string `json:"channels"`
	Devices  []string `json:"devices"`
}

// ApprovedChannel is the exception of GC-I3.2; it holds only when all is given.
type ApprovedChannel struct {
	Channel             string `json:"channel"`
	SecurityApprover    string `json:"security_approver"`
	TechnicalApprover   string `json:"technical_approver"`
	Date                string `json:"date"`
	Expires             string `json:"expires"`
	Authentication      bool   `json:"authentication"`
	Authorization       bool   `json:"authorization"`
	NonRepudiation      bool   `json:"non_repudiation"`
	EndToEnd            bool   `json:"end_to_end"`
	ApprovedAlgorithms  bool   `json:"approved_algorithms"`
	AlgorithmsReference string `json:"algorithms_reference"`
}
