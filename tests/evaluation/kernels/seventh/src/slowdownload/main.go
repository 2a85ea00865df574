// SPDX-License-Identifier: Apache-2.0

// Downloads of clients that stop to read, and a server without a limit for writing.
package main

import (
	"io"
	"net"
	"net/http"
	"time"

	"example.com/flock/rig"
)

func main() { rig.Run(scenario) }

type archive struct{ block []byte }

func (a *archive) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	for i := 0; i < 400; i++ {
		if err := a.writeBlock(w); err != nil { // <- here
			return
		}
	}
}

func (a *archive) writeBlock(w io.Writer) error {
	_, err := w.Write(a.block) // <- here
	return err
}

func scenario() {
	server := &http.Server{Handler: &archive{make([]byte, 256<<10)}}
	if rig.Repaired {
		server.WriteTimeout = 100 * time.Millisecond
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go server.Serve(listener)
	var clients []net.Conn
	rig.Traffic(func(int) {
		conn, err := net.Dial("tcp", listener.Addr().String())
		if err != nil {
			return
		}
		conn.Write([]byte("GET /all HTTP/1.1\r\nHost: a\r\n\r\n"))
		clients = append(clients, conn)
		time.Sleep(5 * time.Millisecond)
	})
	_ = clients
}
