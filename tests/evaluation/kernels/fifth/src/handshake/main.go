// SPDX-License-Identifier: Apache-2.0

// Command handshake has two sides that both offer before they accept.
package main

import "example.com/reduced/rig"

type side struct {
	name  string
	offer chan string
	other *side
}

func (s *side) agree() string {
	if rig.Repaired {
		select {
		case s.offer <- s.name:
			return s.name
		case name := <-s.other.offer:
			return name
		}
	}
	s.offer <- s.name // <- here
	return <-s.other.offer
}

func scenario() {
	a, b := &side{name: "a", offer: make(chan string)}, &side{name: "b", offer: make(chan string)}
	a.other, b.other = b, a
	done := make(chan string)
	go func() { done <- a.agree() }()
	go func() { done <- b.agree() }()
	<-done
	<-done
}

func main() {
	rig.Run(scenario)
}
