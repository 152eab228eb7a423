package vault

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zalando/go-keyring"

	"hanaper/core/message"
	"hanaper/core/record"
)

// quick is a passphrase whose derivation costs nothing.
func quick(words string) Unlock {
	u := Passphrase(words)
	u.cost = Argon2{Time: 1, Memory: 64, Threads: 1}
	return u
}

const testPassphrase = "a passphrase of the tests"

// newVault is an empty vault in a folder of its own.
func newVault(t testing.TB) *Vault {
	t.Helper()
	v, _, err := Create(t.Context(), filepath.Join(t.TempDir(), "vault"), quick(testPassphrase))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { v.Close() })
	return v
}

func reopen(t testing.TB, dir string) *Vault {
	t.Helper()
	v, err := Open(t.Context(), dir, quick(testPassphrase))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { v.Close() })
	return v
}

// note is a record of one message, the n-th of its kind.
func newRecord(n int, body string) record.Record {
	sum := sha256.Sum256([]byte(fmt.Sprint(n, body)))
	ann, bob := message.Party{Name: "Ann Example", Address: "+447700900123"}, message.Party{Name: "Bob Examplé", Address: "bob@dept.example"}
	day := fmt.Sprintf("2026-%02d-%02d", 1+n/28%12, 1+n%28)
	return record.Record{
		V: 1, Nonce: hex.EncodeToString(sum[:16]), Channel: "whatsapp", Chat: "Pilot", Direction: "out", Method: "verbatim",
		Fields: record.Fields{From: ann, To: []message.Party{bob}, MembersComplete: true, Date: day, Time: "14:03", Zone: "+00:00",
			ZoneSource: "device", Precision: "minute", Subject: fmt.Sprintf("Matter %d", n)},
		Messages: []record.Message{{Direction: "out", From: ann, At: day + "T14:03:00Z", Body: body}},
		Kept:     record.Kept{By: "Ann Example", At: "2026-11-22T14:05:12Z", Tool: "hanaper test"},
		Verdict:  record.Verdict{Permission: "permitted", Duty: "capture"}, Series: record.DefaultSeries,
	}
}

func item(n int, body string) Item { return Item{Record: newRecord(n, body).Canonical()} }

func keep(t testing.TB, v *Vault, items ...Item) []Kept {
	t.Helper()
	kept, err := v.Keep(context.Background(), items...)
	if err != nil {
		t.Fatal(err)
	}
	return kept
}

func TestKeepAndRead(t *testing.T) {
	v := newVault(t)
	r := newRecord(1, "Approved. Please sign the lease today.")
	kept := keep(t, v, Item{Record: r.Canonical()})
	if kept[0].ID != r.ID() || kept[0].Index != 0 || !kept[0].New {
		t.Fatalf("kept %+v, the record's id is %s", kept[0], r.ID())
	}
	if again := keep(t, v, item(2, "Another."), Item{Record: r.Canonical()}); again[1].New || again[1].Index != 0 || again[0].Index != 1 {
		t.Errorf("kept again: %+v", again)
	}
	dir := v.Dir()
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}
	v = reopen(t, dir)
	got, err := v.Read(t.Context(), r.ID())
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.JSON, r.Canonical()) || got.State != StateKept || got.Head.Fields.Subject != "Matter 1" || got.Hold != HoldUnknown {
		t.Errorf("read %+v", got)
	}
	key, _ := base64.StdEncoding.DecodeString(got.Signature.PublicKey)
	value, _ := base64.StdEncoding.DecodeString(got.Signature.Value)
	if !ed25519.Verify(key, record.SignedBytes(r.ID()), value) {
		t.Error("this device's signature does not fit")
	}
	if _, err := v.Get(t.Context(), "sha256:"+strings.Repeat("0", 64)); !errors.Is(err, ErrNotFound) {
		t.Errorf("a record that is not there: %v", err)
	}
	n := 0
	for row, err := range v.All(t.Context(), 0) {
		if err != nil || row.Index != int64(n) {
			t.Errorf("row %d: %+v, %v", n, row, err)
		}
		n++
	}
	if n != 2 {
		t.Errorf("%d rows, not 2", n)
	}
}

