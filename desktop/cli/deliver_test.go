package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hanaper/core/canonical"
	"hanaper/core/record"
	"hanaper/desktop/deliver"
	"hanaper/desktop/vault"
)

// The vault's records go to a folder and to a mail address; what was handed over
// is proven by its file.
func TestDeliverFromVault(t *testing.T) {
	dir := t.TempDir()
	share := filepath.Join(dir, "share")
	if err := os.Mkdir(share, 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("HANAPER_CONFIG", dir)
	t.Setenv("HANAPER_PASSPHRASE", "a passphrase")
	id := keptMinimal(t, filepath.Join(dir, "vault"))
	hanaper := func(want int, args ...string) string {
		t.Helper()
		var out, said bytes.Buffer
		got := Main(args, Env{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &said, Now: func() time.Time { return now }})
		if got != want {
			t.Fatalf("%v: exit code %d, want %d: %s%s", args, got, want, out.String(), said.String())
		}
		return out.String() + said.String()
	}
	at := []string{"--vault", filepath.Join(dir, "vault")}
	hanaper(0, "destination", "add", "share", "--kind", "folder", "--path", share)
	if out := hanaper(0, append([]string{"deliver", "--to", "share"}, at...)...); !strings.Contains(out, id+": share: delivered, read back, the same bytes") {
		t.Error(out)
	}
	if out := hanaper(0, append([]string{"deliver", "--to", "share", id}, at...)...); out != "" {
		t.Errorf("delivered twice: %s", out)
	}
	hanaper(2, append([]string{"deliver", "--to", "share", id[:len(id)-1] + "x"}, at...)...)

	// Handed over elsewhere, then proven by the file in the folder.
	v, err := vault.Open(context.Background(), filepath.Join(dir, "vault"), vault.Passphrase("a passphrase"))
	if err != nil {
		t.Fatal(err)
	}
	handed := deliver.Job{Record: id, Destination: "records", State: deliver.Handed, At: now}
	if err := (deliver.VaultQueue{Vault: v}).Save(context.Background(), handed); err != nil {
		t.Fatal(err)
	}
	v.Close()
	var job deliver.Job
	out := hanaper(0, append([]string{"deliver", "--back", "--json", share}, at...)...)
	if err := json.Unmarshal([]byte(out), &job); err != nil || job.State != deliver.Delivered || job.Destination != "records" {
		t.Errorf("%v %s", err, out)
	}
	if out := hanaper(1, append([]string{"deliver", "--back", share}, at...)...); !strings.Contains(out, "proven already") {
		t.Error(out)
	}
}

// keptMinimal makes a vault that holds one record, and gives its id.
func keptMinimal(t *testing.T, dir string) string {
	t.Helper()
	v, _, err := vault.Create(context.Background(), dir, vault.Passphrase("a passphrase"))
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	raw, err := os.ReadFile("../../testdata/record/minimal.json")
	if err != nil {
		t.Fatal(err)
	}
	value, err := canonical.Parse(raw, canonical.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	var d canonical.Decoder
	r := record.DecodeCapture(&d, &value)
	kept, err := v.Keep(context.Background(), vault.Item{Record: r.Canonical()})
	if err != nil {
		t.Fatal(err)
	}
	return kept[0].ID
}
