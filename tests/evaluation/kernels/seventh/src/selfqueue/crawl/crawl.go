// SPDX-License-Identifier: Apache-2.0

// Package crawl follows links.
package crawl

import (
	"time"

	"example.com/flock/rig"
)

// Page is a task.
type Page struct{ Depth int }

// Pool crawls.
type Pool struct{ queue chan Page }

// NewPool starts workers.
func NewPool(workers, room int) *Pool {
	p := &Pool{make(chan Page, room)}
	for i := 0; i < workers; i++ {
		go p.work()
	}
	return p
}

// Submit queues a page.
func (p *Pool) Submit(page Page) {
	p.queue <- page // <- here
}

func (p *Pool) work() {
	for page := range p.queue {
		p.crawl(page)
	}
}

func (p *Pool) crawl(page Page) {
	time.Sleep(time.Millisecond)
	if page.Depth > 6 || rig.Repaired {
		return
	}
	for link := 0; link < 3; link++ {
		p.Submit(Page{page.Depth + 1}) // <- here
	}
}
