// SPDX-License-Identifier: Apache-2.0

// Command nilreader reads results from a channel that an option would have made.
package main

import (
	"time"

	"example.com/reduced/rig"
)

type scan struct {
	rows chan int
}

func newScan(buffered bool) *scan {
	s := &scan{}
	if buffered || rig.Repaired {
		s.rows = make(chan int, 2)
	}
	return s
}

func (s *scan) sum() (total int) {
	for row := range s.rows { // <- here
		total += row
	}
	return total
}

func scenario() {
	s := newScan(false)
	go s.sum()
	if s.rows != nil {
		s.rows <- 4
		close(s.rows)
	}
	time.Sleep(50 * time.Millisecond)
}

func main() {
	rig.Run(scenario)
}
