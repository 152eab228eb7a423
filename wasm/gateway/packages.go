package gateway

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
)

const (
	// maxPackage: a request that finds more is narrowed or cut by dates.
	maxPackage = 5000
	// maxPart and maxPartBytes bound one zip file, which is made in memory. A single
	// larger record has a part of its own.
	maxPart      = 100
	maxPartBytes = 16 << 20
)

// Package answers a request for records: what was searched for, how far the search
// went, and what it found, fixed at one moment.
type Package struct {
	ID          string     `json:"id"`
	Name        string     `json:"name"`
	Reason      string     `json:"reason"`
	Query       Query      `json:"query"`
	Created     string     `json:"created"`
	By          string     `json:"by"`
	Searched    int64      `json:"searched"`    // records in the index
	Waiting     int64      `json:"waiting"`     // logged and not yet in the index, so not searched
	InPart      int64      `json:"in_part"`     // searched without the words of their end
	Found       int        `json:"found"`       //
	Parts       [][]string `json:"parts"`       // ids, oldest last; a zip file each
	Certificate string     `json:"certificate"` // the search extent, as a note signed with the log's key
	Checkpoint  string     `json:"checkpoint"`  // of the log at that moment
}

func (g *Gateway) pack(ctx context.Context, t *tenant, id string) (Package, error) {
	var p Package
	raw, err := g.Blobs.Get(ctx, packageKey(t.ID, id))
	if err == nil {
		err = json.Unmarshal(raw, &p)
	}
	return p, err
}

func (c *call) putPackage() error {
	id, err := c.named("package")
	if err != nil {
		return err
	}
	var in struct {
		Name   string `json:"name"`
		Reason string `json:"reason"`
		Query  Query  `json:"query"`
	}
	if err := c.body(&in); err != nil {
		return err
	}
	if in.Name == "" || in.Reason == "" {
		return malformed("a package needs a name and a reason")
	}
	if err := in.Query.check(); err != nil {
		return err
	}
	if old, err := c.pack(c.ctx(), c.t, id); !errors.Is(err, ErrNotFound) {
		if err != nil {
			return err
		}
		return c.json(http.StatusOK, old)
	}
	p := Package{ID: id, Name: in.Name, Reason: in.Reason, Query: in.Query, Created: stamp(c.now()), By: c.who.Subject, Parts: [][]string{}}
	if err := c.fill(c.ctx(), c.t, &p); err != nil {
		return err
	}
	raw, err := json.Marshal(p)
	if err != nil {
		return err
	}
	if _, err := c.Blobs.Put(c.ctx(), packageKey(c.t.ID, id), raw, true); err != nil {
		return err
	}
	return c.json(http.StatusCreated, p)
}

// fill runs the search to its end and certifies how far it went.
func (g *Gateway) fill(ctx context.Context, t *tenant, p *Package) error {
	_, signed, err := g.checkpoint(ctx, t)
	if err != nil {
		return err
	}
	p.Checkpoint = string(signed)
	rows, err := g.DB(t.ID).Query(ctx, Stmt{"SELECT (SELECT count(*) FROM record WHERE tenant=?1), (SELECT count(*) FROM entry e WHERE tenant=?1 AND NOT EXISTS" +
		" (SELECT 1 FROM record r WHERE r.tenant=?1 AND r.id=e.id)), (SELECT count(*) FROM record WHERE tenant=?1 AND cut=1)", []any{t.ID}})
	if err != nil {
		return err
	}
	p.Searched, p.Waiting, p.InPart = integer(rows[0][0]), integer(rows[0][1]), integer(rows[0][2])
	var size int64
	for cur := (cursor{}); ; {
		items, err := g.search(ctx, t, &p.Query, cur, pageMost)
		if err != nil {
			return err
		}
		for _, it := range items {
			last := len(p.Parts) - 1
			if last < 0 || len(p.Parts[last]) == maxPart || size+it.Size > maxPartBytes {
				p.Parts, size = append(p.Parts, nil), 0
				last++
			}
			p.Parts[last] = append(p.Parts[last], it.ID)
			size += it.Size
			p.Found++
			cur = cursor{it.At, it.ID}
		}
		if p.Found > maxPackage {
			return problem(http.StatusUnprocessableEntity, "package", "more than 5,000 records were found; make several packages, for instance one a month")
		}
		if len(items) < pageMost {
			return p.certify(t)
		}
	}
}

