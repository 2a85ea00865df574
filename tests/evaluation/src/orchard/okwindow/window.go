// SPDX-License-Identifier: Apache-2.0
package main

import (
	"sort"
	"sync"
	"time"
)

type call struct {
	At    time.Time
	Took  int
	Stack string
}

// window has the calls of the last minutes.
type window struct {
	mu   sync.Mutex
	wide time.Duration
	all  []*call
}

func newWindow(wide time.Duration) *window { return &window{wide: wide} }

func (w *window) add(c call) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.all = append(w.all, &c)
	n := 0
	for n < len(w.all) && c.At.Sub(w.all[n].At) > w.wide {
		w.all[n] = nil
		n++
	}
	w.all = w.all[n:]
}

func (w *window) slowest(n int) []call {
	w.mu.Lock()
	defer w.mu.Unlock()
	last := w.all[max(0, len(w.all)-2000):]
	sorted := append([]*call(nil), last...)
	sort.Slice(sorted, func(i, j int) bool { return sorted[i].Took > sorted[j].Took })
	var out []call
	for _, c := range sorted[:min(n, len(sorted))] {
		out = append(out, *c)
	}
	return out
}
