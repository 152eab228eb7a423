// Package detect finds identifiers, secrets, risky links and risky attachment
// names. One detector a file; the file's name is the detector's id.
//
// A text is read once: an automaton over all keywords and a scanner for runs of
// digits. Each detector then looks only where its words or digits are, and a
// verifier written by hand decides: structure, checksum, context words in
// English and French.
//
// Confidence is per mille: of a hundred such findings in office chat, how many
// are what they claim to be, put as one of a few steps:
//
//	950 and above  checksum or unmistakable structure, and context or a telling
//	               way of writing; wrong about once in a hundred
//	800 to 949     valid structure with context or a telling way of writing;
//	               wrong once in ten
//	650 to 799     valid structure, some other thing is possible; wrong once in four
//	500 to 649     as likely as not: worth a notice, never a stop
//
// Counted, not felt (TestConfidence, TestAlarms): of the findings on the cases of
// presidio, python-stdnum and stdnum-js, where the answer is known, right were at
// 950 and above 153 of 156 (two of the three stand a character or two beside the
// suite's place), at 800 35 of 35, at 650 4 of 4, at 500 10 of 10. In 110,543 real
// messages, which hold next to no identifiers, none was found wrongly: an alarm
// without cause is rarer than 1 in 36,000 (rule of three). What the cases cannot
// tell, how often a number without a check digit means something else, is taken
// from its form: one in ten for a check digit modulo 10, one in eleven modulo 11.
//
// The oracle of the tests gives the same figures, so none changes unseen. Nothing
// below 500 is reported. No two findings of one text overlap: of two
// that do, the one of higher confidence stays, then the longer, then the one
// earlier in the list.
//
// A new detector is a file <id>.go with its detector value, a line in list, a
// slow version in the oracles of the tests, and testdata/detect/<id>.txtar with
// eight hits and eight misses. Its context words go into words, the words at
// which a search starts into marks.
package detect

import "hanaper/core/message"

// Class groups detectors for the decision tables.
type Class string

// The classes. An identifier singles out a person or an account by an official
// number; contact is a phone number or an address, ordinary in small numbers.
const (
	ClassIdentifier Class = "identifier"
	ClassContact    Class = "contact"
	ClassSecret     Class = "secret"
	ClassLink       Class = "link"
	ClassAttachment Class = "attachment"
)

// Finding is what a detector saw.
type Finding struct {
	Detector   string       // id: us-ssn
	Class      Class        //
	Span       message.Span // into the original field
	Confidence int          // per mille, see the package comment
	Reason     string       // short id of why: checksum, context, format, userinfo
	Is, Shows  string       // of links and files: what it is, and what it looks like; see Says
}

// Scan finds everything in one field, in order of Start. One pass: Aho-Corasick
// over all keywords and a digit-run scanner, then hand-written verifiers. Links
// that imitate one of the protected domains (gov.uk) are found; those domains and
// what is below them are never risky.
func Scan(t *message.Text, protected ...string) []Finding { return ScanAnswer("", t, protected...) }

// ScanAnswer is Scan of a text that follows another in its chat: a word of the one
// before ("what is your NI number?") is context for an identifier or a date of
// birth that the text begins with.
func ScanAnswer(before string, t *message.Text, protected ...string) []Finding {
	e := ready()
	in := input{text: t, s: t.Norm, protected: protected}
	in.read(e.machine, e.words)
	if before != "" && len(in.groups) > 0 && in.groups[0].start < answerWithin {
		in.asked = e.asked(before)
		in.seen |= in.asked
	}
	for i, d := range list {
		if d.find == nil {
			continue
		}
		in.current, in.words, in.marks = i, contextOf(i), markOf(i)
		d.find(&in)
	}
	return in.findings()
}

// ScanName judges an attachment's name: at most one finding.
func ScanName(t *message.Text) []Finding {
	in := input{text: t, s: t.Norm, current: indexOf(&attachmentName)}
	findAttachmentName(&in)
	return in.findings()
}
