package gateway

import (
	"context"
	"errors"
	"net/http"

	"hanaper/core/record"
)

// find reads the record of the address; not there and damaged are told apart.
func (c *call) find() (*Stored, error) {
	id := c.r.PathValue("id")
	if !isID(id) {
		return nil, notFound("this record")
	}
	s, err := c.stored(c.ctx(), c.t, id)
	if errors.Is(err, ErrNotFound) {
		err = notFound("this record")
	}
	return s, err
}

func (c *call) getRecord() error {
	s, err := c.find()
	if err != nil {
		return err
	}
	return c.raw(http.StatusOK, "application/json", s.bytes())
}

// getEML gives the record as the file every destination files, with its files.
func (c *call) getEML() error {
	s, err := c.find()
	if err != nil {
		return err
	}
	eml, err := c.eml(c.ctx(), c.t, s)
	if err != nil {
		return err
	}
	c.w.Header().Set("Content-Disposition", `attachment; filename="`+s.record.FileName()+`"`)
	return c.raw(http.StatusOK, "message/rfc822", eml)
}

func (g *Gateway) eml(ctx context.Context, t *tenant, s *Stored) ([]byte, error) {
	var files []record.File
	seen := map[string]bool{"": true}
	for i := range s.record.Messages {
		for _, a := range s.record.Messages[i].Attachments {
			if seen[a.Digest] {
				continue
			}
			seen[a.Digest] = true
			data, err := g.Blobs.Get(ctx, fileKey(t.ID, a.Digest))
			if err != nil {
				return nil, err
			}
			files = append(files, record.File{Name: a.Name, Type: a.Type, Content: data})
		}
	}
	return record.EML(&s.record, s.sig, files...), nil
}

func (c *call) getFile() error {
	digest := c.r.PathValue("digest")
	if !isID(digest) {
		return notFound("this file")
	}
	data, err := c.Blobs.Get(c.ctx(), fileKey(c.t.ID, digest))
	if errors.Is(err, ErrNotFound) {
		return notFound("this file")
	}
	if err != nil {
		return err
	}
	c.w.Header().Set("Content-Disposition", "attachment") // never shown as a page of ours
	return c.raw(http.StatusOK, "application/octet-stream", data)
}
