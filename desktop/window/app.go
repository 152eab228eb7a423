// Package window is the desktop window: the App that its page is bound to, and, in a
// build with the tags of the window, the window itself (run_window.go). App is thin:
// it translates between the page and the packages that do the work, and decides
// nothing. It needs no GTK and is tested without a window.
//
// Every exported method of App may be called by the page. What takes long returns the
// number of a Job at once; the page asks how far it has come (Job) and may end it
// (Cancel). An error reaches the page as JSON: {"code":"locked","text":"..."}.
package window

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"time"

	"hanaper/core"
	"hanaper/desktop/deliver"
	"hanaper/desktop/vault"
)

// Desk is what the window's system does for the App: it lets the person choose a
// file. An empty path means that nothing was chosen.
type Desk interface {
	ChooseFile(title string) (string, error)
	ChooseFolder(title string) (string, error)
	SaveFile(title, name string) (string, error)
}

// Options are the world outside.
type Options struct {
	Vault   string // folder of the vault
	Config  string // folder of the settings: window.json
	Book    deliver.Book
	Secrets deliver.Secrets
	Desk    Desk
	Now     func() time.Time
}

// UsualOptions are those of this computer and person.
func UsualOptions() (Options, error) {
	dir, err := vault.UsualDir()
	if err != nil {
		return Options{}, err
	}
	book, err := deliver.DefaultBook()
	if err != nil {
		return Options{}, err
	}
	return Options{Vault: dir, Config: filepath.Dir(book.Path), Book: book, Secrets: deliver.Keyring{}, Now: time.Now}, nil
}

// App is bound to the page. Its methods may be called at the same time.
type App struct {
	opt  Options
	ctx  context.Context
	stop context.CancelFunc
	jobs jobs

	mu       sync.Mutex
	vault    *vault.Vault // nil while it is shut
	settings Settings
	trouble  string // why settings could not be read, "" where they were
	imported *imported
	asked    *asked
	typed    bool // the page holds words that nobody has kept yet
}

// New makes the App; nothing is opened yet.
func New(opt Options) *App {
	a := &App{opt: opt}
	a.ctx, a.stop = context.WithCancel(context.Background())
	a.settings, a.trouble = readSettings(opt.Config)
	return a
}

// shutDown ends what is under way and shuts the vault.
func (a *App) shutDown() error {
	a.stop()
	a.jobs.wait()
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.imported != nil {
		a.imported.close()
		a.imported = nil
	}
	a.asked = nil
	if a.vault == nil {
		return nil
	}
	v := a.vault
	a.vault = nil
	return v.Close()
}

// Status is what the page must know before it draws anything.
type Status struct {
	Version  string   `json:"version"`
	Vault    string   `json:"vault"` // its folder
	Exists   bool     `json:"exists"`
	Open     bool     `json:"open"`
	Ways     []string `json:"ways"` // how it opens: keyring, passphrase, recovery
	Settings Settings `json:"settings"`
	Trouble  string   `json:"trouble"`
}

// Status tells whether there is a vault and whether it is open.
func (a *App) Status() (Status, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	s := Status{Version: core.Version, Vault: a.opt.Vault, Open: a.vault != nil, Settings: a.settings, Trouble: a.trouble, Ways: []string{}}
	ways, err := vault.Ways(a.opt.Vault)
	switch {
	case err == nil:
		s.Exists, s.Ways = true, ways
	case !errors.Is(err, vault.ErrNoVault) && !errors.Is(err, os.ErrNotExist):
		return s, told(err)
	}
	return s, nil
}

// Create makes the vault, opened by the system's keyring or, where words are given, by
// them. It returns the recovery key, which nothing can show again.
func (a *App) Create(passphrase string) (string, error) {
	unlock := vault.Keyring()
	if passphrase != "" {
		if err := vault.CheckPassphrase(passphrase); err != nil {
			return "", &Error{"short", err.Error()}
		}
		unlock = vault.Passphrase(passphrase)
	}
	v, recovery, err := vault.Create(a.ctx, a.opt.Vault, unlock)
	if err != nil {
		return "", told(err)
	}
	return recovery, a.adopt(v)
}

// Open opens the vault; way is keyring, passphrase or recovery, secret the words or
// the key.
func (a *App) Open(way, secret string) error {
	unlock := map[string]vault.Unlock{
		"keyring": vault.Keyring(), "passphrase": vault.Passphrase(secret), "recovery": vault.RecoveryKey(secret),
	}
	u, ok := unlock[way]
	if !ok {
		return &Error{"", "no way in is called " + way}
	}
	v, err := vault.Open(a.ctx, a.opt.Vault, u)
	if err != nil {
		return told(err)
	}
	return a.adopt(v)
}

// adopt takes an opened vault for the window's.
func (a *App) adopt(v *vault.Vault) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.vault != nil { // opened twice at the same time
		return v.Close()
	}
	a.vault = v
	return nil
}

// Lock shuts the vault and lets go of every text. It waits for jobs to end.
func (a *App) Lock() error {
	if err := a.shutDown(); err != nil {
		return told(err)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.ctx, a.stop = context.WithCancel(context.Background())
	return nil
}

// open is the vault, where it is open.
func (a *App) open() (*vault.Vault, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.vault == nil {
		return nil, &Error{"shut", "the vault is not open"}
	}
	return a.vault, nil
}

// Typed tells the App whether the page holds words that nobody has kept: closing the
// window then asks first.
func (a *App) Typed(is bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.typed = is
}

// unfinished tells whether closing the window now would lose anything.
func (a *App) unfinished() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.typed || a.imported != nil && a.imported.rows != nil && !a.imported.kept || a.jobs.running()
}
