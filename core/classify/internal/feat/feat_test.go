package feat

import (
	"slices"
	"testing"
)

// tokens gives the tokens of a body as they stand in it.
func tokens(body string) (out []string) {
	Walk(Input{Body: body}, func(s *Step) {
		if s.Part == Body {
			out = append(out, body[s.Token.Start:s.Token.End])
		}
	})
	return out
}

// Texts fall into words, numbers, runs of a sign and single other characters.
func TestTokens(t *testing.T) {
	for _, c := range []struct {
		body string
		want []string
	}{
		{"", nil},
		{"'", nil},
		{"Don't stop!!", []string{"Don't", "stop", "!!"}},
		{"j'avise l'equipe, qu'on", []string{"j'", "avise", "l'", "equipe", ",", "qu'", "on"}},
		{"dogs' 10:30 (ok)", []string{"dogs", "10", ":", "30", "ok"}},
		{"😂😂", []string{"😂", "😂"}},
		{"a-b", []string{"a", "b"}},
	} {
		if got := tokens(c.body); !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, want %q", c.body, got, c.want)
		}
	}
}

// Writing a word in capitals or without its apostrophe does not change it; the
// digits of a number do not count.
func TestSameWord(t *testing.T) {
	hash := func(s string) (h uint32) {
		Walk(Input{Body: s}, func(st *Step) {
			if st.Part == Body {
				h = st.Token.Hash
			}
		})
		return h
	}
	for _, p := range [][2]string{{"Don't", "DONT"}, {"approved", "Approved"}, {"2027", "1984"}} {
		if hash(p[0]) != hash(p[1]) {
			t.Errorf("%q and %q differ", p[0], p[1])
		}
	}
	if hash("approve") == hash("approved") {
		t.Error("approve and approved are one word")
	}
}

// Minutes are told from chat by the name in front; a label in front is no name.
func TestRegisterOf(t *testing.T) {
	for body, want := range map[string]Register{
		"Jane_Doe: we agree":                 Minutes,
		"Jane Doe: we agree":                 Minutes,
		"Approved: you may go ahead":         Chat,
		"Jane: we agree":                     Chat,
		"Final Decision: we stop":            Chat,
		"Action Required: sign today":        Chat,
		"Jane Ann Mary Doe: we agree":        Chat,
		"Jane doe: we agree":                 Chat,
		"Bids 2: we agree":                   Chat,
		"... and so we agree":                Minutes,
		"see you at 5: don't be late":        Chat,
		"Agreed at 10:30":                    Chat,
		"https://example.com":                Chat,
		"":                                   Chat,
		"We have now decided this: it stays": Chat,
	} {
		if got := RegisterOf(body, false); got != want {
			t.Errorf("%q is %d, want %d", body, got, want)
		}
		if RegisterOf(body, true) != Mail {
			t.Errorf("%q as mail is not mail", body)
		}
	}
}

// No token has more features than a Step has room for.
func TestMaxPerToken(t *testing.T) {
	Walk(Input{Body: "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz abcdefghijklmnopqrstuvwxyz"}, func(s *Step) {
		if len(s.All) > MaxPerToken {
			t.Errorf("%d features", len(s.All))
		}
	})
}
