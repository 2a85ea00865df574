// SPDX-License-Identifier: Apache-2.0

// Package wire has frames with a length before them.
package wire

import (
	"bufio"
	"encoding/binary"
	"io"
	"net"
	"time"

	"example.com/flock/rig"
)

type session struct {
	conn   net.Conn
	reader *bufio.Reader
}

// Serve starts a session for each client.
func Serve(listener net.Listener) {
	for {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		s := &session{conn, bufio.NewReader(conn)}
		go s.run()
	}
}

func (s *session) run() {
	defer s.conn.Close()
	for {
		if rig.Repaired {
			s.conn.SetReadDeadline(time.Now().Add(50 * time.Millisecond))
		}
		if _, err := s.readFrame(); err != nil {
			return
		}
	}
}

func (s *session) readFrame() ([]byte, error) {
	var header [2]byte
	if _, err := io.ReadFull(s.reader, header[:]); err != nil {
		return nil, err
	}
	body := make([]byte, binary.BigEndian.Uint16(header[:]))
	_, err := io.ReadFull(s.reader, body) // <- here
	return body, err
}
