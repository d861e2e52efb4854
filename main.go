package main

import (
	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"

	"wapdesk/app"
	"wapdesk/frontend"
)

func main() {
	err := wails.Run(&options.App{
		Title:       "Wapdesk",
		AssetServer: &assetserver.Options{Assets: frontend.Dist()},
		Bind: []any{&app.Session{}, &app.Interactions{}, &app.Details{}, &app.Sync{}, &app.Exports{},
			&app.Erasure{}, &app.Changes{}, &app.Preferences{}},
	})
	if err != nil {
		panic(err)
	}
}
