package export

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"errors"
	"path/filepath"
	"strconv"
	"time"
)

// sip is a submission package for archives: E-ARK SIP 2.2.0, which extends E-ARK
// CSIP (https://earksip.dilcis.eu, https://earkcsip.dilcis.eu): METS.xml lists one
// representation of mail files, and their list as documentation. It has no
// metadata of its own beside them: every record says in its JSON part what it is.
type sip struct {
	*tree
	info    Info
	index   *index
	records metsGroup
}

// The profile named in METS.xml.
const sipProfile = "https://earksip.dilcis.eu/profile/E-ARK-SIP-v2-2-0.xml"

func newSIP(path string, info Info) (Writer, error) {
	if info.By == "" {
		return nil, errors.New("who submits the package? --by NAME, your organisation's")
	}
	t, err := newTree(path)
	if err != nil {
		return nil, err
	}
	return &sip{t, info, newIndex(), metsGroup{ID: "group-rep1", Use: "Representations", Type: "MIXED"}}, nil
}

func (s *sip) Add(r Record) error {
	name := s.name(r)
	s.index.add(r, name)
	return s.put(&s.records, "representations/rep1/data/"+name, "message/rfc822", r.EML)
}

func (s *sip) put(g *metsGroup, name, media string, content []byte) error {
	sum := sha256.Sum256(content)
	g.Files = append(g.Files, metsFile{
		ID: g.ID + "-" + strconv.Itoa(len(g.Files)+1), Media: media, Size: len(content), Created: s.at(),
		Checksum: hex.EncodeToString(sum[:]), ChecksumType: "SHA-256", Location: metsLocation{"URL", "simple", name},
	})
	return s.write(name, content)
}

func (s *sip) at() string { return s.info.At.UTC().Format(time.RFC3339) }

func (s *sip) Close() error {
	list := metsGroup{ID: "group-documentation", Use: "Documentation"}
	if err := s.put(&list, "documentation/index.csv", "text/csv", s.index.bytes()); err != nil {
		return err
	}
	groups := []metsGroup{list}
	content := metsDiv{ID: "div-representations", Label: "Representations"}
	if len(s.records.Files) > 0 { // a group without a file is none
		groups = append(groups, s.records)
		content.Pointers = []metsPointer{{s.records.ID}}
	}
	name := filepath.Base(s.path)
	m := mets{
		NS: "http://www.loc.gov/METS/", CSIP: "https://DILCIS.eu/XML/METS/CSIPExtensionMETS", SIP: "https://DILCIS.eu/XML/METS/SIPExtensionMETS",
		XLink: "http://www.w3.org/1999/xlink", ID: name, Label: "Kept records of messages", Type: "Mixed", Content: "MIXED", Profile: sipProfile,
		Header: metsHeader{s.at(), "NEW", "SIP", []metsAgent{
			{Role: "CREATOR", Type: "OTHER", Other: "SOFTWARE", Name: "hanaper", Note: &metsNote{"SOFTWARE VERSION", s.info.Tool}},
			{Role: "CREATOR", Type: "ORGANIZATION", Name: s.info.By},
		}},
		Files: metsFiles{"files", groups},
		Map: metsMap{"structure", "PHYSICAL", "CSIP", metsDiv{ID: "div-package", Label: name, Divs: []metsDiv{
			{ID: "div-metadata", Label: "Metadata"},
			{ID: "div-documentation", Label: "Documentation", Pointers: []metsPointer{{list.ID}}},
			content,
		}}},
	}
	out, err := xml.MarshalIndent(m, "", " ")
	if err != nil {
		return err
	}
	if err := s.write("METS.xml", append([]byte(xml.Header), append(out, '\n')...)); err != nil {
		return err
	}
	return s.finish()
}
