package native

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"hanaper/wasm/gateway"
)

// Queue is a gateway.Queue in an SQLite file of its own: a busy index never holds up
// the acceptance of a record.
type Queue struct {
	db   *sql.DB
	wake chan struct{}
}

// OpenQueue opens the file, making it where it is not there.
func OpenQueue(path string) (*Queue, error) {
	db, err := openSQLite(path)
	if err != nil {
		return nil, err
	}
	const schema = "CREATE TABLE IF NOT EXISTS queue(n INTEGER PRIMARY KEY, tenant TEXT NOT NULL, id TEXT NOT NULL, due INTEGER NOT NULL, tries INTEGER NOT NULL)"
	if _, err := db.Exec(schema); err != nil {
		db.Close()
		return nil, err
	}
	return &Queue{db, make(chan struct{}, 1)}, nil
}

// Send implements gateway.Queue.
func (q *Queue) Send(ctx context.Context, tenant string, ids ...string) error {
	list, err := json.Marshal(ids)
	if err != nil {
		return err
	}
	if _, err = q.db.ExecContext(ctx, "INSERT INTO queue(tenant, id, due, tries) SELECT ?1, value, 0, 0 FROM json_each(?2)", tenant, string(list)); err != nil {
		return err
	}
	select {
	case q.wake <- struct{}{}:
	default:
	}
	return nil
}

// Waiting counts what was sent and not yet processed.
func (q *Queue) Waiting(ctx context.Context) (n int, err error) {
	err = q.db.QueryRowContext(ctx, "SELECT count(*) FROM queue").Scan(&n)
	return n, err
}

// longestWait between two tries.
const longestWait = 5 * time.Minute

// Run passes what was sent to process, a batch of one tenant at a time, until ctx is
// done. What fails is tried again after 1, 2, 4 seconds and so on.
func (q *Queue) Run(ctx context.Context, process func(ctx context.Context, tenant string, ids []string) error, log func(string)) {
	for ctx.Err() == nil {
		more, err := q.step(ctx, process, log)
		if err != nil && ctx.Err() == nil {
			log("queue: " + err.Error())
		}
		if more && err == nil {
			continue
		}
		select {
		case <-ctx.Done():
		case <-q.wake:
		case <-time.After(time.Second):
		}
	}
}

// step processes one batch and tells whether there was one.
func (q *Queue) step(ctx context.Context, process func(context.Context, string, []string) error, log func(string)) (bool, error) {
	now := time.Now()
	rows, err := q.db.QueryContext(ctx, "SELECT n, tenant, id, tries FROM queue WHERE due<=?1"+
		" AND tenant=(SELECT tenant FROM queue WHERE due<=?1 ORDER BY n LIMIT 1) ORDER BY n LIMIT ?2", now.UnixMilli(), gateway.BatchSize)
	if err != nil {
		return false, err
	}
	defer rows.Close()
	var numbers []int64
	var ids []string
	var tenant string
	tries := 0
	for rows.Next() {
		var n int64
		var id string
		var t int
		if err := rows.Scan(&n, &tenant, &id, &t); err != nil {
			return false, err
		}
		numbers, ids, tries = append(numbers, n), append(ids, id), max(tries, t)
	}
	if err := rows.Err(); err != nil || len(ids) == 0 {
		return false, err
	}
	list, err := json.Marshal(numbers)
	if err != nil {
		return false, err
	}
	if err := process(ctx, tenant, ids); err != nil {
		log("queue: " + tenant + ": " + err.Error())
		due := now.Add(min(time.Second<<min(tries, 20), longestWait)).UnixMilli()
		_, err = q.db.ExecContext(ctx, "UPDATE queue SET due=?1, tries=tries+1 WHERE n IN (SELECT value FROM json_each(?2))", due, string(list))
		return true, err
	}
	_, err = q.db.ExecContext(ctx, "DELETE FROM queue WHERE n IN (SELECT value FROM json_each(?1))", string(list))
	return true, err
}

// Close closes the file.
func (q *Queue) Close() error { return q.db.Close() }
