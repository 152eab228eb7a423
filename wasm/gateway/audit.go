package gateway

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"net/http"
)

// Event is a line of the audit trail: who read content, or changed a hold. It holds
// what was asked for, which may be words somebody searched; it holds no record.
type Event struct {
	At      string   `json:"at"` // RFC 3339 with fractions
	Subject string   `json:"subject"`
	Roles   []string `json:"roles"`
	Action  string   `json:"action"` // method and route
	Target  string   `json:"target"` // path and query as asked
}

// eventTime sorts as text.
const eventTime = "2006-01-02T15:04:05.000000000Z"

// trail writes an event before what it tells of is done.
func (c *call) trail(action, target string) error {
	if len(target) > 4096 {
		return malformed("the address is longer than 4,096 bytes")
	}
	at := c.Now().UTC().Format(eventTime)
	raw, err := json.Marshal(Event{at, c.who.Subject, c.who.Roles.Names(), action, target})
	if err != nil {
		return err
	}
	var salt [8]byte
	rand.Read(salt[:])
	_, err = c.Blobs.Put(c.ctx(), auditKey(c.t.ID, at+"-"+hex.EncodeToString(salt[:])), raw, true)
	return err
}

// audit lists the trail, oldest first.
func (c *call) audit() error {
	p, err := c.page()
	if err != nil {
		return err
	}
	prefix := auditKey(c.t.ID, "")
	keys, err := c.Blobs.List(c.ctx(), prefix, prefix+p.after, p.limit)
	if err != nil {
		return err
	}
	out := struct {
		Events []Event `json:"events"`
		Next   string  `json:"next"`
	}{Events: []Event{}}
	for _, k := range keys {
		raw, err := c.Blobs.Get(c.ctx(), k)
		if err != nil {
			return err
		}
		var e Event
		if err := json.Unmarshal(raw, &e); err != nil {
			return err
		}
		out.Events = append(out.Events, e)
	}
	if len(keys) == p.limit {
		out.Next = keys[len(keys)-1][len(prefix):]
	}
	return c.json(http.StatusOK, out)
}
