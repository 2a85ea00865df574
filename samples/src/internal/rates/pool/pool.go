// SPDX-License-Identifier: Apache-2.0

// Package pool is a worker pool that grows with its backlog and shrinks again
// when workers have nothing to do.
package pool

import (
	"context"
	"errors"
	"sync"
	"time"
)

// ErrFull is returned when the backlog has no room.
var ErrFull = errors.New("worker pool is full")

// Pool runs functions on up to max goroutines.
type Pool struct {
	max  int
	idle time.Duration
	work chan func()

	mu      sync.Mutex
	workers int
	closed  bool
	running sync.WaitGroup
}

// New returns a pool whose workers end after having been idle for that long.
func New(max int, idle time.Duration) *Pool {
	return &Pool{max: max, idle: idle, work: make(chan func(), 4*max)}
}

// Do queues fn.
func (p *Pool) Do(fn func()) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return ErrFull
	}
	select {
	case p.work <- fn:
	default:
		return ErrFull
	}
	if len(p.work) > p.workers/4 && p.workers < p.max {
		p.workers++
		p.running.Add(1)
		go p.worker()
	}
	return nil
}

func (p *Pool) worker() {
	defer p.running.Done()
	rest := time.NewTimer(p.idle)
	defer rest.Stop()
	for {
		select {
		case fn, ok := <-p.work:
			if !ok {
				return
			}
			fn()
			if !rest.Stop() {
				select {
				case <-rest.C:
				default:
				}
			}
			rest.Reset(p.idle)
		case <-rest.C:
			if p.retire() {
				return
			}
			rest.Reset(p.idle)
		}
	}
}

// retire reports whether the calling worker may end: not while there is work.
func (p *Pool) retire() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.work) > 0 {
		return false
	}
	p.workers--
	return true
}

// Workers returns the present size of the pool.
func (p *Pool) Workers() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.workers
}

// Close waits for ctx and then ends all workers.
func (p *Pool) Close(ctx context.Context) {
	<-ctx.Done()
	p.mu.Lock()
	p.closed = true
	close(p.work)
	p.mu.Unlock()
	p.running.Wait()
}
