package policy

import (
	"testing"

	"hanaper/core/detect"
)

func BenchmarkDecide(b *testing.B) {
	quiet := in()
	loud := in(significant(9300), marked(sensitive), found("uk-nino", detect.ClassIdentifier, 950))
	for _, c := range []struct {
		name  string
		input Input
		ids   []string
	}{{"silent, one pack", quiet, []string{uk}}, {"loud, one pack", loud, []string{uk}}, {"loud, three packs", loud, []string{uk, ca, nc}}} {
		b.Run(c.name, func(b *testing.B) {
			all := packs(b, c.ids...)
			b.ReportAllocs()
			for b.Loop() {
				Decide(c.input, all, Settings{}, now)
			}
		})
	}
	b.Run("load", func(b *testing.B) {
		for b.Loop() {
			Bundled(uk)
		}
	})
}
