package request

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"hanaper/desktop/letter"
)

// Package is what Check found in a package.
type Package struct {
	Digest      string // of the file's bytes: sha256: and 64 hexadecimal digits
	Request     *Request
	Certificate *Certificate
	Records     int      // that are as they were kept
	Problems    []string // each names the file; none: the package is whole
}

// Check reads a package and checks, with no network, that its files are those of the
// manifest, that each record is what was kept, and that the certificate speaks of this
// request and of exactly these records. The error says that the file is no package.
func Check(path string) (*Package, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return nil, err
	}
	p, err := check(f, info.Size())
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	p.Digest = "sha256:" + hex.EncodeToString(sum.Sum(nil))
	return p, nil
}

func check(in io.ReaderAt, size int64) (*Package, error) {
	z, err := zip.NewReader(in, size)
	if err != nil {
		return nil, fmt.Errorf("is no package: %w; get it again from who made it", err)
	}
	c := &checker{files: map[string]*zip.File{}, p: &Package{}}
	if len(z.File) > maxFiles {
		return nil, fmt.Errorf("has %d files, the limit is %d", len(z.File), maxFiles)
	}
	for _, f := range z.File {
		if c.files[f.Name] != nil {
			c.problem(f.Name, "stands twice")
		}
		c.files[f.Name] = f
	}
	reference, err := c.manifest()
	if err != nil {
		return nil, err
	}
	if err := c.papers(reference); err != nil {
		return nil, err
	}
	c.records()
	return c.p, nil
}

type checker struct {
	files map[string]*zip.File
	p     *Package
}

func (c *checker) problem(name, format string, a ...any) {
	c.p.Problems = append(c.p.Problems, name+": "+fmt.Sprintf(format, a...))
}

// read gives a file's bytes, limit at most.
func (c *checker) read(name string, limit int64) ([]byte, error) {
	f := c.files[name]
	if f == nil {
		return nil, fmt.Errorf("%s is missing", name)
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s: %w", name, err)
	case int64(len(data)) > limit:
		return nil, fmt.Errorf("%s: is larger than %d MiB", name, limit>>20)
	}
	return data, nil
}

// manifest compares every file with the list, which has to name them all.
func (c *checker) manifest() (reference string, err error) {
	data, err := c.read(manifestName, maxManifest)
	if err != nil {
		return "", err
	}
	reference, entries, err := openManifest(data)
	if err != nil {
		return "", fmt.Errorf("%s: %w", manifestName, err)
	}
	listed := map[string]bool{manifestName: true}
	for _, e := range entries {
		listed[e.Name] = true
		f := c.files[e.Name]
		if f == nil {
			c.problem(e.Name, "is missing")
			continue
		}
		r, err := f.Open()
		if err != nil {
			c.problem(e.Name, "%v", err)
			continue
		}
		sum := sha256.New()
		n, err := io.Copy(sum, io.LimitReader(r, e.Size+1))
		_ = r.Close()
		if err != nil || n != e.Size || hex.EncodeToString(sum.Sum(nil)) != e.SHA256 {
			c.problem(e.Name, "is not what was handed over: its size or digest differs from the manifest's")
		}
	}
	for name := range c.files {
		if !listed[name] {
			c.problem(name, "is not in the manifest")
		}
	}
	slices.Sort(c.p.Problems)
	return reference, nil
}

// papers reads the request and the certificate.
func (c *checker) papers(reference string) error {
	data, err := c.read(requestName, 2*MaxBytes)
	if err != nil {
		return err
	}
	if c.p.Request, err = Open(data); err != nil {
		return fmt.Errorf("%s: %w", requestName, err)
	}
	if data, err = c.read(certificateName, maxCertificate); err != nil {
		return err
	}
	if c.p.Certificate, err = openCertificate(data); err != nil {
		return fmt.Errorf("%s: %w", certificateName, err)
	}
	cert := c.p.Certificate
	if !bytes.Equal(cert.JSON(), data) {
		c.problem(certificateName, "is not in canonical form")
	}
	if cert.Request != c.p.Request.Digest || cert.Reference != c.p.Request.Reference || cert.Reference != reference {
		c.problem(certificateName, "answers another request than %s", requestName)
	}
	return nil
}

// records checks each record of the certificate, and that there is no other.
func (c *checker) records() {
	wanted := map[string]bool{}
	for _, h := range c.p.Certificate.Hits {
		if h.State != "included" {
			continue
		}
		name := recordName(h.ID)
		wanted[name] = true
		data, err := c.read(name, maxRecord)
		if err != nil {
			c.problem(name, "%v", err)
			continue
		}
		rep, err := letter.Check(data)
		switch {
		case err != nil:
			c.problem(name, "%v", err)
		case !rep.OK:
			c.problem(name, "%s %s", rep.Problems[0].Path, rep.Problems[0].Text)
		case rep.ID != h.ID:
			c.problem(name, "is another record, %s", rep.ID)
		default:
			c.p.Records++
		}
	}
	for name := range c.files {
		if strings.HasPrefix(name, recordsDir) && !wanted[name] {
			c.problem(name, "is not in the certificate")
		}
	}
}
