// SPDX-License-Identifier: Apache-2.0

// Package visitors counts who looks at which page.
package visitors

import (
	"net/http"
	"sync"

	"example.com/harbor/internal/web"
)

type visit struct {
	first, last int64
	pages       int32
}

type book struct {
	app  *web.App
	mu   sync.Mutex
	seen map[uint64]visit
}

// New returns the service.
func New(app *web.App) web.Service {
	b := &book{app: app, seen: make(map[uint64]visit)}
	app.Handle("/visit", func(w http.ResponseWriter, r *http.Request) {
		b.note(uint64(app.Rand.Int63()), app.Now().Unix())
	})
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n*5; i++ {
				app.Call("GET", "/visit", "")
			}
			if app.Fixed {
				b.forget(app.Now().Unix() - 3600)
			}
		},
		Held: func() (int64, int64) { return int64(len(b.seen)), int64(len(b.seen)) * 48 },
	}
}

func (b *book) note(who uint64, now int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	v := b.seen[who]
	if v.first == 0 {
		v.first = now
	}
	v.last = now
	v.pages++
	b.seen[who] = v // @leak
}

func (b *book) forget(before int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for who, v := range b.seen {
		if v.last < before {
			delete(b.seen, who)
		}
	}
}
