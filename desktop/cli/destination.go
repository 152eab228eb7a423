package cli

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"

	"hanaper/desktop/deliver"
)

func destinationVerbs() []verb {
	return []verb{
		{"add", "add NAME --kind KIND [flags]", "add a place for records, or change it", destinationAddHelp, destinationAdd},
		{"list", "list [--json]", "list the places, and every host they speak to", destinationListHelp, destinationList},
		{"test", "test [--json] [NAME...]", "reach them and sign in; nothing is written", destinationTestHelp, destinationTest},
		{"enrol", "enrol NAME [--vault DIR]", "make this computer's key known to a gateway", destinationEnrolHelp, destinationEnrol},
		{"remove", "remove NAME...", "forget a place and its password; what lies there stays", destinationRemoveHelp, destinationRemove},
	}
}

func runDestination(env *Env, args []string) (int, error) {
	return runVerb(env, "destination", destinationVerbs(), args)
}

func destinationHelp() string {
	return verbsHelp("destination", destinationVerbs()) + `
Destinations are where 'hanaper deliver' takes records: a folder, a mailbox (imap), a mail address
(smtp), a WebDAV collection, an S3 bucket, a Microsoft Graph drive, your organisation's gateway. Settings are kept in
destinations.json (HANAPER_CONFIG names another folder), passwords and tokens in the system's
keyring; where there is none, HANAPER_SECRET_NAME in the environment holds the one of NAME.
'hanaper destination VERB --help' says more of each.
`
}

const destinationAddHelp = `The place is reached and signed in to before it is added; nothing is written there. A password,
token or key is asked for, or read from standard input: it goes into the system's keyring.

  --kind K           folder, gateway, imap, smtp, webdav, s3 or graph
  --path P           folder: where it is; imap: the mailbox; s3, graph: the folder within
  --server H:P       imap, smtp: host and port
  --url URL          gateway: its address; webdav: the collection; s3: the endpoint; graph: the drive
  --log-key KEY      gateway: the public key of its log, from your administrator
  --tls T            imap, smtp: tls (usual), starttls, or none for a server on this computer
  --ca FILE          certificates (PEM) of your organisation's own authority, to trust only them
  --user NAME        who signs in; s3: the access key
  --auth A           password (usual), oauthbearer, xoauth2 or none
  --token-url URL    where the refresh token, which is then the secret, becomes an access token
  --client-id ID     of the program, at --token-url
  --device-url URL   sign in with a browser instead, by a code that is shown
  --scope S          what is asked for there, otherwise "openid offline_access"
  --from ADDRESS     smtp: your own address
  --to ADDRESS       smtp: the address that keeps records
  --domains D,D      smtp: the domains that may receive records
  --bucket B         s3: the bucket
  --region R         s3: its region
  --lock-mode M      s3: governance or compliance: lock each record against deletion
  --lock-days N      s3: for so many days
  --downloads D      graph: hosts that hand out contents, otherwise .sharepoint.com
  --untested         add it without reaching it
`

// addFlags are those of "destination add".
type addFlags struct {
	deliver.Settings
	untested bool
}

func (c *addFlags) set() *flag.FlagSet {
	f := flag.NewFlagSet("destination add", flag.ContinueOnError)
	s := &c.Settings
	for _, v := range []struct {
		to   *string
		name string
	}{
		{&s.Kind, "kind"}, {&s.Path, "path"}, {&s.Server, "server"}, {&s.URL, "url"}, {&s.TLS, "tls"}, {&s.CA, "ca"}, {&s.User, "user"},
		{&s.Auth, "auth"}, {&s.TokenURL, "token-url"}, {&s.ClientID, "client-id"}, {&s.From, "from"}, {&s.To, "to"}, {&s.Domains, "domains"},
		{&s.Bucket, "bucket"}, {&s.Region, "region"}, {&s.LockMode, "lock-mode"}, {&s.Downloads, "downloads"}, {&s.LogKey, "log-key"}, {&s.DeviceURL, "device-url"}, {&s.Scope, "scope"},
	} {
		f.StringVar(v.to, v.name, "", "")
	}
	f.IntVar(&s.LockDays, "lock-days", 0, "")
	f.BoolVar(&c.untested, "untested", false, "")
	return f
}

