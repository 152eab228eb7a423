//go:build !windows

package bridge

// Browsers find the manifest by its place.
func register(*Browser, string) error { return nil }
func unregister(*Browser) error       { return nil }
