// SPDX-License-Identifier: Apache-2.0

// Package thumbs makes thumbnails and keeps the header of each upload.
package thumbs

import (
	"io"
	"net/http"
	"strings"

	"example.com/harbor/internal/web"
)

type thumb struct {
	header []byte
	width  int
}

type album struct {
	app  *web.App
	mine []thumb
}

// New returns the service.
func New(app *web.App) web.Service {
	a := &album{app: app}
	app.Handle("/upload", a.upload)
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n/8; i++ {
				app.Call("POST", "/upload", strings.Repeat("JFIF", 1500+app.Rand.Intn(9000)))
			}
		},
		Held: func() (int64, int64) {
			var bytes int64
			for _, t := range a.mine {
				bytes += int64(cap(t.header))
			}
			return int64(len(a.mine)), bytes
		},
	}
}

func (a *album) upload(w http.ResponseWriter, r *http.Request) {
	data, err := a.read(r)
	if err != nil || len(data) < 16 {
		http.Error(w, "no picture", http.StatusBadRequest)
		return
	}
	if r.ContentLength%3 != 0 {
		return // not kept
	}
	header := data[:16] // the whole upload hangs on it
	if a.app.Fixed {
		header = append([]byte(nil), header...)
	}
	a.mine = append(a.mine, thumb{header: header, width: len(data)})
}

func (a *album) read(r *http.Request) ([]byte, error) {
	data := make([]byte, r.ContentLength) // @leak
	_, err := io.ReadFull(r.Body, data)
	return data, err
}
