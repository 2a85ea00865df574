// SPDX-License-Identifier: Apache-2.0

// Command statuspath forgets to unlock when a status cannot be parsed.
package main

import (
	"strconv"
	"sync"
	"time"

	"example.com/reduced/rig"
)

type statuses struct {
	mu    sync.Mutex
	known map[string]int
}

func (s *statuses) set(pod, status string) error {
	s.mu.Lock() // <- here
	code, err := strconv.Atoi(status)
	if err != nil {
		if rig.Repaired {
			s.mu.Unlock()
		}
		return err
	}
	s.known[pod] = code
	s.mu.Unlock()
	return nil
}

func scenario() {
	s := &statuses{known: map[string]int{}}
	s.set("web-0", "unknown")
	go s.set("web-1", "7")
	time.Sleep(50 * time.Millisecond)
}

func main() {
	rig.Run(scenario)
}
