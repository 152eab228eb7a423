package export

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"strings"

	"hanaper/core/record"
)

// checkMETS compares the files of a package with METS.xml. Nothing vouches for
// METS.xml itself: a record is proven by its own id and signature.
func checkMETS(dir string) (problems []record.Problem, err error) {
	add := func(path, text string) { problems = append(problems, record.Problem{Path: path, Text: text}) }
	text, err := readTag(dir, "METS.xml")
	if err != nil {
		return nil, err
	}
	sums, wrong, err := metsSums([]byte(text))
	if err != nil {
		add("METS.xml", "cannot be read: "+err.Error())
		return problems, nil
	}
	for _, w := range wrong {
		add("METS.xml", w)
	}
	_, found, err := compare(dir, sums)
	if err != nil {
		return nil, err
	}
	problems = append(problems, found...)
	sums["METS.xml"] = "itself"
	extra, err := unlisted(dir, "", sums)
	return append(problems, extra...), err
}

// metsSums gives the SHA-256 of the files of a METS document by path, whatever
// prefixes its names have.
func metsSums(text []byte) (sums map[string]string, wrong []string, err error) {
	sums = map[string]string{}
	d := xml.NewDecoder(bytes.NewReader(text))
	sum, kind, root := "", "", false
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			if !root {
				return nil, nil, errors.New("it is no METS document")
			}
			return sums, wrong, nil
		} else if err != nil {
			return nil, nil, err
		}
		e, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch e.Name.Local {
		case "mets":
			root = true
		case "file":
			sum, kind = strings.ToLower(attribute(e, "CHECKSUM")), attribute(e, "CHECKSUMTYPE")
		case "FLocat":
			name, err := url.PathUnescape(strings.TrimPrefix(attribute(e, "href"), "./"))
			switch {
			case err != nil || name == "" || !filepath.IsLocal(name):
				wrong = append(wrong, fmt.Sprintf("names a file outside the package: %.80q", attribute(e, "href")))
			case kind != "SHA-256" || len(sum) != 64:
				wrong = append(wrong, fmt.Sprintf("has no SHA-256 for %.80q", name))
			case sums[name] != "":
				wrong = append(wrong, fmt.Sprintf("names %.80q a second time", name))
			default:
				sums[name] = sum
			}
		}
	}
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
