package bridge

import (
	"crypto/sha256"
	"encoding/base64"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func TestInstall(t *testing.T) {
	dir := t.TempDir()
	for i := range Browsers {
		b := &Browsers[i]
		at := filepath.Join(dir, b.ID)
		if program, err := b.Status(at); program != "" || err != nil {
			t.Errorf("%s before: %q %v", b.ID, program, err)
		}
		file, err := b.Install(at, "/opt/hanaper", "")
		if err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		want, not := `"chrome-extension://`+ChromiumID+`/"`, "allowed_extensions"
		if b.firefox {
			want, not = `"`+FirefoxID+`"`, "allowed_origins"
		}
		if !strings.Contains(string(text), want) || strings.Contains(string(text), not) || filepath.Base(file) != "hanaper.json" {
			t.Errorf("%s: %s", file, text)
		}
		if program, err := b.Status(at); program != "/opt/hanaper" || err != nil {
			t.Errorf("%s: %q %v", b.ID, program, err)
		}
		for _, want := range []bool{true, false} {
			if removed, err := b.Remove(at); removed != want || err != nil {
				t.Errorf("%s removed: %v %v", b.ID, removed, err)
			}
		}
	}
	if _, err := Browsers[0].Install(dir, "hanaper", ""); err == nil {
		t.Error("a path that is not absolute was taken")
	}
}

// The ids are those of the extension's manifest.
func TestIDs(t *testing.T) {
	text, err := os.ReadFile("../../extension/manifest.mjs")
	if err != nil {
		t.Fatal(err)
	}
	der, err := base64.StdEncoding.DecodeString(regexp.MustCompile(`"(MIIB[^"]+)"`).FindStringSubmatch(string(text))[1])
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(der)
	id := ""
	for _, c := range sum[:16] { // the id is hexadecimal in the letters a to p
		id += string(rune('a'+c>>4)) + string(rune('a'+c&15))
	}
	if id != ChromiumID || !strings.Contains(string(text), `"`+FirefoxID+`"`) {
		t.Errorf("the manifest's ids are %s and not %s", id, FirefoxID)
	}
}
