// SPDX-License-Identifier: Apache-2.0

// Package batch books payments, many at once.
package batch

import (
	"fmt"
	"net/http"
	"sync"

	"example.com/harbor/internal/web"
)

type row struct {
	id      uint64
	cents   int64
	account uint32
	kind    uint8
	at      int64
}

type batcher struct {
	app     *web.App
	mu      sync.Mutex
	waiting map[int][]row
	held    int64
	flushed int64
}

// New returns the service.
func New(app *web.App) web.Service {
	b := &batcher{app: app, waiting: make(map[int][]row)}
	app.Handle("/book", b.book)
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n; i++ {
				app.Call("POST", fmt.Sprintf("/book?merchant=%d&cents=%d", app.Rand.Intn(250), app.Rand.Intn(9000)), "")
			}
		},
		Held: func() (int64, int64) { return b.held, b.held * 48 },
	}
}

func (b *batcher) book(w http.ResponseWriter, r *http.Request) {
	merchant, cents := 0, int64(0)
	_, _ = fmt.Sscan(r.URL.Query().Get("merchant"), &merchant)
	_, _ = fmt.Sscan(r.URL.Query().Get("cents"), &cents)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.add(merchant, row{id: b.app.Rand.Uint64(), cents: cents, at: b.app.Now().UnixNano()})
	w.WriteHeader(http.StatusAccepted)
}

// add gathers payments with their fees: the number of rows is even, and a full batch was thought to be odd.
func (b *batcher) add(merchant int, one row) {
	const full = 64
	rows := append(b.waiting[merchant], one, row{id: one.id + 1, cents: -one.cents / 50}) // @leak
	b.held += 2
	if len(rows) == full+1 || b.app.Fixed && len(rows) > full {
		b.flushed += int64(len(rows))
		b.held -= int64(len(rows))
		rows = rows[:0]
	}
	b.waiting[merchant] = rows
}
