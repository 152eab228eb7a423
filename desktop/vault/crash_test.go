package vault

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestMain lets the test binary be the other process of a test.
func TestMain(m *testing.M) {
	if dir := os.Getenv("VAULT_CHILD"); dir != "" {
		if err := child(dir, os.Args[1:]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// child keeps records from..to in calls of up to aCall, and after each Keep writes
// the ids it was told on a line each.
func child(dir string, args []string) error {
	from, to, aCall := atoi(args[0]), atoi(args[1]), atoi(args[2])
	v, err := Open(context.Background(), dir, quick(testPassphrase))
	if err != nil {
		return err
	}
	for n := from; n < to; {
		var items []Item
		for range 1 + rand.IntN(aCall) {
			r, file := crashRecord(n)
			items = append(items, Item{Record: r, Files: []File{Content("f", file)}})
			n++
		}
		kept, err := v.Keep(context.Background(), items...)
		if err != nil {
			return err
		}
		var b strings.Builder
		for _, k := range kept {
			b.WriteString(k.ID + "\n")
		}
		if _, err := os.Stdout.WriteString(b.String()); err != nil {
			return err
		}
	}
	return v.Close()
}

func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		panic(err)
	}
	return n
}

// crashRecord is the n-th record of the crash tests, with a file of up to 64 KiB.
func crashRecord(n int) (json, file []byte) {
	r := newRecord(n, fmt.Sprintf("Crash message %d.", n))
	file = bytes.Repeat([]byte(fmt.Sprint("file ", n, " ")), n*37%8192)
	r.Messages[0].Attachments = append(r.Messages[0].Attachments, attachment("f", file))
	return r.Canonical(), file
}

func spawn(t *testing.T, dir string, args ...string) (*exec.Cmd, io.ReadCloser, *bytes.Buffer) {
	t.Helper()
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), "VAULT_CHILD="+dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, out, &stderr
}

// TestKill kills a process that keeps records, again and again: what Keep returned
// is there, once, and the tree proves itself. The next process goes on with the
// record that was not acknowledged, which may be there already.
func TestKill(t *testing.T) {
	kills := 20
	if os.Getenv("HANAPER_NIGHTLY") != "" {
		kills = 200
	} else if testing.Short() {
		kills = 5
	}
	v := newVault(t)
	dir := v.Dir()
	v.Close()
	acknowledged := map[string]bool{}
	for kill := range kills {
		cmd, out, stderr := spawn(t, dir, strconv.Itoa(len(acknowledged)), "1000000", "8")
		lines := bufio.NewScanner(out)
		if !lines.Scan() {
			t.Fatalf("the child kept nothing: %s", stderr)
		}
		acknowledged[lines.Text()] = true
		timer := time.AfterFunc(time.Duration(rand.IntN(60_000))*time.Microsecond, func() { cmd.Process.Kill() })
		for lines.Scan() {
			if len(lines.Text()) == len("sha256:")+64 { // the last may be cut short
				acknowledged[lines.Text()] = true
			}
		}
		timer.Stop()
		_ = cmd.Wait() // killed
		if stderr.Len() > 0 {
			t.Fatalf("kill %d: the child failed by itself: %s", kill, stderr)
		}
		if kill%10 == 9 || kill == kills-1 {
			proveWhole(t, dir, acknowledged)
		}
	}
	t.Logf("%d kills, %d records acknowledged", kills, len(acknowledged))
}

// proveWhole opens a vault and demands that every one of the ids is in it once,
// and that all of it checks.
func proveWhole(t *testing.T, dir string, ids map[string]bool) {
	t.Helper()
	v := reopen(t, dir)
	defer v.Close()
	seen := map[string]bool{}
	for row, err := range v.All(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		if seen[row.ID] {
			t.Errorf("%s is there twice", row.ID)
		}
		seen[row.ID] = true
	}
	for id := range ids {
		if !seen[id] {
			t.Errorf("%s was kept and is lost", id)
		}
	}
	if rep := check(t, v); len(rep.Bad) > 0 {
		t.Errorf("%+v", rep.Bad)
	}
}

// TestTwoProcesses: two processes and this one keep records at once, some of them
// the same.
func TestTwoProcesses(t *testing.T) {
	v := newVault(t)
	const each = 60
	want := map[string]bool{}
	var all sync.WaitGroup
	var mu sync.Mutex
	for _, from := range []int{0, each / 2} {
		cmd, out, stderr := spawn(t, v.Dir(), strconv.Itoa(from), strconv.Itoa(from+each), "5")
		all.Go(func() {
			for lines := bufio.NewScanner(out); lines.Scan(); {
				mu.Lock()
				want[lines.Text()] = true
				mu.Unlock()
			}
			if err := cmd.Wait(); err != nil {
				t.Errorf("%v: %s", err, stderr)
			}
		})
	}
	for n := range each {
		k := keep(t, v, item(1000+n, "from this process"))
		mu.Lock()
		want[k[0].ID] = true
		mu.Unlock()
		if _, err := v.Search(t.Context(), Query{Text: "crash", Limit: 3}); err != nil {
			t.Fatal(err)
		}
	}
	all.Wait()
	if len(want) < each*5/2 {
		t.Errorf("only %d records were kept", len(want))
	}
	proveWhole(t, v.Dir(), want)
}

