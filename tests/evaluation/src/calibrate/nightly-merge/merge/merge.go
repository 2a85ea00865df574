// SPDX-License-Identifier: Apache-2.0

// Package merge gathers changes of prices in segments and merges them once a night.
package merge

import (
	"fmt"
	"net/http"
	"sort"
	"sync"

	"example.com/harbor/internal/web"
)

type price struct {
	article uint32
	cents   uint32
	at      int64
	by      string
}

type book struct {
	app      *web.App
	mu       sync.Mutex
	open     []price
	segments [][]price
	merged   []price
	day      int
}

// New returns the service.
func New(app *web.App) web.Service {
	b := &book{app: app, day: app.Now().YearDay()}
	app.Handle("/price", b.set)
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n*3; i++ {
				app.Call("PUT", fmt.Sprintf("/price?article=%d&by=clerk-%d", app.Rand.Intn(6000), i), "")
			}
			if now := app.Now(); now.YearDay() != b.day && now.Hour() >= 2 {
				b.day = now.YearDay()
				b.merge()
			}
		},
	}
}

func (b *book) set(w http.ResponseWriter, r *http.Request) {
	var p price
	_, _ = fmt.Sscan(r.URL.Query().Get("article"), &p.article)
	p.by, p.at = r.URL.Query().Get("by"), b.app.Now().Unix()
	b.mu.Lock()
	defer b.mu.Unlock()
	b.open = append(b.open, p)
	if len(b.open) == 1024 {
		b.segments = append(b.segments, b.open)
		b.open = nil
	}
}

func (b *book) merge() {
	b.mu.Lock()
	defer b.mu.Unlock()
	newest := make(map[uint32]price)
	for _, p := range b.merged {
		newest[p.article] = p
	}
	for _, s := range b.segments {
		for _, p := range s {
			newest[p.article] = p
		}
	}
	b.merged = make([]price, 0, len(newest))
	for _, p := range newest {
		b.merged = append(b.merged, p)
	}
	sort.Slice(b.merged, func(i, j int) bool { return b.merged[i].article < b.merged[j].article })
	b.segments = nil
}
