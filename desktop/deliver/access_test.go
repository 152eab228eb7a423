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