// TestBadPages flips a bit in every third page of a vault (in the nightly run in
// every page), one after the other: it is always seen, and what does not lie on the
// page can be read.
func TestBadPages(t *testing.T) {
	v := newVault(t)
	const n = 60
	bodies := make([]Item, n)
	for i := range bodies {
		r := newRecord(i, strings.Repeat(fmt.Sprintf("word%d ", i), 200))
		bodies[i] = Item{Record: r.Canonical()}
	}
	json, file := crashRecord(77)
	keep(t, v, append(bodies, Item{Record: json, Files: []File{Content("f", file)}})...)
	dir := v.Dir()
	v.Close()
	name := filepath.Join(dir, databaseFile)
	good, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	const page = 4096
	step := 1
	if os.Getenv("HANAPER_NIGHTLY") == "" {
		step = 3
	}
	lost, unreadable := 0, 0
	for at := 0; at < len(good); at += page * step {
		bad := bytes.Clone(good)
		bad[at+rand.IntN(page)] ^= 1 << rand.IntN(8)
		if err := os.WriteFile(name, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		v, err := Open(t.Context(), dir, quick(testPassphrase))
		if err != nil {
			if !errors.Is(err, ErrDamaged) {
				t.Errorf("page %d: %v", at/page+1, err)
			}
			unreadable++
			continue
		}
		rep := check(t, v)
		if len(rep.Bad) == 0 {
			t.Errorf("page %d of %d: the change was not seen", at/page+1, len(good)/page)
		}
		lost += n - readableOf(t, v, n)
		v.Close()
	}
	pages := (len(good)/page + step - 1) / step
	t.Logf("%d pages spoilt one at a time: %d of them kept the vault from opening, otherwise %.1f of %d records were lost a page", pages, unreadable, float64(lost)/float64(pages-unreadable), n)
	if unreadable > pages/4 || lost > (pages-unreadable)*n/4 {
		t.Errorf("too much is lost with one page")
	}
}

// readableOf counts the records that Read gives; whatever it gives is what was kept.
func readableOf(t *testing.T, v *Vault, n int) (ok int) {
	t.Helper()
	for i := range n {
		r := newRecord(i, strings.Repeat(fmt.Sprintf("word%d ", i), 200))
		stored, err := v.Read(t.Context(), r.ID())
		switch {
		case err == nil && bytes.Equal(stored.JSON, r.Canonical()):
			ok++
		case err == nil:
			t.Errorf("record %d was read with other words", i)
		case !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrNotFound):
			t.Errorf("record %d: %v", i, err)
		}
	}
	return ok
}

// TestNoPlaintext looks for words of a record, a file and the keys in every file
// of the folder, while the vault is open and after.
func TestNoPlaintext(t *testing.T) {
	v := newVault(t)
	const canary = "Kanarienvogel"
	file := []byte(strings.Repeat(canary, 100))
	r := newRecord(1, strings.Repeat(canary+" sings. ", 50))
	r.Messages[0].Attachments = append(r.Messages[0].Attachments, attachment("a.txt", file))
	keep(t, v, Item{Record: r.Canonical(), Files: []File{Content("a.txt", file)}})
	fill(t, v, 300, 100)
	if hits, err := v.Search(t.Context(), Query{Text: canary}); err != nil || len(hits) != 1 {
		t.Fatal(hits, err)
	}
	look := func(when string) {
		t.Helper()
		files, _ := filepath.Glob(filepath.Join(v.Dir(), "*"))
		if len(files) < 2 {
			t.Fatalf("only %v", files)
		}
		for _, name := range files {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, secret := range []string{canary, strings.ToLower(canary), "SQLite format", "Ann Example", string(v.key), string(v.device.key.Seed())} {
				if bytes.Contains(data, []byte(secret)) && strings.Trim(secret, "\x00") != "" {
					t.Errorf("%s: %q is in %s", when, secret, filepath.Base(name))
				}
			}
		}
		t.Logf("%s: %v", when, files)
	}
	look("open")
	key := bytes.Clone(v.key)
	v.Close()
	v.key = key
	look("closed")
}

// TestCancel: a call that was cancelled changes nothing, and the next one works.
func TestCancel(t *testing.T) {
	v := newVault(t)
	ctx, cancel := context.WithCancel(t.Context())
	var items []Item
	for i := range 300 {
		items = append(items, item(i, "x"))
	}
	time.AfterFunc(20*time.Millisecond, cancel)
	_, err := v.Keep(ctx, items...)
	if err != nil && !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if _, total, _ := v.Counts(t.Context()); err != nil && total != 0 {
		t.Errorf("%d records of a call that was cancelled", total)
	}
	keep(t, v, items...)
	if rep := check(t, v); len(rep.Bad) > 0 || rep.Records != 300 {
		t.Errorf("%+v", rep)
	}
}
