package cli

import (
	"encoding/json"
	"os"
	"testing"
)

// TestExits fails when a command has no row in the table of exits, or two.
func TestExits(t *testing.T) {
	data, err := os.ReadFile("../exits.json")
	if err != nil {
		t.Fatal(err)
	}
	var rows map[string]struct {
		Verbs []string `json:"verbs"`
	}
	if err := json.Unmarshal(data, &rows); err != nil {
		t.Fatal(err)
	}
	told := map[string]int{}
	for _, row := range rows {
		for _, verb := range row.Verbs {
			told[verb]++
		}
	}
	for _, c := range commands() {
		if told[c.name] != 1 {
			t.Errorf("desktop/exits.json: %q stands in %d rows, not in one", c.name, told[c.name])
		}
		delete(told, c.name)
	}
	for verb := range told {
		t.Errorf("desktop/exits.json: %q is no command", verb)
	}
}
