// SPDX-License-Identifier: Apache-2.0

// Command wavefront waits in the loop for workers that the loop has yet to start.
//
// expect class=goroutine wait=(?i)(waitgroup|semacquire|chan.receive) says=(?i)(Done|WaitGroup|send|close|never comes)
package main

import (
	"net/http"
	"sync"

	"example.com/wharf/dock"
)

type front struct{ tiles int }

func (f *front) run() {
	var wg sync.WaitGroup
	next := make(chan int)
	wg.Add(f.tiles)
	for i := 0; i < f.tiles; i++ {
		go func() {
			defer wg.Done()
			<-next // <- here
		}()
		if !dock.Repaired {
			next <- i
			wg.Wait() // <- here
		}
	}
	if dock.Repaired {
		close(next)
		wg.Wait()
	}
}

func main() {
	http.HandleFunc("/render", func(w http.ResponseWriter, r *http.Request) {
		f := &front{tiles: 3}
		go f.run()
	})
	dock.Serve("/render")
}
