// SPDX-License-Identifier: Apache-2.0

// Command pilots lends from a stock of two and keeps what a refused ship was given.
//
// expect class=goroutine,channel wait=chan.receive says=(?i)(send|close|never comes|release)
package main

import (
	"errors"

	"example.org/ferry/watch"
)

type pilot struct{ badge int }

type roster struct{ free chan pilot }

func (r *roster) guide(draft int) error {
	p := <-r.free // <- here
	if draft > 12 {
		return errors.New("too deep")
	}
	r.free <- p
	return nil
}

func main() {
	r := &roster{free: make(chan pilot, 2)}
	r.free <- pilot{1}
	r.free <- pilot{2}
	r.guide(14)
	r.guide(15)
	begun := make(chan struct{})
	go func() {
		for _, draft := range []int{3, 5, 8, 9} {
			go r.guide(draft)
		}
		close(begun)
	}()
	<-begun
	watch.Forever()
}
