// SPDX-License-Identifier: Apache-2.0

// Command ok_pipe compresses a table into a pipe from which somebody reads slowly.
package main

import (
	"compress/gzip"
	"fmt"
	"io"
	"strings"
	"time"

	"example.com/bench/rig"
)

func produce(w *io.PipeWriter) {
	defer w.Close()
	z := gzip.NewWriter(w)
	for i := 0; i < 200; i++ {
		fmt.Fprintf(z, "row %d %s\n", i, strings.Repeat("x", i%31))
		z.Flush()
	}
	z.Close()
}

func export() {
	for {
		r, w := io.Pipe()
		go produce(w)
		buffer := make([]byte, 64)
		for {
			if _, err := r.Read(buffer); err != nil {
				break
			}
			time.Sleep(3 * time.Millisecond)
		}
	}
}

func scenario() {
	go export()
}

func main() {
	rig.Run(scenario)
}
