// SPDX-License-Identifier: Apache-2.0

// Command loading feeds a ramp until a load is refused, and the ramp is never told that it was the last.
//
// expect class=goroutine,channel wait=chan.receive says=(?i)(close|range)
package main

import (
	"errors"

	"example.org/ferry/watch"
)

type load struct{ tons int }

func ramp(queue <-chan load, total *int) {
	for l := range queue { // <- here
		*total += l.tons
	}
}

func board(loads []load) (total int, err error) {
	queue := make(chan load)
	go ramp(queue, &total)
	for _, l := range loads {
		if l.tons > 40 {
			return total, errors.New("too heavy")
		}
		queue <- l
	}
	close(queue)
	return total, nil
}

func main() {
	board([]load{{10}, {20}})
	board([]load{{10}, {50}})
	board([]load{{41}})
	watch.Forever()
}
