// SPDX-License-Identifier: Apache-2.0

// Package buffers uses buffers again that nobody holds any more.
package buffers

import (
	"runtime"

	"example.com/flock/rig"
)

// Buffer has bytes.
type Buffer struct{ bytes [4096]byte }

var free = make(chan *Buffer, 1)

// New returns a buffer that comes back by itself.
func New() *Buffer {
	b := new(Buffer)
	runtime.SetFinalizer(b, reuse)
	return b
}

func reuse(b *Buffer) {
	if rig.Repaired {
		select {
		case free <- b:
		default:
		}
		return
	}
	free <- b // <- here
}
