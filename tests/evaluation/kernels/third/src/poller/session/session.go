// SPDX-License-Identifier: Apache-2.0

// Package session pings each client that came, and has no way to end.
package session

import "time"

type Session struct {
	ID    string
	Seen  chan time.Time
	ping  *time.Ticker
	last  time.Time
	pings int
}

func Open(id string) *Session {
	s := &Session{ID: id, Seen: make(chan time.Time, 1), ping: time.NewTicker(5 * time.Second)}
	go s.loop()
	return s
}

func (s *Session) loop() {
	for {
		select { // <- here
		case t := <-s.Seen:
			s.last = t
		case <-s.ping.C:
			s.pings++
		}
	}
}
