// SPDX-License-Identifier: Apache-2.0

// Package store keeps the sessions of signed-in users.
package store

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"sync"
	"time"
)

// ID is the secret a client presents.
type ID [16]byte

// NewID draws a random ID.
func NewID() ID {
	var id ID
	if _, err := rand.Read(id[:]); err != nil {
		panic(err) // the kernel has no random numbers: nothing sensible is left to do
	}
	return id
}

// ParseID reads the hexadecimal form.
func ParseID(s string) (ID, error) {
	var id ID
	if len(s) != hex.EncodedLen(len(id)) {
		return id, fmt.Errorf("session id of %d characters", len(s))
	}
	_, err := hex.Decode(id[:], []byte(s))
	return id, err
}

func (id ID) String() string { return hex.EncodeToString(id[:]) }

// Session is plain memory without pointers, so that the collector does not have
// to look into the store.
type Session struct {
	User     uint64
	Created  int64 // Unix seconds, as are the others
	LastSeen int64
	Expires  int64
	CSRF     [32]byte
	Agent    [128]byte
	Address  [16]byte
	Scopes   [32]uint32
	Claims   [128]byte
}

// Store is safe for concurrent use.
type Store struct {
	mu       sync.RWMutex
	sessions map[ID]Session
}

// New returns an empty store.
func New() *Store {
	return &Store{sessions: make(map[ID]Session)}
}

// Put keeps s under id.
func (st *Store) Put(id ID, s Session) {
	st.mu.Lock()
	defer st.mu.Unlock()
	st.sessions[id] = s
}

// Touch returns the session under id and notes that it is in use.
func (st *Store) Touch(id ID, now time.Time) (Session, bool) {
	st.mu.Lock()
	defer st.mu.Unlock()
	s, ok := st.sessions[id]
	if !ok || s.expired(now) {
		return Session{}, false
	}
	s.LastSeen = now.Unix()
	st.sessions[id] = s
	return s, true
}

// Delete ends a session.
func (st *Store) Delete(id ID) {
	st.mu.Lock()
	defer st.mu.Unlock()
	delete(st.sessions, id)
}

// Reap removes the sessions that have expired by now and returns how many.
func (st *Store) Reap(now time.Time) int {
	st.mu.Lock()
	defer st.mu.Unlock()
	n := 0
	for id, s := range st.sessions {
		if s.expired(now) {
			delete(st.sessions, id)
			n++
		}
	}
	return n
}

// Len returns the number of sessions.
func (st *Store) Len() int {
	st.mu.RLock()
	defer st.mu.RUnlock()
	return len(st.sessions)
}

func (s *Session) expired(now time.Time) bool {
	return s.Expires != 0 && s.Expires < now.Unix()
}
