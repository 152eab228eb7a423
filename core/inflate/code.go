package inflate

import "math/bits"

// quick is the number of bits looked up at once; longer codes are rare.
const quick = 10

// code is a canonical Huffman code (RFC 1951, 3.2.2).
type code struct {
	table  [1 << quick]uint16  // by the next bits: symbol<<4 | length; 0 where the code is longer
	count  [maxBits + 1]uint16 // codes of each length
	symbol [literals]uint16    // in the order of the code
}

// newCode makes the code with those lengths, 0 for a symbol that does not occur.
// ok is false where more codes are asked for than there are; fewer are allowed
// (a lone distance), and a bit pattern that stands for nothing is found on reading.
func newCode(lengths []byte) (c *code, ok bool) {
	c = &code{}
	for _, n := range lengths {
		c.count[n]++
	}
	c.count[0] = 0
	var next, at [maxBits + 2]uint16 // first code of a length; where its symbols begin
	left := 1
	for n := 1; n <= maxBits; n++ {
		if left = left<<1 - int(c.count[n]); left < 0 {
			return nil, false
		}
		next[n+1] = (next[n] + c.count[n]) << 1
		at[n+1] = at[n] + c.count[n]
	}
	for s, n := range lengths {
		if n == 0 {
			continue
		}
		c.symbol[at[n]] = uint16(s)
		at[n]++
		if n <= quick {
			first := bits.Reverse16(next[n]) >> (16 - n)
			for i := int(first); i < len(c.table); i += 1 << n {
				c.table[i] = uint16(s)<<4 | uint16(n)
			}
		}
		next[n]++
	}
	return c, true
}

// symbol reads one symbol.
func (r *reader) symbol(c *code) int {
	if r.n < maxBits {
		r.fill()
	}
	e := c.table[r.bits&(1<<quick-1)]
	n := uint(e & 15)
	if e == 0 {
		return r.long(c)
	}
	if n > r.n {
		r.bad = true
		return endBlock
	}
	r.bits >>= n
	r.n -= n
	return int(e >> 4)
}

// long reads a symbol bit by bit.
func (r *reader) long(c *code) int {
	value, first, index := 0, 0, 0
	for n := 1; n <= maxBits; n++ {
		value |= int(r.take(1))
		count := int(c.count[n])
		if r.bad {
			break
		}
		if value-first < count {
			return int(c.symbol[index+value-first])
		}
		index += count
		first = (first + count) << 1
		value <<= 1
	}
	r.bad = true
	return endBlock
}

// fixed gives the codes that need no description (3.2.6).
func fixed() (lit, dist *code) {
	var lengths [literals]byte
	for i := range lengths {
		switch {
		case i < 144:
			lengths[i] = 8
		case i < 256:
			lengths[i] = 9
		case i < 280:
			lengths[i] = 7
		default:
			lengths[i] = 8
		}
	}
	lit, _ = newCode(lengths[:])
	for i := range distants {
		lengths[i] = 5
	}
	dist, _ = newCode(lengths[:distants])
	return lit, dist
}
