package gateway

import (
	"context"
	"errors"
	"time"
)

// Backend is the whole outside world of a Gateway.
type Backend struct {
	Blobs Blobs
	DB    func(tenant string) DB // one database may serve many tenants, or each its own
	Queue Queue
	Now   func() time.Time
	Fetch func(ctx context.Context, url string) ([]byte, error) // the JWKS of a tenant
	Allow func(ctx context.Context, key string) bool            // rate limit; false: not now
	Log   func(text string)                                     // for the operator; never content
}

// ErrNotFound is a blob that is not there.
var ErrNotFound = errors.New("not found")

// Blobs holds what must never be lost. A Get that follows a Put sees it.
type Blobs interface {
	// Get returns ErrNotFound where there is nothing. Every other error means that
	// nobody knows whether there is.
	Get(ctx context.Context, key string) ([]byte, error)
	// Has tells whether Get would find something.
	Has(ctx context.Context, key string) (bool, error)
	// Put is durable when it returns. With once it never replaces, and stored tells
	// whether this call was the one that stored.
	Put(ctx context.Context, key string, data []byte, once bool) (stored bool, err error)
	// List returns at most limit keys that begin with prefix and are greater than
	// after, in the order of their bytes.
	List(ctx context.Context, prefix, after string, limit int) ([]string, error)
}

// Stmt is one SQL statement in SQLite's dialect, parameters ?1, ?2 and so on. The
// first is always the tenant. Arguments are strings, int64 or nil.
type Stmt struct {
	SQL  string
	Args []any
}

// DB is the index. Everything in it can be made again from the blobs.
type DB interface {
	// Exec runs all statements or none of them. A statement that breaks a unique key
	// is ErrConflict.
	Exec(ctx context.Context, stmts ...Stmt) error
	// Query returns rows of string, int64 and nil.
	Query(ctx context.Context, stmt Stmt) ([][]any, error)
}

// ErrConflict is an Exec that would have broken a unique key; nothing was changed.
var ErrConflict = errors.New("conflict")

// Queue stands between accepting a record and giving it its place: what was sent is
// passed to Gateway.Process at least once, until that returns no error.
type Queue interface {
	Send(ctx context.Context, tenant string, ids ...string) error
}

// Keys of blobs: kind, tenant, name. The kind comes first so that a rule of the store
// can lock records/ and files/ and audit/ for the retention period, and leave log/.
func recordKey(tenant, id string) string     { return "records/" + tenant + "/" + id[len(idPrefix):] }
func fileKey(tenant, digest string) string   { return "files/" + tenant + "/" + digest[len(idPrefix):] }
func deviceKey(tenant, device string) string { return "devices/" + tenant + "/" + device }
func holdKey(tenant, hold string) string     { return "holds/" + tenant + "/" + hold }
func heldKey(tenant, hold, id string) string {
	return "held/" + tenant + "/" + hold + "/" + id[len(idPrefix):]
}
func packageKey(tenant, name string) string { return "packages/" + tenant + "/" + name }
func auditKey(tenant, name string) string   { return "audit/" + tenant + "/" + name }
func logKey(tenant, path string) string     { return "log/" + tenant + "/" + path }

const idPrefix = "sha256:"

// isID: a record's id or a file's digest, and so safe in a key.
func isID(s string) bool {
	if len(s) != len(idPrefix)+64 || s[:len(idPrefix)] != idPrefix {
		return false
	}
	for i := len(idPrefix); i < len(s); i++ {
		if c := s[i]; (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}
