// SPDX-License-Identifier: Apache-2.0

// Command logself writes its log to a sink that logs when it is full.
package main

import (
	"log"

	"example.com/bench/rig"
)

type sink struct {
	logger *log.Logger
	room   int
}

func (s *sink) Write(line []byte) (int, error) {
	if s.room -= len(line); s.room < 0 && !rig.Repaired {
		s.room = 1 << 20
		s.logger.Printf("sink is full") // <- here
	}
	return len(line), nil
}

func scenario() {
	s := &sink{room: 40}
	s.logger = log.New(s, "", log.LstdFlags)
	for i := 0; i < 4; i++ {
		s.logger.Printf("request %d", i)
	}
}

func main() {
	rig.Run(scenario)
}
