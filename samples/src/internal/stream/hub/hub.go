// SPDX-License-Identifier: Apache-2.0

// Package hub connects publishers with the sessions of a topic.
package hub

import (
	"sync"

	"example.com/fleet/internal/stream/session"
)

type topic struct {
	seq      uint64
	replay   []session.Event // ring of the newest events
	sessions map[uint64]*session.Session
}

// Hub knows all topics.
type Hub struct {
	replayDepth int

	mu     sync.Mutex
	nextID uint64
	topics map[string]*topic
}

// New returns a hub that replays up to replayDepth events to a new session.
func New(replayDepth int) *Hub {
	return &Hub{replayDepth: replayDepth, topics: make(map[string]*topic)}
}

func (h *Hub) topic(name string) *topic {
	t, ok := h.topics[name]
	if !ok {
		t = &topic{sessions: make(map[uint64]*session.Session)}
		h.topics[name] = t
	}
	return t
}

// Join adds a session to a topic and replays the newest events to it.
func (h *Hub) Join(name, tier string, replay int) *session.Session {
	h.mu.Lock()
	defer h.mu.Unlock()
	t := h.topic(name)
	h.nextID++
	s := session.New(h.nextID, name, tier)
	t.sessions[s.ID] = s
	for i := len(t.replay) - replay; i < len(t.replay); i++ {
		if i >= 0 {
			s.Offer(t.replay[(int(t.seq)+i)%len(t.replay)])
		}
	}
	return s
}

// Leave removes a session whose client has gone.
func (h *Hub) Leave(s *session.Session) {
	h.mu.Lock()
	delete(h.topic(s.Topic).sessions, s.ID)
	h.mu.Unlock()
	s.Leave()
}

// Publish sends data to every session of a topic and returns how many got it.
func (h *Hub) Publish(name string, data []byte) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	t := h.topic(name)
	ev := session.Event{Seq: t.seq, Topic: name, Data: data}
	if len(t.replay) < h.replayDepth {
		t.replay = append(t.replay, ev)
	} else {
		t.replay[int(t.seq)%h.replayDepth] = ev
	}
	t.seq++
	n := 0
	for _, s := range t.sessions {
		if s.Offer(ev) {
			n++
		}
	}
	return n
}

// Replay returns the events kept of a topic, oldest first.
func (h *Hub) Replay(name string) []session.Event {
	h.mu.Lock()
	defer h.mu.Unlock()
	t := h.topic(name)
	events := make([]session.Event, 0, len(t.replay))
	for i := range t.replay {
		events = append(events, t.replay[(int(t.seq)+i)%len(t.replay)])
	}
	return events
}

// Counts returns the number of topics and of connected sessions.
func (h *Hub) Counts() (topics, sessions int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, t := range h.topics {
		sessions += len(t.sessions)
	}
	return len(h.topics), sessions
}
