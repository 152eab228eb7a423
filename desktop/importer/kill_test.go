package importer

import (
	"context"
	crypto "crypto/rand"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hanaper/core/message"
	"hanaper/core/record"
	"hanaper/desktop/vault"
)

// victim is set in the process that imports and is killed: the folder it keeps in.
const victim = "HANAPER_TEST_IMPORT_INTO"

func TestMain(m *testing.M) {
	if dir := os.Getenv(victim); dir != "" {
		if err := importInto(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

const passphrase = "correct horse battery staple"

// stored is the store in a folder: a vault, where there is one.
func stored(ctx context.Context, dir string) (store Store, close func() error, err error) {
	if filepath.Base(dir) == "vault" {
		v, err := vault.Open(ctx, dir, vault.Passphrase(passphrase))
		if err != nil {
			return nil, nil, err
		}
		return Vault{v}, v.Close, nil
	}
	f, err := OpenFolder(dir)
	return f, func() error { return nil }, err
}

// importInto does what the command does, and says when it begins to keep.
func importInto(dir string) error {
	ctx := context.Background()
	src, err := Open(filepath.Join(filepath.Dir(dir), "chat.txt"), Options{Now: clock, Title: "Team"})
	if err != nil {
		return err
	}
	defer src.Close()
	s, err := Survey(ctx, src)
	if err != nil {
		return err
	}
	store, closed, err := stored(ctx, dir)
	if err != nil {
		return err
	}
	c := &Chat{Info: src.Info(), Me: []message.Party{{Name: "Ann Example"}}}
	for _, p := range s.People {
		c.People = append(c.People, p.Party)
	}
	all, err := ParseNumbers("all")
	if err != nil {
		return err
	}
	choice := Choice{Numbers: all}
	k := &Keeper{Chat: c, Store: store, Now: func() time.Time { return clock }, Random: crypto.Reader, Fields: Fields{By: "Ann Example"}}
	fmt.Println("keeping")
	err = Run(ctx, src, c, verdict, func(j *Judged) error { return k.Next(ctx, j, choice.Fits(j)) })
	if err == nil {
		err = k.Flush(ctx)
	}
	if err != nil || len(k.Incomplete) > 0 {
		return fmt.Errorf("%w %v", err, k.Incomplete)
	}
	return closed()
}

// Killed at any moment and done again, an import loses nothing and keeps nothing
// twice; messages that are all the same are kept as often as they were sent.
func TestKilled(t *testing.T) {
	const messages = 600
	kills := 3
	if os.Getenv("HANAPER_NIGHTLY") != "" {
		kills = 100
	} else {
		t.Log("3 kills of each store; HANAPER_NIGHTLY=1 does 100")
	}
	var text strings.Builder
	want := map[string]int{}
	for i := range messages {
		body := fmt.Sprintf("message %d", i-i%3) // each three times, in one minute
		fmt.Fprintf(&text, "25/04/2024, %02d:%02d - Bob: %s\n", i/180, i/3%60, body)
		want[body]++
	}
	for _, kind := range []string{"folder", "vault"} {
		t.Run(kind, func(t *testing.T) {
			base := t.TempDir()
			dir := filepath.Join(base, kind)
			if err := os.WriteFile(filepath.Join(base, "chat.txt"), []byte(text.String()), 0o600); err != nil {
				t.Fatal(err)
			}
			prepareStore(t, dir)
			cut := 0
			for range kills {
				if killed(t, dir, time.Duration(rand.IntN(400))*time.Millisecond) {
					cut++
				}
			}
			if killed(t, dir, 0) {
				t.Fatal("the last import was killed")
			}
			t.Logf("cut short %d times of %d", cut, kills)
			got := map[string]int{}
			for _, r := range keptIn(t, dir) {
				got[r.Messages[0].Body]++
			}
			for body, n := range want {
				if got[body] != n {
					t.Errorf("%q was kept %d times, sent %d times", body, got[body], n)
				}
			}
			if len(got) != len(want) {
				t.Errorf("%d different messages, want %d", len(got), len(want))
			}
		})
	}
}

func prepareStore(t *testing.T, dir string) {
	t.Helper()
	if filepath.Base(dir) != "vault" {
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		return
	}
	v, _, err := vault.Create(t.Context(), dir, vault.Passphrase(passphrase))
	if err != nil {
		t.Fatal(err)
	}
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}
}

// killed imports in a process of its own, killed so long after it began to keep; 0
// lets it end. It says whether it was cut short.
func killed(t *testing.T, dir string, after time.Duration) bool {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), victim+"="+dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var stderr strings.Builder
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := out.Read(make([]byte, len("keeping\n"))); err != nil {
		t.Errorf("%v: %s", err, stderr.String())
	}
	if after > 0 {
		time.Sleep(after)
		_ = cmd.Process.Kill() // it may have ended
	}
	err = cmd.Wait()
	if err != nil && after == 0 {
		t.Errorf("%v: %s", err, stderr.String())
	}
	return err != nil
}

func keptIn(t *testing.T, dir string) (all []*record.Record) {
	t.Helper()
	if filepath.Base(dir) != "vault" {
		return records(t, dir)
	}
	v, err := vault.Open(t.Context(), dir, vault.Passphrase(passphrase))
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	for row, err := range v.All(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		stored, err := v.Read(t.Context(), row.ID)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, &stored.Record)
	}
	return all
}
