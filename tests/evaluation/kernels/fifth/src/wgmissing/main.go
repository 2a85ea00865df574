// SPDX-License-Identifier: Apache-2.0

// Command wgmissing leaves a worker by a path on which it does not say Done.
package main

import (
	"sync"
	"sync/atomic"

	"example.com/reduced/rig"
)

type page struct{ title string }

type site struct{ rendered int64 }

func (s *site) render(p page, wg *sync.WaitGroup) {
	if p.title == "" {
		if rig.Repaired {
			wg.Done()
		}
		return
	}
	atomic.AddInt64(&s.rendered, 1)
	wg.Done()
}

func (s *site) build(pages []page) {
	var wg sync.WaitGroup
	for _, p := range pages {
		wg.Add(1)
		go s.render(p, &wg)
	}
	wg.Wait() // <- here
}

func scenario() {
	(&site{}).build([]page{{"home"}, {""}, {"news"}})
}

func main() {
	rig.Run(scenario)
}
