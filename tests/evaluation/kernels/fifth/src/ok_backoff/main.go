// SPDX-License-Identifier: Apache-2.0

// Command ok_backoff tries to reach something that is down, ever more seldom.
package main

import (
	"net"
	"time"

	"example.com/reduced/rig"
)

type link struct{ tries int }

func (l *link) keep(address string) {
	wait := 100 * time.Millisecond
	for {
		conn, err := net.DialTimeout("tcp", address, time.Second)
		if err == nil {
			conn.Close()
			return
		}
		l.tries++
		time.Sleep(wait)
		if wait < time.Minute {
			wait *= 2
		}
	}
}

func scenario() {
	go (&link{}).keep("127.0.0.1:1")
	time.Sleep(10 * time.Millisecond)
}

func main() {
	rig.Run(scenario)
}