func destinationAdd(env *Env, args []string) (int, error) {
	var c addFlags
	names, err := paths(c.set(), args, 1, "the destination")
	if err != nil {
		return 0, err
	}
	if len(names) > 1 {
		return 0, usagef("one destination at a time, not %s", strings.Join(names, ", "))
	}
	book, err := deliver.DefaultBook()
	if err != nil {
		return 0, err
	}
	secrets := deliver.Keyring{}
	s := c.Settings
	s.Name = names[0]
	if s.Kind == "" {
		return 0, usagef("--kind is one of %s", strings.Join(deliver.Kinds(), ", "))
	}
	to, err := deliver.Open(s, secrets)
	if err != nil {
		return 0, err
	}
	defer to.Close()
	switch {
	case s.DeviceURL != "":
		if err := signIn(env, &s, secrets); err != nil {
			return 0, err
		}
	case s.NeedsSecret():
		if err := askSecret(env, s, secrets); err != nil {
			return 0, err
		}
	}
	if !c.untested {
		if err := reach(book, s, to); err != nil {
			return 0, err
		}
	}
	if err := book.Put(s); err != nil {
		return 0, err
	}
	fmt.Fprintf(env.Stdout, "%s: %s\n", printable(s.Name), describe(s, to))
	return ExitOK, nil
}

// reach signs in to a place that is to be added. Where that fails, the password
// of one that was not there before is forgotten.
func reach(book deliver.Book, s deliver.Settings, to deliver.Destination) error {
	ctx, stop := interruptible()
	defer stop()
	err := to.Check(ctx)
	if err == nil {
		return nil
	}
	if _, unknown := book.Get(s.Name); unknown != nil && s.NeedsSecret() {
		_ = deliver.Keyring{}.Delete(s.Name) // the reason to tell is the other one
	}
	return fmt.Errorf("%s was not added: %w", s.Name, err)
}

// describe says where records go, what is spoken to, and whether arrival is proven.
func describe(s deliver.Settings, to deliver.Destination) string {
	text := s.Kind + ", " + printable(s.Where())
	if hosts := to.Hosts(); len(hosts) > 0 {
		text += "; speaks to " + strings.Join(hosts, ", ")
	} else {
		text += "; speaks to no host"
	}
	if !to.Readback() {
		text += "; records are handed over there, not proven"
	}
	return text
}

// askSecret asks for a secret and keeps it, unless the environment has one.
func askSecret(env *Env, s deliver.Settings, secrets deliver.Keyring) error {
	if secrets.InEnvironment(s.Name) {
		return nil
	}
	what := "password"
	switch {
	case s.TokenURL != "":
		what = "refresh token"
	case s.Auth == "oauthbearer" || s.Auth == "xoauth2":
		what = "access token"
	case s.Kind == "s3":
		what = "secret key"
	}
	var line string
	var err error
	if env.Secret != nil {
		line, err = env.Secret(fmt.Sprintf("%s for %s: ", what, printable(s.Name)))
	} else if line, err = bufio.NewReader(env.Stdin).ReadString('\n'); errors.Is(err, io.EOF) {
		err = nil
	}
	if err != nil {
		return fmt.Errorf("the %s could not be read: %w", what, err)
	}
	if line = strings.TrimRight(line, "\r\n"); line == "" {
		return usagef("the %s for %s is asked for on standard input", what, s.Name)
	}
	return secrets.Set(s.Name, line)
}

// interruptible ends at the person's Ctrl-C.
func interruptible() (context.Context, context.CancelFunc) {
	return signal.NotifyContext(context.Background(), os.Interrupt)
}

const destinationListHelp = `For each: its kind, the place, every host that is spoken to, and whether records can be read back
there. Records are proven to have arrived only where they can.

  --json             write one destination a line
`

// listed is a line of "destination list --json".
type listed struct {
	deliver.Settings
	Where    string   `json:"where"`
	Hosts    []string `json:"hosts"`
	Readback bool     `json:"readback"`
	Error    string   `json:"error"` // why it cannot be used, "" where it can
}

