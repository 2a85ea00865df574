// SPDX-License-Identifier: Apache-2.0

// Command pipeleft writes an archive into a pipe whose reader has read enough.
package main

import (
	"io"
	"time"

	"example.com/reduced/rig"
)

type archive struct{ blocks int }

func (a archive) writeTo(w *io.PipeWriter) {
	block := make([]byte, 512)
	for i := 0; i < a.blocks; i++ {
		if _, err := w.Write(block); err != nil { // <- here
			return
		}
	}
	w.Close()
}

func header(a archive) []byte {
	r, w := io.Pipe()
	go a.writeTo(w)
	head := make([]byte, 512)
	io.ReadFull(r, head)
	if rig.Repaired {
		r.Close()
	}
	return head
}

func scenario() {
	header(archive{blocks: 3})
	time.Sleep(50 * time.Millisecond)
}

func main() {
	rig.Run(scenario)
}
