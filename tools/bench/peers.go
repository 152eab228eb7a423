package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"hanaper/core"
	"hanaper/core/detect"
	"hanaper/core/message"
	"hanaper/wasm/host"
)

// peersDir is where the peers are installed: they are no part of the product, and
// its own npm ci and go.mod know nothing of them.
const peersDir = "build/bench/peers"

// roundsTimed is how often the chat messages are gone through; the best counts.
const roundsTimed = 40

// benchCase is a line of the cases, see TestWriteCases in core/detect.
type benchCase struct {
	Set  string   `json:"set"`
	Kind string   `json:"kind"`
	Text string   `json:"text"`
	Want [][2]int `json:"want"`
}

// place is what one program found: its own name of the kind, and where.
type place struct {
	Kind  string `json:"kind"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}

// contender is one program and what it did.
type contender struct {
	name     string
	Findings [][]place `json:"findings"`
	Micros   float64   `json:"micros"` // a chat message
	startMS  float64   // from nothing to the first answer
	kib      float64   // installed
}

// peers measures gitleaks, openredaction, sanitize-pii and secretlint beside us on
// the same messages in one run. Without install they are measured only where they
// were installed before.
func peers(install bool) ([]Row, string, error) {
	if _, err := os.Stat(peersDir + "/gitleaks"); err != nil && !install {
		fmt.Println("peers: skipped, they are not installed (./task bench -- -peers installs and measures them)")
		return nil, "", nil
	}
	if err := installPeers(); err != nil {
		return nil, "", err
	}
	cases, err := writeCases()
	if err != nil {
		return nil, "", err
	}
	ours, err := measureOurs(cases)
	if err != nil {
		return nil, "", err
	}
	all := append([]contender{}, ours...)
	for _, name := range []string{"gitleaks", "openredaction", "sanitize-pii", "secretlint"} {
		c := contender{name: name}
		if err := c.run(peersDir + "/cases.jsonl"); err != nil {
			return nil, "", err
		}
		all = append(all, c)
	}
	scores, ahead := scoreTable(cases, all)
	return peerRows(all, ahead), speedTable(all) + scores, nil
}

func installPeers() error {
	if err := os.MkdirAll(peersDir, 0o755); err != nil {
		return err
	}
	for _, name := range []string{"package.json", "package-lock.json", "run.mjs"} {
		data, err := os.ReadFile("tools/bench/peers/" + name)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(peersDir, name), data, 0o644); err != nil {
			return err
		}
	}
	if _, err := os.Stat(peersDir + "/node_modules"); err != nil {
		if err := inFolder(peersDir, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"); err != nil {
			return err
		}
	}
	out, err := filepath.Abs(peersDir + "/gitleaks")
	if err != nil {
		return err
	}
	if err := inFolder("tools/bench/peers/gitleaks", "go", "build", "-trimpath", "-ldflags=-s -w", "-o", out, "."); err != nil {
		return err
	}
	return inFolder(".", "go", "build", "-trimpath", "-ldflags=-s -w", "-o", peersDir+"/hanaper", "./desktop")
}

func inFolder(dir, name string, args ...string) error {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s %s in %s: %w\n%s", name, strings.Join(args, " "), dir, err, out)
	}
	return nil
}

func writeCases() (cases []benchCase, err error) {
	file, err := filepath.Abs(peersDir + "/cases.jsonl")
	if err != nil {
		return nil, err
	}
	if err := inFolder(".", "go", "test", "./core/detect", "-count=1", "-run", "^TestWriteCases$", "-cases", file); err != nil {
		return nil, err
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	first, _, _ := strings.Cut(string(data), "\n")
	if err := os.WriteFile(peersDir+"/one.jsonl", []byte(first+"\n"), 0o644); err != nil {
		return nil, err
	}
	for line := range strings.Lines(string(data)) {
		var c benchCase
		if err := json.Unmarshal([]byte(line), &c); err != nil {
			return nil, err
		}
		cases = append(cases, c)
	}
	return cases, nil
}

// run runs a peer over the cases, and over one case to see how long it takes to start.
func (c *contender) run(cases string) error {
	command := func(file string, rounds int) *exec.Cmd {
		args := []string{peersDir + "/run.mjs", c.name, file, fmt.Sprint(rounds)}
		cmd := exec.Command("node", args...)
		c.kib = kibOf(peersDir + "/node_modules/" + map[string]string{"openredaction": "@openredaction", "sanitize-pii": "@cdssnc/sanitize-pii", "secretlint": "@secretlint"}[c.name])
		if c.name == "gitleaks" {
			cmd = exec.Command(peersDir+"/gitleaks", file, fmt.Sprint(rounds))
			c.kib = kibOf(peersDir + "/gitleaks")
		}
		if c.name == "hanaper" {
			c.kib = kibOf("build/core.wasm")
		}
		cmd.Env = append(os.Environ(), "HANAPER_GUEST="+absolute("build/bench/guest.mjs"), "HANAPER_WASM="+absolute("build/core.wasm"))
		cmd.Stderr = os.Stderr
		return cmd
	}
	c.startMS = math.Inf(1)
	for range 3 {
		start := time.Now()
		if _, err := command(peersDir+"/one.jsonl", 0).Output(); err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
		c.startMS = min(c.startMS, time.Since(start).Seconds()*1000)
	}
	rounds := roundsTimed
	if c.name == "openredaction" || c.name == "secretlint" {
		rounds = 1 // hundreds of times slower: they need no long run to be told apart
	}
	out, err := command(cases, rounds).Output()
	if err != nil {
		return fmt.Errorf("%s: %w", c.name, err)
	}
	return json.Unmarshal(out, c)
}

func absolute(path string) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	return abs
}

// kibOf is the size of a file, or of all files below a folder.
func kibOf(path string) (kib float64) {
	_ = filepath.WalkDir(path, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			if info, err := d.Info(); err == nil {
				kib += float64(info.Size()) / 1024
			}
		}
		return nil
	})
	return kib
}

// measureOurs judges the chat messages whole, natively, in V8 and in wazero, and
// runs the detectors alone.
func measureOurs(cases []benchCase) ([]contender, error) {
	var chats []string
	var requests [][]byte
	native := contender{name: "Hanaper, native, whole judgement", kib: kibOf(peersDir + "/hanaper")}
	for _, c := range cases {
		x := message.Normalize("body", c.Text)
		found := []place{}
		for _, f := range detect.Scan(&x) {
			found = append(found, place{f.Detector, f.Span.Start, f.Span.End})
		}
		native.Findings = append(native.Findings, found)
		if c.Set == "chat" {
			chats = append(chats, c.Text)
			requests = append(requests, requestOf(c.Text))
		}
	}
	each := func(f func(i int)) float64 {
		best := math.Inf(1)
		for range roundsTimed {
			start := time.Now()
			for i := range chats {
				f(i)
			}
			best = min(best, float64(time.Since(start).Nanoseconds())/1000/float64(len(chats)))
		}
		return best
	}
	native.Micros = each(func(i int) { core.Handle("evaluate", requests[i]) })
	start := time.Now()
	cmd := exec.Command(peersDir+"/hanaper", "check")
	cmd.Stdin = strings.NewReader("see you at three")
	_ = cmd.Run() // its status is the verdict's
	native.startMS = time.Since(start).Seconds() * 1000
	detectors := contender{name: "Hanaper, native, detectors only", Findings: native.Findings, startMS: math.NaN(), kib: math.NaN()}
	detectors.Micros = each(func(i int) {
		x := message.Normalize("body", chats[i])
		detect.Scan(&x)
	})
	v8 := contender{name: "hanaper"}
	if err := v8.run(peersDir + "/cases.jsonl"); err != nil {
		return nil, err
	}
	v8.name, v8.Findings = "Hanaper, V8, whole judgement", native.Findings
	ctx := context.Background()
	wasm, err := os.ReadFile("build/core.wasm")
	if err != nil {
		return nil, err
	}
	start = time.Now()
	h, err := host.New(ctx, wasm, host.Config{Instances: 1})
	if err != nil {
		return nil, err
	}
	defer h.Close(ctx)
	wazero := contender{name: "Hanaper, wazero, whole judgement", Findings: native.Findings, kib: v8.kib}
	call := func(i int) {
		if _, callErr := h.Call(ctx, "evaluate", requests[i]); callErr != nil {
			err = callErr
		}
	}
	call(0)
	wazero.startMS = time.Since(start).Seconds() * 1000
	wazero.Micros = each(call)
	return []contender{native, detectors, v8, wazero}, err
}

// peerRows are the ratios. The peers only look for patterns: like is held against
// like, detectors against them, and CI holds that. The whole judgement, of which the
// detectors are a fiftieth on a short message, is told beside it.
func peerRows(all []contender, ahead float64) []Row {
	at := map[string]float64{}
	for _, c := range all {
		at[c.name] = c.Micros
	}
	alone, native, v8 := at["Hanaper, native, detectors only"], at["Hanaper, native, whole judgement"], at["Hanaper, V8, whole judgement"]
	return []Row{
		{"gitleaks' time for a message against our detectors'", at["gitleaks"] / alone, "x", 1, false, true},
		{"sanitize-pii's time against our detectors'", at["sanitize-pii"] / alone, "x", 1, false, true},
		{"openredaction's time against our detectors'", at["openredaction"] / alone, "x", 50, false, true},
		{"secretlint's time against our detectors'", at["secretlint"] / alone, "x", 1, false, true},
		{"gitleaks' time against our whole judgement, native", at["gitleaks"] / native, "x", 1, false, false},
		{"sanitize-pii's time against our whole judgement, V8", at["sanitize-pii"] / v8, "x", 1, false, false},
		{"openredaction's time against our whole judgement, V8", at["openredaction"] / v8, "x", 50, false, false},
		{"kinds a peer knows in which we are ahead or level in F1", ahead, "%", 100, false, true},
	}
}
