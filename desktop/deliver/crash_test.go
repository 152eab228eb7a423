package deliver

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"hanaper/desktop/vault"
)

// crashSettings is what the process that is killed gets.
type crashSettings struct {
	Vault        string
	Destinations []Settings
}

const (
	crashVariable   = "HANAPER_TEST_CRASH"
	crashPassphrase = "a passphrase"
	crashRecords    = 8
)

// A process that is killed at any moment of a delivery leaves each record in the
// vault, and after the next run once in each place, delivered.
func TestKilled(t *testing.T) {
	if os.Getenv(crashVariable) != "" {
		t.Skip("this is the process that is killed")
	}
	kills := 3
	if os.Getenv("HANAPER_NIGHTLY") != "" {
		kills = 100
	}
	d := startDovecot(t, "100M")
	for round := 0; kills > 0; round++ {
		mailbox := d.settings()
		dir, share := t.TempDir(), t.TempDir()
		items := fillVault(t, filepath.Join(dir, "vault"), round, "share", mailbox.Name)
		settings := crashSettings{filepath.Join(dir, "vault"), []Settings{{Name: "share", Kind: "folder", Path: share}, mailbox}}
		for done := false; !done; {
			after := rand.IntN(2 * crashRecords)
			if kills <= 0 {
				after = -1
			}
			if done = deliverUntilKilled(t, settings, after); !done {
				kills--
			}
		}
		checkDelivered(t, settings.Vault, items)
		for _, item := range items {
			if n := countFiles(t, share, item); n != 1 {
				t.Errorf("%d copies in the folder", n)
			}
			if n := d.count(t, item); n != 1 {
				t.Errorf("%d copies in the mailbox", n)
			}
		}
	}
}

// fillVault keeps records and makes them due for the destinations.
func fillVault(t *testing.T, dir string, round int, destinations ...string) (items []Item) {
	t.Helper()
	ctx := context.Background()
	v, _, err := vault.Create(ctx, dir, vault.Passphrase(crashPassphrase))
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	for i := range crashRecords {
		plan := file("plan.pdf", "application/pdf", 20000*i+1)
		item := makeItem(t, fmt.Sprintf("Round %d, record %d", round, i), "I approve.", plan)
		keepIn(t, v, item, nil, plan)
		if item, err = (VaultQueue{v}).Item(ctx, item.ID); err != nil { // with the vault's signature
			t.Fatal(err)
		}
		items = append(items, item)
		for _, to := range destinations {
			if err := (VaultQueue{v}).Add(ctx, item.ID, to, time.Now().Add(-time.Minute)); err != nil {
				t.Fatal(err)
			}
		}
	}
	return items
}

// deliverUntilKilled runs a process that delivers, and kills it a moment after it
// told of so many jobs; done says that it came to its end before.
func deliverUntilKilled(t *testing.T, s crashSettings, after int) (done bool) {
	t.Helper()
	raw, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0], "-test.run=^TestKilledProcess$", "-test.v")
	cmd.Env = append(os.Environ(), crashVariable+"="+string(raw))
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = cmd.Stdout
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	said := ""
	for lines, n := bufio.NewScanner(out), 0; lines.Scan(); {
		said += lines.Text() + "\n"
		if lines.Text() == "job" {
			n++
		}
		if lines.Text() == "started" || lines.Text() == "job" {
			if n == after {
				time.Sleep(time.Duration(rand.IntN(30000)) * time.Microsecond)
				_ = cmd.Process.Kill()
			}
		}
	}
	err = cmd.Wait()
	if after < 0 && err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	return err == nil
}

// TestKilledProcess is the process that is killed.
func TestKilledProcess(t *testing.T) {
	raw := os.Getenv(crashVariable)
	if raw == "" {
		t.Skip("it runs as a part of TestKilled")
	}
	var s crashSettings
	if err := json.Unmarshal([]byte(raw), &s); err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	v, err := vault.Open(ctx, s.Vault, vault.Passphrase(crashPassphrase))
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	e := &Engine{Queue: VaultQueue{v}, Destinations: map[string]Destination{}, Now: time.Now, Random: rand.Float64,
		Progress: func(j Job) {
			if j.State != Delivered {
				t.Errorf("%+v", j)
			}
			fmt.Println("job")
		}}
	for _, d := range s.Destinations {
		e.Destinations[d.Name] = mustOpen(t, d, testSecret)
	}
	fmt.Println("started")
	if err := e.Run(ctx); err != nil {
		t.Fatal(err)
	}
}

func checkDelivered(t *testing.T, dir string, items []Item) {
	t.Helper()
	ctx := context.Background()
	v, err := vault.Open(ctx, dir, vault.Passphrase(crashPassphrase))
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	for _, item := range items {
		jobs, err := VaultQueue{v}.Jobs(ctx, item.ID)
		if err != nil || len(jobs) != 2 {
			t.Fatalf("%v %+v", err, jobs)
		}
		for _, j := range jobs {
			if j.State != Delivered {
				t.Errorf("%+v", j)
			}
		}
		if row, err := v.Get(ctx, item.ID); err != nil || row.State != vault.StateDelivered {
			t.Errorf("%v %+v", err, row)
		}
	}
}
