package policy

import "hanaper/core/message"

// Verdict says whether a draft may be sent here and whether it must be kept,
// and why. Fields may be added, never changed (schema/verdict.schema.json).
type Verdict struct {
	V            int          `json:"v"`
	ID           string       `json:"id"`
	Permission   string       `json:"permission"` // permitted, permitted_with_regard, care, exceptional_only, prohibited or unknown
	Duty         string       `json:"duty"`       // none, transitory, consider, capture or unknown
	Action       string       `json:"action"`     // allow, notice, warn, justify, block or unknown
	Scope        Scope        `json:"scope"`
	Significance Significance `json:"significance"`
	Marking      string       `json:"marking"` // as displayed, "" for none
	Reasons      []Reason     `json:"reasons"`
	Obligations  []Obligation `json:"obligations"`
	Advice       []Advice     `json:"advice"`
	Digest       string       `json:"digest"` // of the draft judged: message.Draft.Digest
	Packs        []PackRef    `json:"packs"`
	Drift        []int64      `json:"drift"`    // of the chat once this message is sent: Settings.Drift for the next; empty where not watched
	Core         string       `json:"core"`     // core version
	Warnings     []Warning    `json:"warnings"` // unknown input fields, unknown channel, cut lists
	Error        string       `json:"error"`    // why it is unknown, "" otherwise
}

// Scope is what the message is about.
type Scope struct {
	Class       string  `json:"class"` // business, personal, political or unclear
	Probability float64 `json:"probability"`
}

// Significance is the model's answer to "must it be kept?" (UK-14).
type Significance struct {
	Probability float64  `json:"probability"`
	Significant bool     `json:"significant"` // at or above the packs' lowest p_capture
	Limbs       []string `json:"limbs"`       // direction, material_change
	Acts        []string `json:"acts"`        // decision, approval, permission, request, change, position
}

// Reason is one rule that spoke.
type Reason struct {
	Pack       string         `json:"pack"`
	Clause     string         `json:"clause"`     // row id: UK-10a
	Also       []string       `json:"also"`       // row ids of further clauses of the same rule
	Para       string         `json:"para"`       // as a person cites it: paragraph 10a
	TextID     string         `json:"text_id"`    // in the pack's strings: W-UK-10a
	Text       string         `json:"text"`       // that text in the language asked for
	Action     string         `json:"action"`     // what this rule alone asks for
	Detector   string         `json:"detector"`   // detector id, marking, significance, device or ""
	Spans      []message.Span `json:"spans"`      //
	Confidence float64        `json:"confidence"` // 0 to 1
	Once       string         `json:"once"`       // "", session or chat_day: see Settings.Acknowledged
	Override   string         `json:"override"`   // how the person may release: "", click, reason, not_significant
}

// Obligation must be met; who and by when where the rule says so.
type Obligation struct {
	Kind string `json:"kind"` // capture, report, justify or assess
	To   string `json:"to"`   // role, "" where none
	By   string `json:"by"`   // RFC 3339, "" where no time is set
}

// Advice may be ignored.
type Advice struct {
	Kind   string         `json:"kind"` // edit, switch_channel, security, delete, link
	TextID string         `json:"text_id"`
	Text   string         `json:"text"`
	Spans  []message.Span `json:"spans"` // of an edit: without these words the draft is not stopped; else empty
}

// PackRef names a pack that took part.
type PackRef struct {
	ID      string `json:"id"`
	Version string `json:"version"`
	Overdue bool   `json:"overdue"` // its review date has passed on the day of judging
	// Extended is the text "your department extends this rule here" where the
	// channel is of a kind the rule book's own words do not cover, "" elsewhere.
	Extended string `json:"extended"`
	FailMode string `json:"fail_mode"` // open or closed: what to do without an answer
	// SupersededBy names what took the rule book's place, "" where nothing did.
	SupersededBy string `json:"superseded_by"`
	Trust        string `json:"trust"`  // bundled, signed or unsigned
	Signer       string `json:"signer"` // who signed it, as the organisation names the key; "" otherwise
}

// Warning is something about the input that did not stop the judgement.
type Warning struct {
	Field string `json:"field"`
	Text  string `json:"text"`
}
