// SPDX-License-Identifier: Apache-2.0

// Package fanouts starts many short goroutines at every full hour, at most thousands.
package fanouts

import (
	"sync/atomic"
	"time"

	"example.org/meadow/internal/broker"
)

type fan struct {
	node *broker.Node
	done int64
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	f := &fan{node: node}
	return broker.Work{Tick: func(n int) {
		if node.Now().Minute() < 25 {
			for i := 0; i < n*8; i++ {
				go f.call(i)
			}
		}
	}}
}

func (f *fan) call(i int) {
	reply := make(chan int, 1)
	go func() {
		time.Sleep(time.Duration(i%40) * time.Second)
		reply <- i
	}()
	select {
	case <-reply:
	case <-time.After(30 * time.Second):
	}
	atomic.AddInt64(&f.done, 1)
}
