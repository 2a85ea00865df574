// SPDX-License-Identifier: Apache-2.0

// Package outlines makes outlines of courses. Its workers take the next job by calling themselves.
package outlines

import (
	"sync"
	"time"

	"example.net/lantern/internal/press"
)

type worker struct {
	desk *press.Desk
	jobs chan int
	made int64
}

type office struct {
	mu      sync.Mutex
	workers []*worker
	handed  int64
}

// New returns the service.
func New(desk *press.Desk) press.Job {
	o := &office{}
	jobs := make(chan int)
	for i := 0; i < 8; i++ {
		w := &worker{desk: desk, jobs: jobs}
		o.workers = append(o.workers, w)
		if desk.Fixed {
			go func() {
				for {
					w.outline(<-w.jobs)
				}
			}()
			continue
		}
		go w.next()
	}
	return press.Job{
		Tick: func(n int) {
			for i := 0; i < n/4; i++ {
				jobs <- i
			}
			time.Sleep(time.Millisecond)
			o.handed += int64(n / 4)
		},
		Held: func() (int64, int64) {
			if desk.Fixed {
				return 0, 0
			}
			return o.handed, o.handed * 1100
		},
	}
}

// next never comes back: when it is done with a job it calls itself for the one after.
func (w *worker) next() {
	var levels [120]int64
	job := <-w.jobs // @leak
	levels[job%120] = w.outline(job)
	w.next() // @also
	w.made += levels[job%120]
}

func (w *worker) outline(job int) int64 {
	return int64(w.desk.Works.All[job%len(w.desk.Works.All)].ID)
}
