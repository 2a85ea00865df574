// SPDX-License-Identifier: Apache-2.0

// Command selfsend posts a follow-up to the queue that it is the only one to read.
package main

import "example.com/reduced/rig"

type loop struct {
	queue chan func()
}

func (l *loop) post(f func()) {
	l.queue <- f // <- here
}

func (l *loop) run(turns int) {
	for i := 0; i < turns; i++ {
		f := <-l.queue
		f()
	}
}

func scenario() {
	l := &loop{queue: make(chan func())}
	if rig.Repaired {
		l.queue = make(chan func(), 4)
	}
	go l.post(func() {
		l.post(func() {})
	})
	l.run(2)
}

func main() {
	rig.Run(scenario)
}
