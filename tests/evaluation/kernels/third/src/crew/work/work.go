// SPDX-License-Identifier: Apache-2.0

// Package work runs jobs on a few goroutines until it is closed.
package work

import "sync"

type Pool struct {
	jobs chan func()
	wg   sync.WaitGroup
}

func New(n int) *Pool {
	p := &Pool{jobs: make(chan func())}
	for i := 0; i < n; i++ {
		go p.run()
	}
	return p
}

func (p *Pool) run() {
	for job := range p.jobs { // <- here
		job()
		p.wg.Done()
	}
}

func (p *Pool) Do(job func()) {
	p.wg.Add(1)
	p.jobs <- job
}

func (p *Pool) Wait() { p.wg.Wait() }

func (p *Pool) Close() { close(p.jobs) }
