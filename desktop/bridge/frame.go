package bridge

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Sizes of frames, in bytes. Browsers close the connection over a message of more
// than 1 MiB from the program; to it they send up to 64 MiB, far more than a chunk.
const (
	maxOut = 1 << 20
	maxIn  = 1 << 20
	// chunkSize is how much of a file goes in one message; base64 adds a third.
	chunkSize = 512 << 10
)

// errTooLong is a frame that is not read: what follows it cannot be found again.
var errTooLong = errors.New("a message longer than the limit")

// readFrame reads a message: four bytes of length in this machine's order, and JSON.
// io.EOF says that the browser closed the connection between two messages.
func readFrame(r io.Reader) ([]byte, error) {
	var head [4]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return nil, err
	}
	n := binary.NativeEndian.Uint32(head[:])
	if n > maxIn {
		return nil, fmt.Errorf("%w: %d bytes of %d", errTooLong, n, maxIn)
	}
	out := make([]byte, n)
	if _, err := io.ReadFull(r, out); err != nil {
		return nil, io.ErrUnexpectedEOF
	}
	return out, nil
}

func writeFrame(w io.Writer, v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	if len(text) > maxOut {
		return fmt.Errorf("%w: %d bytes of %d", errTooLong, len(text), maxOut)
	}
	frame := binary.NativeEndian.AppendUint32(make([]byte, 0, 4+len(text)), uint32(len(text)))
	_, err = w.Write(append(frame, text...)) // one write: a browser may read in between
	return err
}
