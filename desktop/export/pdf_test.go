package export

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// What is in the PDF is what the record says: pdftotext (poppler) reads it back.
func TestPDF(t *testing.T) {
	all := append(records(t), makeRecord(t, "Emoji 🏛 and \u202eback", strings.Repeat("A long line without an end, ", 300)+"END-OF-TEXT"))
	path := write(t, "pdf", all)
	raw, err := os.ReadFile(path)
	if err != nil || !strings.HasPrefix(string(raw), "%PDF-1.") || !strings.Contains(string(raw[len(raw)-16:]), "%%EOF") {
		t.Fatalf("%v %.20q", err, raw)
	}
	program, err := exec.LookPath("pdftotext")
	if err != nil {
		if os.Getenv("HANAPER_SERVERS") == "required" {
			t.Fatal("pdftotext is missing: ./task setup installs it (poppler-utils)")
		}
		t.Skip("pdftotext is not installed: ./task setup installs it (poppler-utils)")
	}
	out, err := exec.Command(program, "-layout", path, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	text := string(out)
	for _, want := range []string{
		"Kept records of messages", "Written out on 2026-11-22 14:03 UTC by hanaper 0.1.0.", "Été – l'Élysée [U+65E5][U+672C]", "Ann Example <+447700900123>",
		"Emoji [U+1F3DB] and [U+202E]back", "END-OF-TEXT", "page 6", all[0].ID, all[4].ID, "plan, \"réseau\".pdf application/pdf 11 B",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in the text", want)
		}
	}
	if t.Failed() {
		t.Log(text)
	}
	if pages := strings.Count(text, "\f"); pages < len(all)+2 { // the cover, one each, and the long one two
		t.Errorf("%d pages", pages)
	}
}

func TestPDFLimits(t *testing.T) {
	w, err := Create("pdf", filepath.Join(t.TempDir(), "x.pdf"), Info{Lang: "fr"})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Abort()
	w.(*pdf).count = mostInPDF
	if err := w.Add(records(t)[0]); err == nil || !strings.Contains(err.Error(), fmt.Sprint(mostInPDF)) {
		t.Error(err)
	}
}
