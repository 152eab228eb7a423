package deliver

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zalando/go-keyring"
)

func TestBook(t *testing.T) {
	t.Setenv("HANAPER_CONFIG", filepath.Join(t.TempDir(), "hanaper"))
	b, err := DefaultBook()
	if err != nil {
		t.Fatal(err)
	}
	if all, err := b.List(); err != nil || len(all) != 0 {
		t.Fatalf("%v %v", all, err)
	}
	share := Settings{Name: "share", Kind: "folder", Path: "/srv/records"}
	box := Settings{Name: "box", Kind: "imap", Server: "mail.dept.example:993", Path: "Records", User: testUser}
	for _, s := range []Settings{share, box, share} {
		if err := b.Put(s); err != nil {
			t.Fatal(err)
		}
	}
	all, err := b.List()
	if err != nil || len(all) != 2 || all[0] != box || all[1] != share {
		t.Fatalf("%+v %v", all, err)
	}
	if got, err := b.Get("box"); err != nil || got != box {
		t.Errorf("%+v %v", got, err)
	}
	_, err = b.Get("nowhere")
	wantTrouble(t, err, Setup)
	if err := b.Remove("box"); err != nil {
		t.Fatal(err)
	}
	if all, err := b.List(); err != nil || len(all) != 1 {
		t.Errorf("%+v %v", all, err)
	}
	if err := os.WriteFile(b.Path, []byte(`[{"name":"x","from_tomorrow":1}]`), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := b.Put(share); err == nil || !strings.Contains(err.Error(), b.Path) {
		t.Errorf("a book of another version was written over: %v", err)
	}
}

func TestKeyring(t *testing.T) {
	keyring.MockInit()
	var k Keyring
	if _, err := k.Get("box"); err == nil {
		t.Error("a secret nobody kept")
	}
	if err := k.Set("box", testSecret); err != nil {
		t.Fatal(err)
	}
	if got, err := k.Get("box"); err != nil || got != testSecret {
		t.Errorf("%q %v", got, err)
	}
	for range 2 {
		if err := k.Delete("box"); err != nil {
			t.Error(err)
		}
	}
	t.Setenv("HANAPER_SECRET_MY_BOX_2", "from the environment")
	if got, err := k.Get("my box-2"); err != nil || got != "from the environment" {
		t.Errorf("%q %v", got, err)
	}
}
