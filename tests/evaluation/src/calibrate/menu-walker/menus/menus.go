// SPDX-License-Identifier: Apache-2.0

// Package menus lets each kiosk walk down its menu; the way back is never taken.
package menus

import (
	"sync/atomic"

	"example.com/harbor/internal/web"
)

type kiosk struct {
	steps chan string
	seen  map[string]int
}

type hall struct {
	app    *web.App
	kiosks []*kiosk
	depth  int64
}

// New returns the service.
func New(app *web.App) web.Service {
	h := &hall{app: app}
	for i := 0; i < 150; i++ {
		k := &kiosk{steps: make(chan string), seen: make(map[string]int)}
		h.kiosks = append(h.kiosks, k)
		go h.enter(k, "top", 0)
	}
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n; i++ {
				h.kiosks[app.Rand.Intn(len(h.kiosks))].steps <- names[i%len(names)]
			}
		},
		Held: func() (int64, int64) { n := atomic.LoadInt64(&h.depth); return n, n * 400 },
	}
}

var names = []string{"drinks", "fruit", "bread", "back"}

// enter shows a menu; one entry of it opens by leave, which enters again.
func (h *hall) enter(k *kiosk, menu string, level int) {
	for step := range k.steps {
		k.seen[step]++
		if h.app.Fixed {
			continue
		}
		atomic.AddInt64(&h.depth, 1)
		h.leave(k, step, level+1) // @leak
	}
}

func (h *hall) leave(k *kiosk, step string, level int) {
	var crumbs [10]string
	crumbs[level%10] = step
	h.enter(k, crumbs[level%10], level) // @also
	k.seen[crumbs[0]]--
}
