package host_test

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"hanaper/core"
	"hanaper/wasm/host"
)

// maxLabelled bounds the test's memory; the annotated messages are about 12,400.
const maxLabelled = 50_000

// Native Go, wazero and V8 give the same bytes for every annotated message.
func TestLabelledTextsAgree(t *testing.T) {
	if testing.Short() {
		t.Skip("judges every annotated message three times: not with -short")
	}
	requests := labelledRequests(t)
	want := make([][]byte, len(requests))
	for i, r := range requests {
		want[i] = core.Handle("evaluate", r)
	}
	t.Run("wazero", func(t *testing.T) {
		h := open(t, host.Config{Instances: 1}) // one must serve them all: its memory is collected
		for i, r := range requests {
			got, err := h.Call(t.Context(), "evaluate", r)
			if err != nil || !bytes.Equal(got, want[i]) {
				t.Fatalf("message %d: %v\n got %s\nwant %s", i, err, got, want[i])
			}
		}
	})
	t.Run("V8", func(t *testing.T) {
		node, err := exec.LookPath("node")
		if err != nil {
			t.Skip("V8 is not here: ", err)
		}
		file := filepath.Join(t.TempDir(), "core.wasm")
		if err := os.WriteFile(file, wasm, 0o600); err != nil {
			t.Fatal(err)
		}
		cmd := exec.CommandContext(t.Context(), node, "--no-warnings", "testdata/digests.mjs", file)
		cmd.Stdin = bytes.NewReader(append(bytes.Join(requests, []byte("\n")), '\n'))
		cmd.Stderr = os.Stderr
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		got := bytes.Fields(out)
		if len(got) != len(want) {
			t.Fatalf("%d answers, want %d", len(got), len(want))
		}
		for i := range got {
			if d := sha256.Sum256(want[i]); string(got[i]) != hex.EncodeToString(d[:]) {
				t.Fatalf("message %d has another verdict in V8 than %s", i, want[i])
			}
		}
	})
}

// labelledRequests makes a request of every annotated message; where they are absent the
// test is skipped.
func labelledRequests(t *testing.T) (out [][]byte) {
	t.Helper()
	dir := os.Getenv("HANAPER_SHARED")
	if dir == "" {
		dir = "../../../shared"
	}
	files, _ := filepath.Glob(filepath.Join(dir, "labels", "*.jsonl"))
	if len(files) == 0 {
		t.Skip("the annotated messages are not here: nothing in " + dir + "/labels")
	}
	for _, file := range files {
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		s := bufio.NewScanner(f)
		s.Buffer(nil, 1<<20)
		for s.Scan() && len(out) < maxLabelled {
			var m struct{ Text, Subject, Title string }
			if err := json.Unmarshal(s.Bytes(), &m); err != nil {
				t.Fatal(file, err)
			}
			out = append(out, requestOf(m.Text, m.Subject, m.Title))
		}
	}
	t.Logf("%d annotated messages", len(out))
	return out
}

// requestOf is the request to judge a message.
func requestOf(body, subject, title string) []byte {
	r, err := json.Marshal(map[string]any{
		"at":       "2026-11-22T09:00:00Z",
		"settings": map[string]any{},
		"draft":    map[string]any{"body": body, "subject": subject, "title": title},
	})
	if err != nil {
		panic(err) // strings always encode
	}
	return r
}
