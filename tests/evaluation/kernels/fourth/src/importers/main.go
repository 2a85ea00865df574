// SPDX-License-Identifier: Apache-2.0

// Command importers gives a limited group more to do than it may do at once, from within.
//
// expect class=goroutine,channel wait=(?i)(chan.send|WaitGroup|semacquire) says=(?i)(receiv|group|WaitGroup|Done|limit|buffer)
package main

import (
	"net/http"

	"example.com/wharf/dock"
	"go.example.org/tackle/group"
)

type importer struct{ depth int }

func (i *importer) walk(g *group.Group, level int) error {
	if level >= i.depth {
		return nil
	}
	for k := 0; k < 2; k++ {
		next := func() error { return i.walk(g, level+1) }
		if dock.Repaired {
			next()
			continue
		}
		g.Go(next) // <- here
	}
	return nil
}

func (i *importer) run() {
	g := group.Limit(2)
	g.Go(func() error { return i.walk(g, 0) })
	g.Wait() // <- here
}

func main() {
	http.HandleFunc("/import", func(w http.ResponseWriter, r *http.Request) {
		i := &importer{depth: 3}
		go i.run()
	})
	dock.Serve("/import")
}
