package policy

// Permission says whether the message may be sent here.
type Permission uint8

// Permissions in order of strength. Unknown stands above what would look fine
// and below what is known to need care: "not checked" must hide neither.
const (
	Permitted Permission = iota
	PermittedWithRegard
	PermissionUnknown
	Care
	ExceptionalOnly
	Prohibited
)

// Duty says whether the message must be kept.
type Duty uint8

// Duties in order of strength; unknown as in Permission.
const (
	DutyNone Duty = iota
	Transitory
	DutyUnknown
	Consider
	Capture
)

// Action is what the interface does.
type Action uint8

// Actions in order of strength: allow is silent, notice a chip while sending goes
// on, warn waits for a click, justify for a reason, block prevents.
const (
	Allow Action = iota
	Notice
	ActionUnknown
	Warn
	Justify
	Block
)

var (
	permissionNames = []string{"permitted", "permitted_with_regard", "unknown", "care", "exceptional_only", "prohibited"}
	dutyNames       = []string{"none", "transitory", "unknown", "consider", "capture"}
	actionNames     = []string{"allow", "notice", "unknown", "warn", "justify", "block"}
)

func (p Permission) String() string { return permissionNames[p] }
func (d Duty) String() string       { return dutyNames[d] }
func (a Action) String() string     { return actionNames[a] }

// Level is a verdict's two axes and its action. Levels form a lattice, ordered
// axis by axis; Join is its least upper bound, so that no table and no pack can
// weaken what another one says.
type Level struct {
	Permission Permission
	Duty       Duty
	Action     Action
}

// Join returns the weakest level that is at least a and at least b.
func (a Level) Join(b Level) Level {
	return Level{max(a.Permission, b.Permission), max(a.Duty, b.Duty), max(a.Action, b.Action)}
}

// AtMost tells whether a is no stronger than b on every axis.
func (a Level) AtMost(b Level) bool {
	return a.Permission <= b.Permission && a.Duty <= b.Duty && a.Action <= b.Action
}
