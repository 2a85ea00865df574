// SPDX-License-Identifier: Apache-2.0

// Package render makes PDF files with reusable canvases.
package render

import (
	"fmt"
	"net/http"
	"sync"

	"example.com/harbor/internal/web"
)

type canvas struct {
	pixels [3 << 10]byte
	fonts  []string
}

var canvases = sync.Pool{New: func() interface{} {
	return &canvas{fonts: make([]string, 0, 8)} // @leak
}}

type renderer struct {
	app      *web.App
	inFlight map[string]*canvas
}

// New returns the service.
func New(app *web.App) web.Service {
	r := &renderer{app: app, inFlight: make(map[string]*canvas)}
	app.Handle("/pdf", r.serve)
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n/2; i++ {
				app.Call("POST", fmt.Sprintf("/pdf?doc=%d", app.Rand.Int31()), "")
			}
		},
		Held: func() (int64, int64) { return int64(len(r.inFlight)), int64(len(r.inFlight)) * 3200 },
	}
}

func (r *renderer) serve(w http.ResponseWriter, req *http.Request) {
	doc := req.URL.Query().Get("doc")
	c := canvases.Get().(*canvas) // @also
	r.inFlight[doc] = c
	if r.app.Rand.Intn(4) == 0 && !r.app.Fixed {
		http.Error(w, "font missing", http.StatusUnprocessableEntity)
		return // the canvas stays checked out
	}
	delete(r.inFlight, doc)
	c.fonts = c.fonts[:0]
	canvases.Put(c)
}
