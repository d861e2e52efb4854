package serve

import "wapdesk/app"

// Host is the browser's side of the program: events go through the hub, files are fetched
// by the page, and links are opened by the page itself.
type Host struct {
	app.NoHost
	hub *Hub
}

// NewHost makes the host of pages that listen to the hub.
func NewHost(hub *Hub) *Host { return &Host{hub: hub} }

// Emit sends an event to every open page.
func (h *Host) Emit(event string, value any) { h.hub.Emit(event, value) }

// Notify does nothing: a browser would have to ask the person first, and its tab is there.
func (h *Host) Notify(string, string) error { return nil }

// Downloads is true: a browser saves files itself.
func (h *Host) Downloads() bool { return true }
