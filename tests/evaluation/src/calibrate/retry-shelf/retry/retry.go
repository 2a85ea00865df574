// SPDX-License-Identifier: Apache-2.0

// Package retry delivers messages to shops and tries again later.
package retry

import (
	"container/heap"
	"fmt"
	"net/http"
	"sync"

	"example.com/harbor/internal/web"
)

type delivery struct {
	shop   string
	body   [200]byte
	due    int64
	trials int
}

type queue []*delivery

func (q queue) Len() int           { return len(q) }
func (q queue) Less(i, j int) bool { return q[i].due < q[j].due }
func (q queue) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }

func (q *queue) Push(x interface{}) {
	*q = append(*q, x.(*delivery)) // @leak
}

func (q *queue) Pop() interface{} {
	last := (*q)[len(*q)-1]
	(*q)[len(*q)-1] = nil
	*q = (*q)[:len(*q)-1]
	return last
}

type shelf struct {
	app *web.App
	mu  sync.Mutex
	due queue
}

// New returns the service.
func New(app *web.App) web.Service {
	s := &shelf{app: app}
	app.Handle("/deliver", s.deliver)
	return web.Service{
		Tick: func(n int) {
			for i := 0; i < n; i++ {
				app.Call("POST", fmt.Sprintf("/deliver?shop=shop-%d", app.Rand.Intn(5000)), "")
			}
			s.again()
		},
		Held: func() (int64, int64) { return int64(len(s.due)), int64(len(s.due)) * 280 },
	}
}

func (s *shelf) deliver(w http.ResponseWriter, r *http.Request) {
	d := &delivery{shop: r.URL.Query().Get("shop"), due: s.app.Now().Unix() + 600} // @also
	s.mu.Lock()
	heap.Push(&s.due, d)
	s.mu.Unlock()
	w.WriteHeader(http.StatusAccepted)
}

// again tries what is due; one shop in four is gone for good, and is tried for ever.
func (s *shelf) again() {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.app.Now().Unix()
	for len(s.due) > 0 && s.due[0].due < now {
		d := heap.Pop(&s.due).(*delivery)
		d.trials++
		if d.shop[len(d.shop)-1]%4 != 0 || s.app.Fixed && d.trials > 5 {
			continue
		}
		d.due = now + int64(600*d.trials)
		heap.Push(&s.due, d)
	}
}
