package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"hanaper/core/message"
	"hanaper/core/record"
	"hanaper/desktop/vault"
)

// vaultFigures are what one program measured with so many records.
type vaultFigures struct {
	Import float64 // records/s
	Rare   float64 // ms, median, of a word that few records have
	Ranked float64 // ms, median, of the 20 best for three common words
	P99    float64 // ms, of Ranked
	Verify float64 // records/s; 0 where there is nothing to verify
	Memory float64 // MiB, the most the process had
	Size   float64 // bytes a record on the disk
}

// vaultRows are the sizes measured: a million takes minutes and comes with -large.
func vaultRows(large bool) []int {
	if large {
		return []int{1e4, 1e5, 1e6}
	}
	return []int{1e4, 1e5}
}

// vaults measures the vault, and the same records in a plain SQLite file with a
// full-text index, each in a process of its own.
func vaults(large bool) (rows []Row, err error) {
	for _, n := range vaultRows(large) {
		ours, err := vaultChild("vault", n)
		if err != nil {
			return nil, err
		}
		plain, err := vaultChild("plain", n)
		if err != nil {
			return nil, err
		}
		name := fmt.Sprintf("vault, %d records: ", n)
		budget := func(v float64) float64 { // of DESIGN.md, for a million
			if n == 1e6 {
				return v
			}
			return 0
		}
		rows = append(rows,
			Row{name + "import", ours.Import, "/s", budget(20000), false, false},
			Row{name + "import, against plain SQLite", plain.Import / ours.Import, "x", 0, true, false},
			Row{name + "rare word", ours.Rare, "ms", budget(50), true, false},
			Row{name + "rare word, against plain SQLite", ours.Rare / plain.Rare, "x", 0, true, false},
			Row{name + "20 best for three words", ours.Ranked, "ms", 0, true, false},
			Row{name + "20 best, 99 of 100", ours.P99, "ms", 0, true, false},
			Row{name + "20 best, against plain SQLite", ours.Ranked / plain.Ranked, "x", 0, true, false},
			Row{name + "verify", ours.Verify, "/s", budget(50000), false, false},
			Row{name + "memory", ours.Memory, "MiB", 0, true, false},
			Row{name + "size, against plain SQLite", ours.Size / plain.Size, "x", 2, true, true},
		)
	}
	return rows, nil
}

func vaultChild(kind string, n int) (out vaultFigures, err error) {
	self, err := os.Executable()
	if err != nil {
		return out, err
	}
	cmd := exec.Command(self, "-store", kind, "-records", strconv.Itoa(n))
	cmd.Stderr = os.Stderr
	raw, err := cmd.Output()
	if err != nil {
		return out, fmt.Errorf("%s of %d records: %w", kind, n, err)
	}
	return out, json.Unmarshal(raw, &out)
}

// store is the vault or what it is measured against.
type store interface {
	keep(ctx context.Context, batch []vault.Item) error
	search(ctx context.Context, words string) (int, error)
	verify(ctx context.Context) error
	Close() error
}

// perCall is how many records an import keeps at once.
const perCall = 5000

// measureStore fills a store and measures it; it runs in the child.
func measureStore(kind string, n int) (out vaultFigures, err error) {
	dir, err := os.MkdirTemp("", "hanaper-bench-")
	if err != nil {
		return out, err
	}
	defer os.RemoveAll(dir)
	ctx := context.Background()
	s, err := openStore(ctx, kind, filepath.Join(dir, "s"))
	if err != nil {
		return out, err
	}
	took, err := fillStore(ctx, s, n)
	if err != nil {
		return out, err
	}
	out.Import = float64(n) / took.Seconds()
	if out.Rare, _, err = timeSearches(ctx, s, rareWord); err != nil {
		return out, err
	}
	if out.Ranked, out.P99, err = timeSearches(ctx, s, commonWords); err != nil {
		return out, err
	}
	start := time.Now()
	if err := s.verify(ctx); err != nil {
		return out, err
	}
	if kind == "vault" {
		out.Verify = float64(n) / time.Since(start).Seconds()
	}
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
		return out, err
	}
	out.Memory = float64(use.Maxrss) / 1024
	if err := s.Close(); err != nil { // what lies in the log goes into the database
		return out, err
	}
	err = filepath.Walk(dir, func(_ string, info os.FileInfo, err error) error {
		if err == nil && !info.IsDir() {
			out.Size += float64(info.Size()) / float64(n)
		}
		return err
	})
	return out, err
}

