// SPDX-License-Identifier: Apache-2.0

// Package alerts tells people when a price has moved.
package alerts

import (
	"fmt"
	"net/http"
	"sync"

	"example.com/harbor/internal/web"
)

// signal calls whoever is connected to it.
type signal[T any] struct {
	mu    sync.Mutex
	next  int
	slots map[int]func(T)
}

func (s *signal[T]) connect(slot func(T)) (disconnect func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.slots == nil {
		s.slots = make(map[int]func(T))
	}
	id := s.next
	s.next++
	s.slots[id] = slot // @also
	return func() {
		s.mu.Lock()
		delete(s.slots, id)
		s.mu.Unlock()
	}
}

type board struct {
	app   *web.App
	moved [40]signal[float64]
	told  int
}

type limits struct {
	user      string
	low, high float64
	history   [30]float64
}

// New returns the service.
func New(app *web.App) web.Service {
	b := &board{app: app}
	app.Handle("/alert", b.alert)
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n*2; i++ {
				app.Call("POST", fmt.Sprintf("/alert?article=%d&user=%x", app.Rand.Intn(40), app.Rand.Int63()), "")
			}
		},
		Held: func() (int64, int64) {
			var n int64
			for i := range b.moved {
				n += int64(len(b.moved[i].slots))
			}
			return n, n * 400
		},
	}
}

// alert waits for a price once; nobody disconnects when the visitor has gone.
func (b *board) alert(w http.ResponseWriter, r *http.Request) {
	article := 0
	_, _ = fmt.Sscan(r.URL.Query().Get("article"), &article)
	l := &limits{user: r.URL.Query().Get("user"), low: 3, high: 9} // @leak
	disconnect := b.moved[article].connect(func(price float64) {   // @also
		if price < l.low || price > l.high {
			b.told++
		}
		l.history[b.told%len(l.history)] = price
	})
	if b.app.Fixed {
		defer disconnect()
	}
	w.WriteHeader(http.StatusAccepted)
}
