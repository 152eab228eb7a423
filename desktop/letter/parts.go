package letter

import (
	"errors"

	"hanaper/core/record"
)

// Parts are what a record's message is made of, for a place that takes them apart.
type Parts struct {
	Record    []byte        // its JSON as it stands in the message
	Signature []byte        // likewise, nil where there is none
	Files     []record.File // their names and contents
}

// Take gives the parts of a message that Check found to be good.
func Take(raw []byte) (Parts, error) {
	l, err := readLetter(raw)
	if err != nil {
		return Parts{}, err
	}
	if len(l.records) != 1 || len(l.broken) > 0 {
		return Parts{}, errors.New("the message does not hold one whole record")
	}
	p := Parts{Record: l.records[0], Signature: l.signature}
	for i, f := range l.files {
		p.Files = append(p.Files, record.File{Name: f.Name, Content: l.contents[i]})
	}
	return p, nil
}
