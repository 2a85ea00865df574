// SPDX-License-Identifier: Apache-2.0

// Command tlssilent shakes hands with a peer that takes the connection and says nothing.
package main

import (
	"crypto/tls"
	"net"
	"runtime"
	"time"

	"example.com/bench/rig"
)

func dial(address string) error {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return err
	}
	defer conn.Close()
	if rig.Repaired {
		conn.SetDeadline(time.Now().Add(50 * time.Millisecond))
	}
	return tls.Client(conn, &tls.Config{ServerName: "peer"}).Handshake() // <- here
}

func scenario() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	for i := 0; i < 4; i++ {
		go dial(listener.Addr().String())
	}
	var conns []net.Conn
	for i := 0; i < 4; i++ {
		conn, _ := listener.Accept()
		conns = append(conns, conn)
	}
	listener.Close()
	time.Sleep(100 * time.Millisecond)
	runtime.KeepAlive(conns)
	kept = conns
}

var kept []net.Conn

func main() {
	rig.Run(scenario)
}
