// Package request answers requests for records: an access request, an inquiry, an
// audit. A records officer writes down what to look for (Request); the person who
// holds the records runs it over the vault (Run), says what they think of what was
// found, and hands over a package with a certificate of how far the search went
// (Write). The officer checks the package with no network (Check) and gives a
// receipt (Receipt), which alone ends the hold (Release).
//
// Nobody can narrow or widen a request silently: what differs from the officer's
// words is a deviation in the certificate, with its reason.
package request

import (
	"fmt"
	"strconv"
	"time"

	"hanaper/core/canonical"
	"hanaper/core/message"
	"hanaper/desktop/letter"
	"hanaper/desktop/signed"
)

// Limits of a request: it is written by a person.
const (
	MaxBytes = 1 << 20
	maxTerms = 500
	maxText  = 4 << 10
)

// Request is what an officer asks to be searched for. As a file it is JSON, signed or
// not (package signed):
//
//	{"v":1,"kind":"access","reference":"A-2026-0042","issued":"2026-11-22T09:00:00Z","due":"2026-12-22",
//	 "issuer":{"name":"Ada Reyes","address":"ada@dept.example"},"terms":["harbour","\"night ferry\""],
//	 "people":["Ben Osei"],"since":"2026-01-01","until":"2026-11-01","channels":["whatsapp"],"hold":true,"note":""}
type Request struct {
	Kind      string // access, inquiry, audit or legal
	Reference string // the officer's own number; the hold bears it
	Issued    string // RFC 3339
	Due       string // YYYY-MM-DD, "" for none
	Issuer    message.Party
	Terms     []string // as hanaper search reads them; a record with any of them is found
	People    []string // and so is one from or to any of them
	Since     string   // YYYY-MM-DD, both included, "" for no bound
	Until     string
	Channels  []string // ids; none: all
	Hold      bool     // nothing in the range may be deleted or changed until the receipt
	Note      string   // for the person who searches

	Key      string // public key that signed the file, "" where it is not signed
	Digest   string // SHA-256 of the document's canonical JSON: sha256: and 64 hexadecimal digits
	source   []byte // the file as it came
	document []byte // its canonical JSON
}

// Open reads a request's file. An error names the place.
func Open(file []byte) (*Request, error) {
	document, key, err := signed.Open(signed.Request, file)
	if err != nil {
		return nil, err
	}
	v, err := canonical.Parse(document, canonical.Limits{Bytes: MaxBytes})
	if err != nil {
		return nil, fmt.Errorf("is no request: %w", err)
	}
	d := &canonical.Decoder{}
	r := decode(d, &v)
	if err := d.Err(true); err != nil {
		return nil, err
	}
	r.document = canonical.Append(nil, v)
	r.Key, r.Digest, r.source = key, letter.Digest(r.document), file
	return r, nil
}

// Document is the request's canonical JSON, which is what is signed.
func (r *Request) Document() []byte { return r.document }

func decode(d *canonical.Decoder, v *canonical.Value) *Request {
	o := d.Object(v, "")
	defer o.Done()
	if !o.Has("v") {
		o.Fail("v", "is missing")
	}
	o.Int("v", 1, 1, 1)
	r := &Request{
		Kind:      o.Enum("kind", "access", "inquiry", "audit", "legal"),
		Reference: o.Need("reference"),
		Issued:    o.Need("issued"),
		Due:       day(o, "due"),
		Terms:     texts(o, "terms"),
		People:    texts(o, "people"),
		Since:     day(o, "since"),
		Until:     day(o, "until"),
		Channels:  texts(o, "channels"),
		Hold:      o.Bool("hold", true),
		Note:      o.String("note"),
	}
	i := o.Obj("issuer")
	r.Issuer = message.Party{Name: i.Need("name"), Address: i.String("address")}
	i.Done()
	if _, err := time.Parse(time.RFC3339, r.Issued); err != nil && r.Issued != "" {
		o.Fail("issued", "must be an RFC 3339 time: 2026-11-22T09:00:00Z")
	}
	for n, id := range r.Channels {
		if _, ok := message.ChannelByID(id); !ok {
			o.Fail(canonical.Index("channels", n), strconv.Quote(id)+" is no channel: whatsapp, signal, gmail, ...")
		}
	}
	if r.Since != "" && r.Until != "" && r.Since > r.Until {
		o.Fail("until", "is before since")
	}
	if len(r.Terms)+len(r.People) == 0 && r.Since == "" && r.Until == "" && len(r.Channels) == 0 {
		o.Fail("terms", "is empty, and nothing else says what to look for")
	}
	return r
}

func day(o *canonical.Obj, name string) string {
	s := o.String(name)
	if _, err := time.Parse(time.DateOnly, s); s != "" && err != nil {
		o.Fail(name, strconv.Quote(s)+" is not a date, YYYY-MM-DD")
		return ""
	}
	return s
}

func texts(o *canonical.Obj, name string) []string {
	all := o.Strings(name)
	if len(all) > maxTerms {
		o.Fail(name, "has "+strconv.Itoa(len(all))+" entries, the limit is "+strconv.Itoa(maxTerms))
		return nil
	}
	for i, s := range all {
		if s == "" || len(s) > maxText {
			o.Fail(canonical.Index(name, i), "must have 1 to "+strconv.Itoa(maxText)+" bytes")
		}
	}
	return all
}

// channels are those to look at.
func (r *Request) channels() []string {
	if len(r.Channels) > 0 {
		return r.Channels
	}
	var all []string
	for _, c := range message.Channels {
		all = append(all, c.ID)
	}
	return all
}
