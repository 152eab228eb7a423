package record

import (
	"strconv"

	"hanaper/core/canonical"
)

// Report is what Verify found.
type Report struct {
	OK       bool      `json:"ok"`       // no problems
	ID       string    `json:"id"`       // of the JSON as it is; "" where it is no object
	Problems []Problem `json:"problems"` // what makes it no valid record, or not the one that was kept
	Warnings []Problem `json:"warnings"` // what does not touch the evidence: see Verify
}

// Problem is one place in a record and what is wrong there.
type Problem struct {
	Path string `json:"path"` // fields.to[0], messages[2].attachments[0], signature.value; "" for the whole
	Text string `json:"text"`
}

// AttachmentDigest is a file found with the record.
type AttachmentDigest struct {
	Name   string
	Digest string // sha256: and 64 hexadecimal digits
}

// Verify checks everything about a kept record that needs no key: form, the five
// fields, the id, the signature's form, and that the files are those recorded.
// A changed record has another id: compare Report.ID with the one in the
// signature, the receipt or the Message-ID.
//
// raw is the JSON as it was found; where it is not the canonical form of v the
// content is the same and the bytes are not, which is a warning, as are members
// this version does not know. A nil raw, sig or atts is not checked; an empty
// atts says that there are no files.
func Verify(v *canonical.Value, raw []byte, sig *Signature, atts []AttachmentDigest) Report {
	var d canonical.Decoder
	r := Decode(&d, v)
	rep := Report{Problems: []Problem{}, Warnings: []Problem{}}
	for _, p := range d.Errors {
		rep.Problems = append(rep.Problems, Problem{p.Path, p.Msg})
	}
	for _, p := range d.Unknown {
		rep.Warnings = append(rep.Warnings, Problem{p.Path, p.Msg})
	}
	if v == nil || v.Kind != canonical.Object {
		if v == nil {
			rep.Problems = append(rep.Problems, Problem{"", "there is no record"})
		}
		return rep
	}
	rep.ID = r.ID()
	if n := len(r.source); n > MaxBytes {
		rep.Problems = append(rep.Problems, Problem{"", tooMany(n, MaxBytes, "bytes of canonical JSON")})
	}
	for _, m := range r.Missing() {
		rep.Problems = append(rep.Problems, Problem{canonical.Join("fields", m), "is missing: a record has to, from, date, time and subject"})
	}
	if raw != nil && string(raw) != string(r.source) {
		rep.Warnings = append(rep.Warnings, Problem{"", "the JSON is not in canonical form (RFC 8785): the content is the same, the bytes are not"})
	}
	if sig != nil {
		for _, p := range sig.problems() {
			rep.Problems = append(rep.Problems, Problem{canonical.Join("signature", p.Path), p.Text})
		}
	}
	if atts != nil {
		rep.Problems = append(rep.Problems, compareFiles(&r, atts)...)
	}
	rep.OK = len(rep.Problems) == 0
	return rep
}

// compareFiles matches recorded attachments and files by digest. One file may
// stand for several attachments that are the same.
func compareFiles(r *Record, atts []AttachmentDigest) (out []Problem) {
	digests, names := map[string]bool{}, map[string]bool{}
	for _, a := range atts {
		digests[a.Digest] = true
		names[a.Name] = true
	}
	recorded := map[string]bool{}
	for i := range r.Messages {
		for j, a := range r.Messages[i].Attachments {
			path := canonical.Index(canonical.Index("messages", i)+".attachments", j)
			recorded[a.Digest] = true
			switch {
			case a.Digest == "" || digests[a.Digest]: // "": kept by name only
			case names[a.Name]:
				out = append(out, Problem{path, strconv.Quote(a.Name) + " is not the file that was kept: its digest differs"})
			default:
				out = append(out, Problem{path, strconv.Quote(a.Name) + " is not here"})
			}
		}
	}
	for _, a := range atts {
		if !recorded[a.Digest] {
			out = append(out, Problem{"attachments", strconv.Quote(a.Name) + " is not a file of this record"})
		}
	}
	return out
}

// Value is the report as JSON.
func (r Report) Value() canonical.Value {
	problem := func(p *Problem) canonical.Value { return canonical.Texts("path", p.Path, "text", p.Text) }
	v := canonical.Texts("id", r.ID)
	v.Put("ok", canonical.Flag(r.OK))
	v.Put("problems", canonical.ListOf(r.Problems, problem))
	v.Put("warnings", canonical.ListOf(r.Warnings, problem))
	return v
}
