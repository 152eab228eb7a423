package gateway

import (
	"context"
	"encoding/base64"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// Query is a search. Every part narrows it; an empty part does not.
type Query struct {
	Words     string `json:"words,omitempty"`     // all of them, in any field; "in quotes" together; word* begins with
	From      string `json:"from,omitempty"`      // words of the sender
	To        string `json:"to,omitempty"`        // words of the recipients
	Subject   string `json:"subject,omitempty"`   // words of the subject
	Channel   string `json:"channel,omitempty"`   // these five are compared as they are
	Direction string `json:"direction,omitempty"` //
	Method    string `json:"method,omitempty"`    //
	Series    string `json:"series,omitempty"`    //
	Keeper    string `json:"keeper,omitempty"`    //
	Since     string `json:"since,omitempty"`     // YYYY-MM-DD, first day
	Until     string `json:"until,omitempty"`     // YYYY-MM-DD, last day
	Hold      string `json:"hold,omitempty"`      // records under this hold
}

// Item is a record in a list.
type Item struct {
	ID        string   `json:"id"`
	At        string   `json:"at"`       // YYYY-MM-DDTHH:MM as in the record
	Received  string   `json:"received"` // RFC 3339
	Channel   string   `json:"channel"`
	Direction string   `json:"direction"`
	Method    string   `json:"method"`
	Series    string   `json:"series"`
	Subject   string   `json:"subject"`
	From      string   `json:"from"`
	Keeper    string   `json:"keeper"`
	Size      int64    `json:"size"`  // bytes, with files
	Index     *int64   `json:"index"` // in the log
	Holds     []string `json:"holds"` // that are in force
}

// fields of Query by their name in an address.
func (q *Query) fields() map[string]*string {
	return map[string]*string{"q": &q.Words, "from": &q.From, "to": &q.To, "subject": &q.Subject, "channel": &q.Channel,
		"direction": &q.Direction, "method": &q.Method, "series": &q.Series, "keeper": &q.Keeper, "since": &q.Since, "until": &q.Until, "hold": &q.Hold}
}

// check refuses what would silently find nothing.
func (q *Query) check() error {
	for name, value := range q.fields() {
		if len(*value) > 1000 {
			return malformed(name + " is longer than 1,000 bytes")
		}
	}
	for _, day := range []string{q.Since, q.Until} {
		if _, err := time.Parse(time.DateOnly, day); day != "" && err != nil {
			return malformed("since and until must be days: 2026-11-22")
		}
	}
	for _, words := range []string{q.Words, q.From, q.To, q.Subject} {
		if strings.TrimSpace(words) != "" && match(words) == "" {
			return malformed("there is no word to search for in " + strconv.Quote(words))
		}
	}
	return nil
}

// match turns what a person types into an FTS5 expression: every term a quoted
// string, so that nothing in it is an operator; "" where there is no term.
func match(typed string) string {
	var terms []string
	for i, part := range strings.Split(typed, `"`) {
		pieces := []string{part}
		if i%2 == 0 {
			pieces = strings.Fields(part)
		}
		for _, p := range pieces {
			if strings.IndexFunc(p, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) < 0 {
				continue
			}
			term, star := strings.CutSuffix(p, "*")
			term = `"` + strings.ReplaceAll(term, "\x00", " ") + `"`
			if star {
				term += " *"
			}
			terms = append(terms, term)
		}
	}
	return strings.Join(terms, " AND ")
}

// where makes the tables and conditions of a search; ?1 is the tenant. Words come
// first, so that a rare one costs no look at every record of the tenant.
func (q *Query) where(tenant string) (from, cond string, args []any) {
	args = []any{tenant}
	from, cond = "record r", "r.tenant=?1"
	add := func(sql, value string) {
		if value != "" {
			args = append(args, value)
			cond += " AND " + strings.Replace(sql, "$", "?"+strconv.Itoa(len(args)), 1)
		}
	}
	var terms []string
	for _, f := range []struct{ column, typed string }{{"", q.Words}, {"sender : ", q.From}, {"recipients : ", q.To}, {"subject : ", q.Subject}} {
		if m := match(f.typed); m != "" {
			terms = append(terms, f.column+"("+m+")")
		}
	}
	if len(terms) > 0 {
		from = "words CROSS JOIN record r ON r.n=words.rowid"
		add("words MATCH $", strings.Join(terms, " AND "))
	}
	add("r.channel=$", q.Channel)
	add("r.direction=$", q.Direction)
	add("r.method=$", q.Method)
	add("r.series=$", q.Series)
	add("r.keeper=$", q.Keeper)
	add("r.at>=$", q.Since)
	if q.Until != "" {
		add("r.at<=$", q.Until+"T~") // after every time of that day
	}
	add("r.id IN (SELECT id FROM held WHERE tenant=?1 AND hold=$)", q.Hold)
	return from, cond, args
}

// search returns the newest records first, at most limit that follow the cursor.
func (g *Gateway) search(ctx context.Context, t *tenant, q *Query, cur cursor, limit int) ([]Item, error) {
	from, cond, args := q.where(t.ID)
	if cur.at != "" {
		args = append(args, cur.at, cur.id)
		cond += " AND (r.at, r.id) < (?" + strconv.Itoa(len(args)-1) + ", ?" + strconv.Itoa(len(args)) + ")"
	}
	args = append(args, int64(limit))
	rows, err := g.DB(t.ID).Query(ctx, Stmt{"SELECT r.id, r.at, r.received, r.channel, r.direction, r.method, r.series, r.subject, r.sender, r.keeper, r.size, e.idx," +
		" (SELECT group_concat(h.hold) FROM held h JOIN hold o ON o.tenant=?1 AND o.hold=h.hold AND o.released=0 WHERE h.tenant=?1 AND h.id=r.id)" +
		" FROM " + from + " LEFT JOIN entry e ON e.tenant=?1 AND e.id=r.id WHERE " + cond +
		" ORDER BY r.at DESC, r.id DESC LIMIT ?" + strconv.Itoa(len(args)), args})
	if err != nil {
		return nil, err
	}
	items := []Item{}
	for _, row := range rows {
		it := Item{ID: text(row[0]), At: text(row[1]), Received: text(row[2]), Channel: text(row[3]), Direction: text(row[4]), Method: text(row[5]),
			Series: text(row[6]), Subject: text(row[7]), From: text(row[8]), Keeper: text(row[9]), Size: integer(row[10]), Holds: []string{}}
		if row[11] != nil {
			index := integer(row[11])
			it.Index = &index
		}
		if holds := text(row[12]); holds != "" {
			it.Holds = strings.Split(holds, ",")
		}
		items = append(items, it)
	}
	return items, nil
}

// cursor is a place in a list, which is ordered by date and id: rebuilding the index
// does not move it.
type cursor struct{ at, id string }

func (c cursor) String() string {
	return base64.RawURLEncoding.EncodeToString([]byte(c.at + " " + c.id))
}

func parseCursor(s string) (c cursor, ok bool) {
	raw, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		return c, false
	}
	c.at, c.id, ok = strings.Cut(string(raw), " ")
	return c, ok && isID(c.id)
}

