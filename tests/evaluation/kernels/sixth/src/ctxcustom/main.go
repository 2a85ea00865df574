// SPDX-License-Identifier: Apache-2.0

// Command ctxcustom derives contexts from one of its own making and forgets to end them.
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

func serve(parent context.Context) context.Context {
	ctx, cancel := context.WithCancel(parent)
	if rig.Repaired {
		defer cancel()
	}
	return ctx
}

func scenario() {
	parent := &merged{Context: context.Background(), done: make(chan struct{})}
	for i := 0; i < 6; i++ {
		serve(parent)
	}
	time.Sleep(20 * time.Millisecond)
}

func main() {
	rig.Run(scenario)
}
