// SPDX-License-Identifier: Apache-2.0

// Package previews renders each chapter once for all who ask at the same time.
package previews

import (
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"example.net/lantern/internal/press"
)

type call struct {
	wg   sync.WaitGroup
	page []byte
}

type flight struct {
	desk    *press.Desk
	mu      sync.Mutex
	calls   map[string]*call
	waiting int64
}

// New returns the service.
func New(desk *press.Desk) press.Job {
	f := &flight{desk: desk, calls: make(map[string]*call)}
	desk.On("PREVIEW", f.serve)
	return press.Job{
		Tick: func(n int) {
			for i := 0; i < n/12; i++ {
				chapter := desk.Rand.Intn(2400)
				if desk.Rand.Intn(6) == 0 {
					chapter = desk.Rand.Intn(60) // what all read just now
				}
				desk.Send("PREVIEW", "reader", fmt.Sprint("chapter-", chapter))
			}
		},
		Held: func() (int64, int64) { n := atomic.LoadInt64(&f.waiting); return n, n * 2900 },
	}
}

// serve is wrapped by what turns a panic into an error page.
func (f *flight) serve(a *press.Ask) {
	defer func() { _ = recover() }()
	f.do(a.Body)
}

func (f *flight) do(chapter string) []byte {
	f.mu.Lock()
	if c := f.calls[chapter]; c != nil {
		f.mu.Unlock()
		atomic.AddInt64(&f.waiting, 1)
		defer atomic.AddInt64(&f.waiting, -1)
		c.wg.Wait() // @leak
		return c.page
	}
	c := new(call)
	c.wg.Add(1)
	f.calls[chapter] = c
	f.mu.Unlock()
	if f.desk.Fixed {
		defer f.land(chapter, c)
		c.page = render(chapter)
		return c.page
	}
	c.page = render(chapter)
	f.land(chapter, c)
	return c.page
}

func (f *flight) land(chapter string, c *call) {
	f.mu.Lock()
	delete(f.calls, chapter)
	f.mu.Unlock()
	c.wg.Done()
}

func render(chapter string) []byte {
	time.Sleep(100 * time.Microsecond)
	figures := make([]byte, 300)
	if chapter[len(chapter)-1] == '3' {
		return figures[len(chapter)*100:][:len(chapter)] // such a chapter has no figures
	}
	return figures
}
