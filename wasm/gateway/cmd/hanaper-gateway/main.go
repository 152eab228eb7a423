// Command hanaper-gateway is the gateway for those who host it themselves: one
// process, SQLite and a folder. docs/gateway.md says how to set it up.
package main

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"hanaper/wasm/gateway"
	"hanaper/wasm/gateway/native"
)

const usage = `usage: hanaper-gateway COMMAND -config FILE [TENANT]

  serve    receive records until it is told to stop
  check    verify log, records and files of a tenant; what waits is queued again
  rebuild  make the index of a tenant again from the blobs
  key      make a signing key for a tenant, where it has none

FILE is JSON: {"listen": "127.0.0.1:8443", "data": "DIR", "keys": "DIR",
"certificate": "FILE", "private_key": "FILE", "per_minute": 600, "tenants": [...]}.
Without a certificate it listens on loopback only, behind a proxy.

exit status: 0 all well, 1 something was found or failed, 2 wrong usage
`

// config is the file's content; paths are relative to the file.
type config struct {
	Listen      string           `json:"listen"`
	Data        string           `json:"data"`
	Keys        string           `json:"keys"` // a file TENANT.seed for each: base64 of 32 bytes
	Certificate string           `json:"certificate"`
	PrivateKey  string           `json:"private_key"`
	PerMinute   int              `json:"per_minute"` // requests of one person
	Tenants     []gateway.Tenant `json:"tenants"`
}

func main() { os.Exit(run(os.Args[1:])) }

func run(args []string) int {
	if len(args) == 0 || args[0] == "-h" || args[0] == "--help" || args[0] == "help" {
		fmt.Print(usage)
		return map[bool]int{true: 2, false: 0}[len(args) == 0]
	}
	flags := flag.NewFlagSet(args[0], flag.ContinueOnError)
	file := flags.String("config", "", "")
	flags.Usage = func() { fmt.Fprint(os.Stderr, usage) }
	if err := flags.Parse(args[1:]); err != nil {
		return 2
	}
	commands := map[string]func(context.Context, *config, string) error{"serve": serve, "check": check, "rebuild": rebuild, "key": makeKey}
	command := commands[args[0]]
	if command == nil || *file == "" || (args[0] == "serve") != (flags.NArg() == 0) || flags.NArg() > 1 {
		fmt.Fprint(os.Stderr, usage)
		return 2
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	c, err := read(*file)
	if err == nil {
		err = command(ctx, c, flags.Arg(0))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "hanaper-gateway:", err)
		return 1
	}
	return 0
}

func read(file string) (*config, error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	c := &config{Listen: "127.0.0.1:8443", PerMinute: 600}
	d := json.NewDecoder(strings.NewReader(string(raw)))
	d.DisallowUnknownFields()
	if err := d.Decode(c); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	for _, path := range []*string{&c.Data, &c.Keys, &c.Certificate, &c.PrivateKey} {
		if *path != "" && !filepath.IsAbs(*path) {
			*path = filepath.Join(filepath.Dir(file), *path)
		}
	}
	if c.Data == "" || c.Keys == "" {
		return nil, fmt.Errorf("%s: data and keys must name folders", file)
	}
	host, _, err := net.SplitHostPort(c.Listen)
	if ip := net.ParseIP(host); err != nil || c.Certificate == "" && (ip == nil || !ip.IsLoopback()) {
		return nil, fmt.Errorf("%s: listen is %q; without a certificate it must be a loopback address and port", file, c.Listen)
	}
	return c, nil
}

func (c *config) seed(tenant string) ([]byte, error) {
	path := filepath.Join(c.Keys, tenant+".seed")
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("%w; make it with hanaper-gateway key", err)
	}
	seed, err := base64.StdEncoding.DecodeString(strings.TrimSpace(string(raw)))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return seed, nil
}

// open gives the gateway over its store, which the caller closes.
func open(ctx context.Context, c *config) (*gateway.Gateway, *native.Store, error) {
	store, err := native.Open(ctx, c.Data)
	if err != nil {
		return nil, nil, err
	}
	g, err := gateway.New(store.Backend(c.PerMinute, func(text string) { log.Print(text) }), c.Tenants, c.seed)
	if err != nil {
		return nil, nil, errors.Join(err, store.Close())
	}
	return g, store, nil
}

// checkEvery: the whole store is verified once a day.
const checkEvery = 24 * time.Hour

func serve(ctx context.Context, c *config, _ string) error {
	g, store, err := open(ctx, c)
	if err != nil {
		return err
	}
	defer store.Close()
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return err
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		store.Queue.Run(ctx, g.Process, func(text string) { log.Print(text) })
	}()
	go everyDay(ctx, g, c)
	server := &http.Server{Handler: g, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 2 * time.Minute, WriteTimeout: 5 * time.Minute, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10}
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		<-ctx.Done()
		last, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		server.Shutdown(last)
	}()
	fmt.Println("listening on", listener.Addr())
	if c.Certificate != "" {
		err = server.ServeTLS(listener, c.Certificate, c.PrivateKey)
	} else {
		err = server.Serve(listener)
	}
	if ctx.Err() == nil {
		return err
	}
	<-stopped
	<-done
	return nil
}

func everyDay(ctx context.Context, g *gateway.Gateway, c *config) {
	tick := time.NewTicker(checkEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		for _, t := range c.Tenants {
			if _, err := checkAll(ctx, g, t.ID, func(text string) { log.Print("check: " + t.ID + ": " + text) }); err != nil {
				log.Print("check: ", t.ID, ": ", err)
			}
		}
	}
}

// checkAll checks a tenant to the end and says each finding; the count is returned.
func checkAll(ctx context.Context, g *gateway.Gateway, tenant string, say func(string)) (int, error) {
	found, records, queued := 0, 0, 0
	for after := ""; ; {
		out, err := g.Check(ctx, tenant, after)
		if err != nil {
			return found, err
		}
		for _, f := range out.Findings {
			say(strings.TrimSpace(f.ID + " " + f.Text))
		}
		found, records, queued = found+len(out.Findings), records+out.Records, queued+out.Queued
		if after = out.Next; after == "" {
			say(fmt.Sprintf("%d records verified, %d findings, %d queued again", records, found, queued))
			return found, nil
		}
	}
}

func check(ctx context.Context, c *config, tenant string) error {
	g, store, err := open(ctx, c)
	if err != nil {
		return err
	}
	defer store.Close()
	found, err := checkAll(ctx, g, tenant, func(text string) { fmt.Println(text) })
	if err == nil && found > 0 {
		err = fmt.Errorf("%d findings", found)
	}
	return err
}

func rebuild(ctx context.Context, c *config, tenant string) error {
	g, store, err := open(ctx, c)
	if err != nil {
		return err
	}
	defer store.Close()
	for after := ""; ; {
		if after, err = g.Rebuild(ctx, tenant, after, gateway.BatchSize); err != nil || after == "" {
			return err
		}
	}
}

func makeKey(_ context.Context, c *config, tenant string) error {
	if err := os.MkdirAll(c.Keys, 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(filepath.Join(c.Keys, tenant+".seed"), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	var seed [32]byte
	rand.Read(seed[:])
	_, err = fmt.Fprintln(f, base64.StdEncoding.EncodeToString(seed[:]))
	return errors.Join(err, f.Close())
}
