package inflate

import (
	"bytes"
	"compress/flate"
	"io"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
)

func deflate(t testing.TB, data []byte, level int) string {
	var b strings.Builder
	w, err := flate.NewWriter(&b, level)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// samples: empty, stored, fixed, dynamic and long-coded blocks.
func samples(t testing.TB) map[string][]byte {
	random := rand.New(rand.NewPCG(1, 2))
	noise := make([]byte, 200_000)
	skew := make([]byte, 200_000)
	for i := range noise {
		noise[i] = byte(random.Uint32())
		skew[i] = byte(random.ExpFloat64() * 9) // codes of up to 15 bits
	}
	page, err := os.ReadFile("inflate.go")
	if err != nil {
		t.Fatal(err)
	}
	return map[string][]byte{"empty": {}, "short": []byte("aaab"), "runs": bytes.Repeat([]byte("ab"), 40_000),
		"noise": noise, "skew": skew, "page": page, "pages": bytes.Repeat(page, 20)}
}

func TestInflateGivesWhatWasDeflated(t *testing.T) {
	for name, data := range samples(t) {
		for _, level := range []int{flate.HuffmanOnly, flate.NoCompression, flate.BestSpeed, 6, flate.BestCompression} {
			src := deflate(t, data, level)
			got, err := Inflate(src, len(data))
			if err != nil || !bytes.Equal(got, data) {
				t.Errorf("%s at level %d: %d bytes, %v", name, level, len(got), err)
			}
			for _, size := range []int{len(data) - 1, len(data) + 1} {
				if _, err := Inflate(src, max(size, 0)); err == nil && size >= 0 {
					t.Errorf("%s at level %d: taken for %d bytes", name, level, size)
				}
			}
			if _, err := Inflate(src+"x", len(data)); err == nil {
				t.Errorf("%s at level %d: a byte too many was not seen", name, level)
			}
		}
	}
}

// FuzzInflate: what compress/flate reads is read the same; what it refuses is
// refused, but for bytes after the end and codes it is stricter about.
func FuzzInflate(f *testing.F) {
	for _, data := range samples(f) {
		data = data[:min(len(data), 2000)]
		for _, level := range []int{flate.HuffmanOnly, flate.NoCompression, 6} {
			f.Add([]byte(deflate(f, data, level)), uint16(len(data)))
		}
	}
	f.Fuzz(func(t *testing.T, src []byte, size uint16) {
		got, err := Inflate(string(src), int(size))
		in := bytes.NewReader(src)
		want, wantErr := io.ReadAll(io.LimitReader(flate.NewReader(in), 1<<17))
		good := wantErr == nil && in.Len() == 0 && len(want) == int(size)
		if good && err != nil {
			t.Errorf("refused what compress/flate reads: %d bytes", len(want))
		}
		if err == nil && wantErr == nil && !bytes.Equal(got, want) {
			t.Error("read otherwise than compress/flate")
		}
		if err != nil && got != nil {
			t.Error("gave bytes with an error")
		}
	})
}

func BenchmarkInflate(b *testing.B) {
	data := samples(b)["skew"]
	src := deflate(b, data, flate.HuffmanOnly)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, err := Inflate(src, len(data)); err != nil {
			b.Fatal(err)
		}
	}
}
