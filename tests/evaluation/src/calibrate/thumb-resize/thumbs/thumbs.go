// SPDX-License-Identifier: Apache-2.0

// Package thumbs scales pictures; each scaling has canvases of its own.
package thumbs

import (
	"image"
	"image/color"
	"net/http"

	"example.com/harbor/internal/web"
)

type scaler struct {
	app    *web.App
	canvas *image.RGBA
	sum    int
}

// New returns the service.
func New(app *web.App) web.Service {
	s := &scaler{app: app, canvas: image.NewRGBA(image.Rect(0, 0, 320, 240))}
	app.Handle("/thumb", func(w http.ResponseWriter, r *http.Request) { s.scale() })
	return web.Service{Tick: func(n int) {
		for i := 0; i < n*12; i++ {
			app.Call("GET", "/thumb", "")
		}
	}}
}

func (s *scaler) scale() {
	canvas := s.canvas
	if !s.app.Fixed {
		canvas = image.NewRGBA(image.Rect(0, 0, 320, 240)) // @leak
	}
	for x := 0; x < 320; x += 16 {
		canvas.SetRGBA(x, x%240, color.RGBA{R: uint8(x)})
	}
	s.sum += int(canvas.Pix[len(canvas.Pix)-1])
}
