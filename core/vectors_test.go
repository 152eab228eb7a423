package core_test

import (
	"flag"
	"testing"

	"hanaper/core"
	"hanaper/core/coretest"
)

var update = flag.Bool("update", false, "write the results of the vectors and generated files")

func TestVectors(t *testing.T) {
	coretest.Vectors(t, "../testdata/vectors", *update, func(op string, in []byte) ([]byte, error) {
		return core.Handle(op, in), nil
	})
}
