//go:build !((desktop && production) || dev)

package window

import "errors"

// Available: this build has no window, and needs no GTK.
const Available = false

// Run says how to get a build with a window.
func Run(Options) error {
	return errors.New("this build has no window: ./task window makes one that has")
}
