// SPDX-License-Identifier: Apache-2.0

// Package relay hands bytes through, both ways.
package relay

import (
	"io"
	"net"
	"sync/atomic"
	"time"
)

type Relay struct {
	Target string
	Strict bool
	Bytes  atomic.Int64
}

// Serve is over when one of the two sides is.
func (r *Relay) Serve(client net.Conn) {
	defer client.Close()
	machine, err := net.DialTimeout("tcp", r.Target, 2*time.Second)
	if err != nil {
		return
	}
	defer machine.Close()
	room := 0
	if r.Strict {
		room = 2
	}
	ended := make(chan error, room)
	go r.copy(machine, client, ended) // @also
	go r.copy(client, machine, ended) // @also
	<-ended
}

func (r *Relay) copy(to, from net.Conn, ended chan<- error) {
	buf := make([]byte, 8<<10)
	n, err := io.CopyBuffer(struct{ io.Writer }{to}, struct{ io.Reader }{from}, buf)
	r.Bytes.Add(n)
	ended <- err // @leak
}
