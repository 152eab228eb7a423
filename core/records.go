package core

import (
	"hanaper/core/canonical"
	"hanaper/core/record"
)

// capture makes a record, or says which of the five fields are missing.
func capture(v *canonical.Value) []byte {
	var d canonical.Decoder
	o := d.Object(v, "")
	r := record.DecodeCapture(&d, o.Any("capture"))
	o.Done()
	if err := d.Err(true); err != nil {
		return failure("capture", err.Error())
	}
	if r.Kept.Tool == "" {
		r.Kept.Tool = "hanaper " + Version
	}
	out := canonical.Texts("error", "")
	missing := r.Missing()
	out.Put("missing", canonical.Strs(missing))
	if len(missing) == 0 {
		out.Put("id", canonical.Str(r.ID()))
		out.Put("record", r.Value())
	}
	return canonical.Append(nil, out)
}

func render(v *canonical.Value) []byte {
	var d canonical.Decoder
	o := d.Object(v, "")
	later := canonical.Decoder{} // members of a later version are part of the record and its id
	r := record.Decode(&later, o.Any("record"))
	sig := record.DecodeSignature(&d, o.Any("signature"))
	o.Done()
	d.Errors = append(d.Errors, later.Errors...)
	if err := d.Err(true); err != nil {
		return failure("render", err.Error())
	}
	if m := r.Missing(); len(m) > 0 {
		return failure("render", "not a record: missing "+join(m))
	}
	return canonical.Append(nil, canonical.Texts("eml", string(record.EML(&r, sig)), "error", "", "file_name", r.FileName()))
}

func verify(v *canonical.Value) []byte {
	var d canonical.Decoder
	o := d.Object(v, "")
	rec := o.Any("record")
	sig := record.DecodeSignature(&d, o.Any("signature"))
	atts := record.DecodeAttachmentDigests(o, "attachments")
	o.Done()
	if rec == nil {
		o.Fail("record", "is missing")
	}
	if err := d.Err(true); err != nil {
		return failure("verify", err.Error())
	}
	report := record.Verify(rec, nil, sig, atts)
	return canonical.Append(nil, report.Value())
}

func join(s []string) string {
	out := ""
	for i := range s {
		if i > 0 {
			out += ", "
		}
		out += s[i]
	}
	return out
}
