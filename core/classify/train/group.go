package main

import (
	"hash/fnv"
	"strings"
)

// folds is the number of parts of the cross-validation.
const folds = 5

// shingle is the number of words two messages must share in a row to be taken
// for near-duplicates.
const shingle = 10

// grouper joins messages of one thread, one chat, one translation pair and near
// duplicates, so that no fold is tested on what another was trained on.
type grouper struct {
	parent []int
	seen   map[string]int
}

func newGrouper() *grouper { return &grouper{seen: map[string]int{}} }

func (g *grouper) find(i int) int {
	for g.parent[i] != i {
		g.parent[i] = g.parent[g.parent[i]]
		i = g.parent[i]
	}
	return i
}

// same puts i into the group of the first message that had the key.
func (g *grouper) same(i int, key string) {
	if j, ok := g.seen[key]; ok {
		a, b := g.find(i), g.find(j)
		g.parent[max(a, b)] = min(a, b)
		return
	}
	g.seen[key] = i
}

// add enters the i-th message.
func (g *grouper) add(i int, r *row, e *Example) {
	g.parent = append(g.parent, i)
	if r.Chat != "" {
		g.same(i, "chat "+r.Chat)
	} else {
		g.same(i, "id "+r.ID)
		if s := plainSubject(r.Subject); s != "" {
			g.same(i, "subject "+s)
		}
	}
	words := strings.Fields(plain(r.Text))
	if len(words) >= 4 {
		g.same(i, "text "+strings.Join(words, " "))
	}
	for k := 0; k+shingle <= len(words); k++ {
		g.same(i, "shingle "+strings.Join(words[k:k+shingle], " "))
	}
}

// plain is s in small letters without signs.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r > 0x7f:
			return r
		}
		return ' '
	}, s)
}

// plainSubject is the subject of a thread without its "Re:" and "Fw:".
func plainSubject(s string) string {
	w := strings.Fields(plain(s))
	for len(w) > 0 && (w[0] == "re" || w[0] == "fw" || w[0] == "fwd" || w[0] == "tr") {
		w = w[1:]
	}
	return strings.Join(w, " ")
}

// foldOf spreads groups over folds.
func foldOf(group int) int {
	h := fnv.New32a()
	h.Write([]byte{byte(group), byte(group >> 8), byte(group >> 16), 'f'})
	v := h.Sum32()
	v ^= v >> 15
	v *= 0x2c1b3c6d
	v ^= v >> 13
	return int(v % folds)
}
