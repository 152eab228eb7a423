package cli

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"hanaper/core/canonical"
	"hanaper/core/record"
)

var update = flag.Bool("update", false, "write what the scripts compare; read it before you commit it")

// now is the clock of the tests.
var now = time.Date(2026, 11, 22, 14, 3, 0, 0, time.UTC)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"hanaper": func() {
		os.Exit(Main(os.Args[1:], Env{Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Now: func() time.Time { return now }}))
	}})
}

// TestScripts runs testdata/script/*.txtar. Beside testscript's own commands
// there are:
//
//	exits CODE hanaper ARGS...   run, and compare the exit code
//	fits SCHEMA FILE             every line of FILE fits schema/SCHEMA.schema.json
//	replace FILE OLD NEW         the first OLD in FILE becomes NEW (Go escapes)
//	cut FILE N                   keep the first N bytes
//	big FILE N TEXT              N bytes of TEXT again and again
//	lines FILE N                 FILE has N lines
//	frames FILE TEXT...          FILE holds the texts as native messages
//	sarif FILE                   FILE holds what SARIF 2.1.0 demands
//	idof FILE NAME               $NAME is the member id of the first line of FILE
//	keyof FILE NAME              $NAME is the last of the list keys in FILE
//	spoil FILE                   a bit changes in every page of FILE's last half but the very last
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:   "testdata/script",
		Setup: records, UpdateScripts: *update,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "fits": fits, "replace": replace, "cut": cut, "big": big, "lines": countLines, "sarif": sarifFits,
			"idof": idOf, "keyof": keyOf, "spoil": spoil,
			"frames": frames,
		},
	})
}

// records puts kept records into the script's folder: group.eml (signed, with
// its file), minimal.eml (unsigned), minimal.json; $KEY is the public key,
// $RECORDS the folder of the examples, $PACKS that of the packs.
func records(e *testscript.Env) error {
	seed := bytes.Repeat([]byte{7}, ed25519.SeedSize)
	key := ed25519.NewKeyFromSeed(seed)
	public := base64.StdEncoding.EncodeToString(key.Public().(ed25519.PublicKey))
	for _, name := range []string{"group", "minimal"} {
		raw, err := os.ReadFile("../../testdata/record/" + name + ".json")
		if err != nil {
			return err
		}
		v, err := canonical.Parse(raw, canonical.Limits{})
		if err != nil {
			return err
		}
		var d canonical.Decoder
		r := record.DecodeCapture(&d, &v)
		var sig *record.Signature
		var files []record.File
		if name == "group" {
			value := ed25519.Sign(key, record.SignedBytes(r.ID()))
			sig = &record.Signature{Algorithm: "Ed25519", PublicKey: public, Value: base64.StdEncoding.EncodeToString(value)}
			files = []record.File{{Name: "plan – réseau.pdf", Type: "application/pdf", Content: []byte("hello world")}}
		}
		for file, content := range map[string][]byte{name + ".eml": record.EML(&r, sig, files...), name + ".json": r.Canonical()} {
			if err := os.WriteFile(filepath.Join(e.WorkDir, file), content, 0o644); err != nil {
				return err
			}
		}
		e.Setenv(strings.ToUpper(name)+"_ID", r.ID())
	}
	e.Setenv("KEY", public)
	if dir, err := os.UserCacheDir(); err == nil {
		e.Setenv("XDG_CACHE_HOME", dir) // where SQLite is compiled already
	}
	root, err := filepath.Abs("../..")
	e.Setenv("PACKS", filepath.Join(root, "core/policy/pack"))
	e.Setenv("RECORDS", filepath.Join(root, "testdata/record"))
	return err
}

func frames(ts *testscript.TestScript, _ bool, args []string) {
	var out []byte
	for _, text := range args[1:] {
		out = append(binary.NativeEndian.AppendUint32(out, uint32(len(text))), text...)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), out, 0o600))
}

