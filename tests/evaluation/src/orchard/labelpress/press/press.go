// SPDX-License-Identifier: Apache-2.0

// Package press prints labels. Pages are used again.
package press

import (
	"fmt"
	"sync"
)

// Page takes what fits on it.
type Page struct {
	used int
	dots [2000]byte
}

func (p *Page) Write(b []byte) (int, error) {
	p.used += copy(p.dots[p.used:], b)
	return len(b), nil
}

type Press struct {
	pages   sync.Pool
	mu      sync.Mutex
	printed int
	jammed  map[int][]*Page
	strict  bool
}

func New(strict bool) *Press {
	p := &Press{jammed: map[int][]*Page{}, strict: strict}
	p.pages.New = func() any {
		return new(Page) // @leak
	}
	return p
}

func (p *Press) Page() *Page {
	page := p.pages.Get().(*Page) // @also
	page.used = 0
	return page
}

func (p *Press) Done(page *Page) { p.pages.Put(page) }

// Print hands a page to a printer. Those of a jammed printer wait for somebody who never comes.
func (p *Press) Print(printer int, page *Page) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if jam := printer%5 == 2; jam && !p.strict {
		p.jammed[printer] = append(p.jammed[printer], page)
		return
	}
	p.printed++
	p.Done(page)
}

func (p *Press) State() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return fmt.Sprint(p.printed, " printed, ", len(p.jammed), " printers jammed")
}
