package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
)

// Role is a set of what somebody may do.
type Role uint8

// The roles. None contains another.
const (
	Keeper        Role = 1 << iota // put records, read own receipts
	Officer                        // search, read, hold, make packages
	Auditor                        // proofs and trails, no content
	Administrator                  // devices, checks, rebuilding; no content
)

var roleNames = map[string]Role{"keeper": Keeper, "officer": Officer, "auditor": Auditor, "administrator": Administrator}

// Names are the roles in words, sorted.
func (r Role) Names() []string {
	out := []string{}
	for name, one := range roleNames {
		if r&one != 0 {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// Caller is who a token speaks for.
type Caller struct {
	Subject string
	Roles   Role
}

const (
	// clockSkew between the provider's clock and ours.
	clockSkew = time.Minute
	// maxTokenLife: longer tokens cannot be taken away from somebody who left.
	maxTokenLife = time.Hour
	// maxTokenBytes: a token of a provider with many groups is 4 KiB.
	maxTokenBytes = 16 << 10
)

// algorithms that a provider may sign with. HMAC is not among them: its key would
// have to be shared, and "none" never is.
var algorithms = []jose.SignatureAlgorithm{jose.RS256, jose.PS256, jose.ES256, jose.EdDSA}

// admit checks the token and the role, and the rate.
func (c *call) admit(rt *route) error {
	token, ok := strings.CutPrefix(c.r.Header.Get("Authorization"), "Bearer ")
	if !ok {
		return unauthorized("sign in: this address needs an access token")
	}
	who, err := c.authenticate(c.ctx(), c.t, token)
	if err != nil {
		if p := (*Problem)(nil); errors.As(err, &p) && !c.Allow(c.ctx(), c.t.ID+" refused "+c.r.RemoteAddr) {
			return tooMany()
		}
		return err
	}
	if !c.Allow(c.ctx(), c.t.ID+" subject "+who.Subject) {
		return tooMany()
	}
	if who.Roles&rt.roles == 0 {
		return problem(http.StatusForbidden, "forbidden", "this needs the role "+strings.Join(rt.roles.Names(), " or ")+"; ask your administrator")
	}
	c.who = who
	return nil
}

func unauthorized(detail string) *Problem {
	return problem(http.StatusUnauthorized, "unauthorized", detail)
}

func tooMany() *Problem {
	return problem(http.StatusTooManyRequests, "rate", "too many requests; what was not sent yet keeps, try again in a minute")
}

// authenticate verifies a token for one tenant. The error is a *Problem where the
// token is bad, another where the provider's keys could not be had.
func (g *Gateway) authenticate(ctx context.Context, t *tenant, token string) (Caller, error) {
	if len(token) > maxTokenBytes {
		return Caller{}, unauthorized("the access token is larger than any provider makes them")
	}
	parsed, err := jwt.ParseSigned(token, algorithms)
	if err != nil {
		return Caller{}, unauthorized("the access token is no signed JWT; sign in again")
	}
	key, err := t.keys.find(ctx, g, t, parsed.Headers[0].KeyID)
	if err != nil {
		return Caller{}, err
	}
	var claims jwt.Claims
	var all map[string]json.RawMessage
	if err := parsed.Claims(key, &claims, &all); err != nil {
		return Caller{}, unauthorized("the access token's signature is not the provider's; sign in again")
	}
	if err := g.checkClaims(t, &claims); err != nil {
		return Caller{}, err
	}
	return Caller{claims.Subject, t.rolesIn(all[t.RolesClaim])}, nil
}

func (g *Gateway) checkClaims(t *tenant, c *jwt.Claims) error {
	if c.Expiry == nil || c.IssuedAt == nil || c.Subject == "" || len(c.Subject) > 256 {
		return unauthorized("the access token lacks its subject or its times")
	}
	if c.Expiry.Time().Sub(c.IssuedAt.Time()) > maxTokenLife {
		return unauthorized("the access token lives longer than an hour; the provider must make shorter ones")
	}
	err := c.ValidateWithLeeway(jwt.Expected{Issuer: t.Issuer, AnyAudience: jwt.Audience{t.Audience}, Time: g.Now()}, clockSkew)
	switch {
	case errors.Is(err, jwt.ErrExpired):
		return unauthorized("the access token has expired; sign in again")
	case errors.Is(err, jwt.ErrNotValidYet), errors.Is(err, jwt.ErrIssuedInTheFuture):
		return unauthorized("the access token is not valid yet: the clocks of the provider and the gateway differ")
	case err != nil:
		return unauthorized("the access token is for another service; sign in to this one")
	}
	return nil
}

// rolesIn reads a claim that is a string, several in one string, or a list.
func (t *tenant) rolesIn(claim json.RawMessage) (out Role) {
	var list []string
	if json.Unmarshal(claim, &list) != nil {
		var one string
		if json.Unmarshal(claim, &one) == nil {
			list = strings.Fields(one)
		}
	}
	for _, name := range list {
		out |= t.roles[name]
	}
	return out
}

// keySet holds a provider's public keys.
type keySet struct {
	mu   sync.Mutex
	set  jose.JSONWebKeySet
	read time.Time // zero: never
}

const (
	keysLast  = 10 * time.Minute // a key taken back by the provider works that long
	keysAgain = 30 * time.Second // unknown key ids fetch no more often than this
)

// find returns the key called kid, fetching the set when it is old or lacks it: so a
// rotation needs no restart.
func (k *keySet) find(ctx context.Context, g *Gateway, t *tenant, kid string) (*jose.JSONWebKey, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	now := g.Now()
	age := now.Sub(k.read)
	found := k.lookup(kid)
	if k.read.IsZero() || age > keysLast || age < 0 || found == nil && age > keysAgain {
		if err := k.fetch(ctx, g, t.JWKS); err != nil {
			return nil, fmt.Errorf("keys of the provider of %s: %w", t.ID, err)
		}
		k.read = now
		found = k.lookup(kid)
	}
	if found == nil {
		return nil, unauthorized("the access token is signed with a key the provider does not name; sign in again")
	}
	return found, nil
}

func (k *keySet) lookup(kid string) *jose.JSONWebKey {
	for i := range k.set.Keys {
		key := &k.set.Keys[i]
		if key.KeyID == kid && key.IsPublic() && key.Valid() && (key.Use == "" || key.Use == "sig") {
			return key
		}
	}
	return nil
}

func (k *keySet) fetch(ctx context.Context, g *Gateway, url string) error {
	raw, err := g.Fetch(ctx, url)
	if err != nil {
		return err
	}
	var set jose.JSONWebKeySet
	if err := json.Unmarshal(raw, &set); err != nil {
		return fmt.Errorf("%s: %w", url, err)
	}
	k.set = set
	return nil
}

// me tells people what their token is good for.
func (c *call) me() error {
	return c.json(http.StatusOK, struct {
		Tenant  string   `json:"tenant"`
		Subject string   `json:"subject"`
		Roles   []string `json:"roles"`
	}{c.t.ID, c.who.Subject, c.who.Roles.Names()})
}
