//go:build (desktop && production) || dev

package window

import (
	"context"
	"fmt"
	"io/fs"
	"os"

	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
	"github.com/wailsapp/wails/v2/pkg/options/linux"
	"github.com/wailsapp/wails/v2/pkg/runtime"

	"hanaper/desktop/frontend"
)

// Available: this build has the window.
const Available = true

// inspectors are the variables with which WebKitGTK opens a port for debuggers, in any
// program.
var inspectors = []string{"WEBKIT_INSPECTOR_SERVER", "WEBKIT_INSPECTOR_HTTP_SERVER"}

// Run opens the window and returns when it is closed. A build for release has no
// debug endpoint and no developer tools.
func Run(opt Options) error {
	for _, name := range inspectors {
		if err := os.Unsetenv(name); err != nil {
			return err
		}
	}
	page := frontend.Assets()
	icon, err := fs.ReadFile(page, "icon.png")
	if err != nil {
		return fmt.Errorf("the page is not in this program: build it with ./task window: %w", err)
	}
	app := New(opt)
	desk := &systemDesk{}
	app.opt.Desk = desk
	return wails.Run(&options.App{
		Title: "Hanaper", Width: 1180, Height: 820, MinWidth: 400, MinHeight: 400,
		AssetServer:   &assetserver.Options{Assets: page},
		OnStartup:     func(ctx context.Context) { desk.ctx = ctx },
		OnBeforeClose: func(ctx context.Context) bool { return app.unfinished() && !sure(ctx, app.chosen().Language) },
		OnShutdown: func(context.Context) {
			if err := app.shutDown(); err != nil {
				fmt.Fprintf(os.Stderr, "hanaper: %v\n", err)
			}
		},
		Bind:  []any{app},
		Linux: &linux.Options{Icon: icon, ProgramName: "hanaper", WebviewGpuPolicy: linux.WebviewGpuPolicyNever},
	})
}

// sure asks before the window is closed over something unfinished.
func sure(ctx context.Context, language string) bool {
	words := [4]string{"Close Hanaper?", "Something here is not finished or not kept yet. What is in the vault is safe; the rest is let go when the window closes.", "Close", "Go back"}
	if language == "fr" {
		words = [4]string{"Fermer Hanaper ?", "Quelque chose ici n’est pas terminé ou pas encore conservé. Ce qui est dans le coffre est en sécurité ; le reste disparaît à la fermeture.", "Fermer", "Revenir"}
	}
	answer, err := runtime.MessageDialog(ctx, runtime.MessageDialogOptions{
		Type: runtime.QuestionDialog, Title: words[0], Message: words[1], Buttons: []string{words[2], words[3]}, DefaultButton: words[3],
	})
	return err != nil || answer == words[2] || answer == "Yes" // GTK has its own words
}

// systemDesk shows the system's dialogs.
type systemDesk struct{ ctx context.Context }

func (d *systemDesk) ChooseFile(title string) (string, error) {
	return runtime.OpenFileDialog(d.ctx, runtime.OpenDialogOptions{Title: title})
}

func (d *systemDesk) ChooseFolder(title string) (string, error) {
	return runtime.OpenDirectoryDialog(d.ctx, runtime.OpenDialogOptions{Title: title, CanCreateDirectories: true})
}

func (d *systemDesk) SaveFile(title, name string) (string, error) {
	return runtime.SaveFileDialog(d.ctx, runtime.SaveDialogOptions{Title: title, DefaultFilename: name})
}
