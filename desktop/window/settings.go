package window

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"hanaper/core"
	"hanaper/core/policy"
	"hanaper/desktop/whole"
)

// Settings are what the person chose for the window: window.json, beside
// destinations.json. They hold no text of any message.
type Settings struct {
	Language string   `json:"language"` // en or fr
	Packs    []string `json:"packs"`    // rule books judged by
	Name     string   `json:"name"`     // of the person, for "kept by"
	Address  string   `json:"address"`  // their address at work
}

const settingsFile = "window.json"

func usualSettings() Settings {
	return Settings{Language: "en", Packs: []string{core.DefaultPack}}
}

// readSettings gives the usual ones, and why, where the file cannot be used.
func readSettings(dir string) (Settings, string) {
	path := filepath.Join(dir, settingsFile)
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return usualSettings(), ""
	}
	s := usualSettings()
	if err == nil {
		err = json.Unmarshal(raw, &s)
	}
	if err == nil {
		err = s.check()
	}
	if err != nil {
		return usualSettings(), path + ": " + err.Error()
	}
	return s, ""
}

func (s *Settings) check() error {
	if s.Language != "en" && s.Language != "fr" {
		return &Error{"", "the language " + s.Language + " is not one of en, fr"}
	}
	if len(s.Packs) == 0 {
		return &Error{"no_pack", "one rule book at least has to be in force"}
	}
	for _, id := range s.Packs {
		if _, ok := core.Pack(id); !ok {
			return &Error{"", "there is no rule book " + id}
		}
	}
	return nil
}

// SetSettings writes them down.
func (a *App) SetSettings(s Settings) error {
	if err := s.check(); err != nil {
		return told(err)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	raw, err := json.MarshalIndent(s, "", "  ")
	if err == nil {
		err = os.MkdirAll(a.opt.Config, 0o700)
	}
	if err == nil {
		err = whole.Write(filepath.Join(a.opt.Config, settingsFile), append(raw, '\n'), false)
	}
	if err != nil {
		return told(err)
	}
	a.settings, a.trouble = s, ""
	return nil
}

func (a *App) chosen() Settings {
	a.mu.Lock()
	defer a.mu.Unlock()
	s := a.settings
	s.Packs = slices.Clone(s.Packs)
	return s
}

// judging are the settings as the core takes them.
func (s *Settings) judging() policy.Settings {
	out := policy.Settings{Packs: s.Packs, Language: s.Language, Role: "official"}
	if s.Address != "" {
		out.OfficialAccounts = []string{s.Address}
	}
	return out
}

// PackInfo is a rule book to choose.
type PackInfo struct {
	ID       string `json:"id"`
	Title    string `json:"title"`
	Version  string `json:"version"`
	ReviewBy string `json:"review_by"` // YYYY-MM-DD, "" where its source names no day
	Overdue  bool   `json:"overdue"`
}

// bundledPacks in the order they are shown.
var bundledPacks = []string{"uk-nccc-2023", "ca-im-protocol", "us-nc-030319"}

// Packs lists the rule books.
func (a *App) Packs() []PackInfo {
	today := a.opt.Now().Format("2006-01-02")
	out := []PackInfo{}
	for _, id := range bundledPacks {
		if p, ok := core.Pack(id); ok {
			by := p.Source.ReviewBy
			out = append(out, PackInfo{p.ID, p.Source.Title, p.Version, by, by != "" && by < today})
		}
	}
	return out
}
