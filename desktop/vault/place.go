package vault

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
)

// dataDir is where programs keep a person's data on this machine only: a database
// must not roam or be synchronised file by file while it is open.
func dataDir() (string, error) {
	switch runtime.GOOS {
	case "windows":
		if dir := os.Getenv("LocalAppData"); dir != "" {
			return dir, nil
		}
	case "darwin":
		return os.UserConfigDir() // ~/Library/Application Support
	default:
		if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
			return dir, nil
		}
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(home, ".local", "share"), nil
}

// UsualDir is the folder of the vault meant where a person names none: that of
// HANAPER_VAULT, otherwise DefaultDir.
func UsualDir() (string, error) {
	if dir := os.Getenv("HANAPER_VAULT"); dir != "" {
		return dir, nil
	}
	return DefaultDir()
}

// isNoSpace: the system's words for a full disk, an exhausted quota or a limit on
// the size of files.
func isNoSpace(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.Is(err, syscall.EFBIG)
}
