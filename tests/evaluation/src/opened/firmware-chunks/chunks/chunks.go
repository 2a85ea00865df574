// SPDX-License-Identifier: Apache-2.0

// Package chunks gives up on an upload after weeks; the timer of one that came through is not stopped.
package chunks

import (
	"time"

	"example.org/meadow/internal/broker"
)

// New returns the service.
func New(node *broker.Node) broker.Work {
	begun := int64(0)
	return broker.Work{
		Tick: func(n int) {
			for i := 0; i < n*2; i++ {
				if !upload(node.Fixed) {
					begun++
				}
			}
		},
		Held: func() (int64, int64) { return begun, begun * 200 },
	}
}

func upload(isTidy bool) bool {
	late := time.NewTimer(28 * 24 * time.Hour) // @leak
	if isTidy {
		defer late.Stop()
	}
	done := make(chan struct{}, 1)
	done <- struct{}{}
	select {
	case <-done:
	case <-late.C:
	}
	return isTidy
}
