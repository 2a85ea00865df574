// SPDX-License-Identifier: Apache-2.0

// Command crew runs tasks as a group; the first error ends the group, and the others still have something to hand over.
//
// expect class=goroutine,channel wait=(chan.send|select) says=(?i)(receiv|return|buffer)
package main

import (
	"errors"
	"sync"

	"example.org/ferry/watch"
)

type group struct {
	once sync.Once
	err  error
	fail chan struct{}
}

func (g *group) try(task func() error) {
	go func() {
		if err := task(); err != nil {
			g.once.Do(func() { g.err = err; close(g.fail) })
		}
	}()
}

func collect(names []string) ([]string, error) {
	g := &group{fail: make(chan struct{})}
	out := make(chan string)
	for _, n := range names {
		n := n
		g.try(func() error {
			if n == "" {
				return errors.New("no name")
			}
			out <- n // <- here
			return nil
		})
	}
	var all []string
	for range names {
		select {
		case n := <-out:
			all = append(all, n)
		case <-g.fail:
			return nil, g.err
		}
	}
	return all, nil
}

func main() {
	for i := 0; i < 3; i++ {
		collect([]string{"", "mate", "cook"})
	}
	watch.Forever()
}
