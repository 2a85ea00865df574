// SPDX-License-Identifier: Apache-2.0

// Package spool keeps the newest labels, so that a jam costs no label.
package spool

import "sync"

// Label is a drawn label on its way to a printer.
type Label struct {
	Parcel string
	Depot  string
	Dots   []byte
}

// Queue is a ring: the oldest label makes room for the newest.
type Queue struct {
	mu   sync.Mutex
	ring []*Label
	next int
	used int
}

// New makes a queue that remembers size labels.
func New(size int) *Queue { return &Queue{ring: make([]*Label, size)} }

// Put remembers a label.
func (q *Queue) Put(l *Label) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.ring[q.next] = l
	q.next = (q.next + 1) % len(q.ring)
	if q.used < len(q.ring) {
		q.used++
	}
}

// Len tells how many labels are remembered.
func (q *Queue) Len() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.used
}
