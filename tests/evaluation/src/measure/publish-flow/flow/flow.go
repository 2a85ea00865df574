// SPDX-License-Identifier: Apache-2.0

// Package flow publishes articles: what was done can be undone, and some wait for an approval.
package flow

import (
	"fmt"
	"sync/atomic"
	"time"

	"example.net/lantern/internal/press"
)

type article struct {
	slug     string
	blocks   [64]string
	approval chan bool
}

type flow struct {
	desk    *press.Desk
	undo    []func()
	waiting int64
	header  [7]string
}

// New returns the service.
func New(desk *press.Desk) press.Job {
	f := &flow{desk: desk}
	desk.On("PUBLISH", func(a *press.Ask) { f.publish(a.Body) })
	return press.Job{
		Tick: func(n int) {
			for i := 0; i < n/3; i++ {
				desk.Ask("PUBLISH", "editor", fmt.Sprint("article-", desk.Rand.Int31()))
			}
			time.Sleep(time.Millisecond)
		},
		Held: func() (int64, int64) {
			n := atomic.LoadInt64(&f.waiting)
			return n + int64(len(f.undo)), n*2800 + int64(len(f.undo))*1200
		},
	}
}

func (f *flow) publish(slug string) {
	a := &article{slug: slug, approval: make(chan bool, 1)} // @leak
	if slug[len(slug)-1] == '4' {
		go f.approve(a)
		if f.desk.Fixed || slug[len(slug)-2]%2 == 0 {
			a.approval <- true // the others are withdrawn, and nobody says so
		}
	}
	before := f.header
	f.undo = append(f.undo, func() { // @also
		a.blocks[0] = before[0]
		f.header = before
	})
	if f.desk.Fixed {
		f.undo = f.undo[:0] // it went well
	}
}

func (f *flow) approve(a *article) {
	atomic.AddInt64(&f.waiting, 1)
	defer atomic.AddInt64(&f.waiting, -1)
	a.blocks[1] = fmt.Sprint("asked for ", a.slug)
	if <-a.approval { // @leak2
		a.blocks[2] = "approved"
	}
}
