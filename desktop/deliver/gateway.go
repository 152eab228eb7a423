package deliver

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"hanaper/core/canonical"
	"hanaper/core/record"
	"hanaper/desktop/letter"
	"hanaper/proof"
)

// gateway puts records into an organisation's Hanaper gateway (its openapi.json
// describes it). People who keep records may not read there: what proves a record is
// the receipt that the gateway signs after it read the stored record anew, checked
// with the key that the settings name and not with one that the server gives.
type gateway struct {
	*web
	settings Settings
	key      note.Verifier
}

func openGateway(s Settings, a access) (Destination, error) {
	if s.Auth == "" {
		s.Auth = "oauthbearer"
	}
	if s.Auth != "oauthbearer" {
		return nil, failf(Setup, "a gateway is signed in to with --auth oauthbearer, not %s", s.Auth)
	}
	key, err := note.NewVerifier(s.LogKey)
	if err != nil {
		return nil, failf(Setup, "--log-key is not the key of the gateway's log, NAME+HASH+KEY: your administrator has it")
	}
	w, err := newWeb(s)
	if err != nil {
		return nil, err
	}
	w.sign = person(s, a)
	return &gateway{w, s, key}, nil
}

func (g *gateway) Readback() bool  { return true }
func (g *gateway) Hosts() []string { return hosts(g.settings, hostPort(g.base)) }

func (g *gateway) Close() error {
	g.client.CloseIdleConnections()
	return nil
}

func (g *gateway) at(path, id string) string {
	return g.base.String() + "v1/" + path + "/" + url.PathEscape(id)
}

// answer reads JSON out of a reply that is ok.
func (r reply) answer(doing string, v any) error {
	if !r.ok() {
		return r.refusal(doing)
	}
	if err := json.Unmarshal(r.body, v); err != nil {
		return failf(Refused, "%s: the gateway's answer is not its JSON", doing)
	}
	return nil
}

// refusal puts a gateway's problem (RFC 9457) into a trouble. The detail is written
// for people and holds no text of the record.
func (r reply) refusal(doing string) *Error {
	var p struct{ Type, Detail string }
	if json.Unmarshal(r.body, &p) != nil || p.Detail == "" {
		return r.trouble(doing)
	}
	e := fail(r.trouble(doing).Trouble, errors.New(doing+": "+p.Detail))
	if strings.HasSuffix(p.Type, ":device") {
		e.Trouble = Setup
	}
	return e
}

// Check signs in, and compares the gateway's own idea of its key with ours.
func (g *gateway) Check(ctx context.Context) error {
	r, err := g.ask(ctx, http.MethodGet, g.base.String()+"v1/key", nil, nil)
	if err != nil {
		return err
	}
	var own struct{ Key string }
	if err := r.answer("asking for the log's key", &own); err != nil {
		return err
	}
	if own.Key != g.settings.LogKey {
		return failf(Certificate, "the gateway signs with another key than your administrator's: %s", own.Key)
	}
	_, err = g.subject(ctx)
	return err
}

// subject is whom the gateway takes the person for.
func (g *gateway) subject(ctx context.Context) (string, error) {
	r, err := g.ask(ctx, http.MethodGet, g.base.String()+"v1/me", nil, nil)
	if err != nil {
		return "", err
	}
	var me struct {
		Subject string
		Roles   []string
	}
	if err := r.answer("signing in", &me); err != nil {
		return "", err
	}
	if !slices.Contains(me.Roles, "keeper") {
		return "", failf(Denied, "you may not put records there: ask for the role keeper")
	}
	return me.Subject, nil
}

// Enrol makes a device's key known, so that records it signed are taken. sign signs
// with that key.
func Enrol(ctx context.Context, d Destination, name string, public []byte, sign func(message []byte) []byte) error {
	g, ok := d.(*gateway)
	if !ok {
		return failf(Setup, "only a gateway knows devices")
	}
	subject, err := g.subject(ctx)
	if err != nil {
		return err
	}
	body, err := json.Marshal(map[string]string{
		"public_key": base64.StdEncoding.EncodeToString(public), "name": name,
		"signature": base64.StdEncoding.EncodeToString(sign([]byte("hanaper device v1\n" + g.key.Name() + "\n" + subject))),
	})
	if err != nil {
		return err
	}
	r, err := g.ask(ctx, http.MethodPost, g.base.String()+"v1/devices", map[string]string{"Content-Type": "application/json"}, body)
	if err != nil {
		return err
	}
	return r.answer("enrolling this computer", new(struct{}))
}

