package cli

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"strings"

	"hanaper/desktop/request"
	"hanaper/desktop/signed"
)

func requestVerbs() []verb {
	return []verb{
		{"run", "run FILE --by NAME [flags]", "search the vault; write certificate and package", requestRunHelp, requestRun},
		{"verify", "verify [--json] PACKAGE", "check a package, with no network", requestVerifyHelp, requestVerify},
		{"receipt", "receipt PACKAGE --by NAME [flags]", "say that a whole package arrived", requestReceiptHelp, requestReceipt},
		{"sign", "sign FILE --key KEY [--out FILE]", "sign a request before it is sent", requestSignHelp, requestSign},
	}
}

func runRequest(env *Env, args []string) (int, error) {
	return runVerb(env, "request", requestVerbs(), args)
}

func requestHelp() string {
	return verbsHelp("request", requestVerbs()) + `
A records officer writes what to look for into a file (desktop/request/request.go has its form) and
sends it. Whoever holds the records runs it, says what they think of what was found, and returns the
package. The officer checks it and gives a receipt, with which 'hanaper hold release' ends the hold.
`
}

// pairs is a flag that may be given several times: NAME=TEXT.
type pairs struct {
	what string
	all  [][2]string
}

func (p *pairs) String() string { return "" }

func (p *pairs) Set(s string) error {
	a, b, ok := strings.Cut(s, "=")
	if !ok || a == "" || b == "" {
		return errors.New("write it as " + p.what)
	}
	p.all = append(p.all, [2]string{a, b})
	return nil
}

const requestRunHelp = `Searches the vault for the words and people of the request, on its days and channels, and prints the
certificate: where was searched and where not, what for, what was found. Words that must not be
changed silently: what you add or leave out stands in the certificate with its reason. Where the
request asks for a hold, everything in its range comes under it, found or not.

  --by NAME                    who searches
  --out PACKAGE                also write the package (.zip) for the officer, and check it
  --also TEXT=REASON           look for this as well
  --without TEXT=REASON        leave this word or person of the request out
  --elsewhere PLACE=STATE:WHY  another place you looked, or did not: searched, not_searched or
                               not_available
  --comment ID=TEXT            what you suggest for a record found; it decides nothing
  --officer KEY                refuse a request that is not signed by this public key (base64);
                               repeat for several
  --vault DIR                  the vault, otherwise the usual one
  --json                       print the certificate as JSON
  --lang en|fr                 language of the printed certificate; the package has both
`

type requestFlags struct {
	by, out, vault, lang               string
	asJSON                             bool
	also, without, elsewhere, comments pairs
	officers                           []string
}

func (c *requestFlags) set() *flag.FlagSet {
	f := flag.NewFlagSet("request run", flag.ContinueOnError)
	f.StringVar(&c.by, "by", "", "")
	f.StringVar(&c.out, "out", "", "")
	f.StringVar(&c.vault, "vault", "", "")
	f.StringVar(&c.lang, "lang", "en", "")
	f.BoolVar(&c.asJSON, "json", false, "")
	c.also.what, c.without.what, c.elsewhere.what, c.comments.what = "TEXT=REASON", "TEXT=REASON", "PLACE=STATE:WHY", "ID=TEXT"
	f.Var(&c.also, "also", "")
	f.Var(&c.without, "without", "")
	f.Var(&c.elsewhere, "elsewhere", "")
	f.Var(&c.comments, "comment", "")
	f.Func("officer", "", many(&c.officers))
	return f
}

// how gathers what the person adds to the request.
func (c *requestFlags) how(env *Env) request.How {
	h := request.How{By: c.by, At: env.Now()}
	for _, list := range []struct {
		what string
		all  [][2]string
	}{{"also", c.also.all}, {"without", c.without.all}} {
		for _, p := range list.all {
			h.Deviations = append(h.Deviations, request.Deviation{What: list.what, Text: p[0], Reason: p[1]})
		}
	}
	for _, p := range c.elsewhere.all {
		state, why, _ := strings.Cut(p[1], ":")
		h.Elsewhere = append(h.Elsewhere, request.Place{Channel: p[0], State: state, Reason: strings.TrimSpace(why)})
	}
	for _, p := range c.comments.all {
		h.Comments = append(h.Comments, request.Comment{ID: p[0], Text: p[1]})
	}
	return h
}

