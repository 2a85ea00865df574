// SPDX-License-Identifier: Apache-2.0

// Healthy: jobs that are tried again after longer and longer pauses, three times at most.
package main

import (
	"errors"
	"time"

	"example.com/flock/rig"
)

func main() { rig.Run(scenario) }

type mailer struct{ failed chan int }

func (m *mailer) deliver(n int) {
	pause := time.Second
	for try := 0; try < 3; try++ {
		if m.send(n) == nil {
			return
		}
		<-time.After(pause)
		pause *= 2
	}
	m.failed <- n
}

func (m *mailer) send(int) error { return errors.New("try again later") }

func scenario() {
	m := &mailer{make(chan int, 256)}
	rig.Traffic(func(n int) {
		for i := 0; i < 5; i++ {
			go m.deliver(n)
		}
		time.Sleep(time.Millisecond)
	})
}
