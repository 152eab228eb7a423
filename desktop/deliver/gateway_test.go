package deliver

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
	"golang.org/x/mod/sumdb/note"
)

// testGateway is a real gateway, self-hosted, with one organisation.
type testGateway struct {
	address, data, key string
	signer             jose.Signer
}

func startGateway(t *testing.T) *testGateway {
	t.Helper()
	dir := serverDir(t, 0)
	program := filepath.Join(dir, "hanaper-gateway")
	if out, err := exec.Command("go", "build", "-buildvcs=false", "-o", program, "../../wasm/gateway/cmd/hanaper-gateway").CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	g := &testGateway{address: "127.0.0.1:" + freePort(t), data: filepath.Join(dir, "data")}
	if g.signer, err = jose.NewSigner(jose.SigningKey{Algorithm: jose.ES256, Key: key}, (&jose.SignerOptions{}).WithHeader("kid", "k")); err != nil {
		t.Fatal(err)
	}
	provider := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_ = json.NewEncoder(w).Encode(jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: key.Public(), KeyID: "k", Use: "sig", Algorithm: "ES256"}}})
	}))
	t.Cleanup(provider.Close)
	config, err := json.Marshal(map[string]any{"listen": g.address, "data": "data", "keys": "keys", "per_minute": 100000, "tenants": []map[string]any{{
		"id": "ministry", "hosts": []string{"127.0.0.1"}, "log": "records.ministry.example/log", "issuer": "https://login.ministry.example",
		"audience": "hanaper", "jwks": provider.URL, "roles": map[string]string{"keeper": "keeper", "officer": "officer"}}}})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "config.json")
	if err := os.WriteFile(file, config, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(program, "key", "-config", file, "ministry").CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	start(t, g.address, program, "serve", "-config", file)
	answer, err := http.Get("http://" + g.address + "/v1/key")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var own struct{ Key string }
	if err := json.NewDecoder(answer.Body).Decode(&own); err != nil {
		t.Fatal(err)
	}
	g.key = own.Key
	return g
}

func (g *testGateway) settings() Settings {
	return Settings{Name: "records", Kind: "gateway", URL: "http://" + g.address + "/", LogKey: g.key}
}

// token is what the provider gives a person who signed in.
func (g *testGateway) token(t *testing.T, subject string, roles ...string) string {
	t.Helper()
	now := time.Now()
	token, err := jwt.Signed(g.signer).Claims(map[string]any{"iss": "https://login.ministry.example", "aud": "hanaper", "sub": subject,
		"iat": now.Unix(), "exp": now.Add(10 * time.Minute).Unix(), "roles": roles}).Serialize()
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// files are the names of everything the gateway stored whose path has the text.
func (g *testGateway) files(t *testing.T, text string) (out []string) {
	t.Helper()
	err := filepath.WalkDir(g.data, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.Contains(path, text) {
			out = append(out, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestGateway(t *testing.T) {
	g := startGateway(t)
	ann := g.token(t, "ann", "keeper")
	device := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize)) // that of makeItem
	public := device.Public().(ed25519.PublicKey)
	sign := func(message []byte) []byte { return ed25519.Sign(device, message) }

	t.Run("not enrolled", func(t *testing.T) {
		_, err := mustOpen(t, g.settings(), ann).Put(context.Background(), makeItem(t, "Too early", "Body."))
		if e := explain(err, Refused); err == nil || e.Trouble != Setup || !strings.Contains(e.Error(), "enrol") {
			t.Errorf("%v", err)
		}
	})
	if err := Enrol(context.Background(), mustOpen(t, g.settings(), ann), "desk", public, sign); err != nil {
		t.Fatal(err)
	}
	digits := func(item Item) string { return strings.TrimPrefix(item.ID, "sha256:") }
	suite(t, place{
		receipted: true,
		open:      func(t *testing.T) Destination { return mustOpen(t, g.settings(), ann) },
		count: func(t *testing.T, item Item) int {
			n := 0
			for _, name := range g.files(t, digits(item)) {
				if strings.Contains(name, "record") {
					n++
				}
			}
			return n
		},
		take: func(t *testing.T, r Receipt) error {
			for _, name := range g.files(t, strings.TrimPrefix(r.Place, "sha256:")) {
				if err := os.Remove(name); err != nil {
					return err
				}
			}
			return nil
		},
	})
	t.Run("troubles", func(t *testing.T) { gatewayTroubles(t, g) })
	t.Run("receipts", func(t *testing.T) { gatewayReceipts(t, g, ann) })
}

func gatewayTroubles(t *testing.T, g *testGateway) {
	other, err := note.NewEd25519VerifierKey("records.ministry.example/log", make(ed25519.PublicKey, 32))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		change func(*Settings)
		secret string
		want   Trouble
	}{
		"no token":       {func(*Settings) {}, "", Credentials},
		"a false token":  {func(*Settings) {}, "x.y.z", Credentials},
		"not a keeper":   {func(*Settings) {}, g.token(t, "bob", "officer"), Denied},
		"another's key":  {func(s *Settings) { s.LogKey = other }, g.token(t, "ann", "keeper"), Certificate},
		"nobody listens": {func(s *Settings) { s.URL = "http://127.0.0.1:1/" }, g.token(t, "ann", "keeper"), Unreachable},
	} {
		s := g.settings()
		c.change(&s)
		if err := mustOpen(t, s, c.secret).Check(context.Background()); err == nil || explain(err, Refused).Trouble != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	for name, change := range map[string]func(*Settings){
		"no key": func(s *Settings) { s.LogKey = "none" }, "a password": func(s *Settings) { s.Auth = "password" },
		"no https": func(s *Settings) { s.URL = "http://records.ministry.example/" },
	} {
		s := g.settings()
		change(&s)
		secret := oneSecret("")
		if _, err := Open(s, &secret); err == nil || explain(err, Refused).Trouble != Setup {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A receipt proves its own record only, with the gateway's signature only.
func gatewayReceipts(t *testing.T, g *testGateway, token string) {
	d := mustOpen(t, g.settings(), token)
	one, two := makeItem(t, "One", "Body."), makeItem(t, "Two", "Body.")
	var receipts [][]byte
	for _, item := range []Item{one, two} {
		r, err := d.Put(context.Background(), item)
		if err != nil {
			t.Fatal(err)
		}
		raw, err := d.Read(context.Background(), r)
		if err != nil {
			t.Fatal(err)
		}
		receipts = append(receipts, raw)
	}
	proves := d.(Receipted)
	if _, err := proves.Prove(one, receipts[0]); err != nil {
		t.Error(err)
	}
	for name, raw := range map[string][]byte{
		"another record's": receipts[1], "empty": {}, "an object": []byte("{}"),
		"changed": bytes.Replace(receipts[0], []byte(`"promise":"hanaper receipt`), []byte(`"promise":"hanaper Receipt`), 1),
	} {
		if _, err := proves.Prove(one, raw); err == nil || explain(err, Refused).Trouble != Differs {
			t.Errorf("%s: %v", name, err)
		}
	}
}
