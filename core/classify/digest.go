package classify

import (
	"hanaper/core/sha256"
)

// Digest names the embedded model: the first 12 hexadecimal digits of the
// SHA-256 of model.bin.
func Digest() string {
	return sha256.Hex(file)[:12]
}
