package policy

// Pack is a rule book as data: its clauses word for word, decision tables over
// facets, and the texts people see. There is no expression language in it: a
// pack chooses among the facets and detectors compiled into the core.
//
// The source is YAML (pack/<id>/pack.yaml); desktop/pack compiles it to the
// canonical JSON that Load reads and desktop/pack.Lint proves complete.
type Pack struct {
	ID            string
	Version       string // of the pack, not of the rule book: 1.0.0
	Jurisdiction  string // ISO 3166: GB, CA, US-NC
	Languages     []string
	Source        Source
	Clauses       []Clause
	Preconditions []Precondition
	Thresholds    Thresholds
	Applies       Applies
	Vocabulary    Vocabulary
	Detectors     []DetectorUse
	Tables        []Table
	Routes        []Route
	Contacts      []Contact
	Training      Training
	Reports       []Report
	Capture       CaptureRules
	Logging       Logging
	HoldRelease   string // what ends a hold: receipt (GC-E6.2) or officer
	Strings       map[string]map[string]string
	Texts         []string // text ids that no row uses and other parts of the product may
	Keywords      []KeywordList
	Protected     []string    // domains whose look-alikes are warned of
	References    []Reference // further reading the rules name
	Risks         []Risk
	FailMode      string // open or closed: what happens without an answer (ruling 2)
	MaxAction     Action // no row of this pack acts more strongly
	NonDerogable  []string

	// Of is the rule book an overlay adds to, "" for a rule book. A compiled overlay
	// is a pack like any other, joined to its rule book: so it cannot weaken it.
	// Its texts "+ID" stand after the rule book's text ID.
	Of string
	// Trust is whence the pack came: TrustBundled, TrustSigned or TrustUnsigned;
	// Signer who signed it, as the organisation names the key.
	Trust  string
	Signer string

	asked []Facet   // by any of the tables
	words wordIndex // of Keywords
}

// Source is where the rules come from. An empty date is unknown and must be
// declared so.
type Source struct {
	Title            string
	URL              string
	URLFR            string // of the source's own French version, "" where there is none
	Licence          string
	SHA256           string // of the text the clauses were taken from, hexadecimal
	Published        string // YYYY-MM-DD
	PublishedUnknown bool
	ReviewBy         string // YYYY-MM-DD
	ReviewUnknown    bool
	SupersededBy     string
}

// Clause is one requirement in the source's own words.
type Clause struct {
	ID     string // row id of the requirements: UK-10a
	Para   string // as people cite it: paragraph 10a
	Force  string // must, must_not, should, should_not, may, context
	Text   string // exact, in the source's language
	TextFR string // courtesy translation or gloss, "" where there is none
	ParaFR string
}

// Precondition must hold before the tables' normal rows do (NC-S8).
type Precondition struct {
	Type   string // risk_assessment or deviation
	Clause string
}

// Thresholds turn probabilities (in 1/10,000) and counts into facets.
type Thresholds struct {
	Consider uint16 // significance is "consider" from here
	Capture  uint16
	Stop     uint16
	Scope    uint16 // a class below it is unclear
	Act      uint16 // an act or limb is named from here
	Contacts int    // so many different contacts are a list (facet contact_many)
	Finding  int    // findings below this confidence, per mille, ask for a notice at most
	Group    int    // so many recipients are a large group
	FileMiB  int    // a file of so many MiB is large
	Routine  int    // so many notices of personal data in a chat are routine use
}

// Reference is further reading that a clause names.
type Reference struct {
	Title  string
	URL    string
	Clause string
}

// Risk is one the rule book identifies, and what answers it: ids of tables,
// detectors, keyword lists or clauses.
type Risk struct {
	ID       string
	Clause   string
	Text     string // text id
	Controls []string
}

// Applies says where the rule book speaks (ruling 6).
type Applies struct {
	Kinds           []string // channel kinds its words cover; elsewhere the pack speaks as extended
	Devices         []string // device kinds its words name, for display: mobile, desktop, any
	CorporateExempt []string // channel kinds where an account of the organisation is outside the rules
	ExtendedText    string   // text id of "your department extends this rule here"
}

