// SPDX-License-Identifier: Apache-2.0

// Command futures has two futures, each of which is made from the other.
package main

import (
	"example.com/bench/rig"
)

type future struct {
	done  chan struct{}
	value int
}

func promise(f func() int) *future {
	p := &future{done: make(chan struct{})}
	go func() {
		p.value = f()
		close(p.done)
	}()
	return p
}

func (f *future) wait() int {
	<-f.done // <- here
	return f.value
}

func scenario() {
	var width, height *future
	set := make(chan bool)
	width = promise(func() int {
		<-set
		return height.wait() * 2
	})
	height = promise(func() int {
		<-set
		if rig.Repaired {
			return 4
		}
		return width.wait() / 2
	})
	close(set)
	width.wait()
}

func main() {
	rig.Run(scenario)
}
