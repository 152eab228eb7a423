// Package gatewaytest is the suite that every gateway must pass, whatever platform it
// runs on: it speaks HTTP and knows nothing else of it.
package gatewaytest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"

	"hanaper/wasm/gateway"
)

// Issuer makes tokens as an OIDC provider does and serves its keys on loopback.
type Issuer struct {
	URL string // of its keys: URL + "/jwks"

	mu   sync.Mutex
	keys []*ecdsa.PrivateKey
	gets int
}

// NewIssuer starts an issuer that ends with the test.
func NewIssuer(t testing.TB) *Issuer {
	t.Helper()
	i := &Issuer{}
	i.Rotate(t)
	s := httptest.NewServer(http.HandlerFunc(i.serve))
	t.Cleanup(s.Close)
	i.URL = s.URL
	return i
}

func (i *Issuer) serve(w http.ResponseWriter, _ *http.Request) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.gets++
	var set jose.JSONWebKeySet
	for n, k := range i.keys {
		set.Keys = append(set.Keys, jose.JSONWebKey{Key: k.Public(), KeyID: "key-" + strconv.Itoa(n), Use: "sig", Algorithm: "ES256"})
	}
	json.NewEncoder(w).Encode(set)
}

// Gets is how often the keys were fetched.
func (i *Issuer) Gets() int {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.gets
}

// Rotate adds a key; tokens are signed with the newest.
func (i *Issuer) Rotate(t testing.TB) {
	t.Helper()
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	i.keys = append(i.keys, k)
}

// Claims of a token; a nil value leaves a claim out.
type Claims map[string]any

// Token signs claims: those of a good token for tenant, changed by change.
func (i *Issuer) Token(t testing.TB, tenant, subject string, roles []string, change Claims) string {
	t.Helper()
	now := time.Now()
	claims := Claims{"iss": Issuing(tenant), "aud": "hanaper-" + tenant, "sub": subject, "iat": now.Unix(), "exp": now.Add(10 * time.Minute).Unix(), "roles": roles}
	for name, value := range change {
		claims[name] = value
		if value == nil {
			delete(claims, name)
		}
	}
	i.mu.Lock()
	key, kid := i.keys[len(i.keys)-1], "key-"+strconv.Itoa(len(i.keys)-1)
	i.mu.Unlock()
	return sign(t, jose.ES256, key, kid, claims)
}

func sign(t testing.TB, algorithm jose.SignatureAlgorithm, key any, kid string, claims Claims) string {
	t.Helper()
	s, err := jose.NewSigner(jose.SigningKey{Algorithm: algorithm, Key: key}, (&jose.SignerOptions{}).WithHeader("kid", kid))
	if err != nil {
		t.Fatal(err)
	}
	token, err := jwt.Signed(s).Claims(map[string]any(claims)).Serialize()
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// Issuing is the issuer's name in a tenant's tokens.
func Issuing(tenant string) string { return "https://login." + tenant + ".example" }

// The two organisations of the suite.
var Names = []string{"ministry", "agency"}

// Host is what a tenant's people call.
func Host(tenant string) string { return "records." + tenant + ".example" }

// Tenants is the suite's configuration.
func (i *Issuer) Tenants() (out []gateway.Tenant) {
	for _, name := range Names {
		out = append(out, gateway.Tenant{ID: name, Hosts: []string{Host(name)}, Log: Host(name) + "/log", Issuer: Issuing(name), Audience: "hanaper-" + name, JWKS: i.URL + "/jwks",
			Roles: map[string]string{"keeper": "keeper", "officer": "officer", "auditor": "auditor", "administrator": "administrator"}})
	}
	return out
}

// Seed of a tenant's signing key, the same in every run.
func Seed(tenant string) ([]byte, error) {
	seed := make([]byte, 32)
	copy(seed, "test only: "+tenant)
	return seed, nil
}