func destinationList(env *Env, args []string) (int, error) {
	var asJSON bool
	f := flag.NewFlagSet("destination list", flag.ContinueOnError)
	f.BoolVar(&asJSON, "json", false, "")
	if rest, err := parse(f, args); err != nil {
		return 0, err
	} else if len(rest) > 0 {
		return 0, usagef("list takes no names")
	}
	all, err := destinations(nil)
	if err != nil {
		return 0, err
	}
	code, e := ExitOK, jsonTo(env.Stdout)
	for _, s := range all {
		line := listed{Settings: s, Where: s.Where(), Hosts: []string{}}
		to, err := deliver.Open(s, deliver.Keyring{})
		if err != nil {
			code, line.Error = ExitAttention, err.Error()
		} else {
			line.Hosts, line.Readback = append(line.Hosts, to.Hosts()...), to.Readback()
		}
		switch {
		case asJSON:
			err = e.Encode(line)
		case line.Error != "":
			_, err = fmt.Fprintf(env.Stdout, "%s: %s\n", printable(s.Name), printable(line.Error))
		default:
			_, err = fmt.Fprintf(env.Stdout, "%s: %s\n", printable(s.Name), describe(s, to))
		}
		if err != nil {
			return code, err
		}
	}
	return code, nil
}

// destinations gives those of the names, or all where there are none.
func destinations(names []string) ([]deliver.Settings, error) {
	book, err := deliver.DefaultBook()
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		return book.List()
	}
	var out []deliver.Settings
	for _, name := range names {
		s, err := book.Get(name)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, nil
}

const destinationTestHelp = `Reaches each destination, or those named, and signs in. Nothing is written there. Exit code 1 where
one cannot be used; what to do is said.

  --json             write {"name","ok","trouble","problem","advice"} a line
  --lang en|fr       language of the advice
`

// tested is a line of "destination test --json".
type tested struct {
	Name    string          `json:"name"`
	OK      bool            `json:"ok"`
	Trouble deliver.Trouble `json:"trouble"`
	Problem string          `json:"problem"`
	Advice  string          `json:"advice"`
}

func destinationTest(env *Env, args []string) (int, error) {
	var asJSON bool
	var lang string
	f := flag.NewFlagSet("destination test", flag.ContinueOnError)
	f.BoolVar(&asJSON, "json", false, "")
	f.StringVar(&lang, "lang", "en", "")
	names, err := parse(f, args)
	if err != nil {
		return 0, err
	}
	w, ok := deliverWords[lang]
	if !ok {
		return 0, usagef("--lang %q is not one of en, fr", lang)
	}
	all, err := destinations(names)
	if err != nil {
		return 0, err
	}
	ctx, stop := interruptible()
	defer stop()
	code, e := ExitOK, jsonTo(env.Stdout)
	for _, s := range all {
		line := try(ctx, s, lang)
		if !line.OK {
			code = ExitAttention
		}
		switch {
		case asJSON:
			err = e.Encode(line)
		case line.OK:
			_, err = fmt.Fprintf(env.Stdout, "%s: %s\n", printable(s.Name), w.reached)
		default:
			_, err = fmt.Fprintf(env.Stdout, "%s: %s\n  %s\n", printable(s.Name), printable(line.Problem), line.Advice)
		}
		if err != nil {
			return code, err
		}
	}
	return code, ctx.Err()
}

func try(ctx context.Context, s deliver.Settings, lang string) tested {
	to, err := deliver.Open(s, deliver.Keyring{})
	if err == nil {
		defer to.Close()
		ctx, cancel := context.WithTimeout(ctx, testLimit)
		defer cancel()
		err = to.Check(ctx)
	}
	out := tested{Name: s.Name, OK: err == nil}
	var e *deliver.Error
	if errors.As(err, &e) {
		out.Trouble, out.Problem, out.Advice = e.Trouble, e.Err.Error(), e.Trouble.Advice(lang)
	} else if err != nil {
		out.Problem = err.Error()
	}
	return out
}

const destinationRemoveHelp = `Takes destinations out of the list and their passwords out of the keyring. What lies there stays
there; records on their way there wait until it is added again.
`

func destinationRemove(env *Env, args []string) (int, error) {
	names, err := paths(flag.NewFlagSet("destination remove", flag.ContinueOnError), args, 1, "the destinations")
	if err != nil {
		return 0, err
	}
	all, err := destinations(names) // every name is right, or nothing is done
	if err != nil {
		return 0, err
	}
	book, err := deliver.DefaultBook()
	if err != nil {
		return 0, err
	}
	for _, s := range all {
		if err := book.Remove(s.Name); err != nil {
			return 0, err
		}
		if s.NeedsSecret() {
			if err := (deliver.Keyring{}).Delete(s.Name); err != nil {
				tell(env, fmt.Errorf("%s: its password may still be in the keyring: %w", s.Name, err))
			}
		}
	}
	return ExitOK, nil
}
