// SPDX-License-Identifier: Apache-2.0

// Package trees draws trees by recursion; how deep depends on the request, and it comes back.
package trees

import (
	"example.com/harbor/internal/web"
)

type worker struct {
	jobs chan int
	sum  int
}

type renderer struct {
	app     *web.App
	workers []*worker
}

// New returns the service.
func New(app *web.App) web.Service {
	r := &renderer{app: app}
	for i := 0; i < 120; i++ {
		w := &worker{jobs: make(chan int)}
		r.workers = append(r.workers, w)
		go r.run(w)
	}
	return web.Service{Tick: func(n int) {
		for i := 0; i < n; i++ {
			r.workers[app.Rand.Intn(len(r.workers))].jobs <- app.Rand.Intn(90)
		}
	}}
}

func (r *renderer) run(w *worker) {
	for depth := range w.jobs {
		w.sum += r.branch(w, depth, [20]int{})
	}
}

func (r *renderer) branch(w *worker, depth int, marks [20]int) int {
	if depth == 0 {
		return marks[0]
	}
	marks[depth%20]++
	return r.branch(w, depth-1, marks) + 1
}
