// Package detect finds identifiers, secrets, risky links and risky attachment
// names. One detector a file; the file's name is the detector's id.
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
	Confidence int          // per mille, calibrated on the committed examples
	Reason     string       // short id of why: checksum, context, format, userinfo
}

// Scan finds everything in one field, in order of Start. One pass: Aho-Corasick
// over all keywords and a digit-run scanner, then hand-written verifiers.
func Scan(t *message.Text) []Finding { return nil }

// ScanName judges an attachment's name.
func ScanName(t *message.Text) []Finding { return nil }
