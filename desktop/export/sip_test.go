package export

import (
	"encoding/xml"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// What E-ARK CSIP and SIP 2.2 say must be in METS.xml, as far as it concerns a
// package of this form; the numbers are the specifications' own.
func TestSIPRequirements(t *testing.T) {
	all := records(t)
	dir := write(t, "sip", all)
	got := contents(t, dir)
	text := got["METS.xml"]
	for id, want := range map[string]string{
		"CSIP1":        `<mets [^>]*OBJID="` + regexp.QuoteMeta(filepath.Base(dir)) + `"`,
		"CSIP2":        `<mets [^>]*TYPE="Mixed"`,
		"CSIP4":        `<mets [^>]*csip:CONTENTINFORMATIONTYPE="MIXED"`,
		"SIP2":         `<mets [^>]*PROFILE="https://earksip.dilcis.eu/profile/E-ARK-SIP-v2-2-0.xml"`,
		"CSIP7":        `<metsHdr [^>]*CREATEDATE="2026-11-22T14:03:00Z"`,
		"SIP3":         `<metsHdr [^>]*RECORDSTATUS="NEW"`,
		"SIP4":         `<metsHdr [^>]*csip:OAISPACKAGETYPE="SIP"`,
		"CSIP10 to 14": `<agent ROLE="CREATOR" TYPE="OTHER" OTHERTYPE="SOFTWARE">\s*<name>hanaper</name>`,
		"CSIP15, 16":   `<note csip:NOTETYPE="SOFTWARE VERSION">hanaper 0.1.0</note>`,
		"SIP15 to 18":  `<agent ROLE="CREATOR" TYPE="ORGANIZATION">\s*<name>Department of Examples</name>`,
		"CSIP59":       `<fileSec ID="`,
		"CSIP60":       `<fileGrp ID="[^"]+" USE="Documentation"`,
		"CSIP114":      `<fileGrp ID="group-rep1" USE="Representations" csip:CONTENTINFORMATIONTYPE="MIXED">`,
		"CSIP66 to 79": `<file ID="[^"]+" MIMETYPE="message/rfc822" SIZE="\d+" CREATED="2026-11-22T14:03:00Z" CHECKSUM="[0-9a-f]{64}" CHECKSUMTYPE="SHA-256">\s*<FLocat LOCTYPE="URL" xlink:type="simple" xlink:href="representations/rep1/data/[a-z0-9.-]+"`,
		"CSIP81 to 83": `<structMap ID="[^"]+" TYPE="PHYSICAL" LABEL="CSIP">`,
		"CSIP88 to 90": `<div ID="[^"]+" LABEL="Metadata">`,
		"CSIP101":      `<div ID="[^"]+" LABEL="Representations">\s*<fptr FILEID="group-rep1">`,
	} {
		if !regexp.MustCompile(want).MatchString(text) {
			t.Errorf("%s: %s is not in METS.xml", id, want)
		}
	}
	ids := map[string]bool{}
	for _, m := range regexp.MustCompile(` ID="([^"]+)"`).FindAllStringSubmatch(text, -1) {
		if ids[m[1]] || !regexp.MustCompile(`^[A-Za-z_][\w.-]*$`).MatchString(m[1]) {
			t.Errorf("the id %q is there twice, or is none in XML", m[1])
		}
		ids[m[1]] = true
	}
	if err := xml.Unmarshal([]byte(text), new(struct{})); err != nil {
		t.Error(err)
	}
	if len(got) != len(all)+2 {
		t.Errorf("%d files", len(got))
	}
}

// What is changed in a package is told.
func TestSIPChanged(t *testing.T) {
	all := records(t)
	first := "representations/rep1/data/" + all[0].Name
	for name, c := range map[string]struct {
		change func(dir string) error
		path   string
	}{
		"nothing":        {func(string) error { return nil }, ""},
		"a byte":         {func(dir string) error { return edit(dir, first, "Approved", "Approveb") }, first},
		"a file gone":    {func(dir string) error { return os.Remove(filepath.Join(dir, first)) }, first},
		"a file more":    {func(dir string) error { return os.WriteFile(filepath.Join(dir, "x"), nil, 0o600) }, "x"},
		"a path outside": {func(dir string) error { return edit(dir, "METS.xml", `href="`, `href="../`) }, "METS.xml"},
		"no digest":      {func(dir string) error { return edit(dir, "METS.xml", "SHA-256", "MD5") }, "METS.xml"},
		"half":           {func(dir string) error { return os.Truncate(filepath.Join(dir, "METS.xml"), 800) }, "METS.xml"},
	} {
		dir := write(t, "sip", all)
		if err := c.change(dir); err != nil {
			t.Fatal(err)
		}
		problems, is, err := Check(dir)
		if err != nil || !is {
			t.Fatalf("%s: %v %v", name, is, err)
		}
		found := c.path == "" && len(problems) == 0
		for _, p := range problems {
			found = found || c.path != "" && p.Path == c.path
		}
		if !found {
			t.Errorf("%s: %+v", name, problems)
		}
	}
	if _, err := Create("sip", filepath.Join(t.TempDir(), "x"), Info{}); err == nil || !strings.Contains(err.Error(), "--by") {
		t.Error(err)
	}
}

// FuzzMETS: no METS document names a file outside its folder.
func FuzzMETS(f *testing.F) {
	f.Add(`<m:mets xmlns:m="http://www.loc.gov/METS/"><file CHECKSUM="` + strings.Repeat("a", 64) + `" CHECKSUMTYPE="SHA-256"><FLocat href="%2e%2e/x"/></file></m:mets>`)
	f.Add(`<mets><file CHECKSUM="` + strings.Repeat("a", 64) + `" CHECKSUMTYPE="SHA-256"><FLocat href="./a%20b"/></file></mets>`)
	f.Add(`<!DOCTYPE x [<!ENTITY a "b">]><mets>&a;</mets>`)
	f.Fuzz(func(t *testing.T, text string) {
		sums, _, err := metsSums([]byte(text))
		for name := range sums {
			if err != nil || !filepath.IsLocal(name) {
				t.Errorf("%q %v", name, err)
			}
		}
	})
}