// certify signs the search extent.
func (p *Package) certify(t *tenant) error {
	query, err := json.Marshal(p.Query)
	if err != nil {
		return err
	}
	list := sha256.New()
	for _, part := range p.Parts {
		for _, id := range part {
			list.Write([]byte(id + "\n"))
		}
	}
	n := func(i int64) string { return strconv.FormatInt(i, 10) }
	lines := []string{"hanaper search extent v1", t.Log, p.Created, "query " + string(query), "searched " + n(p.Searched), "waiting " + n(p.Waiting),
		"searched in part " + n(p.InPart), "found " + strconv.Itoa(p.Found), "list sha256:" + hex.EncodeToString(list.Sum(nil))}
	signed, err := note.Sign(&note.Note{Text: strings.Join(lines, "\n") + "\n"}, t.signer)
	p.Certificate = string(signed)
	return err
}

func (c *call) findPackage() (Package, error) {
	id, err := c.named("package")
	if err != nil {
		return Package{}, err
	}
	p, err := c.pack(c.ctx(), c.t, id)
	if errors.Is(err, ErrNotFound) {
		err = notFound("this package")
	}
	return p, err
}

func (c *call) getPackage() error {
	p, err := c.findPackage()
	if err != nil {
		return err
	}
	return c.json(http.StatusOK, p)
}

// packages lists their names; each is read by itself.
func (c *call) packages() error {
	pg, err := c.page()
	if err != nil {
		return err
	}
	prefix := packageKey(c.t.ID, "")
	keys, err := c.Blobs.List(c.ctx(), prefix, prefix+pg.after, pg.limit)
	if err != nil {
		return err
	}
	out := struct {
		Packages []string `json:"packages"`
		Next     string   `json:"next"`
	}{Packages: []string{}}
	for _, k := range keys {
		out.Packages = append(out.Packages, k[len(prefix):])
	}
	if len(keys) == pg.limit {
		out.Next = out.Packages[len(out.Packages)-1]
	}
	return c.json(http.StatusOK, out)
}

// getPart gives one zip file of a package: certificate, checkpoint, and of each record
// the EML file and its proof.
func (c *call) getPart() error {
	p, err := c.findPackage()
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(c.r.PathValue("part"))
	if err != nil || n < 1 || n > len(p.Parts) {
		return notFound("this part")
	}
	made, err := time.Parse(time.RFC3339, p.Created)
	if err != nil {
		return err
	}
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	add := func(name string, data []byte) error {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: made})
		if err == nil {
			_, err = w.Write(data)
		}
		return err
	}
	if err := errors.Join(add("certificate.txt", []byte(p.Certificate)), add("checkpoint.txt", []byte(p.Checkpoint))); err != nil {
		return err
	}
	for _, id := range p.Parts[n-1] {
		if err := c.addRecord(id, add); err != nil {
			return err
		}
	}
	if err := z.Close(); err != nil {
		return err
	}
	c.w.Header().Set("Content-Disposition", `attachment; filename="`+p.ID+"-"+strconv.Itoa(n)+`.zip"`)
	return c.raw(http.StatusOK, "application/zip", buf.Bytes())
}

func (c *call) addRecord(id string, add func(string, []byte) error) error {
	s, err := c.stored(c.ctx(), c.t, id)
	if err != nil {
		return err
	}
	eml, err := c.eml(c.ctx(), c.t, s)
	if err != nil {
		return err
	}
	_, evidence, err := c.prove(c.ctx(), c.t, id)
	if err != nil {
		return err
	}
	return errors.Join(add("records/"+s.record.FileName(), eml), add("proofs/"+id[len(idPrefix):]+".txt", []byte(evidence)))
}
