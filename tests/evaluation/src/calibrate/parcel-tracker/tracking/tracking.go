// SPDX-License-Identifier: Apache-2.0

// Package tracking follows parcels: each subscriber gets a feed of scans.
package tracking

import (
	"fmt"
	"net/http"
	"sync"

	"example.com/harbor/internal/web"
)

type scan struct {
	parcel string
	depot  int
	note   [96]byte
}

type feed struct {
	scans chan scan
	last  scan
}

type hub struct {
	app  *web.App
	mu   sync.Mutex
	gone int64
}

// New returns the service.
func New(app *web.App) web.Service {
	h := &hub{app: app}
	app.Handle("/follow/", h.follow)
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n/20; i++ {
				app.Call("GET", fmt.Sprintf("/follow/P%07d", app.Rand.Intn(9999999)), "")
			}
		},
		Held: func() (int64, int64) { return h.gone, h.gone * 2700 },
	}
}

func (h *hub) follow(w http.ResponseWriter, r *http.Request) {
	f := &feed{scans: make(chan scan, 2)}
	go h.pump(f)
	for i := 0; i < 2+h.app.Rand.Intn(4); i++ {
		f.scans <- scan{parcel: r.URL.Path, depot: i}
	}
	if h.app.Fixed || h.app.Rand.Intn(3) > 0 {
		close(f.scans)
		return
	}
	// The client hung up: nobody closes the feed.
	h.mu.Lock()
	h.gone++
	h.mu.Unlock()
	w.WriteHeader(http.StatusGone)
}

func (h *hub) pump(f *feed) {
	for s := range f.scans { // @leak
		f.last = s
	}
}
