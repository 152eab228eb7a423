package detect

import (
	"strings"
	"sync"

	"hanaper/core/message"
)

// detector is one entry of the list.
type detector struct {
	id      string
	class   Class
	source  string       // the statute, standard or register the rules come from
	about   string       // what it finds, one line
	reasons string       // the reasons it gives, apart by spaces
	words   string       // context words, see parseWords
	marks   string       // words at which its search starts
	find    func(*input) // nil for a detector of attachment names
}

// list is every detector. Its order settles ties between overlapping findings.
var list = [...]*detector{
	&privateKey,
	&apiKey,
	&password,
	&link,
	&paymentCard,
	&iban,
	&usSSN,
	&usITIN,
	&caSIN,
	&ukNINO,
	&ukNHSNumber,
	&ukUTR,
	&usMBI,
	&caHealthCard,
	&caBusinessNumber,
	&ukDrivingLicence,
	&passportNumber,
	&usDriverLicence,
	&usRoutingNumber,
	&bankAccount,
	&ukVehicleRegistration,
	&dateOfBirth,
	&emailAddress,
	&phone,
	&ipAddress,
	&macAddress,
	&attachmentName,
}

// Info describes a detector, for documents and packs.
type Info struct {
	ID          string
	Class       Class
	Source      string
	Description string
	Reasons     []string // the reasons its findings give
}

// List describes every detector, in the order that settles ties.
func List() []Info {
	out := make([]Info, len(list))
	for i, d := range list {
		out[i] = Info{d.id, d.class, d.source, d.about, strings.Fields(d.reasons)}
	}
	return out
}

// asked are the context words of identifiers and dates of birth at the end of a
// text.
func (e *engine) asked(s string) uint64 {
	from := max(0, len(s)-askedWithin)
	for from > 0 && from < len(s) && s[from]&0xC0 == 0x80 {
		from++ // not within a character
	}
	before := message.Normalize("", s[from:])
	q := input{s: before.Norm}
	q.read(e.machine, e.words)
	var kinds uint64
	for i, d := range list {
		if d.class == ClassIdentifier || d == &dateOfBirth {
			kinds |= contextOf(i)
		}
	}
	return q.seen & kinds
}

func contextOf(i int) uint64 { return 1 << (2 * i) }
func markOf(i int) uint64    { return 2 << (2 * i) }

func indexOf(d *detector) int {
	for i, o := range list {
		if o == d {
			return i
		}
	}
	return -1
}

type engine struct {
	words   []word
	machine *machine
}

// ready builds the automaton once, at the first text: it costs a fraction of a
// millisecond, which a start of the module need not pay.
var ready = sync.OnceValue(func() *engine {
	e := &engine{}
	at := map[string]int{}
	add := func(w word) {
		if i, ok := at[w.text]; ok {
			old := &e.words[i]
			old.left, old.right = old.left && w.left, old.right && w.right
			old.kinds |= w.kinds
			return
		}
		at[w.text] = len(e.words)
		e.words = append(e.words, w)
	}
	for i, d := range list {
		parseWords(d.words, contextOf(i), add)
		parseWords(d.marks, markOf(i), add)
	}
	e.machine = build(e.words)
	return e
})
