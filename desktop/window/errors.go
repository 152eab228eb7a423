package window

import (
	"encoding/json"
	"errors"

	"hanaper/desktop/deliver"
	"hanaper/desktop/vault"
)

// Error reaches the page as its JSON. Code is one that the page has words for in both
// languages, "" where Text, in English, is all there is.
type Error struct {
	Code string `json:"code"`
	Text string `json:"text"`
}

func (e *Error) Error() string {
	text, _ := json.Marshal(e) // two strings
	return string(text)
}

// codes are the errors that the page has words for.
var codes = []struct {
	err  error
	code string
}{
	{vault.ErrLocked, "locked"}, {vault.ErrExists, "exists"}, {vault.ErrNoVault, "no_vault"}, {vault.ErrNewer, "newer"},
	{vault.ErrFull, "full"}, {vault.ErrClosed, "shut"}, {vault.ErrPurged, "purged"}, {vault.ErrDamaged, "damaged"},
	{vault.ErrNotFound, "not_found"}, {vault.ErrHold, "hold"},
}

// told turns an error into one for the page; nil stays nil.
func told(err error) error {
	if err == nil {
		return nil
	}
	var own *Error
	if errors.As(err, &own) {
		return own
	}
	for _, c := range codes {
		if errors.Is(err, c.err) {
			return &Error{c.code, err.Error()}
		}
	}
	var query *vault.QueryError
	if errors.As(err, &query) {
		return &Error{"query", err.Error()}
	}
	var trouble *deliver.Error
	if errors.As(err, &trouble) {
		return &Error{"delivery", err.Error()}
	}
	return &Error{"", err.Error()}
}
