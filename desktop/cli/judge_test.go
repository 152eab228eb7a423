package cli

import (
	"testing"

	"hanaper/core/canonical"
	"hanaper/core/policy"
)

func TestExit(t *testing.T) {
	for _, c := range []struct {
		before, want             int
		permission, duty, action string
	}{
		{0, 0, "permitted", "none", "allow"},
		{0, 0, "care", "capture", "notice"},
		{0, 1, "care", "capture", "warn"},
		{0, 1, "prohibited", "none", "block"},
		{1, 1, "permitted", "none", "allow"},
		{3, 3, "prohibited", "none", "block"},
		{1, 3, "unknown", "unknown", "unknown"},
		{0, 3, "unknown", "none", "notice"}, // not checked is not fine, even when it only shows a chip
		{0, 3, "care", "unknown", "warn"},
		{0, 3, "", "", ""},
	} {
		v := policy.Verdict{Permission: c.permission, Duty: c.duty, Action: c.action}
		if got := exit(c.before, &v); got != c.want {
			t.Errorf("%+v: %d", c, got)
		}
	}
}

func TestLocate(t *testing.T) {
	raw := "{\n \"to\": [{}, {\"name\": 7}],\n \"body\": 1}"
	v, err := canonical.Parse([]byte(raw), canonical.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"":           "line 10, column 1: ",
		"body":       "line 12, column 10: ",
		"to":         "line 11, column 8: ",
		"to[1]":      "line 11, column 13: ",
		"to[1].name": "line 11, column 22: ",
		"to[9].name": "line 11, column 8: ", // not there: what is around it
		"subject":    "line 10, column 1: ",
	} {
		it := item{line: 10, json: true, raw: []byte(raw)}
		if got := it.locate(&v, path); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}
