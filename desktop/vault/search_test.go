package vault

import (
	"errors"
	"slices"
	"testing"

	"hanaper/core/message"
)

func TestSearch(t *testing.T) {
	v := newVault(t)
	meeting := newRecord(1, "La réunion de l’équipe est reportée au cœur du mois d'août.")
	lease := newRecord(2, "Approved: sign the lease of Building 7 today; the MEETING moves.")
	mail := newRecord(40, "Lunch? The naïve plan failed.")
	mail.Channel, mail.Fields.From = "gmail", message.Party{Name: "Zoë Núñez", Address: "zoe.nunez@dept.example"}
	mail.Messages[0].From = mail.Fields.From
	mail.Fields.To = []message.Party{{Name: "Ann Example", Address: "+44 7700 900 123"}}
	for _, r := range []interface{ Canonical() []byte }{meeting, lease, mail} {
		keep(t, v, Item{Record: r.Canonical()})
	}
	for _, c := range []struct {
		q    Query
		want []int64
	}{
		{Query{Text: "reunion"}, []int64{0}},
		{Query{Text: "RÉUNION"}, []int64{0}},
		{Query{Text: "équipe"}, []int64{0}},
		{Query{Text: "l'equipe"}, []int64{0}},
		{Query{Text: "coeur"}, []int64{0}},
		{Query{Text: "cœur aout"}, []int64{0}},
		{Query{Text: "naive"}, []int64{2}},
		{Query{Text: "re\u0301union"}, []int64{0}}, // decomposed
		{Query{Text: "r\u200ceunion"}, []int64{0}}, // with a character that does not show
		{Query{Text: "meeting OR reunion"}, []int64{0, 1}},
		{Query{Text: "lease -building"}, nil},
		{Query{Text: "lease -lunch"}, []int64{1}},
		{Query{Text: "leas*"}, []int64{1}},
		{Query{Text: "leas"}, nil},
		{Query{Text: `"lease of building"`}, []int64{1}},
		{Query{Text: `"building lease"`}, nil},
		{Query{Text: "« réunion de »"}, []int64{0}},
		{Query{Text: "matter"}, []int64{0, 1, 2}},
		{Query{From: "nunez"}, []int64{2}},
		{Query{From: "zoe.nunez@dept.example"}, []int64{2}},
		{Query{From: "ann"}, []int64{0, 1}},
		{Query{To: "ann"}, []int64{2}},
		{Query{To: "+447700900123"}, []int64{2}},
		{Query{To: "+44 7700 900123"}, []int64{2}},
		{Query{From: "+44 7700 900123"}, []int64{0, 1}},
		{Query{Channel: "gmail"}, []int64{2}},
		{Query{Channel: "gmail", Text: "lease"}, nil},
		{Query{Since: "2026-01-03"}, []int64{1, 2}},
		{Query{Until: "2026-01-02"}, []int64{0}},
		{Query{Since: "2026-01-02", Until: "2026-01-03"}, []int64{0, 1}},
		{Query{States: []State{StateKept, StatePending}}, []int64{0, 1, 2}},
		{Query{States: []State{StateDelivered}}, nil},
		{Query{Hold: HoldUnknown}, []int64{0, 1, 2}},
		{Query{Hold: HoldNone}, nil},
	} {
		hits, err := v.Search(t.Context(), c.q)
		if err != nil {
			t.Errorf("%+v: %v", c.q, err)
			continue
		}
		var got []int64
		for _, h := range hits {
			got = append(got, h.Index)
		}
		slices.Sort(got)
		if !slices.Equal(got, c.want) {
			t.Errorf("%+v: %v, not %v", c.q, got, c.want)
		}
		if n, err := v.Count(t.Context(), c.q); err != nil || n != len(c.want) {
			t.Errorf("%+v: counted %d, %v", c.q, n, err)
		}
	}
	for _, q := range []Query{{Text: "?!"}, {Text: "-lease"}, {From: "@"}, {Since: "22/11/2026"}, {Hold: "maybe"}} {
		var wrong *QueryError
		if _, err := v.Search(t.Context(), q); !errors.As(err, &wrong) {
			t.Errorf("%+v: %v", q, err)
		}
	}
}

func TestSnippet(t *testing.T) {
	v := newVault(t)
	keep(t, v, item(1, "Many words stand before what is looked for in this long message, then comes the réunion, and\nmany more come after it, so that the end of the passage is not the end of the message: it goes on and on and on, further than anybody wants to read in a list."))
	hits, err := v.Search(t.Context(), Query{Text: "REUNION word*"})
	if err != nil || len(hits) != 1 {
		t.Fatal(hits, err)
	}
	h := hits[0]
	var marked []string
	for _, m := range h.Marks {
		marked = append(marked, h.Snippet[m[0]:m[1]])
	}
	if !slices.Equal(marked, []string{"words", "réunion"}) {
		t.Errorf("marked %q in %q", marked, h.Snippet)
	}
}

// FuzzQuery: no text makes a query that SQLite refuses.
func FuzzQuery(f *testing.F) {
	for _, s := range []string{"", "a", `"`, `""`, `a"b`, "a* -b OR c", "NEAR(a b)", "sender:x", "(", "a AND NOT", "-", "*", "é\x00", "{a}", "^a", "-\"x y\"", "'", "\xff"} {
		f.Add(s)
	}
	v := newVault(f)
	keep(f, v, item(1, "x"))
	f.Fuzz(func(t *testing.T, s string) {
		for _, q := range []Query{{Text: s}, {From: s}, {To: s, Text: s}} {
			_, err := v.Search(t.Context(), q)
			var wrong *QueryError
			if err != nil && !errors.As(err, &wrong) {
				t.Errorf("%q: %v", s, err)
			}
		}
	})
}
