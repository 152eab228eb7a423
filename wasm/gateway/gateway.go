// Package gateway is an organisation's receiver of kept records: it verifies them,
// stores them, gives receipts, proves their place in an append-only log, and lets
// records officers answer requests.
//
// It is an http.Handler over one Backend, which is all it knows of the platform: the
// native program puts SQLite and files behind it, the Worker R2, D1 and Queues. What
// counts lies in blobs; the index can be made again from them alone.
//
// A record's way:
//
//	PUT      verify form, digest, signature -> blob -> queue -> receipt with a promise
//	Process  take its place in the log -> tiles -> checkpoint -> index
//	GET      receipt with an inclusion proof; list, search, holds, packages
package gateway

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"

	"hanaper/proof"
)

// Tenant is one organisation. Tenants share a program and nothing else: the host of
// a request names its tenant, and tokens of any other issuer or audience are refused.
type Tenant struct {
	ID         string            `json:"id"`          // lower-case letters, digits, hyphens; part of every key and statement
	Hosts      []string          `json:"hosts"`       // that its people call, without port
	Log        string            `json:"log"`         // name of its log: host and path without scheme
	Issuer     string            `json:"issuer"`      // of its OIDC provider, exactly as in tokens
	Audience   string            `json:"audience"`    // tokens must be for it
	JWKS       string            `json:"jwks"`        // address of the provider's keys
	RolesClaim string            `json:"roles_claim"` // claim that holds roles; "" is roles
	Roles      map[string]string `json:"roles"`       // the claim's value -> keeper, officer, auditor or administrator
}

// Gateway serves all tenants of a Backend.
type Gateway struct {
	Backend
	tenants map[string]*tenant // by id
	hosts   map[string]*tenant
	mux     *http.ServeMux
	routes  map[string]*route // by pattern
}

// tenant is a Tenant with what was made of it.
type tenant struct {
	Tenant
	signer   note.Signer
	verifier note.Verifier
	roles    map[string]Role
	keys     keySet
}

// New checks the tenants and makes a Gateway. seed gives a tenant's 32-byte Ed25519
// seed, with which receipts and checkpoints are signed.
func New(b Backend, tenants []Tenant, seed func(tenant string) ([]byte, error)) (*Gateway, error) {
	if len(tenants) == 0 {
		return nil, errors.New("gateway: the configuration names no tenant")
	}
	g := &Gateway{Backend: b, tenants: map[string]*tenant{}, hosts: map[string]*tenant{}}
	for _, c := range tenants {
		t, err := newTenant(c, seed)
		if err != nil {
			return nil, fmt.Errorf("gateway: tenant %q: %w", c.ID, err)
		}
		if g.tenants[t.ID] != nil {
			return nil, fmt.Errorf("gateway: tenant %q is there twice", t.ID)
		}
		g.tenants[t.ID] = t
		for _, h := range t.Hosts {
			if g.hosts[h] != nil {
				return nil, fmt.Errorf("gateway: host %q belongs to tenants %q and %q", h, g.hosts[h].ID, t.ID)
			}
			g.hosts[h] = t
		}
	}
	g.route()
	return g, nil
}

func newTenant(c Tenant, seed func(string) ([]byte, error)) (*tenant, error) {
	if !isName(c.ID) {
		return nil, errors.New("id must be 1 to 64 lower-case letters, digits and hyphens")
	}
	for name, value := range map[string]string{"log": c.Log, "issuer": c.Issuer, "audience": c.Audience, "jwks": c.JWKS} {
		if value == "" {
			return nil, fmt.Errorf("%s is missing", name)
		}
	}
	t := &tenant{Tenant: c, roles: map[string]Role{}}
	if t.RolesClaim == "" {
		t.RolesClaim = "roles"
	}
	for value, name := range c.Roles {
		role, ok := roleNames[name]
		if !ok {
			return nil, fmt.Errorf("roles: %q is no role; use keeper, officer, auditor or administrator", name)
		}
		t.roles[value] |= role
	}
	raw, err := seed(c.ID)
	if err != nil {
		return nil, err
	}
	if t.signer, err = proof.NewSigner(c.Log, raw); err != nil {
		return nil, err
	}
	text, err := proof.VerifierKey(t.signer)
	if err != nil {
		return nil, err
	}
	t.verifier, err = note.NewVerifier(text)
	return t, err
}

// isName: what may stand in a key and in a path without escaping.
func isName(s string) bool {
	if len(s) == 0 || len(s) > 64 {
		return false
	}
	return strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

// call is one request on its way.
type call struct {
	*Gateway
	t   *tenant
	who Caller // zero on public routes
	w   http.ResponseWriter
	r   *http.Request
}

func (c *call) ctx() context.Context { return c.r.Context() }

// now is the time of the backend's clock, UTC, in whole seconds.
func (g *Gateway) now() time.Time { return g.Now().UTC().Truncate(time.Second) }

// ServeHTTP answers one request. Every error is application/problem+json (RFC 9457).
func (g *Gateway) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	if err := g.serve(w, r); err != nil {
		g.writeProblem(w, r, err)
	}
}

func (g *Gateway) serve(w http.ResponseWriter, r *http.Request) error {
	host := r.Host
	if i := strings.LastIndexByte(host, ':'); i > strings.LastIndexByte(host, ']') {
		host = host[:i]
	}
	t := g.hosts[strings.ToLower(host)]
	if t == nil {
		return problem(http.StatusMisdirectedRequest, "unknown-host", "no organisation is served at this host; check the gateway's address")
	}
	_, pattern := g.mux.Handler(r)
	rt := g.routes[pattern]
	if rt == nil {
		return g.noRoute(w, r)
	}
	c := &call{Gateway: g, t: t, w: w, r: r}
	if rt.roles != 0 {
		if err := c.admit(rt); err != nil {
			return err
		}
	}
	g.mux.ServeHTTP(&routed{w, c}, r)
	return nil
}

// routed carries the call through the mux, which fills in r's path values.
type routed struct {
	http.ResponseWriter
	c *call
}

// noRoute tells a wrong method from a wrong path.
func (g *Gateway) noRoute(w http.ResponseWriter, r *http.Request) error {
	var allowed []string
	for _, m := range []string{"GET", "PUT", "POST", "DELETE"} {
		probe := &http.Request{Method: m, URL: r.URL, Host: r.Host}
		if _, pattern := g.mux.Handler(probe); g.routes[pattern] != nil {
			allowed = append(allowed, m)
		}
	}
	if allowed == nil {
		return problem(http.StatusNotFound, "not-found", "there is nothing at this address; /v1/openapi.json lists what there is")
	}
	w.Header().Set("Allow", strings.Join(allowed, ", "))
	return problem(http.StatusMethodNotAllowed, "method", "this address takes "+strings.Join(allowed, ", "))
}
