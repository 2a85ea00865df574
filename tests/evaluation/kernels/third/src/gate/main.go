// SPDX-License-Identifier: Apache-2.0

// Command gate waits for a condition with the registry locked, which whoever would signal must lock first.
//
// expect class=goroutine wait=(?i)(cond|Mutex) says=(?i)(Cond|Signal|Broadcast|lock)
package main

import (
	"net/http"
	"sync"
	"time"

	"example.org/depot/port"
)

type node struct {
	mu    sync.Mutex
	ready *sync.Cond
	up    bool
}

type registry struct {
	sync.Mutex
	nodes map[string]*node
}

func (g *registry) await(name string) {
	g.Lock() // <- here
	defer g.Unlock()
	n := g.nodes[name]
	n.mu.Lock()
	for !n.up {
		n.ready.Wait() // <- here
	}
	n.mu.Unlock()
}

func (g *registry) mark(name string) {
	g.Lock() // <- here
	defer g.Unlock()
	n := g.nodes[name]
	n.mu.Lock()
	n.up = true
	n.mu.Unlock()
	n.ready.Broadcast()
}

func main() {
	n := &node{}
	n.ready = sync.NewCond(&n.mu)
	g := &registry{nodes: map[string]*node{"n1": n}}
	http.HandleFunc("/await", func(http.ResponseWriter, *http.Request) { g.await("n1") })
	go func() {
		time.Sleep(12 * time.Second)
		g.mark("n1")
	}()
	port.Run("/await")
}
