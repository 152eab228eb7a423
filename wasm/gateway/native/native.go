package native

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"sync"
	"time"

	"hanaper/wasm/gateway"
)

// Store is everything below one folder: index.db, queue.db and blobs/.
type Store struct {
	Blobs *Folder
	DB    *DB
	Queue *Queue
}

// Open opens or makes a store.
func Open(ctx context.Context, dir string) (*Store, error) {
	blobs, err := OpenFolder(filepath.Join(dir, "blobs"))
	if err != nil {
		return nil, err
	}
	db, err := OpenDB(ctx, filepath.Join(dir, "index.db"), gateway.Migrations())
	if err != nil {
		return nil, err
	}
	queue, err := OpenQueue(filepath.Join(dir, "queue.db"))
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &Store{blobs, db, queue}, nil
}

// Backend is what a gateway needs of the platform, with this store behind it.
func (s *Store) Backend(perMinute int, log func(string)) gateway.Backend {
	limit := &Limiter{PerMinute: perMinute, Now: time.Now}
	return gateway.Backend{
		Blobs: s.Blobs,
		DB:    func(string) gateway.DB { return s.DB },
		Queue: s.Queue,
		Now:   time.Now,
		Fetch: Fetch,
		Allow: limit.Allow,
		Log:   log,
	}
}

// Close closes the files.
func (s *Store) Close() error { return errors.Join(s.DB.Close(), s.Queue.Close()) }

// maxKeys bounds a provider's set of keys.
const maxKeys = 1 << 20

var client = &http.Client{Timeout: 10 * time.Second}

// Fetch gets a provider's keys.
func Fetch(ctx context.Context, url string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	res, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", url, res.Status)
	}
	return io.ReadAll(io.LimitReader(res.Body, maxKeys))
}

// Limiter allows each key so many requests a minute, and as many at once.
type Limiter struct {
	PerMinute int
	Now       func() time.Time

	mu  sync.Mutex
	all map[string]bucket
}

type bucket struct {
	left float64
	at   time.Time
}

// maxBuckets: beyond it the map is begun anew, which allows everybody a little more.
const maxBuckets = 100_000

// Allow takes one request from the key's share.
func (l *Limiter) Allow(_ context.Context, key string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.all == nil || len(l.all) > maxBuckets {
		l.all = map[string]bucket{}
	}
	now := l.Now()
	b, ok := l.all[key]
	if !ok {
		b = bucket{float64(l.PerMinute), now}
	}
	b.left = min(float64(l.PerMinute), b.left+now.Sub(b.at).Minutes()*float64(l.PerMinute))
	b.at = now
	allowed := b.left >= 1
	if allowed {
		b.left--
	}
	l.all[key] = b
	return allowed
}
