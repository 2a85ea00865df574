// SPDX-License-Identifier: Apache-2.0

// Package prices sends prices.
package prices

import "github.com/vexlane/strom"

type ticks struct {
	stream *strom.Stream
	last   byte
}

// Handle sends all prices of a day to one client.
func Handle(stream *strom.Stream) error {
	t := &ticks{stream: stream}
	for i := 0; i < 500; i++ {
		if err := t.next(); err != nil { // <- here
			return err
		}
	}
	return nil
}

func (t *ticks) next() error {
	t.last++
	return t.stream.Send([]byte{t.last}) // <- here
}
