package export

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// bag is a BagIt bag (RFC 8493, version 1.0) with SHA-256: the records as mail
// files and their list in data/.
type bag struct {
	*tree
	info     Info
	index    *index
	manifest bytes.Buffer
	octets   int64
	files    int
}

func newBag(path string, info Info) (Writer, error) {
	t, err := newTree(path)
	if err != nil {
		return nil, err
	}
	return &bag{tree: t, info: info, index: newIndex()}, nil
}

func (b *bag) Add(r Record) error {
	name := b.name(r)
	b.index.add(r, name)
	return b.payload(name, r.EML)
}

func (b *bag) payload(name string, content []byte) error {
	b.octets += int64(len(content))
	b.files++
	b.manifest.WriteString(manifestLine("data/"+name, content))
	return b.write("data/"+name, content)
}

// manifestLine: file names of records need no encoding, the others are ours.
func manifestLine(name string, content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:]) + "  " + name + "\n"
}

func (b *bag) Close() error {
	if err := b.payload("index.csv", b.index.bytes()); err != nil {
		return err
	}
	day := b.info.At.UTC().Format("2006-01-02")
	records := b.files - 1
	tags := []struct{ name, content string }{
		{"bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"},
		{"bag-info.txt", fmt.Sprintf("Bag-Software-Agent: %s\nBagging-Date: %s\nExternal-Description: %d kept records as mail files, with index.csv\nPayload-Oxum: %d.%d\n",
			b.info.Tool, day, records, b.octets, b.files)},
		{"manifest-sha256.txt", b.manifest.String()},
	}
	sums := &strings.Builder{}
	for _, t := range tags {
		sums.WriteString(manifestLine(t.name, []byte(t.content)))
		if err := b.write(t.name, []byte(t.content)); err != nil {
			return err
		}
	}
	if err := b.write("tagmanifest-sha256.txt", []byte(sums.String())); err != nil {
		return err
	}
	return b.finish()
}
