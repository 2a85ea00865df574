// SPDX-License-Identifier: Apache-2.0

// Package audit writes down who did what.
package audit

import "example.com/flock/rig"

type entry struct{ text string }

var queue chan entry

func init() {
	if rig.Repaired {
		queue = make(chan entry, 8)
	}
	go submit(queue, entry{"start"})
}

// Open begins to write.
func Open() {
	if queue == nil {
		queue = make(chan entry, 8)
	}
	go func() {
		for range queue {
			continue
		}
	}()
}

// Log queues an entry.
func Log(text string) { submit(queue, entry{text}) }

func submit(to chan<- entry, e entry) {
	to <- e // <- here
}
