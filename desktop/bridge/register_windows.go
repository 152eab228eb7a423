package bridge

import (
	"errors"

	"golang.org/x/sys/windows/registry"
)

// register names the manifest where the browser looks on Windows.
func register(b *Browser, file string) error {
	key, _, err := registry.CreateKey(registry.CURRENT_USER, b.windows+Name, registry.SET_VALUE)
	if err != nil {
		return err
	}
	defer key.Close()
	return key.SetStringValue("", file)
}

func unregister(b *Browser) error {
	err := registry.DeleteKey(registry.CURRENT_USER, b.windows+Name)
	if errors.Is(err, registry.ErrNotExist) {
		return nil
	}
	return err
}
