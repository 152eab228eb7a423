package vault

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"github.com/ncruces/go-sqlite3"
	_ "github.com/ncruces/go-sqlite3/embed" // SQLite itself, as WebAssembly
	_ "github.com/ncruces/go-sqlite3/vfs/adiantum"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

// conn is one connection; one goroutine at a time uses it.
type conn struct {
	*sqlite3.Conn
	stmts map[string]*sqlite3.Stmt
}

// memoryPages bounds what SQLite may take for one connection: 256 MiB, four times
// the writer's page cache.
const memoryPages = 4096

// compiled makes SQLite's code once a machine and not once a process: 0.1 s
// instead of 1.5 s. Without a cache folder it is compiled each time.
var compiled = sync.OnceFunc(func() {
	config := wazero.NewRuntimeConfig().WithMemoryLimitPages(memoryPages).WithCoreFeatures(api.CoreFeaturesV2)
	if dir, err := os.UserCacheDir(); err == nil {
		if cache, err := wazero.NewCompilationCacheWithDir(filepath.Join(dir, "hanaper", "wazero")); err == nil {
			config = config.WithCompilationCache(cache)
		}
	}
	sqlite3.RuntimeConfig = config
})

// pragmas: WAL so that neither a reader waits for the writer nor the reverse; FULL
// so that a commit is on the disk before it is reported (SQLite then fills the log
// up to a whole block, so that no later write touches a block with a committed
// page in it); temporary data in memory, not in files; what is
// deleted is overwritten. A cache of 64 MiB holds the index of ids of a million records; the
// log grows to 32 MiB before it is carried over, so that in an import a page is carried
// over once and not once a call.
const pragmas = `PRAGMA busy_timeout=30000;
PRAGMA journal_mode=WAL;
PRAGMA synchronous=FULL;
PRAGMA temp_store=memory;
PRAGMA foreign_keys=ON;
PRAGMA trusted_schema=OFF;
PRAGMA secure_delete=ON;
PRAGMA cache_size=-65536;
PRAGMA wal_autocheckpoint=8192`

// connect opens the database, making it where there is none.
func (v *Vault) connect(ctx context.Context) (*conn, error) {
	return openDatabase(ctx, filepath.Join(v.dir, databaseFile), v.key)
}

func openDatabase(ctx context.Context, file string, key []byte) (*conn, error) {
	compiled()
	db, err := sqlite3.OpenContext(ctx, uri(file))
	if err != nil {
		return nil, explain(err)
	}
	c := &conn{Conn: db, stmts: map[string]*sqlite3.Stmt{}}
	if err := c.setUp(key); err != nil {
		return nil, errors.Join(explain(err), db.Close())
	}
	return c, nil
}

func (c *conn) setUp(key []byte) error {
	if err := c.Exec("PRAGMA hexkey='" + hex.EncodeToString(key) + "'"); err != nil {
		return err
	}
	pages := 0
	if _, err := c.one("PRAGMA page_count", nil, func(s *sqlite3.Stmt) { pages = s.ColumnInt(0) }); err != nil {
		return err
	}
	if pages == 0 {
		// Every page carries a checksum: one that changed is an error when it is read.
		// SQLite must be told before there is a log.
		if err := c.EnableChecksums("main"); err != nil {
			return err
		}
	}
	return c.Exec(pragmas)
}

func uri(file string) string {
	path := filepath.ToSlash(file)
	if runtime.GOOS == "windows" {
		path = "/" + path
	}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?vfs=adiantum"
}

// Close finalizes the statements and closes the connection.
func (c *conn) Close() error {
	for _, s := range c.stmts {
		_ = s.Close() // reports the error of the last run again
	}
	return c.Conn.Close()
}

