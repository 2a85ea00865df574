// SPDX-License-Identifier: Apache-2.0

// Requests without any time limit to a server that takes connections and never answers.
package main

import (
	"net"
	"time"

	"example.com/flock/rig"
	"example.com/flock/silentserver/weather"
)

func main() { rig.Run(scenario) }

func scenario() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	var held []net.Conn
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			held = append(held, conn)
		}
	}()
	s := weather.New("http://" + listener.Addr().String())
	rig.Traffic(func(n int) {
		go s.Forecast(n)
		time.Sleep(5 * time.Millisecond)
	})
}
