// SPDX-License-Identifier: Apache-2.0

// Command mirrors asks three servers for the chart and takes the first that answers.
//
// expect class=goroutine,channel wait=chan.send says=(?i)(first|receiv|buffer)
package main

import (
	"time"

	"example.org/ferry/watch"
)

type chart struct {
	from string
	data []byte
}

type mirror struct {
	host string
	lag  time.Duration
}

func (m mirror) get(into chan<- chart) {
	time.Sleep(m.lag)
	into <- chart{from: m.host} // <- here
}

func fastest(all ...mirror) chart {
	into := make(chan chart)
	for _, m := range all {
		go m.get(into)
	}
	return <-into
}

func main() {
	fastest(mirror{"a", time.Millisecond}, mirror{"b", 30 * time.Millisecond}, mirror{"c", 60 * time.Millisecond})
	watch.Forever()
}
