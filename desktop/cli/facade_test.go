package cli

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"os"
	"testing"

	"hanaper/core"
	"hanaper/core/record"
	"hanaper/desktop/letter"
)

// What a shell makes through the core, in three calls as the extension does, is
// good for verify, without a note.
func TestFacadeRecords(t *testing.T) {
	for _, name := range []string{"minimal", "group"} {
		capture, err := os.ReadFile("../../testdata/record/" + name + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var kept struct {
			ID, Error string
			Record    json.RawMessage
			Missing   []string
		}
		call(t, "capture", `{"capture":`+string(capture)+`}`, &kept)
		public, private, err := ed25519.GenerateKey(nil)
		if err != nil {
			t.Fatal(err)
		}
		sig, err := json.Marshal(record.Signature{Algorithm: "Ed25519", PublicKey: base64.StdEncoding.EncodeToString(public),
			Value: base64.StdEncoding.EncodeToString(ed25519.Sign(private, record.SignedBytes(kept.ID)))})
		if err != nil {
			t.Fatal(err)
		}
		var mail struct {
			EML      string
			FileName string `json:"file_name"`
			Error    string
		}
		call(t, "render", `{"record":`+string(kept.Record)+`,"signature":`+string(sig)+`}`, &mail)
		if kept.Error+mail.Error != "" || len(kept.Missing) > 0 || mail.FileName == "" {
			t.Fatalf("%s: %+v %s", name, kept, mail.Error)
		}
		rep, err := letter.Check([]byte(mail.EML))
		if err != nil {
			t.Fatal(err)
		}
		attached := 0
		if name == "group" { // its file is named in the record and not in the message
			attached = 1
		}
		if rep.ID != kept.ID || rep.Signature != "valid" || !rep.Identical || len(rep.Problems) != attached || len(rep.Warnings) > 0 {
			t.Errorf("%s: %+v", name, rep)
		}
		var report struct {
			OK bool
			ID string
		}
		call(t, "verify", `{"record":`+string(kept.Record)+`,"signature":`+string(sig)+`}`, &report)
		if !report.OK || report.ID != kept.ID {
			t.Errorf("%s: %+v", name, report)
		}
	}
}

func call(t *testing.T, op, request string, answer any) {
	t.Helper()
	if err := json.Unmarshal(core.Handle(op, []byte(request)), answer); err != nil {
		t.Fatal(err)
	}
}