func (g *gateway) Put(ctx context.Context, item Item) (Receipt, error) {
	parts, err := letter.Take(item.EML)
	if err != nil {
		return Receipt{}, fail(Refused, err)
	}
	if parts.Signature == nil {
		return Receipt{}, failf(Refused, "the record is not signed, and a gateway takes signed ones only")
	}
	body, err := envelope(parts)
	if err != nil {
		return Receipt{}, fail(Refused, err)
	}
	missing, err := g.putRecord(ctx, item.ID, body)
	if len(missing) > 0 && err == nil {
		if err = g.putFiles(ctx, parts.Files, missing); err == nil {
			missing, err = g.putRecord(ctx, item.ID, body)
		}
	}
	if err == nil && len(missing) > 0 {
		err = failf(Refused, "the gateway asks again for files that it was given")
	}
	return Receipt{Record: item.ID, Place: item.ID}, err
}

// envelope is the body of a put: the record and its signature as they were made.
func envelope(p letter.Parts) ([]byte, error) {
	v := canonical.Fields()
	for _, part := range []struct {
		name string
		json []byte
	}{{"record", p.Record}, {"signature", p.Signature}} {
		value, err := canonical.Parse(part.json, canonical.Limits{})
		if err != nil {
			return nil, err
		}
		v.Put(part.name, value)
	}
	return canonical.Append(nil, v), nil
}

// putRecord gives the digests of files that have to be there first.
func (g *gateway) putRecord(ctx context.Context, id string, body []byte) (missing []string, err error) {
	r, err := g.ask(ctx, http.MethodPut, g.at("records", id), map[string]string{"Content-Type": "application/json"}, body)
	if err != nil {
		return nil, err
	}
	var p struct{ Missing []string }
	if r.status == http.StatusConflict && json.Unmarshal(r.body, &p) == nil && len(p.Missing) > 0 {
		return p.Missing, nil
	}
	return nil, r.answer("putting the record", new(struct{}))
}

func (g *gateway) putFiles(ctx context.Context, files []record.File, missing []string) error {
	for _, digest := range missing {
		i := slices.IndexFunc(files, func(f record.File) bool { return letter.Digest(f.Content) == digest })
		if i < 0 {
			return failf(Refused, "the record names a file whose content was not kept, and the gateway takes whole records only")
		}
		r, err := g.ask(ctx, http.MethodPut, g.at("files", digest), map[string]string{"Content-Type": "application/octet-stream"}, files[i].Content)
		if err != nil {
			return err
		}
		if err := r.answer("putting a file", new(struct{})); err != nil {
			return err
		}
	}
	return nil
}

// Read gives the gateway's receipt, made from the record as it is stored now.
func (g *gateway) Read(ctx context.Context, r Receipt) ([]byte, error) {
	answer, err := g.ask(ctx, http.MethodGet, g.at("records", r.Place)+"/receipt", map[string]string{"Cache-Control": "no-cache"}, nil)
	switch {
	case err != nil:
		return nil, err
	case answer.status == http.StatusNotFound:
		return nil, failf(Lost, "the gateway does not have the record")
	case !answer.ok():
		return nil, answer.refusal("asking for the receipt")
	}
	return answer.body, nil
}

// Prove checks the receipt's signature, that it is for this record, and its place in
// the log where it has one already.
func (g *gateway) Prove(item Item, receipt []byte) (Proof, error) {
	var r struct{ Promise, Proof string }
	if err := json.Unmarshal(receipt, &r); err != nil {
		return Proof{}, failf(Differs, "what was read back is no receipt")
	}
	promise, err := proof.OpenReceipt(r.Promise, g.key)
	if err != nil {
		return Proof{}, fail(Differs, err)
	}
	if promise.ID != item.ID {
		return Proof{}, failf(Differs, "the receipt is for another record: %s", promise.ID)
	}
	note := "receipt signed by " + promise.Log
	if r.Proof != "" {
		if _, _, err := proof.CheckInclusion(r.Proof, item.ID, g.key); err != nil {
			return Proof{}, fail(Differs, err)
		}
		note += "; its place in the log is proven"
	}
	return Proof{Notes: []string{note}}, nil
}
