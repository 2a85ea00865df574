// SPDX-License-Identifier: Apache-2.0

// Command drainer waits until all pods of a node are evicted; an eviction that is refused does not say that it is done.
//
// expect class=goroutine wait=(?i)(waitgroup|semacquire) says=(?i)(Done|WaitGroup)
package main

import (
	"errors"
	"fmt"
	"log"
	"net/http"
	"sync"

	"example.org/depot/port"
)

var errBudget = errors.New("disruption budget")

type evictor struct {
	log *log.Logger
}

func (e *evictor) evict(pod int) error {
	if pod%3 == 2 {
		return errBudget
	}
	return nil
}

func (e *evictor) drain(pods int) {
	var wg sync.WaitGroup
	wg.Add(pods)
	for pod := 0; pod < pods; pod++ {
		go func(pod int) {
			if err := e.evict(pod); err != nil {
				e.log.Print(pod, ": ", err)
				return
			}
			wg.Done()
		}(pod)
	}
	wg.Wait() // <- here
}

func main() {
	e := &evictor{log: log.Default()}
	http.HandleFunc("/drain", func(w http.ResponseWriter, r *http.Request) {
		e.drain(4)
		fmt.Fprintln(w, "drained")
	})
	port.Run("/drain")
}
