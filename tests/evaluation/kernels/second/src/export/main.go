// SPDX-License-Identifier: Apache-2.0

// Command export reads from a pipe whose writer gave up without closing it.
//
// expect class=goroutine wait=(select|chan) says=(?i)(pipe|close|write)
package main

import (
	"encoding/csv"
	"errors"
	"io"

	"example.org/ferry/watch"
)

type row struct {
	id   string
	name string
}

func write(w io.Writer, rows []row) error {
	for _, r := range rows {
		if r.name == "" {
			return errors.New("no name")
		}
		if _, err := io.WriteString(w, r.id+","+r.name+"\n"); err != nil {
			return err
		}
	}
	return nil
}

func upload(in io.Reader, count chan<- int) {
	n := 0
	lines := csv.NewReader(in)
	for {
		if _, err := lines.Read(); err != nil { // <- here
			break
		}
		n++
	}
	count <- n
}

func export(rows []row) error {
	in, out := io.Pipe()
	count := make(chan int, 1)
	go upload(in, count)
	if err := write(out, rows); err != nil {
		return err
	}
	return out.Close()
}

func main() {
	export([]row{{"1", "rope"}, {"2", ""}})
	watch.Forever()
}
