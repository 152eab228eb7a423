package policy

import "hanaper/core/message"

const deletion = "delete"

// adviseDeletion is the only source of advice to delete. Under a hold, or where
// nobody has stated that there is none, there is no such advice (ruling 12; to
// counsel erasing what was requested is an offence, GC-E6.1); nor where any pack
// asks for more than transitory, or could not tell.
func adviseDeletion(hold message.Hold, duty Duty, advice []Advice) []Advice {
	if hold != message.HoldNone || duty != Transitory {
		return nil
	}
	return advice
}
