// Package native puts SQLite and a folder behind a gateway, for those who host it
// themselves: one process, one disk, no other service.
package native

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/ncruces/go-sqlite3"
	_ "github.com/ncruces/go-sqlite3/driver"
	_ "github.com/ncruces/go-sqlite3/embed" // SQLite itself, as WebAssembly
	"github.com/tetratelabs/wazero"

	"hanaper/wasm/gateway"
)

// compiled keeps SQLite's machine code in the user's cache: 0.1 s a start instead of 1.5.
var compiled = sync.OnceFunc(func() {
	dir, err := os.UserCacheDir()
	if err != nil {
		return
	}
	cache, err := wazero.NewCompilationCacheWithDir(filepath.Join(dir, "hanaper", "wazero"))
	if err != nil {
		return
	}
	sqlite3.RuntimeConfig = wazero.NewRuntimeConfig().WithMemoryLimitPages(4096).WithCompilationCache(cache)
})

// openSQLite opens a database file. WAL: readers do not wait for the writer; FULL: a
// commit is on the disk before it is reported.
func openSQLite(path string) (*sql.DB, error) {
	compiled()
	db, err := sql.Open("sqlite3", "file:"+filepath.ToSlash(path)+"?_txlock=immediate&_pragma=busy_timeout(30000)&_pragma=journal_mode(wal)&_pragma=synchronous(full)&_pragma=temp_store(memory)")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(4)
	if err := db.Ping(); err != nil {
		db.Close()
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return db, nil
}

// DB is a gateway.DB on one SQLite file.
type DB struct{ db *sql.DB }

// OpenDB opens the index and brings it to the newest version; files are the
// migrations, in the order of their names, each run once.
func OpenDB(ctx context.Context, path string, files fs.FS) (*DB, error) {
	db, err := openSQLite(path)
	if err != nil {
		return nil, err
	}
	if err := migrate(ctx, db, files); err != nil {
		db.Close()
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return &DB{db}, nil
}

func migrate(ctx context.Context, db *sql.DB, files fs.FS) error {
	names, err := fs.Glob(files, "*.sql")
	if err != nil {
		return err
	}
	var version int
	if err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	if version > len(names) {
		return fmt.Errorf("the index is of version %d, this program knows %d: use a newer one", version, len(names))
	}
	for i, name := range names[version:] {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		step := fmt.Sprintf("BEGIN IMMEDIATE; %s\n; PRAGMA user_version=%d; COMMIT", text, version+i+1)
		if _, err := db.ExecContext(ctx, step); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// Exec implements gateway.DB.
func (d *DB) Exec(ctx context.Context, stmts ...gateway.Stmt) error {
	tx, err := d.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for _, s := range stmts {
		if _, err := tx.ExecContext(ctx, s.SQL, s.Args...); err != nil {
			if errors.Is(err, sqlite3.CONSTRAINT_PRIMARYKEY) || errors.Is(err, sqlite3.CONSTRAINT_UNIQUE) {
				return gateway.ErrConflict
			}
			return err
		}
	}
	return tx.Commit()
}

// Query implements gateway.DB.
func (d *DB) Query(ctx context.Context, s gateway.Stmt) (out [][]any, err error) {
	rows, err := d.db.QueryContext(ctx, s.SQL, s.Args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		row, to := make([]any, len(names)), make([]any, len(names))
		for i := range row {
			to[i] = &row[i]
		}
		if err := rows.Scan(to...); err != nil {
			return nil, err
		}
		out = append(out, row)
	}
	return out, rows.Err()
}

// Close closes the file.
func (d *DB) Close() error { return d.db.Close() }
