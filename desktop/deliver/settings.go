package deliver

import (
	"context"
	"fmt"
	"maps"
	"net/mail"
	"slices"
	"strings"
)

// Settings describe one destination. They hold no password, token or key: those
// are in the system's keyring. Members a kind does not use are empty.
type Settings struct {
	Name string `json:"name"` // chosen by the person, unique
	Kind string `json:"kind"` // folder, gateway, imap, smtp, webdav, s3 or graph

	Path   string `json:"path,omitempty"`   // folder: from the root; imap: mailbox; s3, graph: folder within
	Server string `json:"server,omitempty"` // imap, smtp: host:port
	URL    string `json:"url,omitempty"`    // gateway: its address; webdav: the collection; s3: the endpoint; graph: the drive
	TLS    string `json:"tls,omitempty"`    // imap, smtp: tls (default), starttls, or none on this computer
	CA     string `json:"ca,omitempty"`     // file with the certificates (PEM) of the organisation's own authority

	User      string `json:"user,omitempty"`
	Auth      string `json:"auth,omitempty"`       // password (default), oauthbearer, xoauth2, or none
	TokenURL  string `json:"token_url,omitempty"`  // where a refresh token is turned into an access token; "": the secret is the access token
	ClientID  string `json:"client_id,omitempty"`  // at TokenURL
	DeviceURL string `json:"device_url,omitempty"` // where a code for signing in with a browser is had; "": the secret is typed
	Scope     string `json:"scope,omitempty"`      // asked for there
	From      string `json:"from,omitempty"`       // smtp: the person's own address
	To        string `json:"to,omitempty"`         // smtp: the address that keeps records
	Domains   string `json:"domains,omitempty"`    // smtp: domains that may receive records, comma separated
	Bucket    string `json:"bucket,omitempty"`     // s3
	Region    string `json:"region,omitempty"`     // s3
	LockMode  string `json:"lock_mode,omitempty"`  // s3: governance or compliance; "": the bucket's own default
	LockDays  int    `json:"lock_days,omitempty"`  // s3: days from the day of filing
	Downloads string `json:"downloads,omitempty"`  // graph: hosts that hand out contents, .sharepoint.com
	LogKey    string `json:"log_key,omitempty"`    // gateway: the public key of its log, NAME+HASH+KEY
	Keeps     bool   `json:"repository,omitempty"` // managed policy made it the repository
}

// Secrets is where passwords, tokens and keys are; see Keyring.
type Secrets interface {
	Get(destination string) (string, error)
	Set(destination, secret string) error
	Delete(destination string) error
}

// access is what kinds get to sign in with.
type access struct {
	secret func() (string, error)
	token  func(ctx context.Context) (string, error)
}

// kinds has a row for each file of a destination.
var kinds = map[string]func(Settings, access) (Destination, error){
	"folder":  openFolder,
	"gateway": openGateway,
	"imap":    openIMAP,
	"smtp":    openSMTP,
	"webdav":  openWebDAV,
	"s3":      openS3,
	"graph":   openGraph,
}

// Kinds lists the kinds of destinations, sorted.
func Kinds() []string { return slices.Sorted(maps.Keys(kinds)) }

// Open makes the destination of the settings; nothing is reached yet.
func Open(s Settings, secrets Secrets) (Destination, error) {
	open := kinds[s.Kind]
	if open == nil {
		return nil, failf(Setup, "there is no kind of destination %q, only %s", s.Kind, strings.Join(Kinds(), ", "))
	}
	if s.Name == "" || strings.ContainsAny(s.Name, "/\\\x00\n\r") {
		return nil, failf(Setup, "a destination needs a name without slashes and line breaks, not %q", s.Name)
	}
	a, err := newAccess(s, secrets)
	if err != nil {
		return nil, err
	}
	return open(s, a)
}

// OpenAll opens every destination of the book. One that is set up wrongly is
// there too and says so when it is used.
func OpenAll(b Book, secrets Secrets) (map[string]Destination, error) {
	all, err := b.List()
	if err != nil {
		return nil, err
	}
	out := map[string]Destination{}
	for _, s := range all {
		d, err := Open(s, secrets)
		if err != nil {
			d = broken{err}
		}
		out[s.Name] = d
	}
	return out, nil
}

// broken is a destination that cannot be used.
type broken struct{ err error }

func (b broken) Put(context.Context, Item) (Receipt, error)    { return Receipt{}, b.err }
func (b broken) Read(context.Context, Receipt) ([]byte, error) { return nil, b.err }
func (b broken) Check(context.Context) error                   { return b.err }
func (b broken) Readback() bool                                { return false }
func (b broken) Hosts() []string                               { return nil }
func (b broken) Close() error                                  { return nil }

// NeedsSecret tells whether a password, token or key belongs to the destination.
func (s Settings) NeedsSecret() bool { return s.Kind != "folder" && s.Auth != "none" }

// Where is the place in words, for people: what button and receipt show.
func (s Settings) Where() string {
	switch s.Kind {
	case "folder":
		return s.Path
	case "imap":
		return fmt.Sprintf("%s, %s", s.Server, s.Path)
	case "smtp":
		return s.To
	case "s3":
		return strings.TrimSuffix(s.URL, "/") + "/" + s.Bucket + "/" + s.Path
	}
	return strings.TrimSuffix(s.URL+"/"+s.Path, "/")
}

// address reads a mail address without a name.
func address(what, s string) (string, error) {
	a, err := mail.ParseAddress(s)
	if err != nil || a.Name != "" {
		return "", failf(Setup, "%s is not a mail address: %q", what, s)
	}
	return a.Address, nil
}
