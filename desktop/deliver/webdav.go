package deliver

import (
	"context"
	"crypto/rand"
	"net/http"
	"net/url"
	"strings"
)

// collection files records into a WebDAV collection (RFC 4918). Most servers
// overwrite whatever a PUT names, also with If-None-Match: a record is written
// under a name nobody else has, and moved to its own with Overwrite: F, which is
// refused where something is there.
type collection struct {
	*web
	settings Settings
}

func openWebDAV(s Settings, a access) (Destination, error) {
	w, err := newWeb(s)
	if err != nil {
		return nil, err
	}
	w.sign = person(s, a)
	return &collection{w, s}, nil
}

func (c *collection) Readback() bool  { return true }
func (c *collection) Hosts() []string { return hosts(c.settings, hostPort(c.base)) }

func (c *collection) Close() error {
	c.client.CloseIdleConnections()
	return nil
}

func (c *collection) at(name string) string { return c.base.String() + url.PathEscape(name) }

func (c *collection) Check(ctx context.Context) error {
	r, err := c.ask(ctx, "PROPFIND", c.base.String(), map[string]string{"Depth": "0"}, nil)
	if err == nil && r.status != http.StatusMultiStatus {
		return r.trouble("looking at the collection")
	}
	return err
}

func (c *collection) Put(ctx context.Context, item Item) (Receipt, error) {
	for _, name := range item.names() {
		found, is, err := c.get(ctx, name)
		if err != nil {
			return Receipt{}, err
		}
		if !is {
			taken, err := c.place(ctx, name, item.EML)
			if err != nil {
				return Receipt{}, err
			}
			if !taken {
				return Receipt{Record: item.ID, Place: name}, nil
			}
			if found, _, err = c.get(ctx, name); err != nil { // somebody came in between
				return Receipt{}, err
			}
		}
		if _, err := item.Prove(found); err == nil {
			return Receipt{Record: item.ID, Place: name}, nil
		}
	}
	return Receipt{}, failf(Conflict, "every file name for the record is taken")
}

// place writes a whole file or none under the name; taken says that the name is
// another's now.
func (c *collection) place(ctx context.Context, name string, content []byte) (taken bool, err error) {
	part := c.at("hanaper-" + rand.Text() + ".part")
	r, err := c.ask(ctx, http.MethodPut, part, map[string]string{"If-None-Match": "*", "Content-Type": "message/rfc822"}, content)
	if err == nil && !r.ok() {
		err = r.trouble("writing")
	}
	if err == nil {
		r, err = c.ask(ctx, "MOVE", part, map[string]string{"Destination": c.at(name), "Overwrite": "F"}, nil)
		if err == nil && r.ok() {
			return false, nil
		}
		if taken = err == nil && r.status == http.StatusPreconditionFailed; err == nil && !taken {
			err = r.trouble("naming the file")
		}
	}
	tidy(ctx, func(ctx context.Context) { _, _ = c.ask(ctx, http.MethodDelete, part, nil, nil) })
	return taken, err
}

func (c *collection) get(ctx context.Context, name string) (content []byte, is bool, err error) {
	r, err := c.ask(ctx, http.MethodGet, c.at(name), map[string]string{"Cache-Control": "no-cache"}, nil)
	switch {
	case err != nil:
		return nil, false, err
	case r.status == http.StatusNotFound:
		return nil, false, nil
	case r.status != http.StatusOK:
		return nil, false, r.trouble("reading")
	}
	return r.body, true, nil
}

func (c *collection) Read(ctx context.Context, r Receipt) ([]byte, error) {
	if r.Place == "" || strings.ContainsAny(r.Place, "/\\") {
		return nil, failf(Conflict, "the receipt names no file of the collection: %q", r.Place)
	}
	content, is, err := c.get(ctx, r.Place)
	if err == nil && !is {
		err = failf(Lost, "the collection does not have the record")
	}
	return content, err
}