// Vocabulary names what the rule book calls things; the core knows no country.
type Vocabulary struct {
	Markings    []string
	Descriptors []string
	Limbs       []Limb
}

// Limb is one half of the definition of significant.
type Limb struct {
	ID     string // as in classify.Limbs
	Clause string
}

// DetectorUse says as what a pack reads a detector's findings.
type DetectorUse struct {
	ID     string
	As     string // identifier, contact, notice (possible, however sure), secret, link, attachment or ignore
	Label  string // text id of its name in running text
	Clause string
}

// Table is a complete decision table: exactly one row accepts any state.
type Table struct {
	ID      string
	Facets  []Facet
	Rows    []Row
	Partial bool // cells of an overlay, stricter than the rule book's table of that id: no row need accept
}

// Row is a condition and what follows from it.
type Row struct {
	When        []Mask // any of these
	Level       Level
	Clauses     []string // the first is cited, the others stand beside it
	Text        string   // text id, "" for a silent row
	Because     string   // what the reason points at: see causes
	Once        string   // "", session or chat_day
	Override    string   // "", click, reason or not_significant
	States      []string // of a cell: the axes it states; the others stay the rule book's
	Obligations []Owed
	Advice      []AdviceRef
}

// meets is Accepts where the row asks about these facets only.
func (r *Row) meets(facets []Facet, s *State) bool {
	for i := range r.When {
		if r.When[i].meets(facets, s) {
			return true
		}
	}
	return false
}

// Owed is an obligation before its day is known.
type Owed struct {
	Obligation
	WithinDays int // after judging; 0: no such time
}

// AdviceRef is advice before its text is looked up.
type AdviceRef struct {
	Kind string
	Text string
}

// Accepts tells whether the state meets one of the row's conditions.
func (r *Row) Accepts(s *State) bool {
	for i := range r.When {
		if r.When[i].Accepts(s) {
			return true
		}
	}
	return false
}

// Route is a role that is told something.
type Route struct {
	Kind      string // see RouteKinds
	Role      string // as the rule book calls it; obligations and reports name it so
	RoleFR    string
	Clause    string
	Address   string // template, "" where the organisation fills it in
	Transport string // draft: the person sends it; alert: managed policy may send
}

// Contact is somebody to ask.
type Contact struct {
	Name    string
	Address string
	Phone   string
	Fax     string
	TTY     string
	Email   string
}

// Training is what people must be taught and how often.
type Training struct {
	PeriodDays int  // 0: no period
	Required   bool // false: advice only
	Clause     string
	Modules    []string
}

// Report is a form the rules ask for.
type Report struct {
	ID     string // F1
	Clause string
	To     []string // roles
	Text   string   // text id of its name
}

// CaptureRules say what a record needs and how it may be made.
type CaptureRules struct {
	Fields         []string
	Methods        []string
	Formats        []string
	Clause         string
	LocalPurgeDays int // content leaves the device so many days after delivery; 0: at once
}

// Logging is the ceiling for each log: an overlay may lower it, never raise it.
type Logging struct {
	Content  string // never_auto or on_user_click
	Events   string // off, optional or required
	Evidence string // optional or required
	Clause   string
}

// Clause returns the clause with that id.
func (p *Pack) Clause(id string) (Clause, bool) {
	for i := range p.Clauses {
		if p.Clauses[i].ID == id {
			return p.Clauses[i], true
		}
	}
	return Clause{}, false
}

// Text returns a text in a language, in the pack's first language where it has
// no other, and "" where the pack lacks the id.
func (p *Pack) Text(id, language string) string {
	if s, ok := p.Strings[language][id]; ok {
		return s
	}
	if len(p.Languages) > 0 {
		return p.Strings[p.Languages[0]][id]
	}
	return ""
}

// Overdue tells whether the review date has passed on the day, YYYY-MM-DD.
func (p *Pack) Overdue(day string) bool {
	return p.Source.ReviewBy != "" && day > p.Source.ReviewBy
}
