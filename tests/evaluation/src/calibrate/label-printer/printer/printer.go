// SPDX-License-Identifier: Apache-2.0

// Package printer prints labels; each printer takes one job at a time.
package printer

import (
	"bytes"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"example.com/harbor/internal/web"
)

type device struct {
	mu    sync.Mutex
	paper int
	out   bytes.Buffer
}

type shop struct {
	app     *web.App
	devices []*device
	waiting int64
}

// New returns the service.
func New(app *web.App) web.Service {
	s := &shop{app: app}
	for i := 0; i < 300; i++ {
		s.devices = append(s.devices, &device{paper: 1 + i/30})
	}
	app.Handle("/print", func(w http.ResponseWriter, r *http.Request) {
		atomic.AddInt64(&s.waiting, 1)
		defer atomic.AddInt64(&s.waiting, -1)
		d := s.devices[len(r.URL.RawQuery)*7919%len(s.devices)]
		if !s.print(d, r.URL.RawQuery) {
			http.Error(w, "no paper", http.StatusConflict)
		}
	})
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n/8; i++ {
				target := "/print?" + strings.Repeat("l", app.Rand.Intn(300))
				go app.Call("POST", target, "")
			}
			time.Sleep(time.Second)
		},
		Held: func() (int64, int64) {
			n := atomic.LoadInt64(&s.waiting)
			return n, n * 9000
		},
	}
}

func (s *shop) print(d *device, label string) bool {
	d.mu.Lock() // @leak
	if d.paper == 0 {
		if s.app.Fixed {
			d.paper = 500
			d.mu.Unlock()
		}
		return false // still locked
	}
	d.paper--
	d.out.Reset()
	d.out.WriteString(label)
	d.mu.Unlock()
	return true
}
