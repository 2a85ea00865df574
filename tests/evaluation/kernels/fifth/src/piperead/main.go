// SPDX-License-Identifier: Apache-2.0

// Command piperead reads lines from a pipe whose writer ends without closing it.
package main

import (
	"bufio"
	"io"
	"time"

	"example.com/reduced/rig"
)

func export(w *io.PipeWriter) {
	io.WriteString(w, "name,size\n")
	if rig.Repaired {
		w.Close()
	}
}

type importer struct{ lines int }

func (i *importer) read(r io.Reader) {
	for s := bufio.NewScanner(r); s.Scan(); { // <- here
		i.lines++
	}
}

func scenario() {
	r, w := io.Pipe()
	go (&importer{}).read(r)
	export(w)
	time.Sleep(50 * time.Millisecond)
}

func main() {
	rig.Run(scenario)
}
