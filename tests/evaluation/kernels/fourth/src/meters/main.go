// SPDX-License-Identifier: Apache-2.0

// Command meters reads from each device that connects, and devices fall silent.
//
// expect class=goroutine wait=IO says=(?i)(deadline|timeout)
package main

import (
	"io"
	"net"
	"net/http"
	"time"

	"example.com/wharf/dock"
)

type device struct {
	conn  net.Conn
	count int
}

func (d *device) poll() {
	defer d.conn.Close()
	frame := make([]byte, 16)
	for {
		if dock.Repaired {
			d.conn.SetReadDeadline(time.Now().Add(2 * time.Second))
		}
		if _, err := io.ReadFull(d.conn, frame); err != nil { // <- here
			return
		}
		d.count++
	}
}

func main() {
	on, _ := net.Listen("tcp", "127.0.0.1:0")
	go func() {
		for {
			c, err := on.Accept()
			if err != nil {
				return
			}
			d := &device{conn: c}
			go d.poll()
		}
	}()
	var silent []net.Conn
	http.HandleFunc("/plug", func(w http.ResponseWriter, r *http.Request) {
		if c, err := net.Dial("tcp", on.Addr().String()); err == nil {
			io.WriteString(c, "0123456789abcdef")
			silent = append(silent, c)
		}
	})
	dock.Serve("/plug")
}
