// SPDX-License-Identifier: Apache-2.0

// Package window collects readings until a window is full, and lets writers wait while it is.
package window

import (
	"sync"
	"sync/atomic"
	"time"

	"example.org/meadow/internal/broker"
)

type window struct {
	mu    sync.Mutex
	room  *sync.Cond
	used  int
	size  int
	drops int
}

type windows struct {
	node    *broker.Node
	all     []*window
	waiting int64
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	ws := &windows{node: node}
	for i := 0; i < 40; i++ {
		w := &window{size: width(node.Fixed)}
		w.room = sync.NewCond(&w.mu)
		ws.all = append(ws.all, w)
	}
	return broker.Work{
		Tick: func(n int) {
			for i := 0; i < n/6; i++ {
				go ws.put(ws.all[node.Rand.Intn(len(ws.all))])
			}
			time.Sleep(time.Second)
			ws.drain(ws.all[node.Rand.Intn(len(ws.all))])
		},
		Held: func() (int64, int64) {
			n := atomic.LoadInt64(&ws.waiting)
			return n, n * 2600
		},
	}
}

func (ws *windows) put(w *window) {
	atomic.AddInt64(&ws.waiting, 1)
	defer atomic.AddInt64(&ws.waiting, -1)
	w.mu.Lock()
	for w.used >= w.size {
		w.room.Wait() // @leak
	}
	w.used++
	w.mu.Unlock()
}

// width is how many fit into a window; repaired, it never fills.
func width(fixed bool) int {
	if fixed {
		return 1 << 30
	}
	return 10
}

// drain makes room for ten and wakes one.
func (ws *windows) drain(w *window) {
	w.mu.Lock()
	w.used = 0
	w.mu.Unlock()
	w.room.Signal()
}
