// Package inflate reads raw DEFLATE (RFC 1951): the weights and the packs lie
// deflated in core.wasm, half and a quarter of their size. The standard library's
// compress/flate does the same and brings fmt, io and reflect: 410 KiB of core.wasm.
//
// Only what tools/embed wrote at build time is read, so speed and smallness count,
// but nothing in the input can make it read outside src or write past size.
package inflate

import "errors"

// ErrFormat: src is not DEFLATE, ends too early, or does not give size bytes.
var ErrFormat = errors.New("not deflate, or not of the size that was stated")

const (
	maxBits  = 15  // longest code (RFC 1951, 3.2.7)
	literals = 288 // symbols of the literal and length alphabet, and its unused two
	distants = 30
	endBlock = 256
)

// order is that in which the lengths of code lengths are written (3.2.7).
var order = [19]byte{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}

type reader struct {
	src  string
	at   int
	bits uint64 // not yet used, the next one lowest
	n    uint   // how many
	bad  bool
	out  []byte
	size int
}

// Inflate gives the size bytes that src stands for.
func Inflate(src string, size int) ([]byte, error) {
	r := &reader{src: src, out: make([]byte, 0, size), size: size}
	for last := uint32(0); last == 0 && !r.bad; {
		last = r.take(1)
		switch r.take(2) {
		case 0:
			r.stored()
		case 1:
			lit, dist := fixed()
			r.block(lit, dist)
		case 2:
			if lit, dist := r.codes(); !r.bad {
				r.block(lit, dist)
			}
		default:
			r.bad = true
		}
	}
	if r.bad || len(r.out) != size || r.at-int(r.n/8) != len(src) {
		return nil, ErrFormat
	}
	return r.out, nil
}

// fill brings at least 32 bits, or all that is left.
func (r *reader) fill() {
	for r.n <= 56 && r.at < len(r.src) {
		r.bits |= uint64(r.src[r.at]) << r.n
		r.at++
		r.n += 8
	}
}

// take reads k bits, at most 16.
func (r *reader) take(k uint) uint32 {
	if r.n < k {
		if r.fill(); r.n < k {
			r.bad = true
			return 0
		}
	}
	v := uint32(r.bits) & (1<<k - 1)
	r.bits >>= k
	r.n -= k
	return v
}

// stored copies a block that is not compressed (3.2.4).
func (r *reader) stored() {
	r.take(r.n % 8)
	n, not := r.take(16), r.take(16)
	r.at -= int(r.n / 8)
	r.bits, r.n = 0, 0
	if r.bad || n != not^0xFFFF || int(n) > len(r.src)-r.at || int(n) > r.size-len(r.out) {
		r.bad = true
		return
	}
	r.out = append(r.out, r.src[r.at:r.at+int(n)]...)
	r.at += int(n)
}

// codes reads the two Huffman codes of a block (3.2.7).
func (r *reader) codes() (lit, dist *code) {
	var lengths [literals + 32]byte
	hlit, hdist, hclen := int(r.take(5))+257, int(r.take(5))+1, int(r.take(4))+4
	for _, i := range order[:hclen] {
		lengths[i] = byte(r.take(3))
	}
	c, ok := newCode(lengths[:19])
	if !ok || hlit > 286 || hdist > distants {
		r.bad = true
		return nil, nil
	}
	clear(lengths[:19])
	for i := 0; i < hlit+hdist && !r.bad; {
		value, times := byte(0), 1
		switch s := r.symbol(c); s {
		case 16:
			if times = 3 + int(r.take(2)); i == 0 {
				r.bad = true
				return nil, nil
			}
			value = lengths[i-1]
		case 17:
			times = 3 + int(r.take(3))
		case 18:
			times = 11 + int(r.take(7))
		default:
			value = byte(s)
		}
		if times > hlit+hdist-i {
			r.bad = true
			return nil, nil
		}
		for ; times > 0; times-- {
			lengths[i] = value
			i++
		}
	}
	lit, okLit := newCode(lengths[:hlit])
	dist, okDist := newCode(lengths[hlit : hlit+hdist])
	r.bad = r.bad || !okLit || !okDist
	return lit, dist
}

// block reads symbols until the end of the block (3.2.3).
func (r *reader) block(lit, dist *code) {
	for !r.bad {
		s := r.symbol(lit)
		switch {
		case s < endBlock:
			if len(r.out) == r.size {
				r.bad = true
				return
			}
			r.out = append(r.out, byte(s))
		case s == endBlock:
			return
		default:
			r.again(s-endBlock-1, dist)
		}
	}
}

// again copies what stands at a distance; s is the symbol of its length, from 0 (3.2.5).
func (r *reader) again(s int, dist *code) {
	if s > 28 {
		r.bad = true
		return
	}
	length := 258
	if s < 28 {
		length = 3 + r.extended(s, 4)
	}
	d := r.symbol(dist)
	if r.bad || d >= distants {
		r.bad = true
		return
	}
	from := len(r.out) - 1 - r.extended(d, 2)
	if r.bad || from < 0 || length > r.size-len(r.out) {
		r.bad = true
		return
	}
	for ; length > 0; length-- { // byte by byte: the source may overlap what is written
		r.out = append(r.out, r.out[from])
		from++
	}
}

// extended is the length or distance, from 0, of symbol s of an alphabet in which
// each step of every symbols takes one extra bit more, the first two steps none.
func (r *reader) extended(s, every int) int {
	if s < 2*every {
		return s
	}
	extra := uint(s/every - 1)
	return (every+s%every)<<extra + int(r.take(extra))
}