// fillStore keeps n records and gives the time the store took for it; making them
// up is not counted.
func fillStore(ctx context.Context, s store, n int) (took time.Duration, err error) {
	words := newLexicon()
	for from := 0; from < n; from += perCall {
		batch := make([]vault.Item, 0, perCall)
		for i := from; i < min(n, from+perCall); i++ {
			batch = append(batch, vault.Item{Record: words.record(i)})
		}
		start := time.Now()
		if err := s.keep(ctx, batch); err != nil {
			return 0, err
		}
		took += time.Since(start)
	}
	return took, nil
}

func timeSearches(ctx context.Context, s store, words func(i int) string) (median, p99 float64, err error) {
	const searches = 100
	var took []float64
	for i := range searches {
		start := time.Now()
		found, err := s.search(ctx, words(i))
		if err != nil {
			return 0, 0, err
		}
		if found == 0 {
			return 0, 0, fmt.Errorf("%q was not found", words(i))
		}
		took = append(took, float64(time.Since(start).Microseconds())/1000)
	}
	slices.Sort(took)
	return took[len(took)/2], took[len(took)*99/100], nil
}

// lexicon makes up messages: 20,000 words, as often as words are (Zipf), and in
// every 500th record one of ten that are rare.
type lexicon struct {
	random *rand.Rand
	zipf   *rand.Zipf
}

const lexiconSize = 20000

func newLexicon() *lexicon {
	r := rand.New(rand.NewPCG(1, 2))
	return &lexicon{r, rand.NewZipf(r, 1.1, 8, lexiconSize-1)}
}

// word is the i-th most frequent: letters that stand for its number.
func word(i int) string {
	out := []byte{}
	for n := i + 27; n > 0; n /= 26 {
		out = append(out, 'a'+byte(n%26))
	}
	return string(out) + "o"
}

func rareWord(i int) string    { return "rarum" + word(i%10) }
func commonWords(i int) string { return word(20+i%7) + " " + word(200+i%11) + " " + word(60+i%5) }

// record is the i-th: 25 words, some of them French with accents.
func (l *lexicon) record(i int) []byte {
	var body strings.Builder
	for range 22 {
		body.WriteString(word(int(l.zipf.Uint64())) + " ")
	}
	if i%10 == 0 {
		body.WriteString("réunion reportée à demain, ")
	}
	if i%500 == 0 {
		body.WriteString(rareWord(i/500) + " ")
	}
	if i%40 == 0 {
		body.WriteString(commonWords(i/40) + " ")
	}
	nonce := sha256.Sum256([]byte(strconv.Itoa(i)))
	at := time.Date(2026, 1, 1, 8, 0, 0, 0, time.UTC).Add(time.Duration(i) * time.Minute / 8)
	from := message.Party{Name: "Ann Example " + word(i%97), Address: fmt.Sprintf("+447700900%03d", i%1000)}
	r := record.Record{
		V: 1, Nonce: hex.EncodeToString(nonce[:16]), Channel: "whatsapp", Chat: "Group " + word(i%53), Direction: "in", Method: "export",
		Fields: record.Fields{From: from, To: []message.Party{{Name: "Bob Example", Address: "+447700900999"}}, MembersComplete: true,
			Date: at.Format(time.DateOnly), Time: at.Format("15:04"), Zone: "+00:00", ZoneSource: "page", Precision: "minute", Subject: "Group " + word(i%53)},
		Messages: []record.Message{{Direction: "in", From: from, At: at.Format(time.RFC3339), Body: body.String()}},
		Kept:     record.Kept{By: "Bob Example", At: "2026-11-22T14:05:12Z", Tool: "hanaper bench"},
		Verdict:  record.Verdict{Permission: "permitted", Duty: "capture"}, Series: record.DefaultSeries,
	}
	return r.Canonical()
}
