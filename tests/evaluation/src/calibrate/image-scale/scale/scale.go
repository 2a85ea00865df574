// SPDX-License-Identifier: Apache-2.0

// Package scale scales pictures in memory that Go does not manage.
package scale

import (
	"net/http"
	"strings"
	"syscall"

	"example.com/harbor/internal/web"
)

type scaler struct {
	app  *web.App
	lost int64
}

// New returns the service.
func New(app *web.App) web.Service {
	s := &scaler{app: app}
	app.Handle("/scale", func(w http.ResponseWriter, r *http.Request) {
		if err := s.scale(64<<10, len(r.URL.RawQuery)%8 == 0); err != nil {
			http.Error(w, err.Error(), http.StatusInsufficientStorage)
		}
	})
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n/6; i++ {
				app.Call("POST", "/scale?"+strings.Repeat("w", i%40), "")
			}
		},
		Held: func() (int64, int64) { return s.lost, s.lost * (64 << 10) },
	}
}

func (s *scaler) scale(size int, odd bool) error {
	plane, err := syscall.Mmap(-1, 0, size, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		return err
	}
	for i := 0; i < size; i += 4096 {
		plane[i] = byte(i)
	}
	if odd && !s.app.Fixed {
		s.lost++
		return nil // never unmapped
	}
	return syscall.Munmap(plane)
}
