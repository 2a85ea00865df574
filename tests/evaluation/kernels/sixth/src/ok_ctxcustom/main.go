// SPDX-License-Identifier: Apache-2.0

// Command ok_ctxcustom derives a context from one of its own making for each call, and ends each with the call.
package main

import (
	"context"
	"time"

	"example.com/bench/rig"
)

type merged struct {
	context.Context
	done chan struct{}
}

func (m *merged) Done() <-chan struct{} { return m.done }

func (m *merged) Value(any) any { return nil }

func call(parent context.Context) {
	ctx, cancel := context.WithTimeout(parent, time.Second)
	defer cancel()
	select {
	case <-ctx.Done():
	case <-time.After(20 * time.Millisecond):
	}
}

func scenario() {
	parent := &merged{Context: context.Background(), done: make(chan struct{})}
	for i := 0; i < 6; i++ {
		go func() {
			for {
				call(parent)
			}
		}()
	}
}

func main() {
	rig.Run(scenario)
}
