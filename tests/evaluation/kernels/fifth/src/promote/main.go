// SPDX-License-Identifier: Apache-2.0

// Command promote finds with a read lock that it has to write, and asks for that.
package main

import (
	"sync"

	"example.com/reduced/rig"
)

type dialer struct {
	mu    sync.RWMutex
	conns map[string]int
}

func (d *dialer) conn(host string) int {
	d.mu.RLock()
	if c, ok := d.conns[host]; ok {
		d.mu.RUnlock()
		return c
	}
	if rig.Repaired {
		d.mu.RUnlock()
	} else {
		defer d.mu.RUnlock()
	}
	d.mu.Lock() // <- here
	defer d.mu.Unlock()
	d.conns[host] = len(d.conns) + 1
	return d.conns[host]
}

func scenario() {
	d := &dialer{conns: map[string]int{}}
	d.conn("node-1")
}

func main() {
	rig.Run(scenario)
}
