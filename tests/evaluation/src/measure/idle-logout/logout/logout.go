// SPDX-License-Identifier: Apache-2.0

// Package logout signs readers out after half an hour. Each page sets their timer back.
package logout

import (
	"fmt"
	"sync"
	"time"

	"example.net/lantern/internal/press"
)

type visit struct {
	timer *time.Timer
	pages [90]int32
}

type hall struct {
	mu    sync.Mutex
	byWho map[string]*visit
}

// New returns the service.
func New(desk *press.Desk) press.Job {
	h := &hall{byWho: make(map[string]*visit)}
	desk.On("PAGE", func(a *press.Ask) { h.page(a.Who) })
	return press.Job{Tick: func(n int) {
		for i := 0; i < n*2; i++ {
			desk.Ask("PAGE", fmt.Sprint("reader-", desk.Rand.Intn(40000)), "page")
		}
	}}
}

func (h *hall) page(who string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	v := h.byWho[who]
	if v == nil {
		v = new(visit)
		v.timer = time.AfterFunc(30*time.Minute, func() { h.out(who) })
		h.byWho[who] = v
	}
	v.pages[len(who)]++
	v.timer.Reset(30 * time.Minute)
}

func (h *hall) out(who string) {
	h.mu.Lock()
	delete(h.byWho, who)
	h.mu.Unlock()
}
