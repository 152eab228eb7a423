package bridge

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// Name is the program's name among the browser's native messaging hosts.
const Name = "hanaper"

// ChromiumID is the extension's id, fixed by the key in its manifest, and FirefoxID
// the one it is signed under.
const (
	ChromiumID = "jamamcepbcfngnklplcmbckjlleieagl"
	FirefoxID  = "hanaper@hanaper.example"
)

// Browser is one that can be told of the program.
type Browser struct {
	ID      string // chromium, chrome, edge or firefox
	Name    string
	firefox bool
	linux   []string // folder below the home folder
	mac     []string // below Library/Application Support
	windows string   // registry key below HKEY_CURRENT_USER
}

// Browsers are the ones known, with the places their makers document.
var Browsers = []Browser{
	{"chromium", "Chromium", false, []string{".config", "chromium", "NativeMessagingHosts"}, []string{"Chromium", "NativeMessagingHosts"}, `Software\Chromium\NativeMessagingHosts\`},
	{"chrome", "Google Chrome", false, []string{".config", "google-chrome", "NativeMessagingHosts"}, []string{"Google", "Chrome", "NativeMessagingHosts"}, `Software\Google\Chrome\NativeMessagingHosts\`},
	{"edge", "Microsoft Edge", false, []string{".config", "microsoft-edge", "NativeMessagingHosts"}, []string{"Microsoft Edge", "NativeMessagingHosts"}, `Software\Microsoft\Edge\NativeMessagingHosts\`},
	{"firefox", "Firefox", true, []string{".mozilla", "native-messaging-hosts"}, []string{"Mozilla", "NativeMessagingHosts"}, `Software\Mozilla\NativeMessagingHosts\`},
}

// Dir is where the browser looks for the manifest of a person's own programs. On
// Windows the registry names the file, which may lie anywhere.
func (b *Browser) Dir() (string, error) {
	home, err := os.UserHomeDir()
	if err != nil {
		return "", err
	}
	switch runtime.GOOS {
	case "windows":
		base, err := os.UserConfigDir()
		return filepath.Join(base, "hanaper", "bridge", b.ID), err
	case "darwin":
		return filepath.Join(append([]string{home, "Library", "Application Support"}, b.mac...)...), nil
	}
	return filepath.Join(append([]string{home}, b.linux...)...), nil
}

// manifest is what the browser reads of a program it may start.
type manifest struct {
	Name              string   `json:"name"`
	Description       string   `json:"description"`
	Path              string   `json:"path"`
	Type              string   `json:"type"`
	AllowedOrigins    []string `json:"allowed_origins,omitempty"`
	AllowedExtensions []string `json:"allowed_extensions,omitempty"`
}

// Install writes the manifest into dir, "" for the browser's own: it lets the
// extension with that id, "" for ours, start program.
func (b *Browser) Install(dir, program, extension string) (file string, err error) {
	if dir, err = b.dir(dir); err != nil {
		return "", err
	}
	if !filepath.IsAbs(program) {
		return "", fmt.Errorf("the program's path %q is not absolute", program)
	}
	m := manifest{Name: Name, Description: "Hanaper keeps records in this computer's vault", Path: program, Type: "stdio"}
	if b.firefox {
		m.AllowedExtensions = []string{orElse(extension, FirefoxID)}
	} else {
		m.AllowedOrigins = []string{"chrome-extension://" + orElse(extension, ChromiumID) + "/"}
	}
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	file = filepath.Join(dir, Name+".json")
	if err := os.WriteFile(file, append(text, '\n'), 0o644); err != nil {
		return "", err
	}
	return file, register(b, file)
}

func orElse(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

func (b *Browser) dir(dir string) (string, error) {
	if dir != "" {
		return filepath.Abs(dir)
	}
	return b.Dir()
}

// Remove takes the manifest away; that there is none is no error.
func (b *Browser) Remove(dir string) (removed bool, err error) {
	if dir, err = b.dir(dir); err != nil {
		return false, err
	}
	err = os.Remove(filepath.Join(dir, Name+".json"))
	if errors.Is(err, fs.ErrNotExist) {
		return false, unregister(b)
	}
	return err == nil, errors.Join(err, unregister(b))
}

// Status says what the manifest in dir names: the program, "" where there is none.
func (b *Browser) Status(dir string) (program string, err error) {
	if dir, err = b.dir(dir); err != nil {
		return "", err
	}
	raw, err := os.ReadFile(filepath.Join(dir, Name+".json"))
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	var m manifest
	if err := json.Unmarshal(raw, &m); err != nil {
		return "", fmt.Errorf("%s: %w: install it again", filepath.Join(dir, Name+".json"), err)
	}
	return m.Path, nil
}