func requestRun(env *Env, args []string) (int, error) {
	var c requestFlags
	names, err := paths(c.set(), args, 1, "the request's file")
	switch {
	case err != nil:
		return 0, err
	case len(names) > 1:
		return 0, usagef("one request at a time")
	case c.by == "":
		return 0, usagef("--by: who searches?")
	case c.lang != "en" && c.lang != "fr":
		return 0, usagef("--lang %q is not one of en, fr", c.lang)
	}
	raw, err := readNamed(names[0])
	if err != nil {
		return 0, err
	}
	r, err := request.Open(raw)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", names[0], err)
	}
	if err := trusted(c.officers, r.Key); err != nil {
		return 0, fmt.Errorf("%s: %w", names[0], err)
	}
	ctx, stop := interruptible()
	defer stop()
	v, err := env.openVault(ctx, c.vault)
	if err != nil {
		return 0, err
	}
	defer v.Close()
	cert, err := request.Run(ctx, v, r, c.how(env))
	if err != nil {
		return 0, err
	}
	if c.asJSON {
		_, err = env.Stdout.Write(cert.JSON())
	} else {
		_, err = fmt.Fprint(env.Stdout, cert.Text(c.lang))
	}
	if err != nil || c.out == "" {
		return ExitOK, err
	}
	p, err := request.Write(ctx, v, r, cert, c.out, nil)
	if err != nil {
		return 0, err
	}
	_, err = fmt.Fprintf(env.Stderr, "%s: %d records, %s\n", c.out, p.Records, p.Digest)
	return ExitOK, err
}

// trusted refuses what no officer signed, where officers are named.
func trusted(officers []string, key string) error {
	if len(officers) == 0 {
		return nil
	}
	for _, o := range officers {
		public, err := signed.ParsePublic(o)
		if err != nil {
			return usagef("--officer %w", err)
		}
		if signed.PublicText(public) == key {
			return nil
		}
	}
	if key == "" {
		return errors.New("is not signed: ask the officer for a signed one")
	}
	return fmt.Errorf("is signed by %s, who is none of the officers named", key)
}

const requestVerifyHelp = `Checks a package with no network: its files are those of its manifest, each record is what was kept,
and the certificate speaks of this request and of exactly these records. Exit code 1 where anything
is otherwise. The page verify.html inside the package does most of it in a browser.

  --json             print what was found as JSON
`

func requestVerify(env *Env, args []string) (int, error) {
	var asJSON bool
	f := flag.NewFlagSet("request verify", flag.ContinueOnError)
	f.BoolVar(&asJSON, "json", false, "")
	names, err := paths(f, args, 1, "the package")
	if err != nil {
		return 0, err
	}
	code := ExitOK
	for _, name := range names {
		p, err := request.Check(name)
		if err != nil {
			return ExitUnknown, err
		}
		if len(p.Problems) > 0 {
			code = ExitAttention
		}
		if asJSON {
			err = jsonTo(env.Stdout).Encode(map[string]any{"file": name, "ok": len(p.Problems) == 0, "reference": p.Certificate.Reference, "digest": p.Digest,
				"records": p.Records, "problems": append([]string{}, p.Problems...), "certificate": json.RawMessage(p.Certificate.JSON())})
		} else {
			err = showPackage(env, name, p)
		}
		if err != nil {
			return code, err
		}
	}
	return code, nil
}

func showPackage(env *Env, name string, p *request.Package) error {
	state := "whole"
	if len(p.Problems) > 0 {
		state = "not whole"
	}
	_, err := fmt.Fprintf(env.Stdout, "%s: %s: request %s, %d records as they were kept\n  %s\n", name, state, p.Certificate.Reference, p.Records, p.Digest)
	for _, problem := range p.Problems {
		if err == nil {
			_, err = fmt.Fprintf(env.Stdout, "  %s\n", problem)
		}
	}
	return err
}

const requestSignHelp = `Checks the request and signs it, so that whoever searches knows whose words they are.

  --key FILE         the signing key (hanaper pack keygen FILE)
  --out FILE         write the signed request here, otherwise to standard output
`

func requestSign(env *Env, args []string) (int, error) {
	var keyFile, out string
	f := flag.NewFlagSet("request sign", flag.ContinueOnError)
	f.StringVar(&keyFile, "key", "", "")
	f.StringVar(&out, "out", "", "")
	names, err := paths(f, args, 1, "the request's file")
	switch {
	case err != nil:
		return 0, err
	case keyFile == "":
		return 0, usagef("--key: which key signs?")
	}
	raw, err := readNamed(names[0])
	if err != nil {
		return 0, err
	}
	r, err := request.Open(raw)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", names[0], err)
	}
	text, err := signWith(keyFile, signed.Request, r.Document())
	if err != nil {
		return 0, err
	}
	return ExitOK, writeOut(env, out, text)
}
