// SPDX-License-Identifier: Apache-2.0

// Package session turns the events of a topic into the frames one client gets.
package session

import (
	"bytes"
	"context"
	"hash/crc32"
	"runtime/pprof"
	"strconv"
)

const (
	eventBacklog = 64
	frameBacklog = 16
	windowBytes  = 8 << 10
)

// Event is a published message. Data is shared between sessions and read-only.
type Event struct {
	Seq   uint64
	Topic string
	Data  []byte
}

// Session is the state of one connected client.
type Session struct {
	ID    uint64
	Topic string
	Tier  string

	events chan Event
	frames chan []byte
	gone   chan struct{}

	window  []byte // the last bytes sent, for back references in frames
	sent    int
	dropped uint64
}

// New returns a session and starts encoding for it.
func New(id uint64, topic, tier string) *Session {
	s := &Session{
		ID:     id,
		Topic:  topic,
		Tier:   tier,
		events: make(chan Event, eventBacklog),
		frames: make(chan []byte, frameBacklog),
		gone:   make(chan struct{}),
		window: make([]byte, 0, windowBytes),
	}
	go pprof.Do(context.Background(), pprof.Labels("tier", tier), s.pump)
	return s
}

// Offer queues ev unless the client is too slow to take it.
func (s *Session) Offer(ev Event) bool {
	select {
	case s.events <- ev:
		return true
	default:
		s.dropped++
		return false
	}
}

// Frames is where encoded frames come out, in order.
func (s *Session) Frames() <-chan []byte { return s.frames }

// Leave tells the session that nobody reads its frames any more.
func (s *Session) Leave() { close(s.gone) }

func (s *Session) pump(context.Context) {
	for ev := range s.events {
		frame := s.encode(ev)
		select {
		case s.frames <- frame:
		case <-s.gone:
		}
	}
}

// encode writes ev as an SSE frame. Payloads the client has seen within the
// window are sent as a reference to their checksum.
func (s *Session) encode(ev Event) []byte {
	sum := crc32.ChecksumIEEE(ev.Data)
	var b bytes.Buffer
	b.Grow(len(ev.Data) + 48)
	b.WriteString("id: ")
	b.WriteString(strconv.FormatUint(ev.Seq, 10))
	if bytes.Contains(s.window, ev.Data) {
		b.WriteString("\nevent: repeat\ndata: ")
		b.WriteString(strconv.FormatUint(uint64(sum), 16))
	} else {
		b.WriteString("\ndata: ")
		b.Write(ev.Data)
		s.remember(ev.Data)
	}
	b.WriteString("\n\n")
	s.sent++
	return b.Bytes()
}

func (s *Session) remember(data []byte) {
	if len(data) > windowBytes {
		data = data[len(data)-windowBytes:]
	}
	if over := len(s.window) + len(data) - windowBytes; over > 0 {
		s.window = s.window[:copy(s.window, s.window[over:])]
	}
	s.window = append(s.window, data...)
}
