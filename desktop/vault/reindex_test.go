package vault

import (
	"strings"
	"testing"
)

// TestReindex makes the index anew after it was emptied, or its own tables were
// damaged: the check says so before, and nothing after.
func TestReindex(t *testing.T) {
	for name, harm := range map[string]string{
		"rows missing":   "DELETE FROM words WHERE rowid > 3",
		"blocks missing": "DELETE FROM words_data WHERE id > 10",
		"blocks spoilt":  "UPDATE words_data SET block = zeroblob(length(block)) WHERE id > 10",
		"table missing":  "DROP TABLE words",
	} {
		t.Run(name, func(t *testing.T) {
			v := newVault(t)
			fill(t, v, 30, 10)
			if err := v.tamper("UPDATE content SET json = zeroblob(9) WHERE seq = 4;" + harm); err != nil {
				t.Fatal(err)
			}
			rep := check(t, v)
			if len(rep.Bad) < 2 || rep.Bad[0].Index != 4 || !strings.Contains(rep.Bad[1].Text, "--reindex") {
				t.Errorf("%+v", rep.Bad)
			}
			last := int64(0)
			left, err := v.Reindex(t.Context(), func(done, total int64) { last = done })
			if err != nil || left != 1 || last != 30 {
				t.Fatalf("%d left out, told of %d, %v", left, last, err)
			}
			if n, err := v.Count(t.Context(), Query{Text: "message"}); err != nil || n != 29 {
				t.Errorf("%d found, %v", n, err)
			}
			keep(t, v, item(99, "one more message"))
			if n, err := v.Count(t.Context(), Query{Text: "message"}); err != nil || n != 30 {
				t.Errorf("%d found after one more, %v", n, err)
			}
		})
	}
}
