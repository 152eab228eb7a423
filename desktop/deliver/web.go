package deliver

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// web asks a server over HTTPS and puts its answers into troubles.
type web struct {
	client *http.Client
	base   *url.URL // ends with a slash
	// sign adds to a request what the server knows the person by.
	sign func(ctx context.Context, r *http.Request, body []byte) error
}

// newWeb checks the address of a server. Only https leaves this computer.
func newWeb(s Settings) (*web, error) {
	base, err := url.Parse(s.URL)
	switch {
	case err != nil || base.Host == "" || base.User != nil || base.RawQuery != "" || base.Fragment != "":
		return nil, failf(Setup, "--url is not an address without user and query, such as https://files.dept.example/records/")
	case base.Scheme == "http" && loopback(base.Hostname()):
	case base.Scheme != "https":
		return nil, failf(Setup, "--url must begin with https://")
	}
	if !strings.HasSuffix(base.Path, "/") {
		base.Path += "/"
		base.RawPath = ""
	}
	client, err := httpClient(s)
	if err != nil {
		return nil, err
	}
	return &web{client: client, base: base}, nil
}

// reply is a server's answer, read to its end.
type reply struct {
	status int
	header http.Header
	body   []byte
}

func (r reply) ok() bool { return r.status >= 200 && r.status < 300 }

// maxReply is what a server may answer: a record with its files.
const maxReply = 300 << 20

// ask sends one request. Statuses are the caller's to judge; the error is that no
// whole answer came.
func (w *web) ask(ctx context.Context, method, address string, header map[string]string, body []byte) (reply, error) {
	r, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(body))
	if err != nil {
		return reply{}, failf(Setup, "the address cannot be used")
	}
	for name, value := range header {
		r.Header.Set(name, value)
	}
	if err := w.sign(ctx, r, body); err != nil {
		return reply{}, err
	}
	answer, err := w.client.Do(r)
	if err != nil {
		return reply{}, explain(withoutAddress(ctx, err), Unreachable)
	}
	defer answer.Body.Close()
	out := reply{status: answer.StatusCode, header: answer.Header}
	out.body, err = io.ReadAll(io.LimitReader(answer.Body, maxReply+1))
	switch {
	case err != nil:
		return reply{}, explain(withoutAddress(ctx, err), Interrupted)
	case len(out.body) > maxReply:
		return reply{}, failf(Refused, "the server's answer is larger than %d bytes", maxReply)
	}
	return out, nil
}

// withoutAddress takes the address out of an error: a file's name has words of
// the subject in it.
func withoutAddress(ctx context.Context, err error) error {
	var where *url.Error
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, errRedirect):
		return fail(Setup, errRedirect)
	case errors.As(err, &where):
		return where.Err
	}
	return err
}

// trouble puts a status into a trouble.
func (r reply) trouble(doing string) *Error {
	said := fmt.Errorf("%s: the server answers %d %s", doing, r.status, http.StatusText(r.status))
	switch r.status {
	case http.StatusUnauthorized:
		return fail(Credentials, said)
	case http.StatusForbidden, http.StatusLocked, http.StatusMethodNotAllowed:
		return fail(Denied, said)
	case http.StatusNotFound, http.StatusConflict, http.StatusGone: // 409: WebDAV's word for no such collection
		return fail(Missing, said)
	case http.StatusPreconditionFailed:
		return fail(Conflict, said)
	case http.StatusInsufficientStorage, http.StatusPaymentRequired:
		return fail(Full, said)
	case http.StatusTooManyRequests, http.StatusRequestTimeout,
		http.StatusInternalServerError, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return fail(Interrupted, said)
	}
	return fail(Refused, said)
}

// person signs requests with the person's password or token.
func person(s Settings, a access) func(context.Context, *http.Request, []byte) error {
	return func(ctx context.Context, r *http.Request, _ []byte) error {
		switch s.Auth {
		case "none":
			return nil
		case "oauthbearer", "xoauth2":
			token, err := a.token(ctx)
			if err != nil {
				return err
			}
			r.Header.Set("Authorization", "Bearer "+token)
			return nil
		}
		password, err := a.secret()
		if err != nil {
			return err
		}
		r.SetBasicAuth(s.User, password)
		return nil
	}
}

// tidyLimit is for taking away what was begun, after the request's own time is up.
const tidyLimit = 10 * time.Second

// tidy runs f although ctx may have ended.
func tidy(ctx context.Context, f func(context.Context)) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), tidyLimit)
	defer cancel()
	f(ctx)
}
