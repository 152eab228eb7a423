package cli

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"
)

func TestLineReader(t *testing.T) {
	long := strings.Repeat("x", maxLine+1)
	in := "one\n\ntwo\r\n" + long + "\nthree\n" + strings.Repeat("y", maxLine) + "\nlast"
	r := lineReader{r: bufio.NewReaderSize(strings.NewReader(in), 64)}
	var got []string
	for it := r.next(); it != nil; it = r.next() {
		s := string(it.raw)
		if it.err != nil {
			s = it.err.Error()
		}
		got = append(got, fmt.Sprint(it.line, " ", s[:min(len(s), 70)]))
	}
	want := []string{"1 one", "2 ", "3 two", "4 line 4, column 1: the line is 8388610 bytes, the limit is 8388608", "5 three", "6 " + strings.Repeat("y", 70), "7 last"}
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if it := (&lineReader{r: bufio.NewReader(strings.NewReader(""))}).next(); it != nil {
		t.Errorf("a line in nothing: %+v", it)
	}
}

// A caller that sends one line and waits gets its verdict before it sends the next.
func TestJSONLinesAnswersAtOnce(t *testing.T) {
	in, send := io.Pipe()
	answers, out := io.Pipe()
	done := make(chan int, 1)
	go func() {
		code := Main([]string{"check", "--jsonl"}, Env{Stdin: in, Stdout: out, Stderr: io.Discard, Now: func() time.Time { return now }})
		out.Close()
		done <- code
	}()
	r := bufio.NewReader(answers)
	for i := range 3 {
		fmt.Fprintf(send, `{"id":"%d","body":"lunch at noon?","device":"managed"}`+"\n", i)
		line, err := r.ReadBytes('\n')
		if err != nil {
			t.Fatal(err)
		}
		var v struct{ ID string }
		if err := json.Unmarshal(line, &v); err != nil || v.ID != fmt.Sprint(i) {
			t.Fatalf("%s %v", line, err)
		}
	}
	send.Close()
	if code := <-done; code == ExitUsage {
		t.Errorf("exit code %d", code)
	}
}

// Ten thousand lines on all processors come back in order, one for one.
func TestJSONLinesOrder(t *testing.T) {
	var in, out bytes.Buffer
	for i := range 10_000 {
		switch i % 7 {
		case 3:
			fmt.Fprintln(&in, "not json")
		default:
			fmt.Fprintf(&in, `{"id":"%d","body":"%s"}`+"\n", i, strings.Repeat("words ", i%50))
		}
	}
	Main([]string{"check", "--jsonl"}, Env{Stdin: &in, Stdout: &out, Stderr: io.Discard, Now: func() time.Time { return now }})
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 10_000 {
		t.Fatalf("%d lines", len(lines))
	}
	for i, line := range lines {
		var v struct{ ID, Error string }
		if err := json.Unmarshal([]byte(line), &v); err != nil {
			t.Fatal(err)
		}
		if i%7 == 3 && !strings.HasPrefix(v.Error, fmt.Sprintf("line %d, column 1: ", i+1)) || i%7 != 3 && v.ID != fmt.Sprint(i) {
			t.Fatalf("line %d: %s", i+1, line)
		}
	}
}

type failing struct{ after int }

func (f *failing) Write(p []byte) (int, error) {
	if f.after -= len(p); f.after < 0 {
		return 0, io.ErrClosedPipe
	}
	return len(p), nil
}

// A reader that goes away ends the program, whatever is still to be read.
func TestJSONLinesStops(t *testing.T) {
	in := io.MultiReader(strings.NewReader(strings.Repeat(`{"body":"x"}`+"\n", 5000)), neverEnds{})
	code := Main([]string{"check", "--jsonl"}, Env{Stdin: in, Stdout: &failing{100_000}, Stderr: io.Discard, Now: func() time.Time { return now }})
	if code != ExitUsage {
		t.Errorf("exit code %d", code)
	}
}

type neverEnds struct{}

func (neverEnds) Read(p []byte) (int, error) { return copy(p, "{\"body\":\"x\"}\n"), nil }

func BenchmarkJSONLines(b *testing.B) {
	line := fmt.Sprintf(`{"id":"a","channel":"whatsapp","device":"managed","body":"%s"}`+"\n", strings.Repeat("We agreed to move the launch to Monday. ", 25))
	in := strings.Repeat(line, b.N)
	b.SetBytes(int64(len(line)))
	b.ResetTimer()
	Main([]string{"check", "--jsonl"}, Env{Stdin: strings.NewReader(in), Stdout: io.Discard, Stderr: io.Discard, Now: func() time.Time { return now }})
}
