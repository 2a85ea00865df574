// SPDX-License-Identifier: Apache-2.0

// Package feed sends prices to browsers as server-sent events.
package feed

import (
	"fmt"
	"net/http"
	"sync"
	"time"
)

type Feed struct {
	mu     sync.RWMutex
	subs   map[int]chan string
	next   int
	strict bool
}

func New(strict bool) *Feed { return &Feed{subs: map[int]chan string{}, strict: strict} }

func (f *Feed) Publish(price string) {
	f.mu.RLock()
	defer f.mu.RUnlock()
	for _, c := range f.subs {
		select {
		case c <- price:
		default: // a slow browser misses one
		}
	}
}

func (f *Feed) join() (int, chan string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	c := make(chan string, 2)
	f.next++
	f.subs[f.next] = c
	return f.next, c
}

func (f *Feed) leave(id int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.subs, id)
}

func (f *Feed) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	id, prices := f.join()
	defer f.leave(id)
	w.Header().Set("Content-Type", "text/event-stream")
	flush, _ := w.(http.Flusher)
	var gone <-chan struct{}
	if f.strict {
		gone = r.Context().Done()
	}
	beat := time.NewTicker(20 * time.Second)
	defer beat.Stop()
	for {
		select { // @leak
		case price := <-prices:
			fmt.Fprintf(w, "event: price\ndata: %s\n\n", price)
		case <-beat.C:
			fmt.Fprint(w, ": still here\n\n")
		case <-gone:
			return
		}
		flush.Flush()
	}
}
