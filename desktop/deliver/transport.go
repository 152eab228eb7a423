package deliver

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"net/url"
	"os"
	"slices"
	"time"
)

// dialLimit is for the connection and the greeting alone.
const dialLimit = 30 * time.Second

// loopback tells whether a host is this computer, by its name as written: what a
// name server says is not trusted for that.
func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// tlsConfig trusts the system's authorities, or the organisation's own where the
// settings name it.
func tlsConfig(s Settings, host string) (*tls.Config, error) {
	c := &tls.Config{ServerName: host, MinVersion: tls.VersionTLS12}
	if s.CA == "" {
		return c, nil
	}
	pem, err := os.ReadFile(s.CA)
	if err != nil {
		return nil, fail(Setup, err)
	}
	c.RootCAs = x509.NewCertPool()
	if !c.RootCAs.AppendCertsFromPEM(pem) {
		return nil, failf(Setup, "%s holds no certificate in PEM", s.CA)
	}
	return c, nil
}

// mailServer checks the address and the kind of connection of a mail server.
func mailServer(s Settings) (host string, err error) {
	host, _, err = net.SplitHostPort(s.Server)
	if err != nil || host == "" {
		return "", failf(Setup, "--server is not HOST:PORT: %q", s.Server)
	}
	switch s.TLS {
	case "", "tls", "starttls":
	case "none":
		if !loopback(host) {
			return "", failf(Setup, "without TLS only a server on this computer may be used, not %s", host)
		}
	default:
		return "", failf(Setup, "--tls %q is not one of tls, starttls, none", s.TLS)
	}
	return host, nil
}

// dialMail connects, with TLS where it is used from the start.
func dialMail(ctx context.Context, s Settings) (conn net.Conn, config *tls.Config, err error) {
	host, err := mailServer(s)
	if err != nil {
		return nil, nil, err
	}
	if config, err = tlsConfig(s, host); err != nil {
		return nil, nil, err
	}
	d := &net.Dialer{Timeout: dialLimit}
	if s.TLS == "starttls" || s.TLS == "none" {
		conn, err = d.DialContext(ctx, "tcp", s.Server)
	} else {
		conn, err = (&tls.Dialer{NetDialer: d, Config: config}).DialContext(ctx, "tcp", s.Server)
	}
	if err != nil {
		return nil, nil, explain(err, Unreachable)
	}
	return conn, config, nil
}

// cutWhenDone closes the connection when ctx ends (a deadline would not do: the
// libraries set their own); the function given stops that.
func cutWhenDone(ctx context.Context, conn net.Conn) func() bool {
	return context.AfterFunc(ctx, func() { _ = conn.Close() })
}

// httpClient speaks to https servers, and to http ones on this computer.
func httpClient(s Settings) (*http.Client, error) {
	config, err := tlsConfig(s, "")
	if err != nil {
		return nil, err
	}
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.TLSClientConfig = config
	t.Proxy = http.ProxyFromEnvironment
	t.TLSHandshakeTimeout = dialLimit
	t.DisableCompression = true // what is read back must be the bytes that are there
	return &http.Client{Transport: t, CheckRedirect: func(*http.Request, []*http.Request) error { return errRedirect }}, nil
}

// errRedirect: a record goes to the host on screen and to no other.
var errRedirect = errors.New("the server sends elsewhere, and no record follows")

// hosts lists a destination's own host and the one its tokens come from.
func hosts(s Settings, own ...string) []string {
	for _, address := range []string{s.TokenURL, s.DeviceURL} {
		if u, err := url.Parse(address); err == nil && u.Host != "" && !slices.Contains(own, hostPort(u)) {
			own = append(own, hostPort(u))
		}
	}
	return own
}

func hostPort(u *url.URL) string {
	switch {
	case u.Port() != "":
		return u.Host
	case u.Scheme == "http":
		return u.Host + ":80"
	}
	return u.Host + ":443"
}
