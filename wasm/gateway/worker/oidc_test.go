//go:build !js

package main

import (
	"bufio"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	"hanaper/wasm/gateway/gatewaytest"
)

// person is somebody at their browser, signing in to the provider.
type person struct {
	t      *testing.T
	issuer string
	login  string
	client *http.Client
}

var errArrived = errors.New("arrived")

func (p *person) begin() {
	jar, err := cookiejar.New(nil)
	if err != nil {
		p.t.Fatal(err)
	}
	p.client = &http.Client{Jar: jar, Timeout: time.Minute, CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		if r.URL.Path == "/officer" {
			return errArrived
		}
		return nil
	}}
}

var (
	formTag  = regexp.MustCompile(`(?s)<form[^>]*action="([^"]*)"[^>]*>(.*?)</form>`)
	inputTag = regexp.MustCompile(`<input[^>]*>`)
	attr     = regexp.MustCompile(`(name|value|type)="([^"]*)"`)
)

// walk opens a page and sends off the forms it finds, as a person would who agrees to
// everything, until there is none or the browser is sent back to the officer's page.
func (p *person) walk(address string) *url.URL {
	p.t.Helper()
	res, err := p.client.Get(address)
	for range 10 {
		if err != nil {
			if failed := (*url.Error)(nil); errors.As(err, &failed) && errors.Is(err, errArrived) {
				back, _ := url.Parse(failed.URL)
				return back
			}
			p.t.Fatal(err)
		}
		body, err2 := io.ReadAll(res.Body)
		res.Body.Close()
		if err2 != nil || res.StatusCode >= 400 {
			p.t.Fatalf("%s: %s %v\n%.500s", res.Request.URL, res.Status, err2, body)
		}
		form := formTag.FindStringSubmatch(string(body))
		if form == nil {
			return nil
		}
		action, err2 := res.Request.URL.Parse(html.UnescapeString(form[1]))
		if err2 != nil {
			p.t.Fatal(err2)
		}
		res, err = p.client.PostForm(action.String(), p.fill(form[2]))
	}
	p.t.Fatal("the provider asks without end")
	return nil
}

func (p *person) fill(form string) url.Values {
	v := url.Values{}
	for _, tag := range inputTag.FindAllString(form, -1) {
		a := map[string]string{}
		for _, m := range attr.FindAllStringSubmatch(tag, -1) {
			a[m[1]] = html.UnescapeString(m[2])
		}
		switch a["name"] {
		case "":
		case "login":
			v.Set("login", p.login)
		case "password":
			v.Set("password", "for tests only")
		default:
			v.Set(a["name"], a["value"])
		}
	}
	return v
}

func (p *person) post(path string, form url.Values, into any) {
	p.t.Helper()
	res, err := http.PostForm(p.issuer+path, form)
	if err != nil {
		p.t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != 200 {
		p.t.Fatalf("%s: %s %v %.300s", path, res.Status, err, raw)
	}
	if err := json.Unmarshal(raw, into); err != nil {
		p.t.Fatal(err)
	}
}

// byDeviceCode is how extensions and desktops sign people in (RFC 8628).
func (p *person) byDeviceCode(resource string) string {
	p.t.Helper()
	p.begin()
	var device struct {
		DeviceCode string `json:"device_code"`
		Complete   string `json:"verification_uri_complete"`
	}
	p.post("/device/auth", url.Values{"client_id": {"hanaper-extension"}, "scope": {"openid records"}, "resource": {resource}}, &device)
	p.walk(device.Complete)
	var token struct {
		Access string `json:"access_token"`
	}
	p.post("/token", url.Values{"client_id": {"hanaper-extension"}, "grant_type": {"urn:ietf:params:oauth:grant-type:device_code"}, "device_code": {device.DeviceCode}, "resource": {resource}}, &token)
	return token.Access
}

// byCode is how officers sign in to their page (authorisation code with PKCE).
func (p *person) byCode(resource string) string {
	p.t.Helper()
	p.begin()
	verifier := rand.Text() + rand.Text()
	sum := sha256.Sum256([]byte(verifier))
	back := p.walk(p.issuer + "/auth?" + url.Values{"client_id": {"hanaper-officer"}, "response_type": {"code"}, "redirect_uri": {"http://127.0.0.1/officer"},
		"scope": {"openid records"}, "resource": {resource}, "code_challenge": {base64.RawURLEncoding.EncodeToString(sum[:])}, "code_challenge_method": {"S256"}}.Encode())
	if back == nil {
		p.t.Fatal("the provider did not send the officer back")
	}
	var token struct {
		Access string `json:"access_token"`
	}
	p.post("/token", url.Values{"client_id": {"hanaper-officer"}, "grant_type": {"authorization_code"}, "code": {back.Query().Get("code")},
		"redirect_uri": {"http://127.0.0.1/officer"}, "code_verifier": {verifier}, "resource": {resource}}, &token)
	return token.Access
}

func provider(t *testing.T) string {
	t.Helper()
	cmd := exec.Command("node", "testdata/provider.mjs")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	line, err := bufio.NewReader(out).ReadString('\n')
	issuer, ok := strings.CutPrefix(strings.TrimSpace(line), "listening on ")
	if !ok {
		t.Fatalf("the provider says %q, %v", line, err)
	}
	go io.Copy(io.Discard, out)
	return issuer
}

// With tokens of a real provider: a keeper who signed in by device code enrols a
// device and puts a record; an officer who signed in by code finds it; neither may do
// the other's work, and a token for another service is refused.
func TestRealProvider(t *testing.T) {
	needed(t)
	issuer := provider(t)
	const resource = "https://records.ministry.example"
	tenants := gatewaytest.NewIssuer(t).Tenants()[:1]
	tenants[0].Issuer, tenants[0].JWKS, tenants[0].Audience = issuer, issuer+"/jwks", resource
	r := launchTenants(t, tenants, t.TempDir())

	keeper := (&person{t: t, issuer: issuer, login: "keeper:amelie"}).byDeviceCode(resource)
	officer := (&person{t: t, issuer: issuer, login: "officer:sam"}).byCode(resource)
	elsewhere := (&person{t: t, issuer: issuer, login: "keeper:amelie"}).byDeviceCode("https://payroll.ministry.example")

	load := gatewaytest.NewLoadWith(t, r.url, "ministry", "keeper:amelie", keeper)
	k := load.Record(t, "Approval", "I approve.")
	if !load.Put(t, k) {
		t.Fatal("the record was refused")
	}
	for _, c := range []struct {
		token, path string
		status      int
	}{{keeper, "/v1/records/" + k.ID + "/receipt", 200}, {officer, "/v1/records/" + k.ID, 200}, {officer, "/v1/devices", 403}, {keeper, "/v1/records/" + k.ID, 403}, {elsewhere, "/v1/me", 401}} {
		if a := load.With(t, c.token, "GET", c.path); a.Status != c.status {
			t.Errorf("%s: status %d, want %d: %s", c.path, a.Status, c.status, a.Body)
		}
	}
}
