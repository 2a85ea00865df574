// SPDX-License-Identifier: Apache-2.0

// Command ctxchild loses the function that would cancel the context of its keepalive.
package main

import (
	"context"
	"time"

	"example.com/reduced/rig"
)

type lease struct {
	id   int
	halt context.CancelFunc
}

func (l *lease) keepAlive(ctx context.Context) {
	<-ctx.Done() // <- here
	l.id = 0
}

func grant(parent context.Context, id int) *lease {
	ctx, cancel := context.WithCancel(parent)
	l := &lease{id: id}
	if rig.Repaired {
		l.halt = cancel
	} else {
		_ = cancel
	}
	go l.keepAlive(ctx)
	return l
}

func (l *lease) revoke() {
	if l.halt != nil {
		l.halt()
	}
}

func scenario() {
	l := grant(context.Background(), 7)
	l.revoke()
	time.Sleep(50 * time.Millisecond)
}

func main() {
	rig.Run(scenario)
}