func TestKeepRefuses(t *testing.T) {
	v := newVault(t)
	lacking := newRecord(1, "x")
	lacking.Fields.Subject = ""
	withFile := newRecord(2, "x")
	withFile.Messages[0].Attachments = []record.Attachment{{Name: "a.pdf", Digest: "sha256:" + strings.Repeat("a", 64)}}
	good := newRecord(3, "x")
	key := ed25519.NewKeyFromSeed(make([]byte, 32))
	other := record.Signature{Algorithm: "Ed25519", PublicKey: base64.StdEncoding.EncodeToString(key.Public().(ed25519.PublicKey)),
		Value: base64.StdEncoding.EncodeToString(ed25519.Sign(key, record.SignedBytes(lacking.ID())))}
	for _, c := range []struct {
		name, want string
		item       Item
	}{
		{"no JSON", "item 2 cannot be kept", Item{Record: []byte("{")}},
		{"a field missing", "fields.subject", Item{Record: lacking.Canonical()}},
		{"file missing", `"a.pdf" is not here`, Item{Record: withFile.Canonical()}},
		{"file that is not the record's", `"b.pdf" is not a file of this record`, Item{Record: good.Canonical(), Files: []File{Content("b.pdf", nil)}}},
		{"signature of another record", "signature: does not fit", Item{Record: good.Canonical(), Signature: &other}},
	} {
		_, err := v.Keep(t.Context(), item(9, "good"), c.item)
		var refused *ItemError
		if !errors.As(err, &refused) || refused.N != 1 || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if _, total, _ := v.Counts(t.Context()); total != 0 {
		t.Errorf("%d records were kept beside one that was refused", total)
	}
}

func TestFiles(t *testing.T) {
	v := newVault(t)
	large := bytes.Repeat([]byte("0123456789abcdef"), 3*pieceSize/16+1)
	r := newRecord(1, "see the plan")
	for name, content := range map[string][]byte{"plan.bin": large, "empty.txt": {}} {
		sum := sha256.Sum256(content)
		r.Messages[0].Attachments = append(r.Messages[0].Attachments, record.Attachment{Name: name, Size: int64(len(content)), Digest: "sha256:" + hex.EncodeToString(sum[:])})
	}
	keep(t, v, Item{Record: r.Canonical(), Files: []File{Content("plan.bin", large), Content("empty.txt", nil)}})
	for _, a := range r.Messages[0].Attachments {
		var b bytes.Buffer
		if err := v.WriteFile(t.Context(), a.Digest, &b); err != nil || int64(b.Len()) != a.Size {
			t.Errorf("%s: %d bytes, %v", a.Name, b.Len(), err)
		}
	}
	eml, err := v.EML(t.Context(), r.ID())
	if err != nil || len(eml) < len(large)*4/3 {
		t.Errorf("the message has %d bytes, %v", len(eml), err)
	}
	reads := 0
	shifting := File{"a", func() (io.ReadCloser, error) {
		reads++
		return io.NopCloser(strings.NewReader(fmt.Sprint("content ", reads))), nil
	}}
	r = newRecord(2, "a file that changes")
	sum := sha256.Sum256([]byte("content 1"))
	r.Messages[0].Attachments = []record.Attachment{{Name: "a", Digest: "sha256:" + hex.EncodeToString(sum[:])}}
	if _, err := v.Keep(t.Context(), Item{Record: r.Canonical(), Files: []File{shifting}}); err == nil {
		t.Error("a file that changed between two readings was kept")
	}
}

func TestUnlock(t *testing.T) {
	keyring.MockInit()
	dir := filepath.Join(t.TempDir(), "vault")
	v, recovery, err := Create(t.Context(), dir, Keyring())
	if err != nil {
		t.Fatal(err)
	}
	keep(t, v, item(1, "x"))
	v.Close()
	if _, _, err := Create(t.Context(), dir, Keyring()); !errors.Is(err, ErrExists) {
		t.Errorf("a second vault in the same place: %v", err)
	}
	sloppy := strings.ToLower(strings.ReplaceAll(recovery, "-", " "))
	for name, u := range map[string]Unlock{"keyring": Keyring(), "recovery key": RecoveryKey(sloppy)} {
		v, err := Open(t.Context(), dir, u)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if _, n, _ := v.Counts(t.Context()); n != 1 {
			t.Errorf("%s: %d records", name, n)
		}
		v.Close()
	}
	if err := AddWay(dir, RecoveryKey(recovery), Keyring()); err != nil {
		t.Fatal(err)
	}
	if again, err := Open(t.Context(), dir, Keyring()); err != nil {
		t.Errorf("set up for the keyring again: %v", err)
	} else {
		again.Close()
	}
	slip := []byte(recovery)
	slip[3] = "01"[b2i(slip[3] == '0')]
	keyring.MockInit() // another machine
	for name, u := range map[string]Unlock{"keyring": Keyring(), "slip": RecoveryKey(string(slip)), "other": RecoveryKey(newRecoveryKey()), "passphrase": quick("x")} {
		if _, err := Open(t.Context(), dir, u); !errors.Is(err, ErrLocked) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Open(t.Context(), t.TempDir(), Keyring()); !errors.Is(err, ErrNoVault) {
		t.Errorf("an empty folder: %v", err)
	}
	if err := os.Remove(filepath.Join(dir, databaseFile)); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), dir, RecoveryKey(recovery)); err == nil || !strings.Contains(err.Error(), "restore a backup") {
		t.Errorf("a vault without its database: %v", err)
	}
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}
