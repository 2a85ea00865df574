// SPDX-License-Identifier: Apache-2.0

// Sessions that read a frame from clients which have gone to sleep, without any deadline.
package main

import (
	"net"
	"time"

	"example.com/flock/framesilent/wire"
	"example.com/flock/rig"
)

func main() { rig.Run(scenario) }

func scenario() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go wire.Serve(listener)
	var clients []net.Conn
	rig.Traffic(func(n int) {
		conn, err := net.Dial("tcp", listener.Addr().String())
		if err != nil {
			return
		}
		conn.Write([]byte{0, 12, 'h', 'a', 'l', 'f'})
		clients = append(clients, conn)
		time.Sleep(5 * time.Millisecond)
	})
	_ = clients
}
