package deliver

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/emersion/go-sasl"
	"golang.org/x/oauth2"
)

// newAccess prepares signing in. Secrets are fetched when they are used and not
// kept: a changed password counts at once.
func newAccess(s Settings, secrets Secrets) (access, error) {
	if !slices.Contains([]string{"", "password", "oauthbearer", "xoauth2", "none"}, s.Auth) {
		return access{}, failf(Setup, "--auth %q is not one of password, oauthbearer, xoauth2, none", s.Auth)
	}
	secret := func() (string, error) {
		v, err := secrets.Get(s.Name)
		if err != nil {
			return "", fail(Credentials, err)
		}
		return v, nil
	}
	if s.TokenURL == "" {
		return access{secret, func(context.Context) (string, error) { return secret() }}, nil
	}
	u, err := url.Parse(s.TokenURL)
	if err != nil || u.Host == "" || u.Scheme != "https" && !loopback(u.Hostname()) {
		return access{}, failf(Setup, "--token-url is not an https address: %q", s.TokenURL)
	}
	r := &refresher{settings: s, secrets: secrets, secret: secret}
	return access{secret, r.token}, nil
}

// SignIn lets the person sign in with a browser, by a code (RFC 8628), and keeps the
// refresh token. show says where to go and what to type there.
func SignIn(ctx context.Context, s Settings, secrets Secrets, show func(address, code string)) error {
	for _, address := range []string{s.DeviceURL, s.TokenURL} {
		if u, err := url.Parse(address); err != nil || u.Host == "" || u.Scheme != "https" && !loopback(u.Hostname()) {
			return failf(Setup, "--device-url and --token-url must be https addresses, not %q", address)
		}
	}
	client, err := httpClient(s)
	if err != nil {
		return err
	}
	ctx = context.WithValue(ctx, oauth2.HTTPClient, client)
	config := oauth2.Config{ClientID: s.ClientID, Scopes: strings.Fields(s.Scope),
		Endpoint: oauth2.Endpoint{DeviceAuthURL: s.DeviceURL, TokenURL: s.TokenURL, AuthStyle: oauth2.AuthStyleInParams}}
	code, err := config.DeviceAuth(ctx)
	if err != nil {
		return refused(s.DeviceURL, err)
	}
	show(either(code.VerificationURIComplete, code.VerificationURI), code.UserCode)
	token, err := config.DeviceAccessToken(ctx, code)
	if err != nil {
		return refused(s.TokenURL, err)
	}
	if token.RefreshToken == "" {
		return failf(Setup, "the sign-in gave no refresh token: --scope needs the one your provider asks for it, usually offline_access")
	}
	return secrets.Set(s.Name, token.RefreshToken)
}

// refused says why a sign-in failed; the answer's own text may repeat the request.
func refused(address string, err error) error {
	if answer := (*oauth2.RetrieveError)(nil); errors.As(err, &answer) {
		return failf(Credentials, "%s refused the sign-in: %s", address, oneWord(answer.ErrorCode))
	}
	return explain(err, Unreachable)
}

func either(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// refresher turns the refresh token in the keyring into access tokens, and keeps
// the new refresh token where the server gives one.
type refresher struct {
	settings Settings
	secrets  Secrets
	secret   func() (string, error)

	mu   sync.Mutex
	last *oauth2.Token
}

func (r *refresher) token(ctx context.Context) (string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.last.Valid() {
		return r.last.AccessToken, nil
	}
	refresh, err := r.secret()
	if err != nil {
		return "", err
	}
	client, err := httpClient(r.settings)
	if err != nil {
		return "", err
	}
	config := oauth2.Config{ClientID: r.settings.ClientID, Endpoint: oauth2.Endpoint{TokenURL: r.settings.TokenURL, AuthStyle: oauth2.AuthStyleInParams}}
	token, err := config.TokenSource(context.WithValue(ctx, oauth2.HTTPClient, client), &oauth2.Token{RefreshToken: refresh}).Token()
	if err != nil {
		return "", refused(r.settings.TokenURL, err)
	}
	if token.RefreshToken != refresh && token.RefreshToken != "" {
		if err := r.secrets.Set(r.settings.Name, token.RefreshToken); err != nil {
			return "", fail(Credentials, err)
		}
	}
	r.last = token
	return token.AccessToken, nil
}

// oneWord lets through what an OAuth error code may be.
func oneWord(s string) string {
	if s == "" || len(s) > 64 || strings.Trim(s, "abcdefghijklmnopqrstuvwxyz_") != "" {
		return "no reason given"
	}
	return s
}

// mechanism is the way a mail server is signed in to; nil for none.
func (a access) mechanism(ctx context.Context, s Settings) (sasl.Client, error) {
	switch s.Auth {
	case "none":
		return nil, nil
	case "oauthbearer", "xoauth2":
		token, err := a.token(ctx)
		if err != nil {
			return nil, err
		}
		if s.Auth == "xoauth2" {
			return xoauth2{s.User, token}, nil
		}
		return sasl.NewOAuthBearerClient(&sasl.OAuthBearerOptions{Username: s.User, Token: token}), nil
	}
	password, err := a.secret()
	if err != nil {
		return nil, err
	}
	return sasl.NewPlainClient("", s.User, password), nil
}

// xoauth2 is the mechanism Google and Microsoft had before RFC 7628.
type xoauth2 struct{ user, token string }

func (x xoauth2) Start() (string, []byte, error) {
	return "XOAUTH2", fmt.Appendf(nil, "user=%s\x01auth=Bearer %s\x01\x01", x.user, x.token), nil
}

// Next answers the server's error message, so that it ends the exchange.
func (x xoauth2) Next([]byte) ([]byte, error) { return []byte{}, nil }

// signInTrouble keeps what a server answers to itself: it may repeat the name or
// the token.
func signInTrouble(err error) *Error {
	if e := explain(err, Credentials); e.Trouble != Credentials {
		return e
	}
	return fail(Credentials, errors.New("the mail server refused the sign-in"))
}
