// SPDX-License-Identifier: Apache-2.0

// Package commands sends commands to devices, one after the other.
package commands

import (
	"time"

	"example.org/meadow/internal/broker"
)

type command struct {
	device uint64
	verb   string
	args   []byte
	tries  int
}

type sender struct {
	node *broker.Node
	out  chan *command
	sent int
}

// New returns the service.
func New(node *broker.Node) broker.Work {
	s := &sender{node: node, out: make(chan *command, 1<<17)}
	node.On("command", s.command)
	go s.send()
	return broker.Work{
		Tick: func(n int) {
			for i := 0; i < n*2; i++ {
				node.Publish("command", uint64(node.Rand.Int63()), "open the valve by so many steps and report")
			}
		},
		Held: func() (int64, int64) { return int64(len(s.out)), int64(len(s.out)) * 320 },
	}
}

func (s *sender) command(m *broker.Message) {
	c := s.encode(m)
	select {
	case s.out <- c:
	default:
	}
}

func (s *sender) encode(m *broker.Message) *command {
	args := make([]byte, 240) // @leak
	copy(args, m.Body)
	return &command{device: m.Key, verb: m.Topic, args: args} // @also
}

// send is slower than what comes in.
func (s *sender) send() {
	batch := 40
	if s.node.Fixed {
		batch = 100000
	}
	for range time.Tick(5 * time.Minute) {
		for i := 0; i < batch && len(s.out) > 0; i++ {
			<-s.out
			s.sent++
		}
	}
}