// page is the part of a list that was asked for.
type page struct {
	after string
	limit int
}

const (
	pageDefault = 50
	pageMost    = 200
)

func (c *call) page() (page, error) {
	v := c.r.URL.Query()
	p := page{v.Get("after"), pageDefault}
	if s := v.Get("limit"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 || n > pageMost {
			return p, malformed("limit must be 1 to " + strconv.Itoa(pageMost))
		}
		p.limit = n
	}
	if len(p.after) > 200 {
		return p, malformed("after must be the next of the answer before")
	}
	return p, nil
}

func queryOf(v url.Values) (q Query, err error) {
	known := q.fields()
	for name, values := range v {
		if name == "after" || name == "limit" {
			continue
		}
		field := known[name]
		if field == nil || len(values) != 1 {
			return q, malformed("a search knows " + strconv.Quote(name) + " not, or not twice; /v1/openapi.json lists what it knows")
		}
		*field = values[0]
	}
	return q, q.check()
}

func (c *call) list() error {
	p, err := c.page()
	if err != nil {
		return err
	}
	q, err := queryOf(c.r.URL.Query())
	if err != nil {
		return err
	}
	var cur cursor
	if p.after != "" {
		var ok bool
		if cur, ok = parseCursor(p.after); !ok {
			return malformed("after must be the next of the answer before")
		}
	}
	items, err := c.search(c.ctx(), c.t, &q, cur, p.limit)
	if err != nil {
		return err
	}
	out := struct {
		Records []Item `json:"records"`
		Next    string `json:"next"`
	}{items, ""}
	if len(items) == p.limit {
		last := items[len(items)-1]
		out.Next = cursor{last.At, last.ID}.String()
	}
	return c.json(http.StatusOK, out)
}
