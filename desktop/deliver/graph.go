package deliver

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
)

// drive files records into a folder of a Microsoft Graph drive (OneDrive,
// SharePoint), by the documented API of driveItem: PUT of the content with
// conflictBehavior=fail, GET of the content, which sends on to a host that needs
// no token. That host must be one the settings name: it is shown as one spoken to.
type drive struct {
	*web
	settings  Settings
	downloads []string
	plain     *web // for the hosts that hand out contents: they get no token
}

// mostPut is what Graph takes in one request; larger needs upload sessions, and
// records with their files stay below.
const mostPut = 250_000_000

func openGraph(s Settings, a access) (Destination, error) {
	if s.Auth == "" {
		s.Auth = "oauthbearer"
	}
	if s.Auth != "oauthbearer" {
		return nil, failf(Setup, "Microsoft Graph is signed in to with --auth oauthbearer, not %s", s.Auth)
	}
	if strings.HasPrefix(s.Path, "/") || strings.ContainsAny(s.Path, `:*?"<>|\`) || strings.Contains("/"+s.Path+"/", "/../") {
		return nil, failf(Setup, "--path is a folder of the drive, without / at its beginning: %q", s.Path)
	}
	w, err := newWeb(s)
	if err != nil {
		return nil, err
	}
	w.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	w.sign = person(s, a)
	d := &drive{web: w, settings: s, plain: &web{client: w.client, base: w.base, sign: unsigned}}
	if s.Downloads == "" {
		s.Downloads = ".sharepoint.com"
	}
	for host := range strings.SplitSeq(s.Downloads, ",") {
		if host = strings.ToLower(strings.TrimSpace(host)); host != "" {
			d.downloads = append(d.downloads, host)
		}
	}
	return d, nil
}

func unsigned(context.Context, *http.Request, []byte) error { return nil }

func (d *drive) Readback() bool { return true }

func (d *drive) Hosts() []string {
	out := hosts(d.settings, hostPort(d.base))
	for _, host := range d.downloads {
		if strings.HasPrefix(host, ".") {
			host = "*" + host
		}
		out = append(out, host+":443")
	}
	return out
}

func (d *drive) Close() error {
	d.client.CloseIdleConnections()
	return nil
}

// at is the address of the item with the path, what about it: "" or ":/content".
func (d *drive) at(path, what string) string {
	if path == "" {
		return d.base.String() + "root"
	}
	return d.base.String() + "root:" + (&url.URL{Path: "/" + path}).EscapedPath() + what
}

func (d *drive) path(name string) string {
	return strings.TrimPrefix(strings.TrimSuffix(d.settings.Path, "/")+"/"+name, "/")
}

func (d *drive) Check(ctx context.Context) error {
	r, err := d.ask(ctx, http.MethodGet, d.at(strings.TrimSuffix(d.settings.Path, "/"), ""), nil, nil)
	if err == nil && !r.ok() {
		return r.trouble("looking at the folder")
	}
	return err
}

func (d *drive) Put(ctx context.Context, item Item) (Receipt, error) {
	if len(item.EML) > mostPut {
		return Receipt{}, failf(Refused, "the record has %d bytes, Microsoft Graph takes %d at once", len(item.EML), mostPut)
	}
	for _, name := range item.names() {
		path := d.path(name)
		found, err := d.get(ctx, path)
		if isLost(err) {
			var taken bool
			if taken, err = d.store(ctx, path, item.EML); err == nil && !taken {
				return Receipt{Record: item.ID, Place: path}, nil
			} else if err == nil {
				found, err = d.get(ctx, path)
			}
		}
		if err != nil {
			return Receipt{}, err
		}
		if _, err := item.Prove(found); err == nil {
			return Receipt{Record: item.ID, Place: path}, nil
		}
	}
	return Receipt{}, failf(Conflict, "every file name for the record is taken")
}

// store makes a new file; taken says that the name is another's now.
func (d *drive) store(ctx context.Context, path string, content []byte) (taken bool, err error) {
	r, err := d.ask(ctx, http.MethodPut, d.at(path, ":/content")+"?@microsoft.graph.conflictBehavior=fail",
		map[string]string{"Content-Type": "message/rfc822"}, content)
	switch {
	case err != nil:
		return false, err
	case r.status == http.StatusConflict:
		return true, nil
	case !r.ok():
		return false, r.trouble("writing")
	}
	return false, nil
}

// get gives a file's content; of trouble Lost where there is none.
func (d *drive) get(ctx context.Context, path string) ([]byte, error) {
	r, err := d.ask(ctx, http.MethodGet, d.at(path, ":/content"), map[string]string{"Cache-Control": "no-cache"}, nil)
	if err == nil && r.status == http.StatusFound {
		var address string
		if address, err = d.download(r.header.Get("Location")); err == nil {
			r, err = d.plain.ask(ctx, http.MethodGet, address, nil, nil)
		}
	}
	switch {
	case err != nil:
		return nil, err
	case r.status == http.StatusNotFound:
		return nil, failf(Lost, "the drive does not have the record")
	case r.status != http.StatusOK:
		return nil, r.trouble("reading")
	}
	return r.body, nil
}

// download checks that contents come from a host the settings name.
func (d *drive) download(location string) (string, error) {
	u, err := url.Parse(location)
	if err != nil || u.Scheme != "https" && !loopback(u.Hostname()) {
		return "", fail(Setup, errors.New("the drive sends to an address without TLS"))
	}
	host := strings.ToLower(u.Hostname())
	for _, allowed := range d.downloads {
		if host == allowed || strings.HasPrefix(allowed, ".") && strings.HasSuffix(host, allowed) {
			return location, nil
		}
	}
	return "", failf(Setup, "the drive hands out contents at %s, which --downloads does not name", host)
}

func (d *drive) Read(ctx context.Context, r Receipt) ([]byte, error) {
	if r.Place == "" || !strings.HasPrefix(r.Place, d.path("")) || strings.Contains("/"+r.Place+"/", "/../") {
		return nil, failf(Conflict, "the receipt names no file of this destination: %q", r.Place)
	}
	return d.get(ctx, r.Place)
}
