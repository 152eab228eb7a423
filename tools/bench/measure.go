package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"hanaper/core"
	"hanaper/core/classify"
	"hanaper/core/detect"
	"hanaper/core/marking"
	"hanaper/core/message"
	"hanaper/wasm/host"
)

// prose is 1 KB of an official's message: names, a number, a link, a decision.
const prose = `Morning both. Following yesterday's board we have agreed to move the start of the pilot in Eastvale from 3 March to 14 April, because the supplier cannot staff two sites at once. The minister is content. Please tell the regional leads today and ask finance to move 240,000 from the second to the third quarter; Samira will confirm the code. I have put the note and the revised plan on the shared drive, the link is https://intranet.dept.example/pilot/plan-v4 and the summary is two pages. One open point: the union has asked for sight of the rota before it goes out. I think we should share it, with the names of the two night teams taken out, and hold the rest until the meeting on Thursday at 2pm. If anybody sees a reason not to, ring me on 020 7946 0958 before noon. Otherwise take this as my go-ahead. Could you also book room 4.12 for the debrief and let Tom know that the car is at the front entrance at half past eight? I will be on the 8.45 and reading on my phone, so short messages please. Thanks, and well done for last night, it made a real difference. Ade`

const kib = 1024.0

func sizes() ([]Row, error) {
	wasm, err := os.ReadFile("build/core.wasm")
	if err != nil {
		return nil, fmt.Errorf("%w (run ./task guest)", err)
	}
	out, err := node(`
		const z = require("zlib"), f = require("fs").readFileSync("build/core.wasm");
		console.log(z.brotliCompressSync(f, {params: {[z.constants.BROTLI_PARAM_QUALITY]: 11, [z.constants.BROTLI_PARAM_LGWIN]: 24}}).length)`)
	if err != nil {
		return nil, err
	}
	brotli, err := strconv.Atoi(strings.TrimSpace(string(out)))
	if err != nil {
		return nil, err
	}
	model, err := os.Stat("core/classify/model.bin")
	if err != nil {
		return nil, err
	}
	return []Row{
		{"core.wasm", float64(len(wasm)) / kib, "KiB", 3840, true, true},
		{"core.wasm, brotli", float64(brotli) / kib, "KiB", 1100, true, true},
		{"model weights", float64(model.Size()) / kib, "KiB", 640, true, true},
	}, nil
}

func node(script string) ([]byte, error) {
	cmd := exec.Command("node", "-e", script)
	cmd.Stderr = os.Stderr
	return cmd.Output()
}

// request is the judgement of the 1 KB message, as a shell asks for it.
func request() []byte { return requestOf(prose) }

func requestOf(body string) []byte {
	text, _ := json.Marshal(body) // a string always marshals
	return []byte(`{"at":"2026-11-22T09:00:00Z","draft":{"body":` + string(text) + `,"channel":"whatsapp","chat_scope":"work","device":"managed","title":"Pilot"},"settings":{"packs":["uk-nccc-2023"]}}`)
}

// micros is the time of one call: the best of many short rounds, since whatever
// else the machine does only ever adds to it.
func micros(f func()) float64 {
	const rounds, least = 20, 20 * time.Millisecond
	n, best := 1, math.Inf(1)
	for round := 0; round < rounds; {
		start := time.Now()
		for range n {
			f()
		}
		took := time.Since(start)
		if took < least {
			n *= 2
			continue
		}
		best = min(best, float64(took.Nanoseconds())/1000/float64(n))
		round++
	}
	return best
}

