package deliver

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// A refresh token becomes access tokens; the one the server gives in its place is
// kept; a refusal says so and shows no token.
func TestRefreshToken(t *testing.T) {
	asked, answer := 0, map[string]any{"access_token": testToken, "token_type": "Bearer", "expires_in": 3600, "refresh_token": "refresh-2"}
	tokens := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked++
		w.Header().Set("Content-Type", "application/json")
		if r.FormValue("grant_type") != "refresh_token" || r.FormValue("client_id") != "hanaper" || !strings.HasPrefix(r.FormValue("refresh_token"), "refresh-") {
			w.WriteHeader(http.StatusBadRequest)
			_ = json.NewEncoder(w).Encode(map[string]string{"error": "invalid_grant", "error_description": "of " + r.FormValue("refresh_token")})
			return
		}
		_ = json.NewEncoder(w).Encode(answer)
	}))
	defer tokens.Close()
	m := startSMTP(t)
	s := m.settings()
	s.Auth, s.TokenURL, s.ClientID = "oauthbearer", tokens.URL, "hanaper"
	secret := oneSecret("refresh-1")
	d, err := Open(s, &secret)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := d.Check(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	if asked != 1 || secret != "refresh-2" {
		t.Errorf("asked %d times, %q is kept", asked, secret)
	}
	if hosts := d.Hosts(); len(hosts) != 2 || hosts[1] != strings.TrimPrefix(tokens.URL, "http://") {
		t.Errorf("%v", hosts)
	}
	secret = testSecret
	if d, err = Open(s, &secret); err != nil {
		t.Fatal(err)
	}
	err = d.Check(context.Background())
	wantTrouble(t, err, Credentials)
	if !strings.Contains(err.Error(), "invalid_grant") {
		t.Error(err)
	}
	for _, u := range []string{"http://login.dept.example/token", "login", "https://"} {
		s.TokenURL = u
		_, err := Open(s, &secret)
		wantTrouble(t, err, Setup)
	}
}

// A person signs in with a browser by a code; the refresh token is kept; a provider
// that gives none, refuses, or is no https address is an error that says what to do.
func TestSignIn(t *testing.T) {
	answer := map[string]any{"access_token": testToken, "token_type": "Bearer", "refresh_token": "refresh-1"}
	status := http.StatusOK
	provider := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if r.URL.Path == "/device" {
			if r.FormValue("client_id") != "hanaper" || r.FormValue("scope") != "openid offline_access" {
				t.Errorf("asked with %v", r.Form)
			}
			_ = json.NewEncoder(w).Encode(map[string]any{"device_code": "d", "user_code": "WXYZ", "verification_uri": "https://login.dept.example/code", "expires_in": 60, "interval": 1})
			return
		}
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(answer)
	}))
	defer provider.Close()
	s := Settings{Name: "records", ClientID: "hanaper", Scope: "openid offline_access", DeviceURL: provider.URL + "/device", TokenURL: provider.URL + "/token"}
	secret := oneSecret("")
	shown := ""
	show := func(address, code string) { shown = address + " " + code }
	if err := SignIn(context.Background(), s, &secret, show); err != nil || secret != "refresh-1" || shown != "https://login.dept.example/code WXYZ" {
		t.Errorf("%v, kept %q, shown %q", err, secret, shown)
	}
	delete(answer, "refresh_token")
	wantTrouble(t, SignIn(context.Background(), s, &secret, show), Setup)
	status, answer = http.StatusBadRequest, map[string]any{"error": "access_denied"}
	wantTrouble(t, SignIn(context.Background(), s, &secret, show), Credentials)
	s.DeviceURL = "http://login.dept.example/device"
	wantTrouble(t, SignIn(context.Background(), s, &secret, show), Setup)
}