func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND [ARGS...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		exit, ok := err.(interface{ ExitCode() int })
		if !ok {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

func fits(ts *testscript.TestScript, neg bool, args []string) {
	s, err := jsonschema.NewCompiler().Compile(schemaDir + args[0] + ".schema.json")
	ts.Check(err)
	for i, line := range bytes.Split(bytes.TrimSpace([]byte(ts.ReadFile(args[1]))), []byte("\n")) {
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(line))
		ts.Check(err)
		if err := s.Validate(v); (err != nil) != neg {
			ts.Fatalf("line %d: %v", i+1, err)
		}
	}
}

// schemaDir is absolute, because scripts run in folders of their own.
var schemaDir = func() string {
	dir, err := filepath.Abs("../../schema")
	if err != nil {
		panic(err)
	}
	return dir + "/"
}()

func replace(ts *testscript.TestScript, _ bool, args []string) {
	unquote := func(s string) string {
		out, err := strconv.Unquote(`"` + strings.ReplaceAll(s, `"`, `\"`) + `"`)
		ts.Check(err)
		return out
	}
	from, to := unquote(args[1]), unquote(args[2])
	text := ts.ReadFile(args[0])
	if !strings.Contains(text, from) {
		ts.Fatalf("%s does not hold %q", args[0], from)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Replace(text, from, to, 1)), 0o644))
}

func cut(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	ts.Check(os.Truncate(ts.MkAbs(args[0]), int64(n)))
}

func big(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	text := strings.Repeat(args[2], n/len(args[2])+1)[:n]
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o644))
}

func countLines(ts *testscript.TestScript, _ bool, args []string) {
	if got := strings.Count(ts.ReadFile(args[0]), "\n"); strconv.Itoa(got) != args[1] {
		ts.Fatalf("%s has %d lines, want %s", args[0], got, args[1])
	}
}

// sarifFits checks what the SARIF 2.1.0 specification demands of the parts that
// are written: required properties, indices, and regions within their file.
func sarifFits(ts *testscript.TestScript, _ bool, args []string) {
	var log sarifLog
	d := json.NewDecoder(strings.NewReader(ts.ReadFile(args[0])))
	d.DisallowUnknownFields()
	ts.Check(d.Decode(&log))
	if log.Version != "2.1.0" || log.Schema == "" || len(log.Runs) != 1 || log.Runs[0].Tool.Driver.Name == "" || log.Runs[0].Results == nil {
		ts.Fatalf("a required property is missing: %+v", log)
	}
	run := log.Runs[0]
	for _, r := range run.Tool.Driver.Rules {
		if r.ID == "" || r.ShortDescription.Text == "" || r.FullDescription.Text == "" {
			ts.Fatalf("rule %+v", r)
		}
	}
	for _, r := range run.Results {
		if r.RuleIndex >= len(run.Tool.Driver.Rules) || run.Tool.Driver.Rules[r.RuleIndex].ID != r.RuleID || r.Message.Text == "" || len(r.Locations) == 0 {
			ts.Fatalf("result %+v", r)
		}
		if (r.Kind == "open") != (r.Level == "none") { // 3.27.10: level none goes with every kind but fail
			ts.Fatalf("kind %q with level %q", r.Kind, r.Level)
		}
		for _, l := range r.Locations {
			g := l.Physical.Region
			if l.Physical.Artifact.URI == "" || strings.ContainsAny(l.Physical.Artifact.URI, " \\") {
				ts.Fatalf("location %+v", l)
			}
			if g != nil && (g.StartLine < 1 || g.ByteOffset != nil && *g.ByteOffset+*g.ByteLength > len(ts.ReadFile(l.Physical.Artifact.URI))) {
				ts.Fatalf("region %+v", g)
			}
		}
	}
}

func idOf(ts *testscript.TestScript, _ bool, args []string) {
	var hit struct{ ID string }
	ts.Check(json.NewDecoder(strings.NewReader(ts.ReadFile(args[0]))).Decode(&hit))
	ts.Setenv(args[1], hit.ID)
}

func keyOf(ts *testscript.TestScript, _ bool, args []string) {
	var cp struct{ Keys []string }
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0])), &cp))
	ts.Setenv(args[1], cp.Keys[len(cp.Keys)-1])
}

func spoil(ts *testscript.TestScript, _ bool, args []string) {
	data := []byte(ts.ReadFile(args[0]))
	const page = 4096
	for at := len(data) / 2 / page * page; at < len(data)-page; at += page {
		data[at+17] ^= 4
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), data, 0o600))
}