func judgement() ([]Row, error) {
	req := request()
	want := core.Handle("evaluate", req)
	native := micros(func() { core.Handle("evaluate", req) })
	text := message.Normalize("body", prose)
	rows := []Row{
		{"judge a 1 KB message, native", native, "us", 100, true, false},
		{"  of which normalize", micros(func() { message.Normalize("body", prose) }), "us", 0, true, false},
		{"  of which markings", micros(func() { marking.Parse(&text) }), "us", 0, true, false},
		{"  of which detectors", micros(func() { detect.Scan(&text) }), "us", 0, true, false},
		{"  of which model", micros(func() { classify.Judge(classify.Input{Body: &text}) }), "us", 50, true, false},
	}
	wazero, err := inWazero(req, want)
	if err != nil {
		return nil, err
	}
	v8, err := inV8(req, want)
	if err != nil {
		return nil, err
	}
	return append(rows,
		Row{"judge a 1 KB message, V8 (Node)", v8, "us", 0, true, false},
		Row{"judge a 1 KB message, wazero", wazero, "us", 0, true, false},
		Row{"V8 against native", v8 / native, "x", 5, true, true},
		Row{"wazero against native", wazero / native, "x", 15, true, true},
	), nil
}

func inWazero(req, want []byte) (float64, error) {
	ctx := context.Background()
	wasm, err := os.ReadFile("build/core.wasm")
	if err != nil {
		return 0, err
	}
	h, err := host.New(ctx, wasm, host.Config{Instances: 1})
	if err != nil {
		return 0, err
	}
	defer h.Close(ctx)
	got, err := h.Call(ctx, "evaluate", req)
	if err != nil {
		return 0, err
	}
	if !bytes.Equal(got, want) {
		return 0, fmt.Errorf("wazero and native differ:\n%s\n%s", got, want)
	}
	return micros(func() { got, err = h.Call(ctx, "evaluate", req) }), err
}

func inV8(req, want []byte) (float64, error) {
	file := filepath.Join("build", "bench", "request.json")
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return 0, err
	}
	if err := os.WriteFile(file, req, 0o644); err != nil {
		return 0, err
	}
	cmd := exec.Command("node", "tools/bench/v8.mjs", file)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return 0, fmt.Errorf("node tools/bench/v8.mjs: %w", err)
	}
	var r struct {
		Micros float64 `json:"micros"`
		Result string  `json:"result"`
	}
	if err := json.Unmarshal(out, &r); err != nil {
		return 0, err
	}
	if r.Result != string(want) {
		return 0, fmt.Errorf("V8 and native differ:\n%s\n%s", r.Result, want)
	}
	return r.Micros, nil
}

var benchLine = regexp.MustCompile(`(?m)^Benchmark(\w+?)(?:-\d+)?\s+\d+\s+([\d.]+) ns/op`)

// detectors runs the single pass and the naive oracle, which lives in the tests.
func detectors() ([]Row, error) {
	cmd := exec.Command("go", "test", "./core/detect", "-run", "^$", "-bench", "^Benchmark(Scan|Oracle)$", "-benchtime", "0.3s", "-count", "5")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%w\n%s", err, out)
	}
	ns := map[string]float64{}
	for _, m := range benchLine.FindAllStringSubmatch(string(out), -1) {
		once, err := strconv.ParseFloat(m[2], 64)
		if err != nil {
			return nil, err
		}
		if best, ok := ns[m[1]]; !ok || once < best {
			ns[m[1]] = once
		}
	}
	if ns["Scan"] == 0 || ns["Oracle"] == 0 {
		return nil, fmt.Errorf("no BenchmarkScan and BenchmarkOracle in\n%s", out)
	}
	return []Row{
		{"detectors, 1 KB", ns["Scan"] / 1000, "us", 0, true, false},
		{"the same by regular expressions one after another", ns["Oracle"] / 1000, "us", 0, true, false},
		{"detectors against regular expressions", ns["Oracle"] / ns["Scan"], "x", 50, false, true},
	}, nil
}

// extension measures the built extension in Chromium: on WhatsApp Web, and on every
// channel where all is asked for.
func extension(all bool) ([]Row, error) {
	cmd := exec.Command("node", "extension/test/bench.mjs")
	if all {
		cmd.Args = append(cmd.Args, "--channels")
	} else {
		fmt.Fprintln(os.Stderr, "bench: the content script is measured on WhatsApp Web only; bench without -check measures every channel")
	}
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("node extension/test/bench.mjs: %w", err)
	}
	var rows []Row
	if err := json.Unmarshal(out, &rows); err != nil {
		return nil, fmt.Errorf("extension/test/bench.mjs: %w", err)
	}
	return rows, nil
}
