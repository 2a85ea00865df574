// SPDX-License-Identifier: Apache-2.0

// Package spool reads files that stations leave behind.
package spool

import (
	"fmt"

	"example.org/meadow/internal/broker"
)

type file struct {
	name  string
	block [600]byte
	open  bool
}

func (f *file) close() { f.open = false }

type reader struct {
	node *broker.Node
	in   chan string
	done chan struct{}
	read int64
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	r := &reader{node: node, in: make(chan string), done: make(chan struct{})}
	if node.Fixed {
		go r.repaired()
	} else {
		go r.run()
	}
	return broker.Work{
		Tick: func(n int) {
			for i := 0; i < n; i++ {
				r.in <- fmt.Sprintf("/spool/station-%d", node.Rand.Intn(5000))
				<-r.done
			}
		},
		Held: func() (int64, int64) { return r.read, r.read * 720 },
	}
}

// run ends when the node does, and only then its deferred calls happen.
func (r *reader) run() {
	for name := range r.in {
		f := open(name)
		defer func() { f.close() }() // @also
		r.take(f)
	}
}

func (r *reader) repaired() {
	for name := range r.in {
		f := open(name)
		r.take(f)
		f.close()
	}
}

func open(name string) *file {
	return &file{name: name, open: true} // @leak
}

func (r *reader) take(f *file) {
	r.read++
	r.done <- struct{}{}
}
