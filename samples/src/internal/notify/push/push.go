// SPDX-License-Identifier: Apache-2.0

// Package push is the wire form of a push notification.
package push

import (
	"encoding/binary"
	"errors"
	"time"
)

// PayloadBytes is the most that the push networks carry.
const PayloadBytes = 2048

// ErrTooLong is returned for a payload above PayloadBytes.
var ErrTooLong = errors.New("push payload is too long")

// Push is one notification for one device, with its payload inline so that it
// can be queued and sent again without further allocation.
type Push struct {
	ID       uint64
	Device   uint64
	Expires  int64 // Unix seconds
	Attempts uint16
	Priority uint8
	Topic    uint8
	Size     uint16
	Token    [32]byte
	Payload  [PayloadBytes]byte
}

// Fill sets up p for a payload.
func (p *Push) Fill(id, device uint64, token [32]byte, ttl time.Duration, payload []byte) error {
	if len(payload) > PayloadBytes {
		return ErrTooLong
	}
	p.ID, p.Device, p.Token = id, device, token
	p.Expires = time.Now().Add(ttl).Unix()
	p.Size = uint16(copy(p.Payload[:], payload))
	return nil
}

// AppendFrame appends the binary frame of p to dst.
func (p *Push) AppendFrame(dst []byte) []byte {
	var head [21]byte
	head[0] = 2 // command: send notification
	binary.BigEndian.PutUint64(head[1:], p.ID)
	binary.BigEndian.PutUint64(head[9:], uint64(p.Expires))
	binary.BigEndian.PutUint16(head[17:], p.Size)
	head[19], head[20] = p.Priority, p.Topic
	dst = append(dst, head[:]...)
	dst = append(dst, p.Token[:]...)
	return append(dst, p.Payload[:p.Size]...)
}
