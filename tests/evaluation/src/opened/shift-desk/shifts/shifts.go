// SPDX-License-Identifier: Apache-2.0

// Package shifts keeps a goroutine for each operator who is signed in; they come and go with the day.
package shifts

import (
	"sync/atomic"
	"time"

	"example.org/meadow/internal/broker"
)

type operator struct {
	until time.Time
	notes []string
}

type desk struct {
	node *broker.Node
	in   int64
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	d := &desk{node: node}
	return broker.Work{Tick: func(n int) {
		for i := 0; i < n/4; i++ {
			hours := 1 + node.Rand.Intn(9)
			go d.sit(&operator{until: node.Now().Add(time.Duration(hours) * time.Hour), notes: make([]string, 60)})
		}
	}}
}

func (d *desk) sit(o *operator) {
	atomic.AddInt64(&d.in, 1)
	defer atomic.AddInt64(&d.in, -1)
	leave := time.NewTimer(time.Until(o.until))
	defer leave.Stop()
	<-leave.C
	o.notes[0] = "gone"
}
