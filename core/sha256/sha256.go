// Package sha256 is SHA-256 (FIPS 180-4), for the core alone: crypto/sha256 brings
// the whole FIPS module with it, 540 KiB of core.wasm for this one function. It
// hashes public texts for identity; nothing secret passes through it. The tests
// hold it against crypto/sha256.
package sha256

import "math/bits"

// Size of a digest in bytes, and of the blocks it is computed over.
const (
	Size  = 32
	block = 64
)

// The first 32 bits of the fractional parts of the cube roots of the first 64
// primes (FIPS 180-4, 4.2.2).
var k = [block]uint32{
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
	0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
	0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
	0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
	0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
	0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
	0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
	0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
}

// Sum returns the SHA-256 of data.
func Sum[T string | []byte](data T) (out [Size]byte) {
	h := [8]uint32{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19}
	var b [block]byte
	at := 0
	for ; at+block <= len(data); at += block {
		copy(b[:], data[at:at+block])
		h = compress(h, &b)
	}
	// Padding: one bit, zeros, and the length in bits.
	n := copy(b[:], data[at:])
	clear(b[n:])
	b[n] = 0x80
	if n+9 > block {
		h = compress(h, &b)
		clear(b[:])
	}
	for i, size := 0, uint64(len(data))*8; i < 8; i++ {
		b[block-1-i] = byte(size >> (8 * i))
	}
	h = compress(h, &b)
	for i, x := range h {
		out[4*i], out[4*i+1], out[4*i+2], out[4*i+3] = byte(x>>24), byte(x>>16), byte(x>>8), byte(x)
	}
	return out
}

// compress folds one block into h (FIPS 180-4, 6.2.2).
func compress(h [8]uint32, p *[block]byte) [8]uint32 {
	var w [block]uint32
	for i := range 16 {
		w[i] = uint32(p[4*i])<<24 | uint32(p[4*i+1])<<16 | uint32(p[4*i+2])<<8 | uint32(p[4*i+3])
	}
	for i := 16; i < block; i++ {
		x, y := w[i-15], w[i-2]
		w[i] = w[i-16] + w[i-7] +
			(bits.RotateLeft32(x, -7) ^ bits.RotateLeft32(x, -18) ^ x>>3) +
			(bits.RotateLeft32(y, -17) ^ bits.RotateLeft32(y, -19) ^ y>>10)
	}
	a, b, c, d, e, f, g, z := h[0], h[1], h[2], h[3], h[4], h[5], h[6], h[7]
	for i := range block {
		t1 := z + (bits.RotateLeft32(e, -6) ^ bits.RotateLeft32(e, -11) ^ bits.RotateLeft32(e, -25)) + (e&f ^ ^e&g) + k[i] + w[i]
		t2 := (bits.RotateLeft32(a, -2) ^ bits.RotateLeft32(a, -13) ^ bits.RotateLeft32(a, -22)) + (a&b ^ a&c ^ b&c)
		z, g, f, e, d, c, b, a = g, f, e, d+t1, c, b, a, t1+t2
	}
	return [8]uint32{h[0] + a, h[1] + b, h[2] + c, h[3] + d, h[4] + e, h[5] + f, h[6] + g, h[7] + z}
}

const digits = "0123456789abcdef"

// Hex returns the SHA-256 of data as 64 lower-case hexadecimal digits.
func Hex[T string | []byte](data T) string {
	var out [2 * Size]byte
	for i, x := range Sum(data) {
		out[2*i], out[2*i+1] = digits[x>>4], digits[x&15]
	}
	return string(out[:])
}
