// SPDX-License-Identifier: Apache-2.0

// Package polls waits for each answer a second at most, in a busy loop. The timers fire.
package polls

import (
	"time"

	"example.org/meadow/internal/broker"
)

// New returns the service.
func New(node *broker.Node) broker.Work {
	answers := make(chan int, 1)
	got := 0
	return broker.Work{Tick: func(n int) {
		for i := 0; i < n*6; i++ {
			answers <- i
			select {
			case a := <-answers:
				got += a
			case <-time.After(time.Second):
			}
			stop := time.AfterFunc(24*time.Hour, func() { got++ })
			stop.Stop()
		}
	}}
}
