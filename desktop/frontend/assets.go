//go:build (desktop && production) || dev

// Package frontend holds the page of the desktop window as desktop/frontend/build.mjs
// wrote it into dist.
package frontend

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Assets are the page's files.
func Assets() fs.FS {
	files, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // the folder is named above
	}
	return files
}
