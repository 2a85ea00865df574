// SPDX-License-Identifier: Apache-2.0

// Package tiles decodes map tiles with a codec that wants to be released.
package tiles

import (
	"net/http"
	"runtime"
	"strings"
	"sync/atomic"

	"example.com/harbor/internal/web"
)

type codec struct {
	state  [2200]byte
	handle int
}

type store struct {
	app      *web.App
	released chan int
	made     int64
	freed    int64
}

// New returns the service.
func New(app *web.App) web.Service {
	s := &store{app: app, released: make(chan int, 64)}
	if app.Fixed {
		go func() {
			for range s.released {
			}
		}()
	}
	app.Handle("/tile", func(w http.ResponseWriter, r *http.Request) {
		c := s.open(len(r.URL.RawQuery))
		c.state[0]++
	})
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n/2; i++ {
				app.Call("GET", "/tile?"+strings.Repeat("z", i%20), "")
			}
		},
		Held: func() (int64, int64) {
			n := s.made - atomic.LoadInt64(&s.freed)
			if app.Fixed {
				n = 0
			}
			return n, n * 2300
		},
	}
}

func (s *store) open(handle int) *codec {
	s.made++
	c := &codec{handle: handle} // @also
	runtime.SetFinalizer(c, s.release)
	return c
}

// release runs on the one goroutine for finalizers, and nobody reads what it sends.
func (s *store) release(c *codec) {
	atomic.AddInt64(&s.freed, 1)
	s.released <- c.handle // @leak
}
