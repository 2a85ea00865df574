// SPDX-License-Identifier: Apache-2.0

// Command thumbs makes pictures in several goroutines, of which those that fail never say so.
//
// expect class=goroutine wait=(?i)(waitgroup|semacquire) says=(?i)(Done|WaitGroup)
package main

import (
	"net/http"
	"strings"
	"sync"
	"time"

	"example.com/wharf/dock"
)

type studio struct{ dir string }

func (s *studio) scale(name string, wg *sync.WaitGroup) {
	if dock.Repaired {
		defer wg.Done()
	}
	if strings.HasSuffix(name, ".txt") {
		return
	}
	time.Sleep(2 * time.Millisecond)
	if !dock.Repaired {
		wg.Done()
	}
}

func (s *studio) all(names []string) {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go s.scale(name, &wg)
	}
	wg.Wait() // <- here
	dock.Log("scaled")
}

func main() {
	s := &studio{dir: "/tmp"}
	http.HandleFunc("/thumbs", func(w http.ResponseWriter, r *http.Request) {
		go s.all([]string{"a.png", "b.txt"})
	})
	dock.Serve("/thumbs")
}
