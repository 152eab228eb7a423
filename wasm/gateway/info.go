package gateway

import (
	"embed"
	"fmt"
	"io/fs"
	"net/http"
	"strings"
)

// OpenAPI describes every route, request and answer (OpenAPI 3.1).
//
//go:embed openapi.json
var OpenAPI []byte

func (c *call) openAPI() error { return c.raw(http.StatusOK, "application/json", OpenAPI) }

// health asks both stores something small.
func (c *call) health() error {
	if _, _, err := c.checkpoint(c.ctx(), c.t); err != nil {
		return err
	}
	if _, err := c.logSize(c.ctx(), c.t); err != nil {
		return err
	}
	return c.json(http.StatusOK, struct {
		OK bool `json:"ok"`
	}{true})
}

// metrics are counts of the tenant's rows, in the text form that Prometheus reads.
func (c *call) metrics() error {
	cp, _, err := c.checkpoint(c.ctx(), c.t)
	if err != nil {
		return err
	}
	rows, err := c.DB(c.t.ID).Query(c.ctx(), Stmt{"SELECT (SELECT count(*) FROM record WHERE tenant=?1), (SELECT coalesce(sum(size), 0) FROM record WHERE tenant=?1)," +
		" (SELECT count(*) FROM entry WHERE tenant=?1), (SELECT count(*) FROM hold WHERE tenant=?1 AND released=0)", []any{c.t.ID}})
	if err != nil {
		return err
	}
	var b strings.Builder
	for i, name := range []string{"records", "bytes", "log_entries", "holds"} {
		fmt.Fprintf(&b, "# TYPE hanaper_%s gauge\nhanaper_%s %d\n", name, name, integer(rows[0][i]))
	}
	fmt.Fprintf(&b, "# TYPE hanaper_log_published gauge\nhanaper_log_published %d\n", cp.Size)
	return c.raw(http.StatusOK, "text/plain; version=0.0.4; charset=utf-8", []byte(b.String()))
}

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations are the versions of the index's schema, one file each.
func Migrations() fs.FS {
	sub, err := fs.Sub(migrations, "migrations")
	if err != nil { // the folder is embedded
		panic(err)
	}
	return sub
}