// take waits for a connection; it must be put back.
func (v *Vault) take(ctx context.Context, from chan *conn) (*conn, error) {
	select {
	case <-v.closed:
		return nil, ErrClosed
	default:
	}
	select {
	case c := <-from:
		return c, nil
	case <-v.closed:
		return nil, ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// write runs work in one transaction that excludes every other writer; by its
// return everything is on the disk, or nothing is.
func (v *Vault) write(ctx context.Context, work func(*conn) error) error {
	c, err := v.take(ctx, v.writer)
	if err != nil {
		return err
	}
	defer func() { v.writer <- c }()
	return c.transact(ctx, beginWrite, work)
}

// read runs work on one state of the vault, beside writers.
func (v *Vault) read(ctx context.Context, work func(*conn) error) error {
	c, err := v.take(ctx, v.readers)
	if err != nil {
		return err
	}
	defer func() { v.readers <- c }()
	if c == nil {
		if c, err = v.connect(ctx); err != nil {
			return err
		}
	}
	return c.transact(ctx, beginRead, work)
}

func (c *conn) transact(ctx context.Context, begin string, work func(*conn) error) (err error) {
	c.SetInterrupt(ctx)
	defer c.SetInterrupt(context.Background())
	if err := c.Exec(begin); err != nil {
		return explain(err)
	}
	defer func() {
		if c.GetAutocommit() {
			return // committed, or rolled back by SQLite
		}
		c.SetInterrupt(context.Background())
		for _, s := range c.stmts {
			_ = s.Reset() // what still runs would stop the rollback
		}
		if undo := c.Exec("ROLLBACK"); undo != nil {
			err = errors.Join(err, undo)
		}
	}()
	if err := work(c); err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return explain(err)
	}
	if begin == beginRead && c.GetAutocommit() {
		return nil // a bad page ended the transaction, and work has dealt with it
	}
	return explain(c.Exec("COMMIT"))
}

const (
	beginRead  = "BEGIN"
	beginWrite = "BEGIN IMMEDIATE"
)

// stmt is the statement of sql, made once a connection, with its arguments bound.
func (c *conn) stmt(sql string, args ...any) (*sqlite3.Stmt, error) {
	s := c.stmts[sql]
	if s == nil {
		var err error
		if s, _, err = c.PrepareFlags(sql, sqlite3.PREPARE_PERSISTENT); err != nil {
			return nil, err
		}
		c.stmts[sql] = s
	} else if err := s.Reset(); err != nil {
		_ = err // of the run before, which has told it
	}
	for i, a := range args {
		if err := bind(s, i+1, a); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func bind(s *sqlite3.Stmt, i int, a any) error {
	switch a := a.(type) {
	case nil:
		return s.BindNull(i)
	case int:
		return s.BindInt(i, a)
	case int64:
		return s.BindInt64(i, a)
	case bool:
		return s.BindBool(i, a)
	case string:
		return s.BindText(i, a)
	case []byte:
		if a == nil {
			return s.BindNull(i)
		}
		return s.BindBlob(i, a)
	}
	return fmt.Errorf("a %T cannot be bound", a)
}

// run executes a statement that gives no rows.
func (c *conn) run(sql string, args ...any) error {
	s, err := c.stmt(sql, args...)
	if err != nil {
		return err
	}
	return s.Exec()
}

// each calls row for every row of a query.
func (c *conn) each(sql string, args []any, row func(*sqlite3.Stmt) error) error {
	s, err := c.stmt(sql, args...)
	if err != nil {
		return err
	}
	for s.Step() {
		if err := row(s); err != nil {
			_ = s.Reset()
			return err
		}
	}
	err = s.Err()
	return errors.Join(err, s.Reset())
}

// one reads the first row of a query; found is false where there is none.
func (c *conn) one(sql string, args []any, row func(*sqlite3.Stmt)) (found bool, err error) {
	s, err := c.stmt(sql, args...)
	if err != nil {
		return false, err
	}
	if found = s.Step(); found {
		row(s)
	}
	err = s.Err()
	_ = s.Reset()
	return found, err
}

// explain turns SQLite's errors into those of this package.
func explain(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, sqlite3.FULL), errors.Is(err, sqlite3.IOERR_WRITE), isNoSpace(err):
		return fmt.Errorf("%w (%w)", ErrFull, err)
	case errors.Is(err, sqlite3.CORRUPT), errors.Is(err, sqlite3.NOTADB), errors.Is(err, sqlite3.IOERR_DATA):
		return fmt.Errorf("%w: the database has bad pages: run 'hanaper vault check' and restore a backup (%w)", ErrDamaged, err)
	case errors.Is(err, sqlite3.BUSY):
		return fmt.Errorf("another program has been writing to the vault for too long: try again (%w)", err)
	case strings.Contains(err.Error(), "interrupted"):
		return context.Canceled
	}
	return err
}
